import type { Difference, Fate, WordPiece } from '../contract/versions.ts';
import { Fault } from '../errors.ts';
import { type Block, commonBlocks, differencesBetween, wordPieces } from '../text/diff.ts';
import { Alignment } from './alignment.ts';
import { errorsAllowed, isWholeWhere, LEAST_KNOWN, nearest, wholeWords } from './approximate.ts';
import { inPlace, type InPlace } from './in-place.ts';
import type { Span } from './quote.ts';
import { type Seeded, seededPlaces } from './seeds.ts';
import { foldSpaces, type SpaceFolded, spanBack, spanIn } from './spaces.ts';

/** A place in the older text: UTF-16 code units. */
export interface ToFind extends Span {
  readonly id: string;
}
export interface Reanchored {
  readonly id: string;
  readonly fate: Exclude<Fate, 'area'>;
  /** In the newer text; null if it was not found. Its edges split no character. */
  readonly to: Span | null;
}
export interface Compared {
  /** In the given order; `words` are the differences of a changed passage. */
  readonly passages: readonly (Reanchored & { readonly words: readonly WordPiece[] })[];
  /** Differences between the texts, not counting white space. */
  readonly differences: readonly Difference[];
}

/** The longest text, UTF-16 code units: a reader must hold it in memory. */
const LONGEST_TEXT = 32 << 20;

/**
 * Finds passages of an older text in a newer one, and the differences between the two. From cheap to costly: by position
 * in common text, then the same words elsewhere, then similar words at the expected place, then anywhere. Only a certain
 * result is `found`: the same words at an uncertain place are `moved`, for a person to check. Throws TOO_LARGE.
 */
export function compareTexts(older: string, newer: string, passages: readonly ToFind[]): Compared {
  const length = Math.max(older.length, newer.length);
  if (length > LONGEST_TEXT)
    throw new Fault(
      'TOO_LARGE',
      'One of these texts has over 33 million characters, too many to compare. Split its file and compare the parts.',
      { length },
    );
  const [there, here] = [foldSpaces(older), foldSpaces(newer)];
  const blocks = commonBlocks(there.text, here.text);
  const placed = new Reanchorer(there, here, new Alignment(blocks, there.text.length, here.text.length)).all(passages);
  const wordsOf = ({ fate, to }: Reanchored, { start, end }: Span): readonly WordPiece[] =>
    fate !== 'changed' || to === null ? [] : wordPieces(older.slice(start, end), newer.slice(to.start, to.end));
  return {
    passages: placed.map((one, at) => ({ ...one, words: wordsOf(one, passages[at] ?? { start: 0, end: 0 }) })),
    differences: inOriginals(there, here, differencesBetween(blocks, there.text.length, here.text.length)),
  };
}

function inOriginals(there: SpaceFolded, here: SpaceFolded, differences: readonly Difference[]): Difference[] {
  const back = (text: SpaceFolded, span: Span): Span => {
    if (span.start < span.end) return spanBack(text, span);
    const at = text.starts[span.start] ?? text.original.length;
    return { start: at, end: at };
  };
  return differences.map((one) => ({ older: back(there, one.older), newer: back(here, one.newer) }));
}

/** Context compared on either side of a passage, code units. */
const AROUND = 32;
/**
 * Length of words and context together that makes a place certain: a two-character heading between entirely new sentences
 * is not.
 */
const SURE = 20;
/** Short words are recognised elsewhere only with this much context. */
const BESIDE_SHORT = 6;
/** The context needed to prefer the same words elsewhere to similar words in place. */
const BESIDE_OTHER = 16;
/** Total units scanned for words too short or too common for an index. */
const SCANNED = 400_000_000;
const MOST_PLACES = 2_000;

/** A passage in the folded texts. */
interface Folded extends Span {
  readonly exact: string;
}
interface Candidate extends Span {
  /** Units of equal context. */
  readonly beside: number;
}

class Reanchorer {
  private readonly there: SpaceFolded;
  private readonly here: SpaceFolded;
  private readonly alignment: Alignment;
  private scanned = 0;
  private readonly scans = new Map<string, readonly number[]>();

