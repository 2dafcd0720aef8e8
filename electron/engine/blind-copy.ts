import { Fault } from '../../shared/errors.ts';
import type { Assignment } from '../../shared/model/index.ts';
import type { Person } from '../db/types.ts';
import type { Engine } from './engine.ts';

/**
 * Exporting from a blind copy submits the coder's work: marks their coding as finished, unless it is already. Returns the
 * assignment, or null if the project is not a blind copy.
 */
export async function submitBlindCopy(engine: Pick<Engine, 'call'>): Promise<Assignment | null> {
  const { assignments, blind } = await engine.call('assignments.list', {});
  const assignment = assignments.find(({ id }) => id === blind) ?? null;
  if (assignment !== null && !assignment.coderDone)
    await engine.call('assignments.done', { id: assignment.id, done: true });
  return assignment;
}

/**
 * A lead who codes the same sample would see the coder's tags by opening the submitted file as a project of its own; a merge
 * instead waits until both have finished. NOT_ALLOWED for such a file, unless it has no coding in it yet.
 */
export async function refuseOwnSubmission(engine: Pick<Engine, 'call'>, { id }: Pick<Person, 'id'>): Promise<void> {
  const { assignments, blind } = await engine.call('assignments.list', {});
  const own = assignments.find((one) => one.id === blind);
  if (own === undefined || own.person !== id || own.leadDone) return;
  if ((await engine.call('history.list', { limit: 2 })).commits.length < 2) return;
  throw new Fault(
    'NOT_ALLOWED',
    `This is “${own.name}” as coded by ${own.coderName}. You’re coding it too, so neither of you can see the other’s work until both have finished. Merge it into the project that assigned it; it’s accepted once you mark your coding as finished.`,
    { assignment: own.id },
  );
}

/** Tells the person who exports a blind copy that they have submitted it. */
export const submittedRemarks = (assignment: Assignment | null): string[] =>
  assignment === null
    ? []
    : [`This submits “${assignment.name}” and marks your coding as finished. Use done --not to reopen it.`];
