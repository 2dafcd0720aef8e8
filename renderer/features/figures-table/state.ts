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
  /** Whether figures are shown in place of the evidence’s table and charts. */
  readonly isOpen: boolean;
  /** The current saved view with its filter of passages; null if the evidence’s filter is used. */
  readonly view: { readonly id: ViewId; readonly query: string } | null;
  readonly where: FigureConditions;
  readonly sort: { readonly column: FigureColumn; readonly descending: boolean } | null;
  readonly group: FigureGroup | null;
  readonly over: ComparedOver;
  /** The columns shown beside the printed words. */
  readonly columns: readonly FigureChosen[];
  /** The chosen rows in the order of choosing. A row stays chosen if a filter hides it. */
  readonly chosen: readonly FigureRow[];
  /** The current row, or the heading of a group; and the conflict that is shown. */
  readonly at: number;
  readonly heading: string | null;
  /** Groups of which only the heading is shown. */
  readonly folded: ReadonlySet<string>;
  readonly conflict: number;
  readonly dialog: 'conversions' | 'references' | null;
  /** Counts how often all conditions were set at once. A new count resets the text fields. */
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
/** Shows all figures in the passages that the evidence's filter finds. */
export const openFigures = (): void => {
  if (get().view === null) set({ isOpen: true });
  else set({ ...EMPTY, isOpen: true, cleared: get().cleared + 1 });
};
/** Shows only the figures in one state, such as those that a person has to check. */
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

/** The settings that a saved view of figures keeps. */
type Kept = Pick<FiguresShown, 'where' | 'sort' | 'group' | 'over' | 'columns'>;

/** What a saved view shows: the settings that this version understands, and defaults for settings it lacks. */
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

/** Makes a view current that was just saved from the screen. */
export const viewMade = (id: ViewId, query: string): void => set({ view: { id, query } });

export const kept = ({ where, sort, group, over, columns }: Kept) => ({
  ...where,
  sort,
  group,
  over,
  columns: [...columns],
});

/** The kept settings that were changed since the view was opened. The rest is not written: a newer version may have stored a value that this one shows differently. */
export function changesOf(view: SavedView, now: Kept): NonNullable<CallInput<'views.change'>['figures']> {
  const before: Readonly<Record<string, unknown>> = kept(shownBy(view));
  const after = Object.entries(kept(now)).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  return Object.fromEntries(after);
}

/** The passages whose figures are listed: the evidence’s filter. */
export type Asked = Pick<CallArgs<'figures.table'>, 'query' | 'within'>;

/** The number of rows that one call reads. */
export const BLOCK = 100;

/** The question of the table, without the page. */
export type TableInput = Asked & Pick<FiguresShown, 'where' | 'sort' | 'group'>;
