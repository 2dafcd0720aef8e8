import { useDeferredValue, useMemo, useState } from 'react';
import type { PageOfArchive } from '../../../shared/contract/sources.ts';
import { foldText } from '../../../shared/text/fold.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { NOTHING_SELECTED, type Selection } from '../../ui/selection.ts';

/** A page of an archive in the list to choose from. */
export interface PageRow extends PageOfArchive {
  /** Its position in the archive, from 0. */
  readonly at: number;
  /** Which capture of its address this is, by time, and how many there are. */
  readonly capture: number;
  readonly captures: number;
}

export const PAGE_COLUMNS = ['listed', 'page', 'time', 'status', 'bytes'] as const;
type PageColumn = (typeof PAGE_COLUMNS)[number];
export interface PageSort {
  readonly column: PageColumn;
  readonly descending: boolean;
}

/** Rows in the archive's order. */
export function rowsOf(pages: readonly PageOfArchive[]): PageRow[] {
  const capture = new Map<PageOfArchive, { at: number; of: number }>();
  for (const same of Map.groupBy(pages, ({ url }) => url).values()) {
    const inTime = same.toSorted((a, b) => momentOf(a) - momentOf(b));
    inTime.forEach((page, at) => capture.set(page, { at: at + 1, of: same.length }));
  }
  return pages.map((page, at) => ({
    ...page,
    at,
    capture: capture.get(page)?.at ?? 1,
    captures: capture.get(page)?.of ?? 1,
  }));
}

/** An address with its percent-encoded UTF-8 decoded. */
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    // Not UTF-8: it is matched as written.
    return '';
  }
}

/** Epoch ms; pages without a time come last. */
const momentOf = ({ time }: PageOfArchive): number => {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
};

/** Folding 5,000 pages took 0.3 s on a busy machine, so it is done on the first filter and kept. */
const folded = new WeakMap<PageRow, string>();

/** Title and address, the address also decoded. */
function wordsOf(row: PageRow): string {
  const before = folded.get(row);
  if (before !== undefined) return before;
  const made = `${foldForSearch(row.title ?? '').text}\n${foldText(`${row.url}\n${readable(row.url)}`)}`;
  folded.set(row, made);
  return made;
}

/** The rows that contain every word of `wanted`. */
export function rowsMatching(rows: readonly PageRow[], wanted: string): readonly PageRow[] {
  const words = foldForSearch(wanted)
    .text.split(/\s+/)
    .filter((word) => word !== '');
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => wordsOf(row).includes(word)));
}

const collator = new Intl.Collator(['en', 'zh-Hans', 'ug'], { numeric: true, sensitivity: 'base' });

/** Sorted rows; equal ones keep the archive's order. */
export function sortRows(rows: readonly PageRow[], { column, descending }: PageSort): PageRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => compare(a, b, column) * sign || a.at - b.at);
}

function compare(a: PageRow, b: PageRow, column: PageColumn): number {
  switch (column) {
    case 'listed':
      return Number(b.listed) - Number(a.listed);
    case 'page':
      return collator.compare(a.title ?? a.url, b.title ?? b.url);
    case 'time':
      return momentOf(a) - momentOf(b);
    case 'status':
      return (a.status ?? 1000) - (b.status ?? 1000);
    case 'bytes':
      return a.bytes - b.bytes;
  }
}

/** Pages that the archive lists come first; without a list, the archive's order. */
const FIRST_SORT: PageSort = { column: 'listed', descending: false };

export interface PageList {
  /** All pages, in the archive’s order. */
  readonly all: readonly PageRow[];
  /** Those that match the filter, sorted. */
  readonly rows: readonly PageRow[];
  readonly wanted: string;
  readonly setWanted: (wanted: string) => void;
  readonly sort: PageSort;
  readonly setSort: (sort: PageSort) => void;
  readonly selection: Selection;
  readonly setSelection: (selection: Selection) => void;
  /** Sets the ticked pages. */
  readonly tick: (keys: Iterable<string>) => void;
}

/** The pages of an archive with their filter, order and ticks. */
export function usePageList(pages: readonly PageOfArchive[]): PageList {
  const [wanted, setWanted] = useState('');
  const [sort, setSort] = useState(FIRST_SORT);
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const all = useMemo(() => rowsOf(pages), [pages]);
  const filter = useDeferredValue(wanted);
  const rows = useMemo(() => sortRows(rowsMatching(all, filter), sort), [all, filter, sort]);
  const tick = (keys: Iterable<string>): void => setSelection({ ...selection, selected: new Set(keys) });
  return { all, rows, wanted, setWanted, sort, setSort, selection, setSelection, tick };
}
