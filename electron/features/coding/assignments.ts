import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Assignment, AssignmentId } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { readAssignments, readRemovedAssignments } from './records.ts';
import { assignmentOf } from './report.ts';

export function list(context: ReadContext | WriteContext): CallOutput<'assignments.list'> {
  const assignments = readAssignments(context.db);
  return { assignments, blind: blindOf(context, assignments), removed: readRemovedAssignments(context.db) };
}

/** Brings back what was taken back: the coder's file may be out, and their work is only taken for an assignment that is here. */
export function restore({ db }: WriteContext, id: AssignmentId): void {
  const found = readRemovedAssignments(db).find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'No withdrawn assignment with that name.', {
      id,
    });
  db.commit(`Restore assignment “${found.name}”`, [{ entity: 'assignment', id, field: 'deleted', value: false }]);
}

/** The assignment this folder is a copy for: the one that its log begins with. */
function blindOf({ project }: Pick<ReadContext, 'project'>, assignments: readonly Assignment[]): AssignmentId | null {
  const horizon = project.log.horizon();
  if (horizon === null) return null;
  const said = project.log.said(
    'assignment',
    assignments.map(({ id }) => id),
    ['sample'],
  );
  const first = new Set(said.filter(({ commit }) => commit === horizon).map(({ id }) => id));
  return assignments.find(({ id }) => first.has(id))?.id ?? null;
}

/**
 * The acting person has finished their part of an assignment, or has not after all. In the copy that was made for its coder
 * whoever says so is the coder; elsewhere only who gave it out and its coder, once known, have a part. NOT_FOUND, NOT_ALLOWED.
 */
export function markDone(context: WriteContext, { id, done }: CallArgs<'assignments.done'>): void {
  const assignment = assignmentOf(context, id);
  const edits =
    list(context).blind === id ? coderEdits(context, assignment, done) : ownEdits(context, assignment, done);
  context.db.commit(`${done ? 'Finish' : 'Reopen'} “${assignment.name}”`, edits);
}

function coderEdits({ person }: WriteContext, { id, coder, coderName }: Assignment, done: boolean): Edit[] {
  if (coder !== null && coder !== person.id)
    throw new Fault('NOT_ALLOWED', `This copy is assigned to ${coderName}, and only they can mark it as finished.`, {
      assignment: id,
    });
  return [
    { entity: 'assignment', id, field: 'coder', value: person.id },
    { entity: 'assignment', id, field: 'coderDone', value: done },
  ];
}

function ownEdits({ person }: WriteContext, assignment: Assignment, done: boolean): Edit[] {
  const { id } = assignment;
  if (assignment.person === person.id) return [{ entity: 'assignment', id, field: 'leadDone', value: done }];
  if (assignment.coder === person.id) return [{ entity: 'assignment', id, field: 'coderDone', value: done }];
  throw new Fault(
    'NOT_ALLOWED',
    `Only ${assignment.coderName}, in their own copy, and the person who created this assignment can mark it as finished.`,
    { assignment: id },
  );
}
