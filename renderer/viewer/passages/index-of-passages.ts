import type { DrawnPassage, TextRange } from '../types.ts';

/**
 * Finds the text passages at an offset or in a range. A balanced tree over passages sorted by start, stored in the
 * sorted array itself; each node has the greatest end below it, so that a query skips branches that end too early.
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

  /** Passages at the unit `offset`, shortest first. */
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

/** The passage a right click applies to: the current one, else the first, which is the shortest. */
export const passageForMenu = (under: readonly DrawnPassage[], current: string | null): DrawnPassage | null =>
  under.find(({ id }) => id === current) ?? under[0] ?? null;

/** The passage whose menu a right click on a code unit opens; null for the selection’s menu, undefined for none. */
export function menuTargetAt(
  unit: number | null,
  index: PassageIndex,
  selection: TextRange | null,
  current: string | null,
): string | null | undefined {
  if (unit === null) return undefined;
  if (selection !== null && selection.start <= unit && unit < selection.end) return null;
  return passageForMenu(index.at(unit), current)?.id;
}

/**
 * The passage a click selects: the shortest, or if the current one is among them, the next longer one, so that repeated
 * clicks reach every passage.
 */
export function nextPassage(under: readonly DrawnPassage[], current: string | null): DrawnPassage | null {
  if (under.length === 0) return null;
  const at = under.findIndex((passage) => passage.id === current);
  return under[(at + 1) % under.length] ?? null;
}
