import { create } from 'zustand';
import type { CategoryId, PassageId, SourceId } from '../../../shared/model/index.ts';

export type Place = 'library' | 'read';
/** What the pane at the start of the reader shows. */
export const SHELVES = ['codebook', 'sources', 'search'] as const;
export type Shelf = (typeof SHELVES)[number];
/** A place in a source that is no passage: a search hit one goes to. UTF-16 code units in the layer's text. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}
export type DialogName = 'newProject' | 'settings' | 'backups' | 'verify' | 'shortcuts';

/** Where one is in the workbench. None of it is evidence: it can be lost without loss. */
export interface Workbench {
  readonly place: Place;
  /** Sources open in the reader, in the order of their tabs. */
  readonly tabs: readonly SourceId[];
  /** The source in front. */
  readonly source: SourceId | null;
  /** The page of it that is being read, from 1; the reader says. */
  readonly page: number | null;
  /** The passage one is on. */
  readonly passage: PassageId | null;
  /** Counts calls of {@link openPassage}: the reader goes to `passage` when it changes, even to the same passage again. */
  readonly arrivals: number;
  /** The place one comes for, where it is no passage: gone to, and shown as a search hit, with the next arrival. */
  readonly spot: Spot | null;
  readonly shelf: Shelf;
  /** The category chosen in the codebook. */
  readonly category: CategoryId | null;
  /** Tags what is selected in the reader, or the passage one is on; null while there is nothing to tag. */
  readonly tagger: ((category: CategoryId) => void) | null;
  readonly dialog: DialogName | null;
}

const EMPTY: Workbench = {
  place: 'library',
  tabs: [],
  source: null,
  page: null,
  passage: null,
  arrivals: 0,
  spot: null,
  shelf: 'codebook',
  category: null,
  tagger: null,
  dialog: null,
};

export const useWorkbench = create<Workbench>()(() => EMPTY);
const { setState: set, getState: get } = useWorkbench;

/** Another project: nothing of the one before stays. */
export const resetWorkbench = (): void => set(EMPTY);

export const goTo = (place: Place): void => set({ place });

const withTab = (tabs: readonly SourceId[], source: SourceId): readonly SourceId[] =>
  tabs.includes(source) ? tabs : [...tabs, source];

/** Opens a source in the reader, or brings its tab to the front. */
export function openSource(source: SourceId): void {
  const { source: before, passage, page } = get();
  const same = before === source;
  set({
    place: 'read',
    source,
    tabs: withTab(get().tabs, source),
    passage: same ? passage : null,
    page: same ? page : null,
  });
}

/** Opens a passage where it stands in its source. */
export function openPassage({ source, passage }: { source: SourceId; passage: PassageId }): void {
  openSource(source);
  set({ passage, spot: null, arrivals: get().arrivals + 1 });
}

/** Opens a source at a place in its text: a search hit. */
export function openSpot(source: SourceId, spot: Spot): void {
  openSource(source);
  set({ passage: null, spot, arrivals: get().arrivals + 1 });
}

/** Shows the codebook, the list of sources or the search beside the reader. */
export const showShelf = (shelf: Shelf): void => set({ place: 'read', shelf });

/** Closes a tab; the one after it, else the one before it, comes to the front. */
export function closeSource(source: SourceId): void {
  const { tabs, source: front } = get();
  const index = tabs.indexOf(source);
  if (index < 0) return;
  const left = tabs.filter((id) => id !== source);
  if (front !== source) set({ tabs: left });
  else set({ tabs: left, source: left[index] ?? left.at(-1) ?? null, passage: null, page: null });
}

/** What was left open when the project was closed, without what has gone since. */
export function restoreWorkbench(left: Pick<Workbench, 'place' | 'tabs' | 'source'>): void {
  const front = left.source !== null && left.tabs.includes(left.source) ? left.source : (left.tabs[0] ?? null);
  set({ tabs: left.tabs, source: front, place: front === null ? 'library' : left.place });
}

/** The passage one is on, without moving to it: it was clicked, or just made. */
export const setPassage = (passage: PassageId | null): void => set({ passage });
export const setPage = (page: number | null): void => set({ page });
export const setTagger = (tagger: Workbench['tagger']): void => set({ tagger });
export const chooseCategory = (category: CategoryId | null): void => set({ category });
export const openDialog = (dialog: DialogName): void => set({ dialog });
export const closeDialog = (): void => set({ dialog: null });
