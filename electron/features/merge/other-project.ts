import type { CategoryMatch, MergePreview, MergeReport, SourcesToAdd } from '../../../shared/contract/merge.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, projectId, sourceId } from '../../../shared/model/index.ts';
import type { WriteContext } from '../../project/context.ts';
import { type Addition, addSources } from './add-sources.ts';
import { inBoth, incomingFiles, namedFiles, namedIn, placeable, takeFiles } from './files.ts';
import type { Work } from './incoming.ts';
import { byId, categories, type IncomingReplay, sources, withIncomingReplay } from './incoming-replay.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { numbered } from '../../../shared/text/counted.ts';

/** What can be added from a different project, counted for the chosen sources; before any are chosen, for all of them. */
export const previewOther = (
  context: WriteContext,
  work: Work,
  asked?: SourcesToAdd,
): Promise<Omit<MergePreview, 'edited'>> =>
  withIncomingReplay(context, work, (replay) => {
    const read = replay.db.read;
    const all = read.all(sources, {});
    const chosen = asked ?? everything(all.map(({ id }) => id));
    const addition = chosen === null ? null : addSources(context.db, read, chosen);
    const named = inBoth(namedFiles(work.incoming.database, addition?.withFiles ?? new Set()), namedIn(read));
    const here = byId(
      context.db,
      'source',
      all.map(({ id }) => id),
    );
    return {
      kind: 'other',
      project: titleOf(replay),
      ...numbers(addition),
      byKind: [...(addition?.added ?? [])].map(([entity, added]) => ({ entity, added, changed: 0, removed: 0 })),
      byPerson: [],
      bySource: all
        .filter(({ id }) => addition?.sources.has(id) === true)
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
      refused: [...replay.rejected, ...work.incoming.leftOut, ...(addition?.left ?? [])],
      undos: [],
      ahead: [],
      early: [],
      byOthers: [],
      replaced: [],
      moved: [],
      conclusions: [],
      submittedAgain: [],
      leftTags: [],
      files: incomingFiles(context.files, work, named),
      undoneMerge: null,
      other: {
        sources: all.map(({ id, title, passages, tags }) => ({
          id: sourceId.parse(id),
          title: title ?? id,
          isHere: here.get(id) !== undefined && here.get(id)?.['deleted'] !== 1,
          passages,
          tags,
        })),
        categories: matches(context, replay),
      },
    };
  });

const everything = (ids: readonly string[]): SourcesToAdd | null =>
  ids.length === 0
    ? null
    : { sources: ids.map((id) => sourceId.parse(id)), passages: true, memos: true, categories: {} };

/** Adds what was chosen as one ordinary commit of the acting person. `history.undo` undoes it, and so does the list of merges. */
export const applyOther = (
  context: WriteContext,
  work: Work,
  asked: SourcesToAdd | undefined,
): Promise<Omit<MergeReport, 'edited'>> =>
  withIncomingReplay(context, work, async (replay) => {
    if (asked === undefined)
      throw new Fault('BAD_INPUT', 'This is a different project. Choose which of its sources to add.');
    // Computed twice: copying files takes a while, and this project may change during it.
    const first = addSources(context.db, replay.db.read, asked);
    const taken = await takeFiles(context, work, namedFiles(work.incoming.database, first.withFiles));
    work.check();
    const addition = addSources(context.db, replay.db.read, asked);
    work.files.place(placeable(namedIn(context.db, addition.edits), taken));
    const commit = context.db.commit(labelOf(addition, titleOf(replay).title), addition.edits);
    work.files.keep();
    const made = commit === null ? null : context.project.merges.rememberCommit(commit.hash, work.incoming.name);
    return {
      ...numbers(addition),
      byOthers: [],
      replaced: [],
      moved: [],
      conclusions: [],
      conflicts: [],
      conflictsTotal: 0,
      refused: [...replay.rejected, ...work.incoming.leftOut, ...taken.left, ...addition.left],
      id: made?.id ?? null,
      undoneMerge: null,
      restored: false,
      putBack: { records: 0, left: 0 },
    };
  });

function labelOf({ sources: { size } }: Addition, title: string): string {
  return `Add ${size === 1 ? 'a source' : `${numbered(size)} sources`} from ${title === '' ? 'another project' : `“${title}”`}`;
}

const titleOf = ({ db }: IncomingReplay): MergePreview['project'] => ({
  id: projectId.parse(db.id),
  title: db.read.get(projectTitles, { id: db.id })?.title ?? '',
});

function numbers(addition: Addition | null): Pick<MergeReport, 'adds' | 'changes' | 'commits'> {
  const adds = [...(addition?.added.values() ?? [])].reduce((sum, count) => sum + count, 0);
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
      const incoming = toKnown(id, code, name, definition);
      const same = here.get(incoming.id);
      const like = same === undefined ? proposals(incoming, mine) : [same];
      return {
        incoming: { ...incoming, tags },
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

/** What a category is matched by. */
interface Known {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly definition: string;
}

const LEAST_NAME = 0.6;
const LEAST_DEFINITION = 0.5;
const MOST = 3;

/**
 * The categories that may be the same as an incoming one, best first. Both name and definition must be similar by Dice's
 * coefficient: at least 0.6 for names, compared by pairs of letters, and 0.5 for definitions, compared by words, with each Han
 * character a word. Without a definition nothing is proposed: codebooks use one name for different things. Deterministic.
 */
export function proposals<K extends Known>(incoming: Known, mine: readonly K[]): K[] {
  const [name, definition] = [pairs(incoming.name), words(incoming.definition)];
  return mine
    .map((one) => ({ one, likeness: [dice(name, pairs(one.name)), dice(definition, words(one.definition))] as const }))
    .filter(({ likeness: [byName, byDefinition] }) => byName >= LEAST_NAME && byDefinition >= LEAST_DEFINITION)
    .sort((a, b) => score(b.likeness) - score(a.likeness) || (a.one.id < b.one.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

const score = ([byName, byDefinition]: readonly [number, number]): number => byName * byDefinition;

/** Ignores case, width, marks and punctuation. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function pairs(text: string): Map<string, number> {
  const letters = [...folded(text).replaceAll(' ', '')];
  if (letters.length === 1) return counted(letters);
  return counted(letters.slice(1).map((letter, at) => (letters[at] ?? '') + letter));
}

const words = (text: string): Map<string, number> =>
  counted(folded(text).match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? []);

function counted(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Dice's coefficient: twice the common tokens over all tokens; 0 if there are none. */
function dice(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const size = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((sum, one) => sum + one, 0);
  const all = size(a) + size(b);
  if (all === 0) return 0;
  let shared = 0;
  for (const [token, count] of a) shared += Math.min(count, b.get(token) ?? 0);
  return (2 * shared) / all;
}
