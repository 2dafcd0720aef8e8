import { create } from 'zustand';
import { goTo } from './workbench.ts';
import type { CollectionId, SourceId } from '../../../shared/model/index.ts';

/** The parts of the Team screen, in the order they are listed. */
export const TEAM_SECTIONS = ['merge', 'conflicts', 'snapshots', 'people', 'coding'] as const;
export type TeamSection = (typeof TEAM_SECTIONS)[number];

export const useTeam = create<{
  readonly section: TeamSection;
  /** The conflict whose place was opened in the reader, until the person returns. */
  readonly cameFrom: string | null;
}>()(() => ({ section: 'merge', cameFrom: null }));

/** Shows a part of the Team screen, from anywhere. */
export function showTeam(section: TeamSection = useTeam.getState().section): void {
  useTeam.setState({ section, cameFrom: null });
  goTo('team');
}
export const chooseTeamSection = (section: TeamSection): void => useTeam.setState({ section });
export const leaveFor = (conflict: string): void => useTeam.setState({ cameFrom: conflict });
/** Called when another project opens. */
export const resetTeam = (): void => useTeam.setState({ section: 'merge', cameFrom: null });

/** Import and export of other programs’ files. */
export const EXCHANGE_WAYS = ['in', 'out'] as const;
export type ExchangeWay = (typeof EXCHANGE_WAYS)[number];
/** Whether the library shows the exchange with other programs in place of the sources. */
export const useExchangeScreen = create<{ readonly way: ExchangeWay | null }>()(() => ({ way: null }));
/** Shows the exchange with other programs, from anywhere. */
export function showExchange(way: ExchangeWay): void {
  useExchangeScreen.setState({ way });
  goTo('library');
}
export const closeExchange = (): void => useExchangeScreen.setState({ way: null });

export const LIBRARY_SHELVES = ['all', 'notRead', 'notCoded', 'withGaps', 'removed'] as const;
/** The part of the library that is shown. */
export type LibraryShelf = (typeof LIBRARY_SHELVES)[number];

export const useLibraryShelf = create<{
  readonly shelf: LibraryShelf;
  /** The collection that is shown instead of a part. */
  readonly collection: CollectionId | null;
  /** The source whose details another screen requested, until the library shows them. */
  readonly asked: SourceId | null;
}>()(() => ({ shelf: 'all', collection: null, asked: null }));
export function chooseLibraryShelf(shelf: LibraryShelf): void {
  closeExchange();
  useLibraryShelf.setState({ shelf, collection: null });
}
/** Shows the sources of a collection. */
export const chooseCollection = (collection: CollectionId): void =>
  useLibraryShelf.setState({ shelf: 'all', collection });

/** Shows the trash, from anywhere. */
export function showRemoved(): void {
  chooseLibraryShelf('removed');
  goTo('library');
}

/** Shows a source’s details in the library, from anywhere. */
export function showRecord(source: SourceId): void {
  closeExchange();
  useLibraryShelf.setState({ shelf: 'all', collection: null, asked: source });
  goTo('library');
}
export const recordShown = (): void => useLibraryShelf.setState({ asked: null });
