import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { recordId } from '../../../shared/model/index.ts';
import type { Edit, Readable, Signed } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { hungWork, type Hung } from './hung.ts';
import { placeOf } from './places.ts';
import { chosen, sideOf } from './sides.ts';
import { recordWords, valueWords } from './words.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** Work on what was removed. Where the record itself was edited, too, that question comes first: it is the same one. */
export function openHung({ db, project }: Pick<Context, 'db' | 'project'>): Hung[] {
  const hung = hungWork(db, project.team);
  if (hung.length === 0) return [];
  const contested = new Set(
    project.team
      .conflictNames()
      .flatMap(({ entity, record, field }) => (field === 'deleted' ? `${entity} ${record}` : [])),
  );
  return hung.filter(({ entity, record }) => !contested.has(`${entity} ${record}`));
}

/** As a deletion that stands against work, one side for each who worked. */
export function hungConflict(context: Context, hung: Hung): Conflict {
  const { db } = context;
  const { entity, record, removal, work } = hung;
  const byPerson = [...Map.groupBy(work.toReversed(), ({ person }) => person).values()];
  const [mine, others] = chosen(context, [removal, ...work], [[removal], ...byPerson]);
  const [theirs] = others;
  if (mine === undefined || theirs === undefined) throw new RangeError('Work on something in the trash has two sides');
  const toSide = (one: Signed): ConflictSide =>
    one === removal
      ? sideOf(db, entity, record, one)
      : {
          ...sideOf(db, one.entity, one.id, one),
          text: `Worked on it: ${workWords(db, byPerson.find((group) => group.includes(one)) ?? [one])}`,
          deleted: false,
        };
  return {
    id: hung.id,
    kind: 'deleted',
    entity,
    record: recordId.parse(record),
    field: 'deleted',
    mine: toSide(mine),
    theirs: toSide(theirs),
    others: others.map(toSide),
    ...placeOf(db, entity, record),
    canKeepBoth: true,
    canWrite: false,
  };
}

/** To let the removal stand removes what hangs on it, openly; anything else brings the record back. */
export function hungEdits(hung: Hung, conflict: Conflict, keep: Keep): Edit[] {
  const stays = (keep === 'mine' && conflict.mine.deleted) || (keep === 'theirs' && conflict.theirs.deleted);
  const remove = (entity: string, id: string, value: boolean): Edit =>
    ({ entity, id, field: 'deleted', value }) as Edit;
  return stays
    ? hung.work.map(({ entity, id }) => remove(entity, id, true))
    : [remove(hung.entity, hung.record, false)];
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
};
/** Of a kind, the first are named. */
const NAMED = 3;

function workWords(db: Readable, work: readonly Signed[]): string {
  return [...Map.groupBy(work, ({ entity }) => entity)]
    .map(([entity, group]) => {
      const [one, many] = CALLED[entity] ?? [entity, `${entity}s`];
      const named = group.slice(0, NAMED).flatMap((each) => wordsOf(db, each) || []);
      const more = group.length > named.length && named.length > 0 ? ', …' : '';
      const count = group.length === 1 ? one : `${group.length} ${many}`;
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
