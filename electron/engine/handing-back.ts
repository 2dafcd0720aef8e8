import type { Assignment } from '../../shared/model/index.ts';
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

/** What is said to whoever exports a blind copy. */
export const handedBackRemarks = (assignment: Assignment | null): string[] =>
  assignment === null
    ? []
    : [
        `This hands “${assignment.name}” back: it is marked that you have finished coding. \`done --not\` takes that back.`,
      ];
