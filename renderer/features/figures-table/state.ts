import { create } from 'zustand';
import type { CallArgs, CallInput } from '../../../shared/contract/index.ts';
import {
  FIGURE_CHOSEN,
  type FigureChosen,
  type FigureColumn,
  type FigureConditions,
  figureConditions,
  type FigureGroup,
} from '../../../shared/contract/figure-conditions.ts';
import type { COMPARED_OVER } from '../../../shared/contract/view-figures.ts';
import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import type { SavedView } from '../../../shared/contract/views.ts';
import type { ViewId } from '../../../shared/model/index.ts';

export type ComparedOver = (typeof COMPARED_OVER)[number];

interface FiguresShown {
  /** Whether figures are shown in place of the shapes of the evidence. */
  readonly isOpen: boolean;
  /** The saved view in front with its filter of passages; null: the filter of the evidence holds. */
  readonly view: { readonly id: ViewId; readonly query: string } | null;
  readonly where: FigureConditions;
  readonly sort: { readonly column: FigureColumn; readonly descending: boolean } | null;
  readonly group: FigureGroup | null;
  readonly over: ComparedOver;
  /** Beside the printed words. */
  readonly columns: readonly FigureChosen[];
  /** Rows that are chosen, in that order; a filter that hides one leaves it chosen. */
  readonly chosen: readonly FigureRow[];
  /** The current row, or the heading of a group; and the conflict that is shown. */
  readonly at: number;
  readonly heading: string | null;
  /** Groups of which only the heading is shown. */
  readonly folded: ReadonlySet<string>;
  readonly conflict: number;
  readonly dialog: 'conversions' | 'references' | null;
  /** How often all conditions were set at once: fields that are typed in begin anew. */
  readonly cleared: number;
}

const FIRST_ROW = { at: 0, heading: null } as const;
const EMPTY: FiguresShown = {
  isOpen: false,
  view: null,
  where: figureConditions.parse({}),
  sort: null,
  group: null,
  over: 'years',
  columns: FIGURE_CHOSEN,
  chosen: [],
  ...FIRST_ROW,
  folded: new Set(),
  conflict: 0,
  dialog: null,
  cleared: 0,
};
export const useFigures = create<FiguresShown>()(() => EMPTY);
const { setState: set, getState: get } = useFigures;

/** Called when another project opens. */
export const resetFigures = (): void => set(EMPTY);
/** All figures in the passages of the evidence's filter. */
export const openFigures = (): void => {
  if (get().view === null) set({ isOpen: true });
  else set({ ...EMPTY, isOpen: true, cleared: get().cleared + 1 });
};
/** Those that somebody has to look at. */
export const openFiguresIn = (state: FigureConditions['state']): void =>
  set({ ...EMPTY, where: { ...EMPTY.where, state }, isOpen: true, cleared: get().cleared + 1 });
export const closeFigures = (): void => set({ isOpen: false });
export const setWhere = (where: Partial<FigureConditions>): void =>
  set({ where: { ...get().where, ...where }, ...FIRST_ROW, conflict: 0 });
export const clearWhere = (): void => {
  setWhere(EMPTY.where);
  set({ cleared: get().cleared + 1 });
};
export const setSort = (sort: FiguresShown['sort']): void => set({ sort, ...FIRST_ROW });
export const setGroup = (group: FigureGroup | null): void => set({ group, folded: new Set(), ...FIRST_ROW });
export const setOver = (over: ComparedOver): void => set({ over });
export const showColumn = (column: FigureChosen, isShown: boolean): void =>
  set({ columns: FIGURE_CHOSEN.filter((one) => (one === column ? isShown : get().columns.includes(one))) });
export const toggleChosen = (row: FigureRow): void => {
  const { chosen } = get();
  const rest = chosen.filter(({ id }) => id !== row.id);
  set({ chosen: rest.length < chosen.length ? rest : [...chosen, row] });
};
export const chooseNone = (): void => set({ chosen: [] });
export const setAt = (at: number): void => set({ at, heading: null });
export const setHeading = (heading: string): void => set({ heading });
export const toggleFolded = (group: string): void => {
  const folded = new Set(get().folded);
  if (!folded.delete(group)) folded.add(group);
  set({ folded });
};
export const showConflict = (conflict: number): void => set({ conflict });
export const openTable = (dialog: FiguresShown['dialog']): void => set({ dialog });

/** What a saved view of figures keeps. */
type Kept = Pick<FiguresShown, 'where' | 'sort' | 'group' | 'over' | 'columns'>;

/** What a view shows: of what it keeps, what this version understands, and what is usual for what was never set. */
function shownBy({ figures }: SavedView): Kept {
  const { sort, group, over, columns, ...where } = figures;
  return {
    where: figureConditions.parse(where),
    sort: sort ?? null,
    group: group ?? null,
    over: over ?? EMPTY.over,
    columns: columns ?? EMPTY.columns,
  };
}
export const showView = (view: SavedView): void =>
  set({
    ...EMPTY,
    ...shownBy(view),
    isOpen: true,
    view: { id: view.id, query: view.query },
    cleared: get().cleared + 1,
  });

/** A view that was just made of what is shown. */
export const viewMade = (id: ViewId, query: string): void => set({ view: { id, query } });

export const kept = ({ where, sort, group, over, columns }: Kept) => ({
  ...where,
  sort,
  group,
  over,
  columns: [...columns],
});

/** Of what a view keeps, what was changed since it was opened. The rest is not written: a newer version may have put there what this one shows as something else. */
export function changesOf(view: SavedView, now: Kept): NonNullable<CallInput<'views.change'>['figures']> {
  const before: Readonly<Record<string, unknown>> = kept(shownBy(view));
  const after = Object.entries(kept(now)).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  return Object.fromEntries(after);
}

/** Which passages: those of the evidence’s filter. */
export type Asked = Pick<CallArgs<'figures.table'>, 'query' | 'within'>;

/** How many rows are read at once. */
export const BLOCK = 100;

/** What the table asks for, page by page. */
export type TableInput = Asked & Pick<FiguresShown, 'where' | 'sort' | 'group'>;
