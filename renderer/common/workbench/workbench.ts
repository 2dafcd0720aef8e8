import { create } from 'zustand';
import type { CategoryId, PassageId, SourceId } from '../../../shared/model/index.ts';
import { showPane } from './side-panes.tsx';
import {
  closedTabs,
  EMPTY_SIDE,
  otherSide,
  withTab,
  type ClosedTab,
  type Side,
  type SideId,
  type Spot,
} from '../reader/sides.ts';

export type { Side, SideId, Spot } from '../reader/sides.ts';
export const PLACES = ['library', 'read', 'review', 'team'] as const;
export type Place = (typeof PLACES)[number];
/** The content of the sidebar. */
export const SHELVES = ['codebook', 'sources', 'search', 'versions'] as const;
export type Shelf = (typeof SHELVES)[number];
export type DialogName =
  | 'commands'
  | 'diagnostics'
  | 'share'
  | 'newProject'
  | 'print'
  | 'project'
  | 'settings'
  | 'backups'
  | 'verify'
  | 'shortcuts';

/**
 * The state of the workbench. It is view state, not evidence. The fields of {@link Side} are those of the active side, for
 * components that need only that one.
 */
export interface Workbench extends Omit<Side, 'id'> {
  readonly place: Place;
  /** The reader's sides, in their order: one, or two in the split view. */
  readonly sides: readonly Side[];
  /** The side that commands, the palette and the inspector follow. */
  readonly active: SideId;
  /** Closed tabs, the latest last: they can be opened again. */
  readonly closed: readonly ClosedTab[];
  readonly shelf: Shelf;
  /** The selected category of the codebook. */
  readonly category: CategoryId | null;
  /** Tags the selection in the reader, or the current passage; null while nothing can be tagged. */
  readonly tagger: ((category: CategoryId) => void) | null;
  readonly dialog: DialogName | null;
}
/** Where something is opened: in the active side, or in the other one, which is created if necessary. */
export type Where = 'here' | 'beside';

const FIRST: Side = { id: 'a', ...EMPTY_SIDE };
const EMPTY: Workbench = {
  ...EMPTY_SIDE,
  place: 'library',
  sides: [FIRST],
  active: 'a',
  closed: [],
  shelf: 'codebook',
  category: null,
  tagger: null,
  dialog: null,
};

export const useWorkbench = create<Workbench>()(() => EMPTY);
const { setState: set, getState: get } = useWorkbench;

/** Called when another project opens. */
export const resetWorkbench = (): void => set(EMPTY);

export const goTo = (place: Place): void => set({ place });

/** Sets the sides, and copies the active side’s fields. */
function setSides(sides: readonly Side[], active: SideId = get().active): void {
  const front = sides.find(({ id }) => id === active) ?? sides[0] ?? FIRST;
  const { id, ...inFront } = front;
  set({ sides: sides.length === 0 ? [FIRST] : sides, active: id, ...inFront });
}

/** A side as it is now. */
export const sideOf = (id: SideId): Side | null => get().sides.find((side) => side.id === id) ?? null;

function change(id: SideId, to: (side: Side) => Partial<Side>): void {
  setSides(get().sides.map((side) => (side.id === id ? { ...side, ...to(side) } : side)));
}

/** The side where something is to be opened; it becomes the active one. */
function enter(where: Where): SideId {
  const { sides, active } = get();
  const id = where === 'here' ? active : otherSide(active);
  const there = sides.some((side) => side.id === id);
  setSides(there ? sides : [...sides, { id, ...EMPTY_SIDE }], id);
  return id;
}

/** Opens a source in the reader, or brings its tab to the front. */
export function openSource(source: SourceId, where: Where = 'here'): void {
  const side = enter(where);
  set({ place: 'read' });
  change(side, (before) => {
    const same = before.source === source;
    return {
      source,
      tabs: withTab(before.tabs, source),
      passage: same ? before.passage : null,
      page: same ? before.page : null,
      spot: same ? before.spot : null,
    };
  });
}

const nextArrival = (): number => Math.max(...get().sides.map(({ arrivals }) => arrivals)) + 1;

/** Opens a passage in its source. */
export function openPassage(
  { source, passage }: { source: SourceId; passage: PassageId },
  where: Where = 'here',
): void {
  openSource(source, where);
  change(get().active, () => ({ passage, spot: null, arrivals: nextArrival() }));
}

/** Opens a source at a place in its text: a match. */
export function openSpot(source: SourceId, spot: Spot, where: Where = 'here'): void {
  openSource(source, where);
  change(get().active, () => ({ passage: null, spot, arrivals: nextArrival() }));
}

/** Shows the codebook, the list of sources or the search beside the reader. */
export function showShelf(shelf: Shelf): void {
  set({ place: 'read', shelf });
  showPane('start');
}

