import type { TextRange } from '../types.ts';

/** Some lines of a text that come into the DOM and leave it together; `end` is past the last line feed. */
export type TextBlock = TextRange;

/** About how long a block is, UTF-16 units: three screens. */
const BLOCK_UNITS = 6000;

/** Cuts a text into blocks of whole lines. The blocks cover every unit of the text, in order. */
export function blocksOf(text: string, units = BLOCK_UNITS): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let start = 0; start < text.length;) {
    const cut = text.indexOf('\n', Math.min(start + units, text.length) - 1);
    const end = cut === -1 ? text.length : cut + 1;
    blocks.push({ start, end });
    start = end;
  }
  return blocks;
}

/** The lines of a block, each with its line feed. */
export function linesOf(text: string, block: TextBlock): TextRange[] {
  const lines: TextRange[] = [];
  for (let start = block.start; start < block.end;) {
    const cut = text.indexOf('\n', start);
    const end = cut === -1 || cut >= block.end ? block.end : cut + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

/** The index of the range that holds an offset (with `closing`, the unit before it), in ranges that lie end to end. */
export function indexAt(ranges: readonly TextRange[], offset: number, closing = false): number {
  const key = closing ? offset - 1 : offset;
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0) <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}
