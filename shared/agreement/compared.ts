import type { Assignment, AssignmentId, PersonId, Unit } from '../model/index.ts';

/** What agreement is measured on: which coders, by which unit, in one assignment or in everything that was coded. */
export interface Compared {
  /** The assignment's own unit, if there is one. */
  readonly unit: Unit;
  /** Empty: everyone who tagged. */
  readonly coders: readonly PersonId[];
  readonly assignment: AssignmentId | null;
}

const ALL: Compared = { unit: 'sentence', coders: [], assignment: null };

/**
 * An assignment's two people. Someone else who tagged the same sources was not asked to code the sample: counted, they would have
 * said no to every category on all of it. Empty while its coder is not known.
 */
export const codersOf = ({ person, coder }: Pick<Assignment, 'person' | 'coder'>): PersonId[] =>
  coder === null ? [] : [person, coder];

/** Compares the two people of an assignment. */
export const ofAssignment = (assignment: Pick<Assignment, 'id' | 'unit' | 'person' | 'coder'>): Compared => ({
  unit: assignment.unit,
  coders: codersOf(assignment),
  assignment: assignment.id,
});

/** The default: the newest sample that both have finished, else everything that was coded. */
export function firstCompared(assignments: readonly Assignment[]): Compared {
  const finished = assignments.filter(({ leadDone, coderDone, coder }) => leadDone && coderDone && coder !== null);
  const newest = finished.toSorted((a, b) => b.at - a.at)[0];
  return newest === undefined ? ALL : ofAssignment(newest);
}
