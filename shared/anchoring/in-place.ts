import type { Alignment, Between } from './alignment.ts';
import { errorsAllowed, nearest, wholeWords } from './approximate.ts';
import type { Span } from './quote.ts';

/** The text at a passage’s place, and how many of the passage’s code units are left in it. */
export interface InPlace {
  readonly span: Span;
  readonly kept: number;
}

/** Longer differences are searched by other means. */
const LONGEST_BETWEEN = 4_000;
/** Shorter parts occur anywhere. */
const LEAST_PART = 4;
/**
 * A passage this short, between two unchanged ranges, keeps its place even if all its words changed: a figure, a name.
 */
const SHORT = 16;
const UNCHANGED = 8;

/**
 * The text at the passage’s place in the newer text, from the alignment around and in it: null if that is nothing, or
 * less than a third of its words are left. Offsets of texts with folded spaces.
 */
export function inPlace(older: string, newer: string, alignment: Alignment, passage: Span): InPlace | null {
  const length = passage.end - passage.start;
  const parts = [...alignment.within(passage)];
  if (parts.length === 0) return allReplaced(older, newer, alignment, passage);
  const kept = parts.reduce((sum, part) => sum + part.length, 0);
  const [left, right] = [leftEdge(older, newer, alignment, passage), rightEdge(older, newer, alignment, passage)];
  const span = wholeWords(newer, { start: left.at, end: right.at });
  const all = kept + left.kept + right.kept;
  if (all * 3 < length || span.end - span.start > 3 * length + 64) return null;
  return { span, kept: all };
}

interface Edge {
  readonly at: number;
  /** Units of the passage that were recognised in the difference. */
  readonly kept: number;
}

/** The start of the passage: exact in a block or at the start of a difference; else where its words are recognised. */
function leftEdge(older: string, newer: string, alignment: Alignment, { start }: Span): Edge {
  const block = alignment.blockAt(start);
  if (block !== null) return { at: block.newer + start - block.older, kept: 0 };
  const between = alignment.betweenAt(start);
  if (start === between.older.start) return { at: between.newer.start, kept: 0 };
  const found = recognised(older, newer, between, { start, end: between.older.end });
  return found === null ? { at: between.newer.end, kept: 0 } : { at: found.start, kept: keptOf(found) };
}

function rightEdge(older: string, newer: string, alignment: Alignment, { end }: Span): Edge {
  const block = alignment.blockAt(end - 1);
  if (block !== null) return { at: block.newer + end - block.older, kept: 0 };
  const between = alignment.betweenAt(end - 1);
  if (end === between.older.end) return { at: between.newer.end, kept: 0 };
  const found = recognised(older, newer, between, { start: between.older.start, end });
  return found === null ? { at: between.newer.start, kept: 0 } : { at: found.end, kept: keptOf(found) };
}
const keptOf = ({ start, end }: Span): number => end - start - errorsAllowed(end - start);

/** Nothing of the passage is aligned: it is within one difference. */
function allReplaced(older: string, newer: string, alignment: Alignment, passage: Span): InPlace | null {
  const length = passage.end - passage.start;
  const between = alignment.betweenAt(passage.start);
  const found = recognised(older, newer, between, passage);
  if (found !== null) return { span: wholeWords(newer, found), kept: keptOf(found) };
  const { older: there, newer: here } = between;
  const isExactly = there.start === passage.start && there.end === passage.end;
  const instead = here.end - here.start;
  if (!isExactly || length >= SHORT || instead === 0 || instead > 3 * length + UNCHANGED) return null;
  return isBetweenBlocks(alignment, between) ? { span: wholeWords(newer, here), kept: 0 } : null;
}

function isBetweenBlocks(alignment: Alignment, { older }: Between): boolean {
  const before = alignment.blockAt(older.start - 1);
  const after = alignment.blockAt(older.end);
  return (before?.length ?? 0) >= UNCHANGED && (after?.length ?? 0) >= UNCHANGED;
}

/** Finds words of the passage within a difference, expected at the same relative position. */
function recognised(older: string, newer: string, between: Between, part: Span): Span | null {
  const { newer: here, older: there } = between;
  const window = here.end - here.start;
  if (window === 0 || window > LONGEST_BETWEEN || part.end - part.start < LEAST_PART) return null;
  const expected = here.start + ((part.start - there.start) * window) / Math.max(1, there.end - there.start);
  return nearest(newer, here, older.slice(part.start, part.end), expected);
}
