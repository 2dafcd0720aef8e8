import { query } from '../db/types.ts';
import type { ReadContext, WriteContext } from './context.ts';

/** Of these assignments, the one that this copy of the project was made for: its log begins with it. Null in any other copy. */
export function blindAssignment<A extends { readonly id: string }>(
  { project }: Pick<ReadContext, 'project'>,
  assignments: readonly A[],
): A | null {
  const horizon = project.log.horizon();
  if (horizon === null) return null;
  const changes = project.log.changes(
    'assignment',
    assignments.map(({ id }) => id),
    ['sample'],
  );
  const first = new Set<string>(changes.filter(({ commit }) => commit === horizon).map(({ id }) => id));
  return assignments.find(({ id }) => first.has(id)) ?? null;
}

export const liveAssignments = query<Record<string, never>, { id: string }>(
  'project.liveAssignments',
  'SELECT id FROM p_assignment WHERE deleted IS NOT 1',
);

/** Whether somebody codes blind in this copy of the project: hints at particular words would influence them. */
export const isBlind = ({ db, project }: ReadContext | WriteContext): boolean =>
  blindAssignment({ project }, db.all(liveAssignments, {})) !== null;
