import { useDeferredValue, useMemo, useState } from 'react';
import type { PageOfArchive } from '../../../shared/contract/sources.ts';
import { NOTHING_SELECTED, type Selection } from '../../ui/selection.ts';
import { rowsMatching, rowsOf, sortRows, type PageRow, type PageSort } from './page-rows.ts';

/** What the archive lists as its pages stands first; where it has no list, its own order. */
const FIRST_SORT: PageSort = { column: 'listed', descending: false };

export interface PageList {
  /** All rows in the archive's order, and those that are shown. */
  readonly all: readonly PageRow[];
  readonly rows: readonly PageRow[];
  readonly wanted: string;
  readonly setWanted: (wanted: string) => void;
  readonly sort: PageSort;
  readonly setSort: (sort: PageSort) => void;
  readonly selection: Selection;
  readonly setSelection: (selection: Selection) => void;
  /** Ticks exactly these pages. */
  readonly tick: (keys: Iterable<string>) => void;
}

/** The pages of an archive with what is filtered, sorted and ticked of them. */
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
