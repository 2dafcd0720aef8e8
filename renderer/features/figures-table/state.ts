import { create } from 'zustand';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { type FigureColumn, type FigureConditions, figureConditions } from '../../../shared/contract/figures-table.ts';

/** What figures are set side by side over. */
export const COMPARED_OVER = ['years', 'places', 'sources'] as const;
export type ComparedOver = (typeof COMPARED_OVER)[number];

interface FiguresShown {
  /** Whether figures are shown in place of the shapes of the evidence. */
  readonly isOpen: boolean;
  readonly where: FigureConditions;
  readonly sort: { readonly column: FigureColumn; readonly descending: boolean } | null;
  readonly over: ComparedOver;
  /** The current row, and the conflict that is shown. */
  readonly at: number;
  readonly conflict: number;
  readonly dialog: 'conversions' | 'references' | null;
  /** How often all conditions were taken back: fields that are typed in begin anew. */
  readonly cleared: number;
}

const EMPTY: FiguresShown = {
  isOpen: false,
  where: figureConditions.parse({}),
  sort: null,
  over: 'years',
  at: 0,
  conflict: 0,
  dialog: null,
  cleared: 0,
};
export const useFigures = create<FiguresShown>()(() => EMPTY);
const { setState: set, getState: get } = useFigures;

/** Called when another project opens. */
export const resetFigures = (): void => set(EMPTY);
export const openFigures = (): void => set({ isOpen: true });
export const closeFigures = (): void => set({ isOpen: false });
export const setWhere = (where: Partial<FigureConditions>): void =>
  set({ where: { ...get().where, ...where }, at: 0, conflict: 0 });
export const clearWhere = (): void => {
  setWhere(EMPTY.where);
  set({ cleared: get().cleared + 1 });
};
export const setSort = (sort: FiguresShown['sort']): void => set({ sort, at: 0 });
export const setOver = (over: ComparedOver): void => set({ over });
export const setAt = (at: number): void => set({ at });
export const showConflict = (conflict: number): void => set({ conflict });
export const openTable = (dialog: FiguresShown['dialog']): void => set({ dialog });

/** Which passages: those of the evidence’s filter. */
export type Asked = Pick<CallArgs<'figures.table'>, 'query' | 'within'>;

/** How many rows are read at once. */
export const BLOCK = 100;

/** What the table asks for, page by page. */
export type TableInput = Asked & Pick<FiguresShown, 'where' | 'sort'>;
