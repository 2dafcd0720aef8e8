import { useEffect, type RefObject } from 'react';
import { create } from 'zustand';
import type { EvidenceColumn } from '../../../shared/contract/evidence.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useLength } from '../../ui/useLength.ts';
import { USUAL_COLUMNS } from './state.ts';

/** The part of the table that is in view. It is not in the state that views keep, since every scroll changes it. */
interface TableView {
  /** The numbers of the rows in view, from 1; null before the first are shown. */
  readonly rows: { readonly from: number; readonly to: number } | null;
  /** Columns that are left out so that the quote has room. */
  readonly leftOut: readonly LeftOut[];
}
export const useTableView = create<TableView>()(() => ({ rows: null, leftOut: [] }));

/** Columns of text. They share the remaining width with the quote, which has most of it. */
const WORDS: ReadonlySet<EvidenceColumn> = new Set(['source', 'translation', 'publisher', 'origin', 'type', 'places']);
const trackOf = (column: EvidenceColumn): string => {
  if (WORDS.has(column)) return 'minmax(var(--col-name), 0.4fr)';
  return column === 'created' ? 'var(--col-name)' : column === 'grade' ? 'var(--col-s)' : 'var(--col-date)';
};

/** The CSS grid tracks of the table: the checkbox, the quote and the columns. */
export const tracksOf = (columns: readonly EvidenceColumn[]): React.CSSProperties => {
  const tracks = ['var(--key)', 'minmax(var(--col-source), 1fr)', ...columns.map(trackOf)];
  return { '--tracks': tracks.join(' ') } as React.CSSProperties;
};

/** The least width of a column with the gap before it, in CSS pixels. */
function leastOf(column: EvidenceColumn): number {
  const track = trackOf(column);
  const named = column === 'grade' ? '--col-s' : track === 'var(--col-date)' ? '--col-date' : '--col-name';
  return tokenPixels(named) + tokenPixels('--s-3');
}

/** The columns to leave out, in this order, if the quote has too little room. They are default columns, so nobody chose them. */
const FIRST_OUT = ['person', 'grade', 'source'] as const satisfies readonly EvidenceColumn[];
type LeftOut = (typeof FIRST_OUT)[number];

/** The columns that leave the quote the room it needs in a table of this width (CSS pixels), and those left out. */
export function fitting(
  columns: readonly EvidenceColumn[],
  width: number,
): { readonly shown: readonly EvidenceColumn[]; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const shown = [...columns];
  const quote = (): number =>
    width - tokenPixels('--key') - tokenPixels('--s-5') - shown.reduce((sum, column) => sum + leastOf(column), 0);
  for (const column of FIRST_OUT) {
    const at = shown.indexOf(column);
    if (at < 0 || !USUAL_COLUMNS.includes(column)) continue;
    if (quote() >= tokenPixels('--quote-least')) break;
    shown.splice(at, 1);
    leftOut.push(column);
  }
  return { shown, leftOut };
}

/** The columns that fit beside the quote, now and when the table’s width changes. */
export function useFitting(grid: RefObject<HTMLElement | null>, columns: readonly EvidenceColumn[]) {
  const { shown, leftOut } = fitting(columns, useLength(grid, 'width') ?? Infinity);
  const named = leftOut.join(' ');
  useEffect(() => {
    useTableView.setState({ leftOut: FIRST_OUT.filter((one) => named.split(' ').includes(one)) });
  }, [named]);
  return shown;
}
