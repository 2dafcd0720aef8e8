import { create } from 'zustand';
import type { CategoryId, PassageId, SourceId } from '../../../shared/model/index.ts';
import { setSplit, showPane } from './side-panes.tsx';
import {
  closedTabs,
  EMPTY_PANE,
  otherPane,
  withTab,
  type ClosedTab,
  type ReaderPane,
  type PaneId,
  type OpenedRange,
} from '../reader/panes.ts';

export type { ReaderPane, PaneId, OpenedRange } from '../reader/panes.ts';
export const PLACES = ['library', 'read', 'search', 'evidence', 'draft', 'review', 'team'] as const;
export type Place = (typeof PLACES)[number];
/** The content of the sidebar. */
export const SIDEBAR_TABS = ['codebook', 'sources', 'search', 'versions'] as const;
export type SidebarTab = (typeof SIDEBAR_TABS)[number];
export type DialogName =
  | 'about'
  | 'closeEncrypted'
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
 * The state of the workbench. It is view state, not evidence. The fields of {@link ReaderPane} are those of the active
 * pane, for components that need only that one.
 */
export interface Workbench extends Omit<ReaderPane, 'id'> {
  readonly place: Place;
  /** The reader's panes, in their order: one, or two in the split view. */
  readonly panes: readonly ReaderPane[];
  /** The pane that commands, the palette and the inspector follow. */
  readonly active: PaneId;
  /** Closed tabs, the latest last: they can be opened again. */
  readonly closed: readonly ClosedTab[];
  readonly sidebar: SidebarTab;
  /** The selected category of the codebook. */
  readonly category: CategoryId | null;
  /** Tags the selection in the reader, or the current passage; null while nothing can be tagged. */
  readonly tagger: ((category: CategoryId) => void) | null;
  readonly dialog: DialogName | null;
}
/** The pane to open something in: the active one, or the other, which is created if necessary. */
export type Where = 'here' | 'beside';

const FIRST: ReaderPane = { id: 'a', ...EMPTY_PANE };
const EMPTY: Workbench = {
  ...EMPTY_PANE,
  place: 'library',
  panes: [FIRST],
  active: 'a',
  closed: [],
  sidebar: 'codebook',
  category: null,
  tagger: null,
  dialog: null,
};

export const useWorkbench = create<Workbench>()(() => EMPTY);
const { setState: set, getState: get } = useWorkbench;

/** Called when another project opens. */
export function resetWorkbench(): void {
  set(EMPTY);
  setSplit(false);
}

export const goTo = (place: Place): void => set({ place });

/** Sets the panes, and copies the active pane’s fields. */
function setPanes(panes: readonly ReaderPane[], active: PaneId = get().active): void {
  const front = panes.find(({ id }) => id === active) ?? panes[0] ?? FIRST;
  const { id, ...inFront } = front;
  set({ panes: panes.length === 0 ? [FIRST] : panes, active: id, ...inFront });
  setSplit(panes.length > 1);
}

/** A pane as it is now. */
export const paneOf = (id: PaneId): ReaderPane | null => get().panes.find((pane) => pane.id === id) ?? null;

function change(id: PaneId, to: (pane: ReaderPane) => Partial<ReaderPane>): void {
  setPanes(get().panes.map((pane) => (pane.id === id ? { ...pane, ...to(pane) } : pane)));
}

/** The pane where something is to be opened; it becomes the active one. */
function enter(where: Where): PaneId {
  const { panes, active } = get();
  const id = where === 'here' ? active : otherPane(active);
  const there = panes.some((pane) => pane.id === id);
  setPanes(there ? panes : [...panes, { id, ...EMPTY_PANE }], id);
  return id;
}

/** Opens a source in the reader, or brings its tab to the front. */
export function openSource(source: SourceId, where: Where = 'here'): void {
  const pane = enter(where);
  set({ place: 'read' });
  change(pane, (before) => {
    const same = before.source === source;
    return {
      source,
      tabs: withTab(before.tabs, source),
      passage: same ? before.passage : null,
      page: same ? before.page : null,
      openedRange: same ? before.openedRange : null,
    };
  });
}

const nextNavigation = (): number => Math.max(...get().panes.map(({ navigations }) => navigations)) + 1;

/** Opens a passage in its source. */
export function openPassage(
  { source, passage }: { source: SourceId; passage: PassageId },
  where: Where = 'here',
): void {
  openSource(source, where);
  change(get().active, () => ({ passage, openedRange: null, navigations: nextNavigation() }));
}

/** Opens a source at a range of its text, such as a match. */
export function openRange(source: SourceId, openedRange: OpenedRange, where: Where = 'here'): void {
  openSource(source, where);
  change(get().active, () => ({ passage: null, openedRange, navigations: nextNavigation() }));
}

/** Shows the codebook, the list of sources or the search beside the reader. */
export function showInSidebar(sidebar: SidebarTab): void {
  set({ place: 'read', sidebar });
  showPane('start');
}

/** Closes a tab; the next tab, else the previous one, becomes active. A pane without tabs closes, unless it is the only one. */
export function closeSource(source: SourceId, pane: PaneId = get().active): void {
  const before = paneOf(pane);
  const index = before?.tabs.indexOf(source) ?? -1;
  if (before === null || index < 0) return;
  set({ closed: closedTabs(get().closed, { source, pane, index }) });
  withoutTab(before, source);
}

