import { create } from 'zustand';
import type { AssignmentId, PersonId, Unit } from '../../../shared/model/index.ts';

export const CODING_TABS = ['assignments', 'agreement', 'differences', 'stale'] as const;
export type CodingTab = (typeof CODING_TABS)[number];

/** What is compared: of which coders, by which unit, of one assignment or of all that was coded. */
export interface Compared {
  readonly unit: Unit;
  readonly coders: readonly PersonId[];
  readonly assignment: AssignmentId | null;
}

/** Where one is in the coding part. It can be lost without loss. */
export const useCoding = create<{
  readonly tab: CodingTab;
  readonly compared: Compared;
  /** The unit one is on among the differences. */
  readonly difference: string | null;
}>()(() => ({
  tab: 'assignments',
  compared: { unit: 'sentence', coders: [], assignment: null },
  difference: null,
}));

export const showTab = (tab: CodingTab): void => useCoding.setState({ tab });
export const compare = (part: Partial<Compared>): void =>
  useCoding.setState(({ compared }) => ({ compared: { ...compared, ...part }, difference: null }));
export const goToDifference = (difference: string | null): void => useCoding.setState({ difference });

/** As the engine is asked. */
export const asked = ({ unit, coders, assignment }: Compared) => ({
  unit,
  coders: [...coders],
  ...(assignment === null ? {} : { assignment }),
});