/** Closes a tab; the next one, else the one before, comes to the front. A side without tabs closes, except the last. */
export function closeSource(source: SourceId, side: SideId = get().active): void {
  const before = sideOf(side);
  const index = before?.tabs.indexOf(source) ?? -1;
  if (before === null || index < 0) return;
  set({ closed: closedTabs(get().closed, { source, side, index }) });
  withoutTab(before, source);
}

function withoutTab(side: Side, source: SourceId): void {
  const index = side.tabs.indexOf(source);
  const tabs = side.tabs.filter((id) => id !== source);
  if (tabs.length === 0 && get().sides.length > 1) {
    setSides(get().sides.filter(({ id }) => id !== side.id));
    return;
  }
  change(side.id, ({ source: front }) =>
    front === source ? { ...EMPTY_SIDE, tabs, source: tabs[index] ?? tabs.at(-1) ?? null } : { tabs },
  );
}

/** Closes the split view's other side; its tabs can be opened again. */
export function closeSide(id: SideId): void {
  const side = sideOf(id);
  if (side === null || get().sides.length === 1) return;
  const closed = side.tabs.reduce<readonly ClosedTab[]>(
    (all, source, index) => closedTabs(all, { source, side: id, index }),
    get().closed,
  );
  set({ closed });
  setSides(get().sides.filter((one) => one.id !== id));
}

/** Opens again the tab that was closed last, where it was. */
export function reopenClosed(): void {
  const last = get().closed.at(-1);
  if (last === undefined) return;
  set({ closed: get().closed.slice(0, -1) });
  const { sides, active } = get();
  const side = sides.some(({ id }) => id === last.side) ? last.side : active;
  activate(side);
  openSource(last.source);
  moveTab(last.source, side, side, last.index);
}

/** Moves a tab, also into the other side, which is created if necessary; it comes to the front there. */
export function moveTab(source: SourceId, from: SideId, to: SideId, index: number): void {
  if (from === to) {
    change(from, ({ tabs }) => {
      if (!tabs.includes(source)) return {};
      return { tabs: tabs.filter((id) => id !== source).toSpliced(index, 0, source) };
    });
    return;
  }
  const before = sideOf(from);
  if (before === null || !before.tabs.includes(source)) return;
  // A side’s only tab cannot move to a side that does not exist yet: the result would look the same.
  if (before.tabs.length === 1 && sideOf(to) === null) return;
  activate(from);
  openSource(source, 'beside');
  moveTab(source, to, to, index);
  withoutTab(before, source);
}

/** Makes a side the active one. */
export function activate(id: SideId): void {
  const { active, sides } = get();
  if (active !== id && sideOf(id) !== null) setSides(sides, id);
}

/** What was left open, as {@link useKeptPlace} keeps it. */
export interface LeftOpen {
  readonly place: Place;
  readonly tabs: readonly SourceId[];
  readonly source: SourceId | null;
  /** The second side of a split view. */
  readonly beside?: { readonly tabs: readonly SourceId[]; readonly source: SourceId | null } | null;
  /** Which of the two came first. */
  readonly first?: SideId;
  readonly active?: SideId;
  readonly shelf?: Shelf;
  /** A key has opened `place` before this was read: it stays open. */
  readonly wentThere?: boolean;
}

/** What was open when the project was closed, without sources that no longer exist. */
export function restoreWorkbench({
  place,
  beside = null,
  first = 'a',
  active = first,
  shelf,
  wentThere = false,
  ...left
}: LeftOpen): void {
  const sides = [
    { id: first, left },
    { id: otherSide(first), left: beside },
  ].flatMap(({ id, left: one }): Side[] => {
    if (one === null || one.tabs.length === 0) return [];
    const front = one.source !== null && one.tabs.includes(one.source) ? one.source : (one.tabs[0] ?? null);
    return [{ ...EMPTY_SIDE, id, tabs: one.tabs, source: front }];
  });
  setSides(sides, active);
  // The reader needs a source, unless the person went there to search.
  set({
    place: get().source === null && place === 'read' && !wentThere ? 'library' : place,
    ...(shelf === undefined ? {} : { shelf }),
  });
}

/** Makes a passage the current one without scrolling: it was clicked, or just created. A range to go to is dropped. */
export const setPassage = (passage: PassageId | null, side: SideId = get().active): void =>
  change(side, () => ({ passage, ...(passage === null ? {} : { spot: null }) }));
export const setPage = (page: number | null, side: SideId = get().active): void => {
  if (sideOf(side)?.page !== page) change(side, () => ({ page }));
};
/** The person has left the range that was opened: it is dropped. */
export const leaveSpot = (side: SideId = get().active): void => {
  if ((sideOf(side)?.spot ?? null) !== null) change(side, () => ({ spot: null }));
};
export const setTagger = (tagger: Workbench['tagger']): void => set({ tagger });
export const chooseCategory = (category: CategoryId | null): void => set({ category });
export const openDialog = (dialog: DialogName): void => set({ dialog });
export const closeDialog = (): void => set({ dialog: null });
