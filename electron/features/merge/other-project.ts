import type { Bring, CategoryMatch, MergePreview, MergeReport } from '../../../shared/contract/merge.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, projectId, sourceId } from '../../../shared/model/index.ts';
import type { WriteContext } from '../../project/context.ts';
import { type Brought, broughtEdits } from './bring.ts';
import { comingFiles, inBoth, namedFiles, namedIn, placeable, takeFiles } from './files.ts';
import type { Work } from './incoming.ts';
import { proposals } from './category-matches.ts';
import { projectTitle } from './queries.ts';
import { byId, categories, sources, type IncomingReplay, withIncomingReplay } from './incoming-replay.ts';

/** What another project has to bring, and what it would come to: all of it, where nobody chose yet. */
export const previewOther = (context: WriteContext, work: Work, asked?: Bring): Promise<MergePreview> =>
  withIncomingReplay(context, work, (theirs) => {
    const read = theirs.db.read;
    const all = read.all(sources, {});
    const chosen = asked ?? everything(all.map(({ id }) => id));
    const brought = chosen === null ? null : broughtEdits(context.db, read, chosen);
    const named = inBoth(namedFiles(work.incoming.database, brought?.withFiles ?? new Set()), namedIn(read));
    const here = byId(
      context.db,
      'source',
      all.map(({ id }) => id),
    );
    return {
      kind: 'other',
      project: titleOf(theirs),
      ...numbers(brought),
      byKind: [...(brought?.added ?? [])].map(([entity, added]) => ({ entity, added, changed: 0, removed: 0 })),
      byPerson: [],
      bySource: all
        .filter(({ id }) => brought?.sources.has(id) === true)
        .map(({ id, title, passages, tags }) => ({
          source: sourceId.parse(id),
          title: title ?? id,
          isNew: !here.has(id),
          passages,
          tags,
        })),
      byCategory: [],
      conflicts: [],
      conflictsTotal: 0,
      refused: [...theirs.refused, ...work.incoming.leftOut, ...(brought?.left ?? [])],
      takeBacks: [],
      ahead: [],
      files: comingFiles(context.files, work, named),
      takenBack: null,
      other: {
        sources: all.map(({ id, title, passages, tags }) => ({
          id: sourceId.parse(id),
          title: title ?? id,
          isHere: here.get(id) !== undefined && here.get(id)?.['deleted'] !== 1,
          passages,
          tags,
        })),
        categories: matches(context, theirs),
      },
    };
  });

const everything = (ids: readonly string[]): Bring | null =>
  ids.length === 0
    ? null
    : { sources: ids.map((id) => sourceId.parse(id)), passages: true, memos: true, categories: {} };

/** Brings what was chosen as one ordinary commit of the acting person: undo takes it back, and later the list of merges. */
export const applyOther = (context: WriteContext, work: Work, asked: Bring | undefined): Promise<MergeReport> =>
  withIncomingReplay(context, work, async (theirs) => {
    if (asked === undefined)
      throw new Fault('BAD_INPUT', 'This is a different project. Choose which of its sources to add.');
    // Chosen twice: files are copied meanwhile, and this project may have changed when they have come.
    const first = broughtEdits(context.db, theirs.db.read, asked);
    const taken = await takeFiles(context, work, namedFiles(work.incoming.database, first.withFiles));
    work.check();
    const brought = broughtEdits(context.db, theirs.db.read, asked);
    work.arrivals.place(placeable(namedIn(context.db, brought.edits), taken));
    const commit = context.db.commit(labelOf(brought, titleOf(theirs).title), brought.edits);
    work.arrivals.keep();
    const made = commit === null ? null : context.project.team.rememberCommit(commit.hash, work.incoming.name);
    return {
      ...numbers(brought),
      conflicts: [],
      conflictsTotal: 0,
      refused: [...theirs.refused, ...work.incoming.leftOut, ...taken.left, ...brought.left],
      id: made?.id ?? null,
      restored: false,
    };
  });

function labelOf({ sources: { size } }: Brought, title: string): string {
  return `Add ${size === 1 ? 'a source' : `${size} sources`} from ${title === '' ? 'another project' : `“${title}”`}`;
}

const titleOf = ({ db }: IncomingReplay): MergePreview['project'] => ({
  id: projectId.parse(db.id),
  title: db.read.get(projectTitle, { id: db.id })?.title ?? '',
});

function numbers(brought: Brought | null): Pick<MergeReport, 'adds' | 'changes' | 'commits'> {
  const adds = [...(brought?.added.values() ?? [])].reduce((sum, count) => sum + count, 0);
  return { adds, changes: 0, commits: { added: 0, known: 0, supplied: 0 } };
}

function matches(context: WriteContext, { db }: IncomingReplay): CategoryMatch[] {
  const all = context.db.all(categories, {});
  const mine = all
    .filter(({ deleted }) => deleted !== 1)
    .map(({ id, code, name, definition }) => toKnown(id, code, name, definition));
  const here = new Map(mine.map((one) => [one.id, one]));
  return db.read
    .all(categories, {})
    .filter(({ deleted, tags }) => deleted !== 1 && tags > 0)
    .map(({ id, code, name, definition, tags }): CategoryMatch => {
      const theirs = toKnown(id, code, name, definition);
      const same = here.get(theirs.id);
      const like = same === undefined ? proposals(theirs, mine) : [same];
      return {
        theirs: { ...theirs, tags },
        how: same !== undefined ? 'same' : like.length > 0 ? 'proposed' : 'new',
        mine: like,
      };
    });
}

const toKnown = (id: string, code: string | null, name: string | null, definition: string | null) => ({
  id: categoryId.parse(id),
  code: code ?? '',
  name: name ?? code ?? '',
  definition: definition ?? '',
});
