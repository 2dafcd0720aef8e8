import { useMemo } from 'react';
import { create } from 'zustand';
import type { z } from 'zod';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import type {
  CountedUnit,
  MATRIX_COLUMNS,
  MATRIX_LOOKS,
  TableRows,
  Together,
  ViewFigure,
  viewCoverage,
  viewPlaces,
  viewTimeline,
} from '../../../shared/contract/view-figures.ts';
import type { EvidenceColumn, EvidenceFacet, EvidenceMark, EvidenceSort } from '../../../shared/contract/evidence.ts';
import { categoryId, type PassageId, type ViewId } from '../../../shared/model/index.ts';

/** The shapes that are built; a view saved with another one opens as a table. */
export const SHAPES = ['table', 'matrix', 'timeline', 'places', 'coverage'] as const;
export type Shape = (typeof SHAPES)[number];
export type MatrixColumns = (typeof MATRIX_COLUMNS)[number];

type Timeline = Omit<z.infer<typeof viewTimeline>, 'span'> & {
  /** The part of all years that is shown, in ms of UTC; null: all. */
  readonly view: { readonly from: number; readonly to: number } | null;
};
export type TimelineDates = Timeline['date'];
export type TimelineLanes = Timeline['lanes'];
export type Places = z.infer<typeof viewPlaces>;
type Coverage = z.infer<typeof viewCoverage>;
export type CoverageBy = Coverage['by'];

/** A mark of a chart, as the drawer needs it: the conditions of its passages, and its name. */
export interface Marked {
  readonly title: string;
  readonly marks: readonly EvidenceMark[];
}

export const USUAL_COLUMNS: readonly EvidenceColumn[] = ['category', 'source', 'act', 'grade', 'state', 'person'];

interface Evidence {
  /** The saved view that is shown; null for all passages. */
  readonly view: ViewId | null;
  /** The filter as it is typed, perhaps with faults. */
  readonly query: string;
  /** The last filter without a fault. The screen shows, changes and exports what it finds. */
  readonly whole: string;
  /** Marks that the table was narrowed to by a chart. */
  readonly within: readonly Marked[];
  readonly shape: Shape;
  readonly columns: readonly EvidenceColumn[];
  readonly sort: EvidenceSort | null;
  readonly group: EvidenceFacet | null;
  readonly rows: TableRows;
  readonly matrix: MatrixColumns;
  /** The unit, such as a passage, that two categories must share to count as tagged together. */
  readonly together: Together;
  /** How the matrix is drawn. */
  readonly look: (typeof MATRIX_LOOKS)[number];
  /** What the matrix counts. */
  readonly unit: CountedUnit;
  readonly timeline: Timeline;
  readonly places: Places;
  readonly coverage: Coverage;
  /** Categories of the matrix whose subcategories are shown. */
  readonly unfolded: ReadonlySet<string>;
  readonly drawer: Marked | null;
  /** The place whose names are shown beside the places. */
  readonly place: string | null;
  readonly selected: ReadonlySet<PassageId>;
  /** If true, every passage that fits is selected except those in `leftOut`, and `selected` is not used. */
  readonly isAllSelected: boolean;
  readonly leftOut: ReadonlySet<PassageId>;
  /** If true, copies are looked for as soon as the coverage is shown. */
  readonly isLooking: boolean;
  /** The current row of the table, as its position. */
  readonly at: number;
  /** The group whose heading is current; null if a row is. */
  readonly heading: string | null;
  /** Groups of which only the heading is shown. */
  readonly folded: ReadonlySet<string>;
  /** Whether the rail is shown; null if it depends on the room beside the evidence. */
  readonly rail: boolean | null;
}

const EMPTY: Evidence = {
  view: null,
  query: '',
  whole: '',
  within: [],
  shape: 'table',
  columns: USUAL_COLUMNS,
  sort: null,
  group: null,
  rows: 'two',
  matrix: 'actYear',
  together: 'passage',
  look: 'heat',
  unit: 'passages',
  timeline: { date: 'act', lanes: 'family', unit: 'passages', view: null, documents: 'usual' },
  places: { order: 'tree', level: 'county', unit: 'passages' },
  coverage: { by: 'type', weak: 'all' },
  unfolded: new Set(),
  drawer: null,
  place: null,
  selected: new Set(),
  isAllSelected: false,
  leftOut: new Set(),
  isLooking: false,
  at: 0,
  heading: null,
  folded: new Set(),
  rail: null,
};

/** The state of the evidence screen. It is kept while a person reads a passage, so that the screen comes back unchanged. */
export const useEvidence = create<Evidence>()(() => EMPTY);
const { setState: set, getState: get } = useEvidence;

/** Called when another project opens. */
export const resetEvidence = (): void => set(EMPTY);

const NONE_SELECTED = { selected: new Set<PassageId>(), isAllSelected: false, leftOut: new Set<PassageId>() };
const FIRST_ROW = { at: 0, heading: null };
const AT_TOP = { ...FIRST_ROW, ...NONE_SELECTED };

