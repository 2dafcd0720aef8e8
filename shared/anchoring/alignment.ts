import type { Block } from '../text/diff.ts';
import type { Span } from './quote.ts';

/** The range between two blocks in either text; one of them may be empty. */
export interface Between {
  readonly older: Span;
  readonly newer: Span;
}

/** Two texts’ common blocks, which map positions of one text to the other. */
export class Alignment {
  readonly blocks: readonly Block[];
  private readonly end: Block;

  constructor(blocks: readonly Block[], olderLength: number, newerLength: number) {
    this.blocks = blocks;
    this.end = { older: olderLength, newer: newerLength, length: 0 };
  }

  /** The block that an older position lies in, or null. */
  blockAt(older: number): Block | null {
    const block = this.blocks[this.lastFrom('older', older)];
    return block !== undefined && older < block.older + block.length ? block : null;
  }

  /** The difference around an older position that is in no block. */
  betweenAt(older: number): Between {
    const at = this.lastFrom('older', older);
    const before = this.blocks[at] ?? { older: 0, newer: 0, length: 0 };
    const after = this.blocks[at + 1] ?? this.end;
    return {
      older: { start: before.older + before.length, end: after.older },
      newer: { start: before.newer + before.length, end: after.newer },
    };
  }

  /** The place of an older position in the newer text: exact in a block, else estimated. */
  expected(older: number): number {
    const block = this.blockAt(older);
    if (block !== null) return block.newer + older - block.older;
    const { older: there, newer: here } = this.betweenAt(older);
    return Math.min(here.end, here.start + older - there.start);
  }

  /** The parts of an older span that lie in blocks, in order. */
  *within({ start, end }: Span): Generator<Block> {
    for (let at = Math.max(0, this.lastFrom('older', start)); at < this.blocks.length; at++) {
      const block = this.blocks[at];
      if (block === undefined || block.older >= end) return;
      const from = Math.max(start, block.older);
      const length = Math.min(end, block.older + block.length) - from;
      if (length > 0) yield { older: from, newer: block.newer + from - block.older, length };
    }
  }

  /** Units of a newer span that are aligned with text outside an older one, and so belong to other words. */
  takenBy({ start, end }: Span, except: Span): number {
    let units = 0;
    for (let at = Math.max(0, this.lastFrom('newer', start)); at < this.blocks.length; at++) {
      const block = this.blocks[at];
      if (block === undefined || block.newer >= end) break;
      const from = Math.max(start, block.newer);
      const to = Math.min(end, block.newer + block.length);
      if (from >= to) continue;
      const older = block.older + from - block.newer;
      const own = Math.min(except.end, older + to - from) - Math.max(except.start, older);
      units += to - from - Math.max(0, own);
    }
    return units;
  }

  /** The last block that begins at or before a position; -1 where none does. */
  private lastFrom(side: 'older' | 'newer', position: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.blocks[middle]?.[side] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