  constructor(there: SpaceFolded, here: SpaceFolded, alignment: Alignment) {
    this.there = there;
    this.here = here;
    this.alignment = alignment;
  }

  all(passages: readonly ToFind[]): Reanchored[] {
    const placed = passages.map((passage) => this.folded(passage));
    const found = placed.map((one) => (one === null ? null : this.byPosition(one)));
    const open = new Set(placed.flatMap((one, at) => (one === null || found[at] !== null ? [] : [one.exact])));
    const quotations = [...open];
    const numbers = new Map(quotations.map((exact, number) => [exact, number]));
    const seeded = seededPlaces(this.here.text, quotations);
    return passages.map(({ id, start, end }, at) => {
      const one = placed[at] ?? null;
      const sure = found[at] ?? null;
      if (one === null) return { id, fate: 'vanished', to: null };
      if (sure !== null) return { id, fate: 'found', to: this.asMarked(sure, { start, end }) };
      const outcome = this.elsewhere(one, seeded(numbers.get(one.exact) ?? -1));
      return { id, fate: outcome.fate, to: outcome.to === null ? null : spanBack(this.here, outcome.to) };
    });
  }

  private folded({ start, end }: Span): Folded | null {
    const inside = start >= 0 && start < end && end <= this.there.original.length;
    const span = inside ? spanIn(this.there, { start, end }) : null;
    return span === null ? null : { ...span, exact: this.there.text.slice(span.start, span.end) };
  }

  /** With the passage’s surrounding white space, if the newer text has the same. */
  private asMarked(span: Span, marked: Span): Span {
    const to = spanBack(this.here, span);
    const words = this.there.original.slice(marked.start, marked.end);
    const leading = words.length - words.trimStart().length;
    const wide = { start: to.start - leading, end: to.end + words.length - words.trimEnd().length };
    return this.here.original.slice(wide.start, wide.end) === words && wide.start >= 0 ? wide : to;
  }

  /** The same words at the corresponding place; null if that is not certain. */
  private byPosition(passage: Folded): Span | null {
    const block = this.alignment.blockAt(passage.start);
    if (block === null || passage.end > block.older + block.length) return null;
    const start = block.newer + passage.start - block.older;
    const length = passage.end - passage.start;
    return length + this.supportBefore(passage.start, block) + this.supportAfter(passage.end, block) >= SURE
      ? { start, end: start + length }
      : null;
  }

  /**
   * Units right before a position that are aligned with text near its newer place. The beginning of a text counts too.
   */
  private supportBefore(older: number, block: Block): number {
    const near = block.newer + older - block.older - 2 * AROUND;
    let units = older < AROUND && near + AROUND < 0 ? AROUND - older : 0;
    for (const part of this.alignment.within({ start: Math.max(0, older - AROUND), end: older }))
      if (part.newer >= near) units += part.length;
    return units;
  }

  private supportAfter(older: number, block: Block): number {
    const [length, newer] = [this.there.text.length, block.newer + older - block.older];
    const short = older + AROUND - length;
    let units = short > 0 && newer + AROUND > this.here.text.length ? short : 0;
    for (const part of this.alignment.within({ start: older, end: Math.min(length, older + AROUND) }))
      if (part.newer + part.length <= newer + 2 * AROUND) units += part.length;
    return units;
  }

  private elsewhere(passage: Folded, seeded: Seeded): { fate: 'moved' | 'changed' | 'vanished'; to: Span | null } {
    const same = this.sameWords(passage, seeded);
    const changed = inPlace(this.there.text, this.here.text, this.alignment, passage);
    if (same !== null && (changed === null || isPreferred(same, changed, passage))) return { fate: 'moved', to: same };
    const to = changed?.span ?? this.likeWords(passage, seeded);
    if (to === null) return { fate: 'vanished', to: null };
    // The words are the same; only the place is uncertain.
    return { fate: this.here.text.slice(to.start, to.end) === passage.exact ? 'moved' : 'changed', to };
  }

