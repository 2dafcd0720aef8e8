import { Fault } from '../../../shared/errors.ts';
import type { Readable } from '../../db/types.ts';
import type { IncomingLog } from '../../db/index.ts';
import { assignmentStates, incomingPeople, leadsDone } from './queries.ts';

/**
 * Nobody sees the other's coding until both are done: work that comes from a blind copy is taken only when its assignment is
 * finished on both sides, whether it stands or was removed meanwhile. Asked of the project as it would be, with what the coder
 * says of being done; whether its giver is, a blind copy does not say, whatever a changed program wrote into it. Throws NOT_ALLOWED, also where it cannot be told which assignment the copy was made for.
 */
export function assertBothDone(
  read: Readable,
  log: Pick<IncomingLog, 'horizon'>,
  assignments: ReadonlySet<string>,
): void {
  if (log.horizon === null) return;
  const all = read.all(assignmentStates, {});
  const here = new Set(all.map(({ id }) => id));
  if (assignments.size === 0 || [...assignments].some((id) => !here.has(id)))
    throw new Fault(
      'NOT_ALLOWED',
      'This is a blind copy, and this project doesn’t know its assignment, so nothing was merged. Merge it into the project that assigned it.',
    );
  const people = new Set(read.all(incomingPeople, {}).map((row) => row.person));
  const leads = new Set(read.all(leadsDone, {}).map(({ id }) => id));
  const open = all.find(
    ({ id, coder, coderDone }) =>
      (!leads.has(id) || coderDone !== 1) && (assignments.has(id) || (coder !== null && people.has(coder))),
  );
  if (open === undefined) return;
  const called = open.name === null || open.name === '' ? 'This assignment' : `The assignment “${open.name}”`;
  const coder = open.coderName === null || open.coderName === '' ? 'the coder' : open.coderName;
  const removed = open.deleted === 1 ? 'you restore the assignment (it’s listed as withdrawn) and ' : '';
  const who =
    open.coderDone === 1 ? 'you mark your own coding as finished' : `${coder} finishes and sends the file again`;
  throw new Fault(
    'NOT_ALLOWED',
    `${called} is coded blind: neither coder sees the other’s work until both have finished. You can merge it when ${open.coderDone === 1 ? removed : ''}${who}.`,
    { assignment: open.id },
  );
}

/** The assignments that a blind copy's beginning restates; none where the log begins otherwise. */
export function assignmentsIn(log: IncomingLog): Set<string> {
  const found = new Set<string>();
  if (log.horizon === null) return found;
  for (const { body } of log.packets()) {
    const changes =
      body === null
        ? []
        : 'seed' in body
          ? body.changes
          : body.leaves.flatMap((leaf, at) => ('change' in leaf && at > 0 ? [leaf.change] : []));
    for (const { entity, id } of changes) if (entity === 'assignment') found.add(dashed(id.toString('hex')));
    // It begins with it.
    break;
  }
  return found;
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
