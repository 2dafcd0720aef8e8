import type { DrawnPassage, TextRange } from '../types.ts';

/**
 * Finds the text passages over an offset or a stretch of text. A balanced tree over passages sorted by start, laid out
 * in the sorted array itself; each node knows the greatest end below it, so that a query skips what lies elsewhere.
 */
export class PassageIndex {
  readonly #sorted: readonly DrawnPassage[];
  readonly #greatestEnd: Int32Array;

  constructor(passages: readonly DrawnPassage[]) {
    this.#sorted = passages
      .filter((passage) => passage.kind === 'text' && passage.end > passage.start)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    this.#greatestEnd = new Int32Array(this.#sorted.length);
    this.#fill(0, this.#sorted.length);
  }

  /** Passages that share at least one unit with `start` … `end`, by start. */
  within(start: number, end: number): DrawnPassage[] {
    const found: DrawnPassage[] = [];
    if (end > start) this.#collect(0, this.#sorted.length, start, end, found);
    return found;
  }

  /** Passages over the unit at `offset`, shortest first: what a click there can mean. */
  at(offset: number): DrawnPassage[] {
    return this.within(offset, offset + 1).sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  #fill(from: number, to: number): number {
    if (from >= to) return -1;
    const middle = (from + to) >> 1;
    const own = this.#sorted[middle]?.end ?? -1;
    const greatest = Math.max(own, this.#fill(from, middle), this.#fill(middle + 1, to));
    this.#greatestEnd[middle] = greatest;
    return greatest;
  }

  #collect(from: number, to: number, start: number, end: number, found: DrawnPassage[]): void {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    if ((this.#greatestEnd[middle] ?? 0) <= start) return;
    this.#collect(from, middle, start, end, found);
    const passage = this.#sorted[middle];
    if (passage === undefined || passage.start >= end) return;
    if (passage.end > start) found.push(passage);
    this.#collect(middle + 1, to, start, end, found);
  }
}

/** Which of the passages under a right click is meant: the one that one is on, else the shortest. */
export const asked = (under: readonly DrawnPassage[], current: string | null): DrawnPassage | null =>
  under.find(({ id }) => id === current) ?? under[0] ?? null;

/** What a right click on a unit asks for: null the selection, undefined nothing. */
export function askedAt(
  unit: number | null,
  index: PassageIndex,
  selection: TextRange | null,
  current: string | null,
): string | null | undefined {
  if (unit === null) return undefined;
  if (selection !== null && selection.start <= unit && unit < selection.end) return null;
  return asked(index.at(unit), current)?.id;
}

/**
 * Which of the passages under a click is meant: the shortest, and on clicking again where one is current, the next
 * longer, so that every passage can be reached.
 */
export function chosen(under: readonly DrawnPassage[], current: string | null): DrawnPassage | null {
  if (under.length === 0) return null;
  const at = under.findIndex((passage) => passage.id === current);
  return under[(at + 1) % under.length] ?? null;
}
