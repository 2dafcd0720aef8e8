import { useMemo } from 'react';
import { create } from 'zustand';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { EvidenceColumn, EvidenceFacet, EvidenceMark, EvidenceSort } from '../../../shared/contract/evidence.ts';
import type { CollectionId, PassageId, ViewId } from '../../../shared/model/index.ts';

/** The shapes that are built; a view saved with another one opens as a table. */
export const SHAPES = ['table', 'matrix', 'timeline', 'places', 'coverage'] as const;
export type Shape = (typeof SHAPES)[number];
export type MatrixColumns =
  | 'actYear'
  | 'publishedYear'
  | 'type'
  | 'publisher'
  | 'tagger'
  | 'source'
  | 'below'
  | 'county'
  | 'prefecture'
  | 'province';
/** Shades, or dots whose area is the count. */
export const LOOKS = ['heat', 'dots'] as const;

interface Timeline {
  readonly date: 'act' | 'published';
  readonly lanes: 'family' | 'publisher' | 'type' | 'language' | 'tagger';
  /** The part of all years that is shown, in ms of UTC; null: all. */
  readonly view: { readonly from: number; readonly to: number } | null;
  /** The collection of policy documents; `usual`: the one that is called so, if there is one. */
  readonly documents: CollectionId | 'usual' | null;
}

/** What a mark of a figure is, for the drawer: its passages and its name. */
export interface Marked {
  readonly title: string;
  readonly marks: readonly EvidenceMark[];
}

export const USUAL_COLUMNS: readonly EvidenceColumn[] = ['category', 'source', 'act', 'grade', 'state', 'person'];

interface Evidence {
  /** The saved view in front; null: all passages. */
  readonly view: ViewId | null;
  /** The filter as it is written. */
  readonly query: string;
  /** The last filter without a fault: what is shown, changed and exported. */
  readonly whole: string;
  /** Marks that the table was narrowed to by a figure. */
  readonly within: readonly Marked[];
  readonly shape: Shape;
  readonly columns: readonly EvidenceColumn[];
  readonly sort: EvidenceSort | null;
  readonly group: EvidenceFacet | null;
  readonly matrix: MatrixColumns;
  /** How the matrix is drawn. */
  readonly look: (typeof LOOKS)[number];
  readonly timeline: Timeline;
  /** Categories of the matrix whose subcategories are shown. */
  readonly unfolded: ReadonlySet<string>;
  readonly drawer: Marked | null;
  /** The place whose names are shown beside the places. */
  readonly place: string | null;
  readonly selected: ReadonlySet<PassageId>;
  /** Every passage that fits is selected, except those in `leftOut`; then `selected` says nothing. */
  readonly isAllSelected: boolean;
  readonly leftOut: ReadonlySet<PassageId>;
  /** Copies are to be looked for, as soon as the coverage is shown. */
  readonly isLooking: boolean;
  /** The current row of the table, as its position. */
  readonly at: number;
  /** Whether the rail is shown; null: where there is room beside the evidence. */
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
  matrix: 'actYear',
  look: 'heat',
  timeline: { date: 'act', lanes: 'family', view: null, documents: 'usual' },
  unfolded: new Set(),
  drawer: null,
  place: null,
  selected: new Set(),
  isAllSelected: false,
  leftOut: new Set(),
  isLooking: false,
  at: 0,
  rail: null,
};

/** The evidence screen: it stays while one reads a passage, and comes back as it was. */
export const useEvidence = create<Evidence>()(() => EMPTY);
const { setState: set, getState: get } = useEvidence;

/** Called when another project opens. */
export const resetEvidence = (): void => set(EMPTY);

const NONE_SELECTED = { selected: new Set<PassageId>(), isAllSelected: false, leftOut: new Set<PassageId>() };
const AT_TOP = { at: 0, ...NONE_SELECTED };

/** Another filter. What is shown stays until it is known to have no fault. */
export const setQuery = (query: string): void => set({ query });
/** Shows what a filter without a fault finds: nothing that it may have left out stays selected. */
export const showWhole = (whole: string): void => {
  if (get().whole !== whole) set({ whole, drawer: null, ...AT_TOP });
};
export const setShape = (shape: Shape): void => set({ shape, drawer: null, place: null, isLooking: false });
/** Shows the coverage and looks for copies of one text there. */
export const lookForCopies = (): void => set({ shape: 'coverage', drawer: null, isLooking: true });
export const lookingStarted = (): void => set({ isLooking: false });
export const setMatrix = (matrix: MatrixColumns): void => set({ matrix, drawer: null });
export const setTimeline = (timeline: Partial<Timeline>): void =>
  set({ timeline: { ...get().timeline, ...timeline }, drawer: null });
