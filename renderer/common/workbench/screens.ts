import { create } from 'zustand';
import { goTo } from './workbench.ts';
import type { SourceId } from '../../../shared/model/index.ts';

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

export const LIBRARY_SHELVES = ['all', 'notRead', 'notCoded', 'withGaps', 'removed'] as const;
/** The part of the library that is shown. */
export type LibraryShelf = (typeof LIBRARY_SHELVES)[number];

export const useLibraryShelf = create<{
  readonly shelf: LibraryShelf;
  /** The source whose details another screen asked for, until the library shows them. */
  readonly asked: SourceId | null;
}>()(() => ({ shelf: 'all', asked: null }));
export const chooseLibraryShelf = (shelf: LibraryShelf): void => useLibraryShelf.setState({ shelf });

/** Shows the trash, from anywhere. */
export function showRemoved(): void {
  chooseLibraryShelf('removed');
  goTo('library');
}

/** Shows a source’s details in the library, from anywhere. */
export function showRecord(source: SourceId): void {
  useLibraryShelf.setState({ shelf: 'all', asked: source });
  goTo('library');
}
export const recordShown = (): void => useLibraryShelf.setState({ asked: null });
