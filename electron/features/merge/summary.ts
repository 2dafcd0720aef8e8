import { visibleName } from '../../../shared/model/person-name.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { TICKS } from '../../../shared/changes/clock.ts';
import {
  categoryId,
  commitHash,
  passageId,
  personId,
  type Sha256,
  sha256,
  sourceId,
} from '../../../shared/model/index.ts';
import type { IncomingChanges, Readable } from '../../db/types.ts';
import { fingerprintOf } from '../../project/people/people.ts';
import { shownNames } from '../../project/people/names.ts';
import { signedByOthers } from '../../project/people/signed-by-others.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Originals } from '../../project/files/originals.ts';
import { isLayerId, isSourceId } from '../../project/sources/identity.ts';
import { submittedAgain } from '../../project/submissions.ts';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { changedConclusions } from './conclusions.ts';
import { layerFileOf } from './files.ts';
import { misquotedIn } from './misquoted.ts';
import {
  aheadOf,
  commitsByPerson,
  datedBefore,
  incomingCommit,
  kinds,
  movedPassages,
  otherFiles,
  type ReplacedRow,
  undosOfOthers,
  touchedCategories,
  touchedSources,
} from './queries.ts';

/** What a merge changes, counted in the project after the merge. */
export type Summary = Pick<
  MergePreview,
  | 'adds'
  | 'changes'
  | 'commits'
  | 'byKind'
  | 'byPerson'
  | 'bySource'
  | 'byCategory'
  | 'undos'
  | 'ahead'
  | 'early'
  | 'byOthers'
  | 'replaced'
  | 'moved'
  | 'conclusions'
  | 'submittedAgain'
  | 'refused'
>;

const DAY = 86_400_000;

/** `waiting`: the incoming layers that were copied to be looked at. */
export function summaryOf(changes: IncomingChanges, context: WriteContext, waiting: Originals): Summary {
  const { log } = context.project;
  const now = context.now();
  const { read, added, known, supplied } = changes;
  const byKind = kindsOf(read);
  const nameOf = namer(read);
  const sum = (of: 'added' | 'changed' | 'removed'): number => byKind.reduce((total, one) => total + one[of], 0);
  return {
    adds: sum('added'),
    changes: sum('changed') + sum('removed'),
    commits: { added, known, supplied },
    byKind,
    byPerson: peopleOf(read),
    bySource: sourcesOf(read),
    byCategory: categoriesOf(read),
    undos: read.all(undosOfOthers, {}).map(({ hash, person, at, label }) => ({
      commit: commitHash.parse(hash),
      label,
      person: nameOf(person),
      at,
    })),
    ahead: read
      .all(aheadOf, { latest: now + DAY, clock: (now + DAY) * TICKS, far: DAY * TICKS, ticks: TICKS })
      .map(({ hash, person, at }) => ({
        commit: commitHash.parse(hash),
        person: nameOf(person),
        at,
      })),
    early: read
      .all(datedBefore, { far: DAY, clock: (now + DAY) * TICKS, ticks: TICKS })
      .map(({ hash, person, at }) => ({
        commit: commitHash.parse(hash),
        person: nameOf(person),
        at,
      })),
    byOthers: signedByOthers({ db: read, project: { log } }, 'incoming').map(({ by, reason, ...one }) => ({
      ...one,
      person: nameOf(by),
      forged: reason === 'forged',
      restored: reason === 'restored',
    })),
    replaced: [
      ...replacedIn(read, [context.files, waiting], nameOf),
      ...misquotedIn({ db: read, project: { log } }, [context.files, waiting], nameOf),
    ],
    moved: movedIn(read, nameOf),
    conclusions: changedConclusions({ db: read, project: { log } }, nameOf),
    submittedAgain: submittedAgain({ db: read, project: { log } })
      .filter(({ commit }) => read.get(incomingCommit, { hash: commit }) !== undefined)
      .map(({ name, coderName, commit, at }) => ({ name, coder: coderName, commit, at })),
    refused: changes.rejected.map(({ hash, why }) => ({ id: hash, reason: `This edit was rejected: ${why}.` })),
  };
}

