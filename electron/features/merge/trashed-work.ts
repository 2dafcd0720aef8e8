import { hash } from 'node:crypto';
import type { Entity } from '../../../shared/changes/kinds.ts';
import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { commitHash, recordId } from '../../../shared/model/index.ts';
import { type Edit, type LogReader, query, type Readable, type Signed, type TrashedPair } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { isRemoval, pickSides, placeOf, sideOf } from './conflict-sides.ts';
import { isInTrash } from '../../project/live.ts';
import { aboutWords, recordWords, valueWords } from './words.ts';
import { counted } from '../../../shared/text/counted.ts';

/** A record in the trash on which someone worked concurrently, not knowing of the removal: their work is hidden with it. */
export interface TrashedWork {
  readonly id: string;
  readonly entity: Entity;
  readonly record: string;
  readonly removal: Signed;
  /** The last change of each record that belongs to it. Oldest first. */
  readonly work: readonly Signed[];
}

/** The kinds of record on a passage, besides memos: each has a column `passage`. */
const CARRIED = [
  'tag',
  'setting',
  'review',
  'translation',
  'comment',
  'adjudication',
  'claimlink',
  'notprivate',
  'draftlink',
] as const;

interface Pair {
  readonly entity: Entity;
  readonly record: string;
  readonly kind: Entity;
  readonly id: string;
}
/** How records (`h`, of `kind`) belong to one (`d`, of `entity`); `on` joins them, through passages (`p`) if `inSource`. */
interface Tie {
  readonly entity: Entity;
  readonly kind: Entity;
  readonly on: string;
  readonly name: string;
  readonly inSource?: true;
}
const tie = (entity: Entity, kind: Entity, on: string): Tie => ({ entity, kind, on, name: `${entity}.${kind}` });
const onMemos = (entity: Entity): Tie =>
  tie(entity, 'memo', `p_memo h ON h.target = d.id AND h.targetKind = '${entity}'`);
const inSource = (kind: Entity, on: string): Tie => ({
  ...tie('source', kind, `p_passage p ON p.source = d.id CROSS JOIN p_${kind} h ON ${on}`),
  inSource: true,
});

const TIES: readonly Tie[] = [
  tie('source', 'passage', 'p_passage h ON h.source = d.id'),
  tie('source', 'mask', 'p_mask h ON h.source = d.id'),
  tie('source', 'figure', 'p_figure h ON h.source = d.id'),
  tie('figure', 'figurecheck', 'p_figurecheck h ON h.figure = d.id'),
  tie('relation', 'relationcheck', 'p_relationcheck h ON h.relation = d.id'),
  ...CARRIED.map((kind) => inSource(kind, 'h.passage = p.id')),
  inSource('memo', `h.target = p.id AND h.targetKind = 'passage'`),
  { ...onMemos('source'), name: 'source.ownMemo' },
  ...CARRIED.map((kind) => tie('passage', kind, `p_${kind} h ON h.passage = d.id`)),
  onMemos('passage'),
  tie('category', 'tag', 'p_tag h ON h.category = d.id'),
  onMemos('category'),
  tie('value', 'setting', 'p_setting h ON h.value = d.id'),
  tie('dimension', 'setting', 'p_value v ON v.dimension = d.id CROSS JOIN p_setting h ON h.value = v.id'),
  tie('dimension', 'value', 'p_value h ON h.dimension = d.id'),
  tie('comment', 'comment', 'p_comment h ON h.parent = d.id'),
  tie('snapshot', 'timestamp', 'p_timestamp h ON h.snapshot = d.id'),
  tie('dossier', 'timestamp', 'p_timestamp h ON h.dossier = d.id'),
  tie('claim', 'claimlink', 'p_claimlink h ON h.claim = d.id'),
  tie('claim', 'draftlink', 'p_draftlink h ON h.claim = d.id'),
  tie('draft', 'draft', 'p_draft h ON h.replaces = d.id'),
  ...(['draftmark', 'draftlink', 'draftremedy'] as const).map((kind) =>
    tie('draft', kind, `p_${kind} h ON h.draft = d.id`),
  ),
];

/** Live records that belong to trashed ones. */
const PAIRS = TIES.map(({ entity, kind, on, name, inSource: isInSource }) =>
  query<Record<string, never>, Pair>(
    `merge.trashed.${name}`,
    `SELECT '${entity}' AS entity, d.id AS record, '${kind}' AS kind, h.id FROM p_${entity} d CROSS JOIN ${on}
     WHERE d.deleted = 1 AND h.deleted IS NOT 1${isInSource === true ? ' AND p.deleted IS NOT 1' : ''}`,
  ),
);
/** Trashed records that belong to one. */
const TRASHED_OF = TIES.map(({ entity, kind, on, name }) => ({
  entity,
  kind,
  ids: query<{ id: string }, { id: string }>(
    `merge.trashedOf.${name}`,
    `SELECT h.id FROM p_${entity} d CROSS JOIN ${on} WHERE d.id = $id AND h.deleted = 1`,
  ),
}));