/** Sets the filter. The screen shows the old result until the new filter is known to have no fault. */
export const setQuery = (query: string): void => set({ query });
/** Shows what a filter without a fault finds. The selection is cleared if the filter is another one, as it may not find the selected passages. */
export const showWhole = (whole: string): void => {
  if (get().whole !== whole) set({ whole, drawer: null, ...AT_TOP });
};
export const setShape = (shape: Shape): void => set({ shape, drawer: null, place: null, isLooking: false });
export const setRows = (rows: TableRows): void => set({ rows });
/** Shows the coverage and looks for copies of one text there. */
export const lookForCopies = (): void => set({ shape: 'coverage', drawer: null, isLooking: true });
export const lookingStarted = (): void => set({ isLooking: false });
export const setMatrix = (matrix: MatrixColumns): void => set({ matrix, drawer: null });
export const setTogether = (together: Together): void => set({ together, drawer: null });
export const setTimeline = (timeline: Partial<Timeline>): void =>
  set({ timeline: { ...get().timeline, ...timeline }, drawer: null });
export const setPlaces = (places: Partial<Places>): void => set({ places: { ...get().places, ...places } });
export const setCoverage = (coverage: Partial<Coverage>): void => set({ coverage: { ...get().coverage, ...coverage } });
export const setUnit = (unit: CountedUnit): void => set({ unit });
export const setLook = (look: Evidence['look']): void => set({ look });
export const setGroup = (group: EvidenceFacet | null): void => set({ group, folded: new Set(), ...FIRST_ROW });
export const setSort = (sort: EvidenceSort | null): void => set({ sort, ...FIRST_ROW });
export const setColumns = (columns: readonly EvidenceColumn[]): void => set({ columns });
export const setAt = (at: number): void => set({ at, heading: null });
export const setHeading = (heading: string): void => set({ heading });
export const toggleFolded = (group: string): void => {
  const folded = new Set(get().folded);
  if (!folded.delete(group)) folded.add(group);
  set({ folded });
};
export const selectNone = (): void => set(NONE_SELECTED);
export const selectAll = (): void => set({ ...NONE_SELECTED, isAllSelected: true });
/** Selects a passage, or deselects it. */
export const toggleSelected = (passage: PassageId): void => {
  const { isAllSelected, selected, leftOut } = get();
  const next = new Set(isAllSelected ? leftOut : selected);
  if (!next.delete(passage)) next.add(passage);
  set(isAllSelected ? { leftOut: next } : { selected: next });
};
/** Selects passages if `isIn`, otherwise deselects them. */
export const selectMany = (passages: readonly PassageId[], isIn: boolean): void => {
  const { isAllSelected, selected, leftOut } = get();
  const next = new Set(isAllSelected ? leftOut : selected);
  for (const passage of passages)
    if (isIn === isAllSelected) next.delete(passage);
    else next.add(passage);
  set(isAllSelected ? { leftOut: next } : { selected: next });
};
export const isSelected = ({ isAllSelected, selected, leftOut }: Evidence, passage: PassageId): boolean =>
  isAllSelected ? !leftOut.has(passage) : selected.has(passage);
/** The number of selected passages. `total`: how many passages fit the filter. */
export const countSelected = ({ isAllSelected, selected, leftOut }: Evidence, total: number): number =>
  isAllSelected ? Math.max(0, total - leftOut.size) : selected.size;
/** Opens the drawer. It closes the pane of a place, since only one pane fits beside the chart. */
export const openDrawer = (drawer: Marked | null): void => set({ drawer, place: null });
export const openPlace = (place: string | null): void => set({ place, drawer: null });

export const toggleUnfolded = (category: string): void => {
  const unfolded = new Set(get().unfolded);
  if (!unfolded.delete(category)) unfolded.add(category);
  set({ unfolded });
};

/** Shows the passages of a chart’s mark as a table. */
export const narrowTo = (marked: Marked): void =>
  set({ within: [...get().within, marked], shape: 'table', drawer: null, ...AT_TOP });
/** Shows the same chart, of the passages of one of its marks only. */
export const addToFilter = (marked: Marked): void =>
  set({ within: [...get().within, marked], drawer: null, ...AT_TOP });
/** The parts of the state that rows and charts depend on. */
const ASKED = [
  'query',
  'within',
  'columns',
  'sort',
  'group',
  'matrix',
  'together',
  'unit',
  'timeline',
  'places',
  'coverage',
] as const;
export type AskedState = Pick<Evidence, (typeof ASKED)[number]>;
export const askedOf = (state: Evidence): AskedState => {
  const { query, within, columns, sort, group, matrix, together, unit, timeline, places, coverage } = state;
  return { query, within, columns, sort, group, matrix, together, unit, timeline, places, coverage };
};
export const isAskedAlike = (one: AskedState, other: AskedState): boolean =>
  ASKED.every((field) => one[field] === other[field]);
/** Returns to the question before. If it finds other passages, the selection is cleared. */
export const backTo = (before: AskedState): void => {
  const { query, within } = get();
  const isOther = query !== before.query || within !== before.within;
  set({ ...before, whole: before.query, drawer: null, ...FIRST_ROW, ...(isOther ? NONE_SELECTED : {}) });
};
export const widen = (marked: Marked): void =>
  set({ within: get().within.filter((one) => one !== marked), drawer: null, ...AT_TOP });

