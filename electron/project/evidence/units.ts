import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import type { Evidence } from './read-set.ts';

/** What is counted, each once: passages, their sources, or their origins. */
export interface Units {
  /** The passages, with those of one unit next to each other. */
  readonly rows: Uint32Array;
  /** Returns the number of a passage's unit, from 1. */
  readonly of: (row: number) => number;
}

/** `rows` are in reading order, and so source by source. */
export function unitsOf(evidence: Evidence, rows: Uint32Array, unit: CountedUnit): Units {
  const { set } = evidence;
  switch (unit) {
    case 'passages':
      return { rows, of: (row) => row + 1 };
    case 'sources':
      return { rows, of: (row) => set.sourceAt(row) + 1 };
    case 'origins': {
      const origins = originsOf(evidence);
      const of = (row: number): number => (origins[set.sourceAt(row)] ?? 0) + 1;
      return { rows: together(rows, of, origins.length), of };
    }
  }
}

/** The number of each source's origin, by the source’s number. Copies of one text have the same origin. */
export function originsOf({ sourceOf }: Evidence): readonly number[] {
  const numbers = new Map<string, number>();
  return sourceOf.map((source, number) => {
    const origin = source?.origin ?? String(number);
    const known = numbers.get(origin) ?? numbers.size;
    numbers.set(origin, known);
    return known;
  });
}

/** Moves the rows of one unit together, without changing their order otherwise. */
function together(rows: Uint32Array, of: Units['of'], most: number): Uint32Array {
  const next = new Uint32Array(most + 2);
  for (const row of rows) next[of(row) + 1] = (next[of(row) + 1] ?? 0) + 1;
  for (let at = 1; at < next.length; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const placed = new Uint32Array(rows.length);
  for (const row of rows) {
    const unit = of(row);
    placed[next[unit] ?? 0] = row;
    next[unit] = (next[unit] ?? 0) + 1;
  }
  return placed;
}

/** Counts each unit once, if the rows of one unit are added one after the other. */
export class UnitCounts {
  readonly counts: Uint32Array;
  private readonly last: Uint32Array;

  constructor(length: number) {
    this.counts = new Uint32Array(length);
    this.last = new Uint32Array(length);
  }

  add(at: number, unit: number): void {
    if (this.last[at] === unit) return;
    this.last[at] = unit;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }
}
