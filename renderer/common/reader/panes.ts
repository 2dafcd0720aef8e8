import type { PassageId, SourceId } from '../../../shared/model/index.ts';

/** A pane of the reader. It keeps its id as long as it is open, whichever of the two comes first. */
export type PaneId = 'a' | 'b';

/** A range, such as a match, that was opened without being a passage. Offsets are UTF-16 code units in the layer’s text. */
export interface OpenedRange {
  readonly start: number;
  readonly end: number;
}

/** One pane of the reader: its tabs, and the position in its active source. */
export interface ReaderPane {
  readonly id: PaneId;
  /** The open sources, in the order of their tabs. */
  readonly tabs: readonly SourceId[];
  /** The active source. */
  readonly source: SourceId | null;
  /** The page that is being read, from 1; the reader sets it. */
  readonly page: number | null;
  /** The current passage. */
  readonly passage: PassageId | null;
  /** Grows whenever a passage or range is opened here, so that the reader scrolls even if it is the same one again. */
  readonly navigations: number;
  /** The opened range, drawn as a match; null if a passage was opened, or the person went on. */
  readonly openedRange: OpenedRange | null;
}

export const EMPTY_PANE: Omit<ReaderPane, 'id'> = {
  tabs: [],
  source: null,
  page: null,
  passage: null,
  navigations: 0,
  openedRange: null,
};

/** The other one of the two panes. */
export const otherPane = (id: PaneId): PaneId => (id === 'a' ? 'b' : 'a');

/** The tabs including a source: added at the end if it has none. */
export const withTab = (tabs: readonly SourceId[], source: SourceId): readonly SourceId[] =>
  tabs.includes(source) ? tabs : [...tabs, source];

/** A closed tab that can be reopened, with its position. */
export interface ClosedTab {
  readonly source: SourceId;
  readonly pane: PaneId;
  readonly index: number;
}
/** How many closed tabs are remembered. */
const REMEMBERED = 20;
/** The closed tabs with one more; each source is listed once. */
export const closedTabs = (before: readonly ClosedTab[], tab: ClosedTab): readonly ClosedTab[] =>
  [...before.filter(({ source }) => source !== tab.source), tab].slice(-REMEMBERED);
