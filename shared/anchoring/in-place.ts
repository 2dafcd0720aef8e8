import type { Alignment, Between } from './alignment.ts';
import { errorsAllowed, nearest, wholeWords } from './approximate.ts';
import type { Span } from './quote.ts';

/** What stands in a passage's place, and how many code units of the passage are still in it. */
export interface InPlace {
  readonly span: Span;
  readonly kept: number;
}

/** Longer stretches that differ are looked through by other means. */
const LONGEST_BETWEEN = 4_000;
/** A part of fewer units is anywhere. */
const LEAST_PART = 4;
/** A passage so short, between two stretches that stand, is still the same place when all its words changed: a figure, a name. */
const SHORT = 16;
const STANDING = 8;

/**
 * What stands in the newer text where the passage should be, by what is aligned around and in it: null where that is nothing, or less
 * than a third of its words are left. Offsets of texts with folded spaces.
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
  /** Units of the passage in the stretch that differs that were known again there. */
  readonly kept: number;
}

/** Where the passage begins: in a block exactly; where a replaced stretch begins with it, with that; else where its words are known again. */
function leftEdge(older: string, newer: string, alignment: Alignment, { start }: Span): Edge {
  const block = alignment.blockAt(start);
  if (block !== null) return { at: block.newer + start - block.older, kept: 0 };
  const between = alignment.betweenAt(start);
  if (start === between.older.start) return { at: between.newer.start, kept: 0 };
  const found = knownAgain(older, newer, between, { start, end: between.older.end });
  return found === null ? { at: between.newer.end, kept: 0 } : { at: found.start, kept: keptOf(found) };
}

function rightEdge(older: string, newer: string, alignment: Alignment, { end }: Span): Edge {
  const block = alignment.blockAt(end - 1);
  if (block !== null) return { at: block.newer + end - block.older, kept: 0 };
  const between = alignment.betweenAt(end - 1);
  if (end === between.older.end) return { at: between.newer.end, kept: 0 };
  const found = knownAgain(older, newer, between, { start: between.older.start, end });
  return found === null ? { at: between.newer.start, kept: 0 } : { at: found.end, kept: keptOf(found) };
}
const keptOf = ({ start, end }: Span): number => end - start - errorsAllowed(end - start);

/** Nothing of the passage is aligned: it lies in one stretch that differs. */
function allReplaced(older: string, newer: string, alignment: Alignment, passage: Span): InPlace | null {
  const length = passage.end - passage.start;
  const between = alignment.betweenAt(passage.start);
  const found = knownAgain(older, newer, between, passage);
  if (found !== null) return { span: wholeWords(newer, found), kept: keptOf(found) };
  const { older: there, newer: here } = between;
  const isExactly = there.start === passage.start && there.end === passage.end;
  const instead = here.end - here.start;
  if (!isExactly || length >= SHORT || instead === 0 || instead > 3 * length + STANDING) return null;
  return standsAround(alignment, between) ? { span: wholeWords(newer, here), kept: 0 } : null;
}

function standsAround(alignment: Alignment, { older }: Between): boolean {
  const before = alignment.blockAt(older.start - 1);
  const after = alignment.blockAt(older.end);
  return (before?.length ?? 0) >= STANDING && (after?.length ?? 0) >= STANDING;
}

/** Words of the passage within a stretch that differs; where they would be if it had only grown or shrunk is the likeliest. */
function knownAgain(older: string, newer: string, between: Between, part: Span): Span | null {
  const { newer: here, older: there } = between;
  const window = here.end - here.start;
  if (window === 0 || window > LONGEST_BETWEEN || part.end - part.start < LEAST_PART) return null;
  const expected = here.start + ((part.start - there.start) * window) / Math.max(1, there.end - there.start);
  return nearest(newer, here, older.slice(part.start, part.end), expected);
}