function withoutTab(pane: ReaderPane, source: SourceId): void {
  const index = pane.tabs.indexOf(source);
  const tabs = pane.tabs.filter((id) => id !== source);
  if (tabs.length === 0 && get().panes.length > 1) {
    setPanes(get().panes.filter(({ id }) => id !== pane.id));
    return;
  }
  change(pane.id, ({ source: front }) =>
    front === source ? { ...EMPTY_PANE, tabs, source: tabs[index] ?? tabs.at(-1) ?? null } : { tabs },
  );
}

/** Closes the split view's other pane; its tabs can be opened again. */
export function closePane(id: PaneId): void {
  const pane = paneOf(id);
  if (pane === null || get().panes.length === 1) return;
  const closed = pane.tabs.reduce<readonly ClosedTab[]>(
    (all, source, index) => closedTabs(all, { source, pane: id, index }),
    get().closed,
  );
  set({ closed });
  setPanes(get().panes.filter((one) => one.id !== id));
}

/** Ends the split view: the other pane’s tabs join those of the active one, in the order of the panes. */
export function joinPanes(): void {
  const { panes, active } = get();
  const into = paneOf(active);
  if (into === null || panes.length === 1) return;
  const tabs = [...new Set(panes.flatMap((pane) => pane.tabs))];
  setPanes([{ ...into, tabs }]);
}

/** Opens again the tab that was closed last, where it was. */
export function reopenClosed(): void {
  const last = get().closed.at(-1);
  if (last === undefined) return;
  set({ closed: get().closed.slice(0, -1) });
  const { panes, active } = get();
  const pane = panes.some(({ id }) => id === last.pane) ? last.pane : active;
  activate(pane);
  openSource(last.source);
  moveTab(last.source, pane, pane, last.index);
}

/** Moves a tab within its pane or into the other one, which is created if necessary. The tab becomes active there. */
export function moveTab(source: SourceId, from: PaneId, to: PaneId, index: number): void {
  if (from === to) {
    change(from, ({ tabs }) => {
      if (!tabs.includes(source)) return {};
      return { tabs: tabs.filter((id) => id !== source).toSpliced(index, 0, source) };
    });
    return;
  }
  const before = paneOf(from);
  if (before === null || !before.tabs.includes(source)) return;
  // A pane’s only tab cannot move to a pane that does not exist yet: the result would look the same.
  if (before.tabs.length === 1 && paneOf(to) === null) return;
  activate(from);
  openSource(source, 'beside');
  moveTab(source, to, to, index);
  withoutTab(before, source);
}

/** Makes a pane the active one. */
export function activate(id: PaneId): void {
  const { active, panes } = get();
  if (active !== id && paneOf(id) !== null) setPanes(panes, id);
}

/** What was open when the project was closed, as {@link useKeptPlace} stores it. */
export interface LeftOpen {
  readonly place: Place;
  readonly tabs: readonly SourceId[];
  readonly source: SourceId | null;
  /** The second pane of a split view. */
  readonly beside?: { readonly tabs: readonly SourceId[]; readonly source: SourceId | null } | null;
  /** Which pane comes first. */
  readonly first?: PaneId;
  readonly active?: PaneId;
  readonly sidebar?: SidebarTab;
  /** Whether the person changed the screen before this was read: then that screen stays. */
  readonly wentThere?: boolean;
}

/** Restores what was open when the project was closed, without sources that no longer exist. */
export function restoreWorkbench({
  place,
  beside = null,
  first = 'a',
  active = first,
  sidebar,
  wentThere = false,
  ...left
}: LeftOpen): void {
  const panes = [
    { id: first, left },
    { id: otherPane(first), left: beside },
  ].flatMap(({ id, left: one }): ReaderPane[] => {
    if (one === null || one.tabs.length === 0) return [];
    const front = one.source !== null && one.tabs.includes(one.source) ? one.source : (one.tabs[0] ?? null);
    return [{ ...EMPTY_PANE, id, tabs: one.tabs, source: front }];
  });
  setPanes(panes, active);
  // The reader needs a source, unless the person went there to search.
  set({
    place: get().source === null && place === 'read' && !wentThere ? 'library' : place,
    ...(sidebar === undefined ? {} : { sidebar }),
  });
}

/** Makes a passage current without scrolling: it was clicked or just created. Drops the opened range. */
export const setPassage = (passage: PassageId | null, pane: PaneId = get().active): void =>
  change(pane, () => ({ passage, ...(passage === null ? {} : { openedRange: null }) }));
export const setPage = (page: number | null, pane: PaneId = get().active): void => {
  if (paneOf(pane)?.page !== page) change(pane, () => ({ page }));
};
/** Drops the range that was opened: the person went on to something else. */
export const clearOpenedRange = (pane: PaneId = get().active): void => {
  if ((paneOf(pane)?.openedRange ?? null) !== null) change(pane, () => ({ openedRange: null }));
};
export const setTagger = (tagger: Workbench['tagger']): void => set({ tagger });
export const chooseCategory = (category: CategoryId | null): void => set({ category });
export const openDialog = (dialog: DialogName): void => set({ dialog });
export const closeDialog = (): void => set({ dialog: null });
