import type { OutlineEntry, OutlinePlace } from '../../../viewer/pdf/outline.ts';

/** One line of the outline as it is shown: what is folded away has none. */
export interface OutlineRow {
  readonly entry: OutlineEntry;
  /** From 1. */
  readonly level: number;
  /** The entry it lies under, or null. */
  readonly parent: number | null;
  /** Its place among its siblings, from 1, and how many these are. */
  readonly at: number;
  readonly of: number;
}

/** The lines to be seen while these entries are open, in the order of reading. */
export function rowsOf(entries: readonly OutlineEntry[], open: ReadonlySet<number>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (siblings: readonly OutlineEntry[], level: number, parent: number | null): void => {
    for (const [index, entry] of siblings.entries()) {
      rows.push({ entry, level, parent, at: index + 1, of: siblings.length });
      if (open.has(entry.id)) add(entry.children, level + 1, entry.id);
    }
  };
  add(entries, 1, null);
  return rows;
}

/** All entries, in the order of reading. */
export const flat = (entries: readonly OutlineEntry[]): OutlineEntry[] =>
  entries.flatMap((entry) => [entry, ...flat(entry.children)]);

/** A short outline is shown whole; of a long one its chapters, and what lies in them where there is but one or two. */
const SHORT = 60;
export function openAtFirst(entries: readonly OutlineEntry[]): ReadonlySet<number> {
  const all = flat(entries);
  const open = all.length <= SHORT ? all : entries.length <= 2 ? entries : [];
  return new Set(open.filter(({ children }) => children.length > 0).map(({ id }) => id));
}

/**
 * The entry one is in: of those that begin at or before a place, the one that begins last; of two that begin together the
 * one further on, which is the deeper.
 */
export function entryAt(
  all: readonly OutlineEntry[],
  partOf: (place: OutlinePlace) => number,
  here: { readonly page: number; readonly part: number },
): number | null {
  let best: { readonly id: number; readonly page: number; readonly part: number } | null = null;
  for (const { id, place } of all) {
    if (place === null || place.page > here.page || (best !== null && place.page < best.page)) continue;
    const part = partOf(place);
    if (place.page === here.page && part > here.part) continue;
    if (best === null || place.page > best.page || part >= best.part) best = { id, page: place.page, part };
  }
  return best?.id ?? null;
}

/** The line an entry is seen on: its own, or that of the closest entry above it which is not folded away. */
export function rowOfEntry(rows: readonly OutlineRow[], id: number | null): number {
  // Ids count in the order of reading: whatever follows the last line at or before it lies behind it.
  return id === null ? -1 : rows.findLastIndex(({ entry }) => entry.id <= id);
}