export const setLook = (look: Evidence['look']): void => set({ look });
export const setGroup = (group: EvidenceFacet | null): void => set({ group, at: 0 });
export const setSort = (sort: EvidenceSort | null): void => set({ sort, at: 0 });
export const setColumns = (columns: readonly EvidenceColumn[]): void => set({ columns });
export const setAt = (at: number): void => set({ at });
export const selectNone = (): void => set(NONE_SELECTED);
export const selectAll = (): void => set({ ...NONE_SELECTED, isAllSelected: true });
/** Selects a passage, or takes it out of what is selected. */
export const toggleSelected = (passage: PassageId): void => {
  const { isAllSelected, selected, leftOut } = get();
  const next = new Set(isAllSelected ? leftOut : selected);
  if (!next.delete(passage)) next.add(passage);
  set(isAllSelected ? { leftOut: next } : { selected: next });
};
export const isSelected = ({ isAllSelected, selected, leftOut }: Evidence, passage: PassageId): boolean =>
  isAllSelected ? !leftOut.has(passage) : selected.has(passage);
/** How many passages are selected, of `total` that fit. */
export const countSelected = ({ isAllSelected, selected, leftOut }: Evidence, total: number): number =>
  isAllSelected ? Math.max(0, total - leftOut.size) : selected.size;
/** One pane at a time stands beside the figure. */
export const openDrawer = (drawer: Marked | null): void => set({ drawer, place: null });
export const openPlace = (place: string | null): void => set({ place, drawer: null });

export const toggleUnfolded = (category: string): void => {
  const unfolded = new Set(get().unfolded);
  if (!unfolded.delete(category)) unfolded.add(category);
  set({ unfolded });
};

/** The table of what a mark of a figure counts. */
export const narrowTo = (marked: Marked): void =>
  set({ within: [...get().within, marked], shape: 'table', drawer: null, ...AT_TOP });
export const widen = (marked: Marked): void =>
  set({ within: get().within.filter((one) => one !== marked), drawer: null, ...AT_TOP });

/** How figures are shown is no part of a view, and stays. */
function figuresShown(): Pick<Evidence, 'matrix' | 'look' | 'timeline' | 'rail'> {
  const { matrix, look, timeline, rail } = get();
  return { matrix, look, timeline, rail };
}
export const showRail = (rail: boolean | null): void => set({ rail });

type SavedView = CallOutput<'views.list'>['views'][number];

export function showAll(): void {
  set({ ...EMPTY, shape: get().shape, ...figuresShown() });
}

/** What a view shows: of what it keeps, what this version understands. */
function shownBy({ query, shape, columns, sort, group }: SavedView): Kept {
  return {
    query,
    shape: SHAPES.find((one) => one === shape) ?? 'table',
    columns: columns.length === 0 ? USUAL_COLUMNS : columns,
    sort: sort[0] ?? null,
    group,
  };
}
type Kept = Pick<Evidence, 'query' | 'shape' | 'columns' | 'sort' | 'group'>;

/** What its filter finds, or what is wrong with it: never what was shown before, under its name. */
export const showView = (view: SavedView): void =>
  set({ ...EMPTY, ...shownBy(view), whole: view.query, view: view.id, ...figuresShown() });

/** What a view keeps of what is shown. */
export const kept = ({ query, shape, columns, sort, group }: Kept) => ({
  query,
  shape,
  columns: [...columns],
  sort: sort === null ? [] : [sort],
  group,
});

/**
 * Of what a view keeps, what was changed since it was opened. The rest is not written: a newer version may have put there what this
 * one shows as something else.
 */
export function changesOf(view: SavedView, now: Kept): Partial<ReturnType<typeof kept>> {
  const [before, after] = [kept(shownBy(view)), kept(now)];
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  return {
    ...(before.query === after.query ? {} : { query: after.query }),
    ...(before.shape === after.shape ? {} : { shape: after.shape }),
    ...(isSame(before.columns, after.columns) ? {} : { columns: after.columns }),
    ...(isSame(before.sort, after.sort) ? {} : { sort: after.sort }),
    ...(before.group === after.group ? {} : { group: after.group }),
  };
}

/** The passages that are shown, as every call of the evidence takes them. */
export const useAsked = () => {
  const whole = useEvidence((state) => state.whole);
  return useAskedWith(whole);
};
/** The passages that a filter leaves of what the table is narrowed to. */
export const useAskedWith = (query: string) => {
  const within = useEvidence((state) => state.within);
  return useMemo(() => ({ query, within: within.flatMap(({ marks }) => marks) }), [query, within]);
};
