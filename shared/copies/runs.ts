import { type CopyWords, shingleLength, shinglesOf } from './shingles.ts';

/** Words that stand in both texts, one after the other: where they are in each, UTF-16 code units, end exclusive. */
export interface SharedRun {
  readonly one: { readonly start: number; readonly end: number };
  readonly other: { readonly start: number; readonly end: number };
}

/**
 * What two texts share, in the order of the first: runs of at least a shingle, each as long as it goes on, none overlapping in the first.
 * Takes time linear in both texts, but for a word sequence that is repeated: its first place, or the one after the run before, is taken.
 */
export function sharedRuns(one: CopyWords, other: CopyWords): SharedRun[] {
  const first = new Map<number, number>();
  const inOther = shinglesOf(other);
  for (let at = inOther.length - 1; at >= 0; at--) first.set(inOther[at] ?? 0, at);
  const inOne = shinglesOf(one);
  const runs: SharedRun[] = [];
  let next = 0;
  for (let at = 0; at < inOne.length;) {
    const hash = inOne[at] ?? 0;
    const place = inOther[next] === hash ? next : first.get(hash);
    const length = place === undefined ? 0 : commonLength(one, at, other, place);
    if (place === undefined || length < shingleLength(one, at)) {
      at++;
      continue;
    }
    runs.push({ one: span(one, at, length), other: span(other, place, length) });
    at += length;
    next = place + length;
  }
  return runs;
}

function commonLength(one: CopyWords, at: number, other: CopyWords, place: number): number {
  let length = 0;
  while (
    at + length < one.count &&
    place + length < other.count &&
    one.hashes[at + length] === other.hashes[place + length]
  )
    length++;
  return length;
}

const span = ({ starts, ends }: CopyWords, at: number, length: number) => ({
  start: starts[at] ?? 0,
  end: ends[at + length - 1] ?? 0,
});

/** A piece of a text, and whether the other text has it too. */
export interface SharedPiece {
  readonly isShared: boolean;
  readonly start: number;
  readonly end: number;
}

/** The whole text in pieces: those of `runs`, which may overlap, and what is between them. */
export function piecesOf(
  length: number,
  runs: readonly { readonly start: number; readonly end: number }[],
): SharedPiece[] {
  const pieces: SharedPiece[] = [];
  let at = 0;
  for (const { start, end } of runs.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    const last = pieces.at(-1);
    if (from > at) pieces.push({ isShared: false, start: at, end: from });
    if (from === at && last?.isShared === true) pieces[pieces.length - 1] = { ...last, end };
    else pieces.push({ isShared: true, start: from, end });
    at = end;
  }
  if (at < length) pieces.push({ isShared: false, start: at, end: length });
  return pieces;
}
