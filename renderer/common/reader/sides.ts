import type { PassageId, SourceId } from '../../../shared/model/index.ts';

/** A side keeps its name as long as it is open, whichever of the two comes first. */
export type SideId = 'a' | 'b';

/** A place in a source that is no passage: a match one goes to. UTF-16 code units in the layer's text. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** One side of the reader: tabs, and where one is in the source in front. */
export interface Side {
  readonly id: SideId;
  /** Sources open in it, in the order of their tabs. */
  readonly tabs: readonly SourceId[];
  /** The source in front. */
  readonly source: SourceId | null;
  /** The page of it that is being read, from 1; the reader says. */
  readonly page: number | null;
  /** The passage one is on. */
  readonly passage: PassageId | null;
  /** Grows with every passage or spot that is opened here: the reader goes there, even to the same one again. */
  readonly arrivals: number;
  /** The place one comes for, where it is no passage: gone to, and shown as a match, with the next arrival. */
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
