import { Installations } from '../../project/people/installations.ts';
import { ENTITIES } from '../../../shared/changes/kinds.ts';
import type { Conflict, LeftTags, MergePreview, MergeReport } from '../../../shared/contract/merge.ts';
import { Fault } from '../../../shared/errors.ts';
import { projectId } from '../../../shared/model/index.ts';
import { filesNamedIn, holdsCommit, type IncomingLog } from '../../db/index.ts';
import type { PastMerge } from '../../db/merge/past-merge.ts';
import type { IncomingChanges, Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { removedChoices } from './choice-conflicts.ts';
import { conflictRefs, conflictsBefore, shownConflicts } from './conflicts.ts';
import {
  hashesIn,
  inBoth,
  incomingFiles,
  namedFiles,
  namedIn,
  placeable,
  takeFiles,
  takeOtherLayers,
} from './files.ts';
import type { Work } from './incoming.ts';
import { leftTags } from './left-tags.ts';
import { assignmentStates, incomingPeople, leadsDone } from './queries.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { summaryOf, type Summary } from './summary.ts';

/** Conflicts shown in a preview: more than anyone resolves before a merge. The others are counted, and shown after it. */
const MOST_SHOWN = 1000;

interface Judged {
  readonly summary: Summary;
  readonly opened: { readonly conflicts: readonly Conflict[]; readonly total: number };
  readonly leftTags: readonly LeftTags[];
  readonly title: string;
}

/** Previews the merge of a log of this project: merges it, looks at the result, and rolls everything back. */
export async function previewSame(context: WriteContext, work: Work): Promise<Omit<MergePreview, 'edited'>> {
  const { incoming, watch } = work;
  const there = filesNamedIn(incoming.database);
  await takeOtherLayers(context, work, there);
  const before = conflictsBefore(context);
  const look = judgeWith(context, work, before.ids);
  const named = hashesIn(there);
  const judge = (changes: IncomingChanges) => ({
    ...look(changes),
    files: incomingFiles(context.files, work, inBoth(named, namedIn(changes.read))),
  });
  const options = { from: incoming.name, dryRun: true, watch, judge };
  const { result } = context.project.merges.merge(incoming.log, options);
  before.rolledBack();
  const { summary, opened, title, files, leftTags } = result;
  return {
    kind: 'same',
    project: { id: context.project.id, title },
    ...summary,
    leftTags: [...leftTags],
    conflicts: [...opened.conflicts],
    conflictsTotal: opened.total,
    refused: [...summary.refused, ...incoming.leftOut],
    files,
    undoneMerge: undoneMergeOf(context, work)?.id ?? null,
    other: null,
  };
}

/** Merges a log of this project in one transaction. Its last step before the commit moves the files into the project. */
export async function applySame(
  context: WriteContext,
  work: Work,
  restore: boolean,
): Promise<Omit<MergeReport, 'edited'>> {
  const { incoming, files, watch } = work;
  const taken = await takeFiles(context, work, namedFiles(incoming.database));
  const look = judgeWith(context, work, conflictsBefore(context).ids);
  const { result, merge } = context.project.merges.merge(incoming.log, {
    from: incoming.name,
    dryRun: false,
    watch,
    judge: (changes) => {
      const judged = look(changes);
      work.check();
      files.place(placeable(namedIn(changes.read), taken));
      return judged;
    },
  });
  files.keep();
  const { summary, opened } = result;
  const undone = undoneMergeOf(context, work);
  const before = restore ? undone : null;
  const putBack = before === null ? { records: 0, left: 0 } : restoreMerge(context, before.id).putBack;
  context.emit('project.changed', { entities: [...ENTITIES], label: `Merge ${incoming.name}` });
  return {
    adds: summary.adds,
    changes: summary.changes,
    commits: summary.commits,
    byOthers: summary.byOthers,
    replaced: summary.replaced,
    moved: summary.moved,
    conclusions: summary.conclusions,
    conflicts: [...opened.conflicts],
    conflictsTotal: opened.total,
    refused: [...summary.refused, ...incoming.leftOut, ...taken.left],
    id: merge?.id ?? null,
    undoneMerge: restore ? null : (undone?.id ?? null),
    restored: before !== null,
    putBack,
  };
}

/** Restores an undone merge. `putBack`: how many records that changes, and how many values it leaves as they are. */
export function restoreMerge(context: WriteContext, id: string) {
  const records = new Set<string>();
  const { commit, left } = context.project.merges.restoreMerge(id, (edits) => {
    const not = removedChoices(context, edits);
    for (const edit of edits) if (!not.has(edit)) records.add(`${edit.entity} ${edit.id}`);
    return not;
  });
  return { commit, putBack: { records: records.size, left: left.length } };
}

function judgeWith(
  context: WriteContext,
  { incoming, files }: Work,
  before: ReadonlySet<string>,
): (changes: IncomingChanges) => Judged {
  const leftBefore = new Map(leftTags(context).left.map((one) => [leftName(one), one.tags]));
  const assignments = assignmentsIn(incoming.log);
  return (changes) => {
    assertBothDone(changes.read, incoming.log, assignments);
    return {
      summary: summaryOf(changes, context, files.waiting),
      opened: openedBy({ ...context, db: changes.read }, before),
      leftTags: leftTags({ ...context, db: changes.read }).left.filter(
        (one) => one.tags > (leftBefore.get(leftName(one)) ?? 0),
      ),
      title: changes.read.get(projectTitles, { id: projectId.parse(incoming.log.project) })?.title ?? '',
    };
  };
}

const leftName = ({ category, how, at }: LeftTags): string => `${category.id} ${how} ${String(at)}`;

function openedBy(context: Parameters<typeof shownConflicts>[0], before: ReadonlySet<string>): Judged['opened'] {
  const names = conflictRefs(context, 'touched').filter(({ id }) => !before.has(id));
  return { conflicts: shownConflicts(context, names.slice(0, MOST_SHOWN)), total: names.length };
}

/** The merge that was undone here and whose commits the incoming log has again, if any. */
function undoneMergeOf({ project }: WriteContext, { incoming }: Work): PastMerge | null {
  const back = project.merges.merges().filter((one) => one.undoneBy !== null);
  return back.find(({ last }) => last !== null && holdsCommit(incoming.database, last)) ?? null;
}

/**
 * Keeps blind coding blind: work from a blind copy is merged only when both coders of its assignment have finished, even if the
 * assignment is in the trash. `read` is the project after the merge, so it has the coder's statement that they finished. Whether
 * the person who assigned it has finished is taken only from commits that were here before, since the copy could claim anything.
 * Throws NOT_ALLOWED, also if it is unknown which assignment the copy was made for.
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
  const installations = new Installations(read);
  const isIncoming = (coder: string): boolean =>
    people.has(coder) || [...installations.oneWith(coder)].some((one) => people.has(one));
  const leads = new Set(read.all(leadsDone, {}).map(({ id }) => id));
  const open = all.find(
    ({ id, coder, coderDone }) =>
      (!leads.has(id) || coderDone !== 1) && (assignments.has(id) || (coder !== null && isIncoming(coder))),
  );
  if (open === undefined) return assertTwoReaders(all, assignments, installations);
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

/** Whoever can use the key of the person who assigned the work can read their codes. */
function assertTwoReaders(
  all: readonly { id: string; name: string | null; coder: string | null; person: string | null }[],
  assignments: ReadonlySet<string>,
  installations: Installations,
): void {
  const one = all.find(
    ({ id, coder, person }) =>
      assignments.has(id) && coder !== null && person !== null && installations.oneWith(coder).has(person),
  );
  if (one === undefined) return;
  throw new Fault(
    'NOT_ALLOWED',
    `“${one.name ?? ''}” is coded blind, but the keys of its coder and of the person who assigned it were used on the same installation: they count as one reader. You can merge it when people on other installations have confirmed both keys in this project (Team > People).`,
    { assignment: one.id },
  );
}

/** The assignments that the first commit of a blind copy restates; none for any other log. */
function assignmentsIn(log: IncomingLog): Set<string> {
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
    // Only the first commit restates.
    break;
  }
  return found;
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