/** The conflict's id, the same on every replica. */
export const trashedWorkId = (entity: string, record: string): string =>
  hash('sha256', `sourcebook work on what was removed\0${entity}\0${record}\0`).slice(0, 32);

type Log = Pick<LogReader, 'changes' | 'saw' | 'isForked' | 'workConcurrentWithTrash'>;

/**
 * Records that one person moved to the trash while another, not knowing of it, worked on them: added a tag, memo, translation or
 * passage. The log has no field conflict for this, since each of these is a record of its own. It is resolved by restoring the
 * record, or by removing the work too.
 */
export function workOnTrashed(db: Readable, log: Log): TrashedWork[] {
  if (!log.isForked()) return [];
  const pairs = PAIRS.flatMap((one) => db.all(one, {})).map(({ entity, record, kind, id }): TrashedPair => ({
    trashed: { entity, id: record },
    work: { entity: kind, id },
  }));
  const found = log.workConcurrentWithTrash(pairs);
  const byRecord = [...Map.groupBy(found, ({ trashed }) => `${trashed.entity} ${trashed.id}`).values()];
  const last = newestChanges(log, found);
  return byRecord.flatMap((group): TrashedWork[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { entity, id } = first.trashed;
    const removal = log.changes(entity, [id], ['deleted']).find(({ commit }) => commit === first.removal);
    const work = group.flatMap((pair) => last.get(nameOf(pair.work)) ?? []).sort((a, b) => a.at - b.at);
    if (removal === undefined || work.length === 0) return [];
    return [{ id: trashedWorkId(entity, id), entity, record: id, removal, work }];
  });
}

const nameOf = ({ entity, id }: TrashedPair['work']): string => `${entity} ${id}`;

/** The fields whose last change counts as the work on a record, by kind. */
const WORK_FIELDS: Partial<Record<Entity, readonly string[]>> = {
  passage: ['anchor'],
  tag: ['category', 'deleted', 'confirmed'],
  setting: ['value', 'deleted'],
  review: ['state'],
  translation: ['draft', 'deleted'],
  comment: ['text', 'resolved', 'deleted'],
  adjudication: ['categories', 'reason'],
  memo: ['text', 'deleted'],
  value: ['label', 'deleted'],
  claimlink: ['relation', 'answer', 'deleted'],
  mask: ['anchor', 'reason', 'deleted'],
  notprivate: ['reason', 'deleted'],
  figure: ['value', 'unit', 'qualifier', 'kind', 'period', 'place', 'subject', 'deleted'],
  figurecheck: ['verdict', 'reason', 'deleted'],
  relation: ['reading', 'deleted'],
  relationcheck: ['verdict', 'reason', 'follows', 'deleted'],
  timestamp: ['nonce', 'answer', 'deleted'],
};
/** The last change of each record of work. Restoring it after having seen the removal, as an undo does, is not work on it. */
function newestChanges(log: Log, ties: ReturnType<Log['workConcurrentWithTrash']>): Map<string, Signed> {
  const last = new Map<string, Signed>();
  const removals = Map.groupBy(ties, ({ work }) => nameOf(work));
  for (const [kind, group] of Map.groupBy(ties, ({ work }) => work.entity)) {
    const ids = [...new Set(group.map(({ work }) => work.id))];
    for (const one of log.changes(kind, ids, WORK_FIELDS[kind] ?? ['deleted'])) {
      // The record is live, so a removal that was undone since is not a side.
      if (isRemoval(one)) continue;
      const name = `${kind} ${one.id}`;
      const knew =
        one.field === 'deleted' &&
        removals.get(name)?.some(({ removal }) => log.saw(one.commit, commitHash.parse(removal)));
      if (knew !== true || !last.has(name)) last.set(name, one);
    }
  }
  return last;
}

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** Open conflicts of this kind. If the trashed record was edited too, the field conflict of its deletion stands for both. */
export function openTrashedWork({ db, project }: Pick<Context, 'db' | 'project'>): TrashedWork[] {
  const found = workOnTrashed(db, project.log);
  if (found.length === 0) return [];
  const contested = new Set(
    project.merges
      .conflictNames()
      .flatMap(({ entity, record, field }) => (field === 'deleted' ? `${entity} ${record}` : [])),
  );
  return found.filter(({ entity, record }) => !contested.has(`${entity} ${record}`));
}

