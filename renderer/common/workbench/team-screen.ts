import { create } from 'zustand';
import { goTo } from './workbench.ts';

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
