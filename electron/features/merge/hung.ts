import { hash } from 'node:crypto';
import type { Entity } from '../../../shared/changes/registry.ts';
import { commitHash } from '../../../shared/model/index.ts';
import { query, type Readable, type Signed, type MergeDb, type Tie } from '../../db/types.ts';
import { isGone } from './sides.ts';

/** A removed record on which somebody worked without knowing of the removal: their work went out of sight with it. */
export interface Hung {
  readonly id: string;
  readonly entity: Entity;
  readonly record: string;
  readonly removal: Signed;
  /** What hangs on it, with who said of it what last. Oldest first. */
  readonly work: readonly Signed[];
}

/** What a passage carries, besides its memos: the table of each has a column `passage`. */
const CARRIED = ['tag', 'setting', 'review', 'translation', 'comment', 'adjudication'] as const;

interface Pair {
  readonly entity: Entity;
  readonly record: string;
  readonly kind: Entity;
  readonly id: string;
}
/** What stands and hangs on something removed. `table` is the removed one, `on` how what hangs names it. */
const pairs = (entity: Entity, kind: Entity, on: string, name = kind) =>
  query<Record<string, never>, Pair>(
    `merge.hung.${entity}.${name}`,
    `SELECT '${entity}' AS entity, d.id AS record, '${kind}' AS kind, h.id
     FROM p_${entity} d CROSS JOIN ${on} WHERE d.deleted = 1 AND h.deleted IS NOT 1`,
  );
const onMemos = (entity: Entity) => pairs(entity, 'memo', `p_memo h ON h.target = d.id AND h.targetKind = '${entity}'`);
const inSource = `p_passage p ON p.source = d.id AND p.deleted IS NOT 1 CROSS JOIN`;

const PAIRS = [
  pairs('source', 'passage', 'p_passage h ON h.source = d.id'),
  ...CARRIED.map((kind) => pairs('source', kind, `${inSource} p_${kind} h ON h.passage = p.id`)),
  pairs('source', 'memo', `${inSource} p_memo h ON h.target = p.id AND h.targetKind = 'passage'`),
  { ...onMemos('source'), name: 'merge.hung.source.ownMemo' },
  ...CARRIED.map((kind) => pairs('passage', kind, `p_${kind} h ON h.passage = d.id`)),
  onMemos('passage'),
  pairs('category', 'tag', 'p_tag h ON h.category = d.id'),
  onMemos('category'),
  pairs('value', 'setting', 'p_setting h ON h.value = d.id'),
  pairs('dimension', 'setting', 'p_value v ON v.dimension = d.id CROSS JOIN p_setting h ON h.value = v.id'),
  pairs('dimension', 'value', 'p_value h ON h.dimension = d.id'),
  pairs('comment', 'comment', 'p_comment h ON h.parent = d.id'),
];

/** Names the conflict on every replica alike. */
export const hungId = (entity: string, record: string): string =>
  hash('sha256', `sourcebook work on what was removed\0${entity}\0${record}\0`).slice(0, 32);

type Team = Pick<MergeDb, 'said' | 'saw' | 'isForked' | 'hungApart'>;

/**
 * What somebody removed while somebody else, not knowing of it, worked on it: gave it a tag, a memo, a translation, marked a
 * passage in it. Plain registers show nothing, since each of these is a record of its own. Closed by bringing it back, or by
 * removing what hangs on it, too.
 */
export function hungWork(db: Readable, team: Team): Hung[] {
  if (!team.isForked()) return [];
  const ties = PAIRS.flatMap((one) => db.all(one, {})).map(({ entity, record, kind, id }): Tie => ({
    of: { entity, id: record },
    work: { entity: kind, id },
  }));
  const apart = [...Map.groupBy(team.hungApart(ties), ({ of }) => `${of.entity} ${of.id}`).values()];
  const last = newest(team, apart.flat());
  return apart.flatMap((tied): Hung[] => {
    const [first] = tied;
    if (first === undefined) return [];
    const { entity, id } = first.of;
    const removal = team.said(entity, [id], ['deleted']).find(({ commit }) => commit === first.removal);
    const work = tied.flatMap((tie) => last.get(nameOf(tie.work)) ?? []).sort((a, b) => a.at - b.at);
    if (removal === undefined || work.length === 0) return [];
    return [{ id: hungId(entity, id), entity, record: id, removal, work }];
  });
}

const nameOf = ({ entity, id }: Tie['of']): string => `${entity} ${id}`;

/** What was said of each last. Whose work it is says the field that ties it to what it hangs on, or its text. */
const SAYS: Partial<Record<Entity, readonly string[]>> = {
  passage: ['anchor'],
  tag: ['category', 'deleted', 'confirmed'],
  setting: ['value', 'deleted'],
  review: ['state'],
  translation: ['draft', 'deleted'],
  comment: ['text', 'resolved', 'deleted'],
  adjudication: ['categories', 'reason'],
  memo: ['text', 'deleted'],
  value: ['label', 'deleted'],
};
/** Whoever brought it back or removed it having seen what it hangs on removed, as an undo does, did not work on it. */
function newest(team: Team, ties: ReturnType<Team['hungApart']>): Map<string, Signed> {
  const last = new Map<string, Signed>();
  const removals = Map.groupBy(ties, ({ work }) => nameOf(work));
  for (const [kind, group] of Map.groupBy(ties, ({ work }) => work.entity)) {
    const ids = [...new Set(group.map(({ work }) => work.id))];
    for (const one of team.said(kind, ids, SAYS[kind] ?? ['deleted'])) {
      // It stands: whoever took it away meanwhile is no side of this.
      if (isGone(one)) continue;
      const name = `${kind} ${one.id}`;
      const knew =
        one.field === 'deleted' &&
        removals.get(name)?.some(({ removal }) => team.saw(one.commit, commitHash.parse(removal)));
      if (knew !== true || !last.has(name)) last.set(name, one);
    }
  }
  return last;
}