/** Records of kinds that this version does not know are merged but not counted. */
function kindsOf(read: Readable): MergePreview['byKind'] {
  const rows = read.all(kinds, {}).filter(({ entity }) => isEntity(entity));
  return [...Map.groupBy(rows, ({ entity }) => entity)].map(([entity, group]) => {
    const of = (how: string): number => group.find((one) => one.how === how)?.records ?? 0;
    return { entity, added: of('added'), changed: of('changed'), removed: of('removed') };
  });
}

const peopleOf = (read: Readable): MergePreview['byPerson'] =>
  read.all(commitsByPerson, {}).map((row) => ({
    person: personId.safeParse(row.person).data ?? null,
    name: row.name === null ? `Unknown person ${row.key.slice(0, 8)}` : visibleName(row.name),
    fingerprint: fingerprintOf(Buffer.from(row.key, 'hex')),
    commits: row.commits,
    changes: row.changes,
    from: row.first,
    to: row.last,
    isNew: row.known !== 1,
  }));

const sourcesOf = (read: Readable): MergePreview['bySource'] =>
  read.all(touchedSources, {}).flatMap((row) => {
    const source = sourceId.safeParse(row.source).data;
    if (source === undefined) return [];
    return [{ source, title: row.title ?? row.source, isNew: row.isNew === 1, passages: row.passages, tags: row.tags }];
  });

const categoriesOf = (read: Readable): MergePreview['byCategory'] =>
  read.all(touchedCategories, {}).flatMap((row) => {
    const category = categoryId.safeParse(row.category).data;
    if (category === undefined) return [];
    const code = row.code ?? '';
    return [{ category, code, name: row.name ?? code, colour: row.colour ?? '', tags: row.tags }];
  });

/** As `verify` finds them: of a layer whose file can’t be read, only that it is another. */
function replacedIn(
  read: Readable,
  files: readonly Originals[],
  nameOf: (person: string) => string,
): Summary['replaced'] {
  return read.all(otherFiles, {}).flatMap(({ entity, id, source, title, archive, sha256: value, hash, person }) => {
    const to = sha256.safeParse(value).data;
    const of = sourceId.safeParse(source).data;
    if (to === undefined || of === undefined || isOwnFile({ entity, id, source, archive }, to, files)) return [];
    const [name, by] = [title ?? source, nameOf(person)];
    const what = entity === 'source' ? 'The original' : 'The text';
    return {
      entity,
      source: of,
      title: name,
      commit: commitHash.parse(hash),
      person: by,
      message: `${what} of “${name}” was replaced by ${by}: it isn’t the ${entity === 'source' ? 'file' : 'text'} that was added.`,
    };
  });
}

function isOwnFile(
  { entity, id, source, archive }: Pick<ReplacedRow, 'entity' | 'id' | 'source' | 'archive'>,
  hash: Sha256,
  files: readonly Originals[],
): boolean {
  if (entity === 'source') return isSourceId({ id, archive }, hash);
  const at = files.find((one) => one.hasLayer(hash));
  const file = at === undefined ? null : layerFileOf(at, hash);
  return file !== null && isLayerId(id, source, file, hash);
}

const movedIn = (read: Readable, nameOf: (person: string) => string): Summary['moved'] =>
  read.all(movedPassages, {}).flatMap(({ id, person, before, after, hash, by }) => {
    const [from, to] = [wordsAt(before), wordsAt(after)];
    if (from === to) return [];
    return {
      passage: passageId.parse(id),
      commit: commitHash.parse(hash),
      person: nameOf(person),
      by: nameOf(by),
      before: from,
      after: to,
    };
  });

/** The words at a place; of an area, which has none, that it is one. */
function wordsAt(json: string): string {
  const anchor = readAnchor(json);
  if (anchor === null) return '(no place)';
  return anchor.kind === 'area' ? `(an area on page ${String(anchor.page)})` : anchor.exact;
}

const namer = (read: Readable): ((person: string) => string) => {
  const names = shownNames(read);
  return (person) => names.get(person) ?? `Unknown person ${person.slice(-8)}`;
};