/** The chart settings to keep when all passages are shown, which have no saved settings of their own. */
function chartsShown(): Omit<Charts, 'unfolded'> & Pick<Evidence, 'rail'> {
  const { rows, matrix, together, look, unit, timeline, places, coverage, rail } = get();
  return { rows, matrix, together, look, unit, timeline, places, coverage, rail };
}
export const showRail = (rail: boolean | null): void => set({ rail });

type SavedView = CallOutput<'views.list'>['views'][number];

export function showAll(): void {
  set({ ...EMPTY, shape: get().shape, ...chartsShown() });
}

/** What a saved view shows: the settings that this version understands, and defaults for settings it lacks. */
function shownBy({ query, shape, columns, sort, group, ...charts }: SavedView): Kept {
  const { date, lanes, unit, span, documents } = charts.timeline;
  const usual = EMPTY.timeline;
  return {
    query,
    shape: SHAPES.find((one) => one === shape) ?? 'table',
    columns: columns.length === 0 ? USUAL_COLUMNS : columns,
    sort: sort[0] ?? null,
    group,
    rows: charts.table.rows ?? EMPTY.rows,
    matrix: charts.matrix.columns ?? EMPTY.matrix,
    together: charts.matrix.together ?? EMPTY.together,
    look: charts.matrix.look ?? EMPTY.look,
    unit: charts.matrix.unit ?? EMPTY.unit,
    unfolded: new Set<string>(charts.matrix.open),
    timeline: {
      date: date ?? usual.date,
      lanes: lanes ?? usual.lanes,
      unit: unit ?? usual.unit,
      view: span ?? null,
      documents: documents === undefined ? usual.documents : documents,
    },
    places: {
      order: charts.places.order ?? EMPTY.places.order,
      level: charts.places.level ?? EMPTY.places.level,
      unit: charts.places.unit ?? EMPTY.places.unit,
    },
    coverage: {
      by: charts.coverage.by ?? EMPTY.coverage.by,
      weak: charts.coverage.weak ?? EMPTY.coverage.weak,
    },
  };
}
type Charts = Pick<
  Evidence,
  'rows' | 'matrix' | 'together' | 'look' | 'unit' | 'unfolded' | 'timeline' | 'places' | 'coverage'
>;
type Kept = Pick<Evidence, 'query' | 'shape' | 'columns' | 'sort' | 'group'> & Charts;

/** Opens a view: the screen shows what its filter finds or its faults, never the result of the filter before under the view’s name. */
export const showView = (view: SavedView): void =>
  set({ ...EMPTY, ...shownBy(view), whole: view.query, view: view.id, rail: get().rail });

/** The settings of the screen that a view keeps. */
export const kept = (now: Kept) => ({
  query: now.query,
  shape: now.shape,
  columns: [...now.columns],
  sort: now.sort === null ? [] : [now.sort],
  group: now.group,
  table: { rows: now.rows },
  matrix: {
    columns: now.matrix,
    together: now.together,
    look: now.look,
    unit: now.unit,
    open: categoryId.array().parse([...now.unfolded].toSorted()),
  },
  timeline: {
    date: now.timeline.date,
    lanes: now.timeline.lanes,
    unit: now.timeline.unit,
    span: now.timeline.view === null ? null : rounded(now.timeline.view),
    documents: now.timeline.documents,
  },
  places: now.places,
  coverage: now.coverage,
});
const rounded = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  from: Math.round(from),
  to: Math.round(to),
});

/**
 * Returns the kept settings that were changed since the view was opened, for charts setting by setting. Unchanged ones are not written: a
 * newer version may have stored a value that this version shows as something else.
 */
export function changesOf(view: SavedView, now: Kept): Partial<CallInput<'views.change'>> {
  const [before, after] = [kept(shownBy(view)), kept(now)];
  const { table, matrix, timeline, places, coverage, ...fields } = after;
  return {
    ...changed(before, fields),
    ...ifAny('table', changed(before.table, table)),
    ...ifAny('matrix', changed(before.matrix, matrix)),
    ...ifAny('timeline', changed(before.timeline, timeline)),
    ...ifAny('places', changed(before.places, places)),
    ...ifAny('coverage', changed(before.coverage, coverage)),
  };
}
/** The fields of `after` that differ from `before`. */
function changed<T extends object>(before: T, after: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const field in after)
    if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) changes[field] = after[field];
  return changes;
}
const ifAny = (chart: ViewFigure, changes: object): object =>
  Object.keys(changes).length === 0 ? {} : { [chart]: changes };

/** The question for the passages that are shown, as input of the evidence’s calls. */
export const useAsked = () => {
  const whole = useEvidence((state) => state.whole);
  return useAskedWith(whole);
};
/** The question for the passages that a filter finds among those that the table is narrowed to. */
export const useAskedWith = (query: string) => {
  const within = useEvidence((state) => state.within);
  return useMemo(() => ({ query, within: within.flatMap(({ marks }) => marks) }), [query, within]);
};
