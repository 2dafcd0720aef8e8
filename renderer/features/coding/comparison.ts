import type { Assignment } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCoding, type Compared } from './state.ts';

const ALL: Compared = { unit: 'sentence', coders: [], assignment: null };

/** Of an assignment: who gave it out and who got it. Whoever else tagged there was not asked to. */
export const ofAssignment = ({ id, unit, person, coder }: Assignment): Compared => ({
  unit,
  coders: coder === null ? [] : [person, coder],
  assignment: id,
});

/** What one begins with: the newest sample that both have finished, else all that was coded. */
export function firstCompared(assignments: readonly Assignment[]): Compared {
  const finished = assignments.filter(({ leadDone, coderDone, coder }) => leadDone && coderDone && coder !== null);
  const newest = finished.toSorted((a, b) => b.at - a.at)[0];
  return newest === undefined ? ALL : ofAssignment(newest);
}

/** What is compared; null as long as that is not known. */
export function useCompared(): Compared | null {
  const chosen = useCoding((state) => state.compared);
  const list = useCall('assignments.list', {});
  if (chosen !== null) return chosen;
  return list.data === undefined ? (list.isError ? ALL : null) : firstCompared(list.data.assignments);
}

/** As the engine is asked. */
export const asked = (compared: Compared | null) => {
  if (compared === null) return null;
  const { unit, coders, assignment } = compared;
  return { unit, coders: [...coders], ...(assignment === null ? {} : { assignment }) };
};
