import { Fault } from '../../shared/errors.ts';
import type { Assignment } from '../../shared/model/index.ts';
import type { Person } from '../db/types.ts';
import type { Engine } from './engine.ts';

/**
 * Exporting from a copy that was made for a blind coder is handing it back: marks that the coder has finished, where that was
 * not said yet. Answers the assignment, or null where the project is no such copy.
 */
export async function handBack(engine: Pick<Engine, 'call'>): Promise<Assignment | null> {
  const { assignments, blind } = await engine.call('assignments.list', {});
  const assignment = assignments.find(({ id }) => id === blind) ?? null;
  if (assignment !== null && !assignment.coderDone)
    await engine.call('assignments.done', { id: assignment.id, done: true });
  return assignment;
}

/**
 * Whoever codes a sample too that they gave out would see the other's coding in a project made of the file that comes back,
 * where a merge waits until both are done. NOT_ALLOWED for such a file; as it was given out, it can be looked at.
 */
export async function refuseOwnReturn(engine: Pick<Engine, 'call'>, { id }: Pick<Person, 'id'>): Promise<void> {
  const { assignments, blind } = await engine.call('assignments.list', {});
  const given = assignments.find((one) => one.id === blind);
  if (given === undefined || given.person !== id || given.leadDone) return;
  if ((await engine.call('history.list', { limit: 2 })).commits.length < 2) return;
  throw new Fault(
    'NOT_ALLOWED',
    `This is “${given.name}” as coded by ${given.coderName}. You’re coding it too, so neither of you can see the other’s work until both have finished. Merge it into the project that assigned it; it’s accepted once you mark your coding as finished.`,
    { assignment: given.id },
  );
}

/** What is said to whoever exports a blind copy. */
export const handedBackRemarks = (assignment: Assignment | null): string[] =>
  assignment === null
    ? []
    : [`This submits “${assignment.name}” and marks your coding as finished. Use done --not to reopen it.`];
