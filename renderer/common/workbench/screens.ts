import { create } from 'zustand';
import { goTo } from './workbench.ts';
import type { SourceId } from '../../../shared/model/index.ts';

/** The parts of the Team screen, in the order they are listed. */
export const TEAM_SECTIONS = ['merge', 'conflicts', 'snapshots', 'people', 'coding'] as const;
export type TeamSection = (typeof TEAM_SECTIONS)[number];

export const useTeam = create<{
  readonly section: TeamSection;
  /** The conflict whose place in a page one went to look at, until one is back. */
  readonly cameFrom: string | null;
}>()(() => ({ section: 'merge', cameFrom: null }));

/** Shows a part of the Team screen, wherever one is. */
export function showTeam(section: TeamSection = useTeam.getState().section): void {
  useTeam.setState({ section, cameFrom: null });
  goTo('team');
}
export const chooseTeamSection = (section: TeamSection): void => useTeam.setState({ section });
export const leaveFor = (conflict: string): void => useTeam.setState({ cameFrom: conflict });
/** Another project: one begins at the beginning. */
export const resetTeam = (): void => useTeam.setState({ section: 'merge', cameFrom: null });

export const LIBRARY_SHELVES = ['all', 'notCoded', 'withGaps', 'removed'] as const;
/** What of the library is shown. */
export type LibraryShelf = (typeof LIBRARY_SHELVES)[number];

export const useLibraryShelf = create<{
  readonly shelf: LibraryShelf;
  /** The source whose record was asked for from elsewhere, until the library shows it. */
  readonly asked: SourceId | null;
}>()(() => ({ shelf: 'all', asked: null }));
export const chooseLibraryShelf = (shelf: LibraryShelf): void => useLibraryShelf.setState({ shelf });

/** Shows everything that was removed, wherever one is. */
export function showRemoved(): void {
  chooseLibraryShelf('removed');
  goTo('library');
}

/** Shows a source's record in the library, wherever one is. */
export function showRecord(source: SourceId): void {
  useLibraryShelf.setState({ shelf: 'all', asked: source });
  goTo('library');
}
export const recordShown = (): void => useLibraryShelf.setState({ asked: null });