/** Shown as a conflict of kind `deleted`, with one side for the removal and one for each person who worked. */
export function trashedWorkConflict(context: Context, trashed: TrashedWork): Conflict {
  const { db } = context;
  const { entity, record, removal, work } = trashed;
  const byPerson = [...Map.groupBy(work.toReversed(), ({ person }) => person).values()];
  const [mine, others] = pickSides(context, [removal, ...work], [[removal], ...byPerson]);
  const [incoming] = others;
  if (mine === undefined || incoming === undefined)
    throw new RangeError('Work on something in the trash has two sides');
  const isTrashed = isInTrash(db, entity, record);
  const toSide = (one: Signed): ConflictSide =>
    one === removal
      ? { ...sideOf(context, entity, record, one), inForce: isTrashed }
      : {
          ...sideOf(context, one.entity, one.id, one),
          text: `Worked on it: ${workWords(db, byPerson.find((group) => group.includes(one)) ?? [one])}`,
          deleted: false,
          inForce: !isTrashed,
        };
  return {
    id: trashed.id,
    kind: 'deleted',
    about: aboutWords(db, entity, record),
    entity,
    record: recordId.parse(record),
    field: 'deleted',
    mine: toSide(mine),
    incoming: toSide(incoming),
    others: others.map(toSide),
    ...placeOf(db, entity, record),
    canKeepBoth: true,
    canWrite: false,
  };
}

/**
 * Keeping the removal also removes the work on the record; anything else restores the record. Either way its trash state is written,
 * so that someone who resolves it the other way, not knowing, is in conflict with this.
 */
export function trashedWorkEdits(trashed: TrashedWork, conflict: Conflict, keep: Keep): Edit[] {
  const isRemovalKept =
    (keep === 'mine' && conflict.mine.deleted) || (keep === 'incoming' && conflict.incoming.deleted);
  const own = { ...inTrash(trashed.entity, trashed.record, isRemovalKept), decides: true } as const;
  return isRemovalKept ? [own, ...trashed.work.map(({ entity, id }) => inTrash(entity, id, true))] : [own];
}
const inTrash = (entity: string, id: string, value: boolean): Edit => ({ entity, id, field: 'deleted', value }) as Edit;

/** Restores the records that belong to one and were moved to the trash together with it, by these commits. */
export function restoredWith(
  { db, project }: Pick<Context, 'db' | 'project'>,
  entity: string,
  record: string,
  commits: ReadonlySet<string>,
): Edit[] {
  const found = TRASHED_OF.filter((one) => one.entity === entity).flatMap(({ kind, ids }) => {
    const last = new Map(
      project.log
        .changes(
          kind,
          db.all(ids, { id: record }).map(({ id }) => id),
          ['deleted'],
        )
        .map((one) => [one.id, one]),
    );
    return [...last.values()].filter(({ commit }) => commits.has(commit)).map(({ id }) => inTrash(kind, id, false));
  });
  return [...new Map(found.map((edit) => [edit.id, edit])).values()];
}

const CALLED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  tag: ['tag', 'tags'],
  passage: ['passage', 'passages'],
  memo: ['memo', 'memos'],
  translation: ['translation', 'translations'],
  comment: ['comment', 'comments'],
  setting: ['value', 'values'],
  review: ['review step', 'review steps'],
  adjudication: ['decision', 'decisions'],
  value: ['value', 'values'],
  claimlink: ['passage of a claim', 'passages of claims'],
  mask: ['mask', 'masks'],
  timestamp: ['time stamp', 'time stamps'],
  draft: ['version of a draft', 'versions of drafts'],
  draftmark: ['decision on a sentence', 'decisions on sentences'],
  draftlink: ['piece of evidence for a sentence', 'pieces of evidence for sentences'],
  draftremedy: ['remedy in a draft', 'remedies in drafts'],
  notprivate: ['statement that nobody is named', 'statements that nobody is named'],
  figure: ['figure', 'figures'],
  figurecheck: ['decision on a figure', 'decisions on figures'],
  relation: ['relation', 'relations'],
  relationcheck: ['decision on a relation', 'decisions on relations'],
};
/** So many of each kind are named. */
const NAMED = 3;

function workWords(db: Readable, work: readonly Signed[]): string {
  return [...Map.groupBy(work, ({ entity }) => entity)]
    .map(([entity, group]) => {
      const [one, many] = CALLED[entity] ?? [entity, `${entity}s`];
      const named = group.slice(0, NAMED).flatMap((each) => wordsOf(db, each) || []);
      const more = group.length > named.length && named.length > 0 ? ', …' : '';
      const count = group.length === 1 ? one : counted(group.length, one, many);
      return named.length === 0 ? count : `${count} ${named.join(', ')}${more}`;
    })
    .join('; ');
}

function wordsOf(db: Readable, { entity, id, field, value }: Signed): string {
  const words =
    entity === 'setting' && field === 'value' ? valueWords(db, entity, field, value) : recordWords(db, entity, id);
  if (words === '') return entity === 'review' && typeof value === 'string' ? `“${value}”` : '';
  return entity === 'passage' || entity === 'tag' || entity === 'setting' || entity === 'value' ? words : `“${words}”`;
}
