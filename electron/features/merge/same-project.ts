import { ENTITIES } from '../../../shared/changes/registry.ts';
import type { Conflict, MergePreview, MergeReport } from '../../../shared/contract/merge.ts';
import { projectId } from '../../../shared/model/index.ts';
import type { IncomingChanges, MadeMerge } from '../../db/types.ts';
import { holdsCommit } from '../../db/index.ts';
import type { WriteContext } from '../../project/context.ts';
import { conflictNames, worded } from './conflicts.ts';
import { comingFiles, inBoth, namedFiles, namedIn, placeable, takeFiles } from './files.ts';
import { assertBothDone, assignmentsIn } from './gate.ts';
import type { Work } from './incoming.ts';
import { projectTitle } from './queries.ts';
import { summaryOf, type Summary } from './summary.ts';

/** Conflicts put into words at once: more than anybody decides before a merge. The others are counted, and shown after it. */
const MOST_SHOWN = 1000;

interface Judged {
  readonly summary: Summary;
  readonly opened: { readonly conflicts: readonly Conflict[]; readonly total: number };
  readonly title: string;
}

/** What merging a log of this very project would do: it is done, looked at and taken back whole. */
export function previewSame(context: WriteContext, work: Work): MergePreview {
  const { incoming, watch } = work;
  const look = judging(context, work);
  const named = namedFiles(incoming.database);
  const judge = (arrival: IncomingChanges) => ({
    ...look(arrival),
    files: comingFiles(context.files, work, inBoth(named, namedIn(arrival.read))),
  });
  const options = { from: incoming.name, dryRun: true, watch, judge };
  const { result } = context.project.team.merge(incoming.log, options);
  const { summary, opened, title, files } = result;
  return {
    kind: 'same',
    project: { id: context.project.id, title },
    ...summary,
    conflicts: [...opened.conflicts],
    conflictsTotal: opened.total,
    refused: [...summary.refused, ...incoming.leftOut],
    files,
    takenBack: takenBack(context, work)?.id ?? null,
    other: null,
  };
}

/** The union of both logs in one transaction, its files placed as its very last step. */
export async function applySame(context: WriteContext, work: Work, restore: boolean): Promise<MergeReport> {
  const { incoming, arrivals, watch } = work;
  const taken = await takeFiles(context, work, namedFiles(incoming.database));
  const look = judging(context, work);
  const { result, merge } = context.project.team.merge(incoming.log, {
    from: incoming.name,
    dryRun: false,
    watch,
    judge: (arrival) => {
      const judged = look(arrival);
      work.check();
      arrivals.place(placeable(namedIn(arrival.read), taken));
      return judged;
    },
  });
  arrivals.keep();
  const { summary, opened } = result;
  const before = restore ? takenBack(context, work) : null;
  if (before !== null) context.project.team.restoreMerge(before.id);
  context.emit('project.changed', { entities: [...ENTITIES], label: `Merge ${incoming.name}` });
  return {
    adds: summary.adds,
    changes: summary.changes,
    commits: summary.commits,
    conflicts: [...opened.conflicts],
    conflictsTotal: opened.total,
    refused: [...summary.refused, ...incoming.leftOut, ...taken.left],
    id: merge?.id ?? null,
    restored: before !== null,
  };
}

function judging(context: WriteContext, { incoming }: Work): (arrival: IncomingChanges) => Judged {
  const before = new Set(conflictNames(context).map(({ id }) => id));
  const assignments = assignmentsIn(incoming.log);
  return (arrival) => {
    assertBothDone(arrival.read, incoming.log, assignments);
    return {
      summary: summaryOf(arrival, context.now()),
      opened: openedBy({ ...context, db: arrival.read }, before),
      title: arrival.read.get(projectTitle, { id: projectId.parse(incoming.log.project) })?.title ?? '',
    };
  };
}

function openedBy(context: Parameters<typeof worded>[0], before: ReadonlySet<string>): Judged['opened'] {
  const names = conflictNames(context).filter(({ id }) => !before.has(id));
  return { conflicts: worded(context, names.slice(0, MOST_SHOWN)), total: names.length };
}

/** A merge that was taken back, and whose commits this log brings again: they are here, and what they did is not. */
function takenBack({ project }: WriteContext, { incoming }: Work): MadeMerge | null {
  const back = project.team.merges().filter((one) => one.takenBack !== null);
  return back.find(({ last }) => last !== null && holdsCommit(incoming.database, last)) ?? null;
}