  /** The best match of the same words: by context, then by distance from the expected place. */
  private sameWords(passage: Folded, seeded: Seeded): Candidate | null {
    const length = passage.end - passage.start;
    const expected = this.alignment.expected(passage.start);
    const aligned = this.alignment.blockAt(passage.start) === null ? -1 : expected;
    let best: Candidate | null = null;
    for (const start of this.placesOf(passage, seeded, expected)) {
      const place = { start, end: start + length };
      if (!isWholeWhere(this.here.text, place, this.there.text, passage)) continue;
      if (this.alignment.takenBy(place, passage) * 2 > length) continue;
      const beside = this.beside(passage, place);
      if (length < LEAST_KNOWN && beside < BESIDE_SHORT && start !== aligned) continue;
      const isNearer = best === null || Math.abs(start - expected) < Math.abs(best.start - expected);
      if (best === null || beside > best.beside || (beside === best.beside && isNearer)) best = { ...place, beside };
    }
    return best;
  }

  private placesOf({ exact }: Folded, seeded: Seeded, expected: number): readonly number[] {
    const { text } = this.here;
    const found = seeded.places.filter(({ at }) => at >= 0 && text.startsWith(exact, at)).map(({ at }) => at);
    return found.length > 0 || (seeded.pieces > 0 && !seeded.common) ? found : this.scan(exact, expected);
  }

  /** All occurrences of some words; once too much was scanned, only those near the expected place. */
  private scan(exact: string, expected: number): readonly number[] {
    const known = this.scans.get(exact);
    if (known !== undefined) return known;
    const { text } = this.here;
    const isWhole = this.scanned + text.length <= SCANNED;
    const [from, to] = isWhole ? [0, text.length] : [expected - MOST_PLACES * 8, expected + MOST_PLACES * 8];
    this.scanned += isWhole ? text.length : 0;
    const window = isWhole ? text : text.slice(Math.max(0, from), to);
    const places: number[] = [];
    for (let at = window.indexOf(exact); at >= 0 && places.length < MOST_PLACES; at = window.indexOf(exact, at + 1))
      places.push(Math.max(0, from) + at);
    if (isWhole) this.scans.set(exact, places);
    return places;
  }

  private beside(passage: Span, place: Span): number {
    const { text: older } = this.there;
    const { text: newer } = this.here;
    let before = 0;
    while (
      before < Math.min(AROUND, passage.start, place.start) &&
      older.charCodeAt(passage.start - before - 1) === newer.charCodeAt(place.start - before - 1)
    )
      before++;
    let after = 0;
    const most = Math.min(AROUND, older.length - passage.end, newer.length - place.end);
    while (after < most && older.charCodeAt(passage.end + after) === newer.charCodeAt(place.end + after)) after++;
    return before + after;
  }

  /** Similar words anywhere, found by shared pieces: the three likeliest places are checked. */
  private likeWords(passage: Folded, seeded: Seeded): Span | null {
    const length = passage.end - passage.start;
    const slack = errorsAllowed(length) + LEAST_KNOWN;
    for (const at of likeliest(seeded, slack)) {
      const found = nearest(this.here.text, { start: at - slack, end: at + length + slack }, passage.exact, at);
      if (found === null || this.alignment.takenBy(found, passage) * 2 > length) continue;
      return wholeWords(this.here.text, found);
    }
    return null;
  }
}

/** Whether the same words elsewhere are preferred to similar words in place: not if most of those are unchanged. */
function isPreferred(same: Candidate, { span, kept }: InPlace, passage: Span): boolean {
  const isThere = same.start < span.end && same.end > span.start;
  return isThere || same.beside >= BESIDE_OTHER || kept < (passage.end - passage.start) * 0.6;
}

const LOOKED_AT = 3;
/** Insertions shift a quotation’s pieces a little, so neighbouring offsets are added up. */
function likeliest({ places, pieces }: Seeded, slack: number): number[] {
  const sums = new Map<number, { votes: number; at: number }>();
  for (const { at, votes } of places) {
    const cell = Math.floor(at / slack);
    const sum = sums.get(cell);
    // The first one has most votes.
    if (sum === undefined) sums.set(cell, { votes, at });
    else sum.votes += votes;
  }
  const least = Math.min(2, pieces);
  return [...sums.values()]
    .filter(({ votes }) => votes >= least)
    .sort((a, b) => b.votes - a.votes)
    .slice(0, LOOKED_AT)
    .map(({ at }) => at);
}
