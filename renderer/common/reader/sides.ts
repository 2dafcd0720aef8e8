import type { PassageId, SourceId } from '../../../shared/model/index.ts';

/** A side keeps its name as long as it is open, whichever of the two comes first. */
export type SideId = 'a' | 'b';

/** A range of a source that is no passage, such as a match. UTF-16 code units in the layer’s text. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** One side of the reader: its tabs, and the position in the source in front. */
export interface Side {
  readonly id: SideId;
  /** Sources open in it, in the order of their tabs. */
  readonly tabs: readonly SourceId[];
  /** The source in front. */
  readonly source: SourceId | null;
  /** The page that is being read, from 1; the reader sets it. */
  readonly page: number | null;
  /** The current passage. */
  readonly passage: PassageId | null;
  /** Grows whenever a passage or range is opened here: the reader goes there, even if it is the same one again. */
  readonly arrivals: number;
  /** The range to go to and show as a match, if no passage was opened. */
  readonly spot: Spot | null;
}

export const EMPTY_SIDE: Omit<Side, 'id'> = {
  tabs: [],
  source: null,
  page: null,
  passage: null,
  arrivals: 0,
  spot: null,
};

export const otherSide = (id: SideId): SideId => (id === 'a' ? 'b' : 'a');

export const withTab = (tabs: readonly SourceId[], source: SourceId): readonly SourceId[] =>
  tabs.includes(source) ? tabs : [...tabs, source];

export interface ClosedTab {
  readonly source: SourceId;
  readonly side: SideId;
  readonly index: number;
}
/** So many closed tabs are remembered. */
const REMEMBERED = 20;
export const closedTabs = (before: readonly ClosedTab[], tab: ClosedTab): readonly ClosedTab[] =>
  [...before.filter(({ source }) => source !== tab.source), tab].slice(-REMEMBERED);
