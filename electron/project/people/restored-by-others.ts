import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import { PERSON } from './attribution-queries.ts';
import { ATTRIBUTED_KINDS, type AttributedKind, type LogOf } from './unsigned-reasons.ts';

/** A record that its person removed, and that someone else restored. */
export interface Restored {
  readonly entity: AttributedKind;
  /** Who removed it. */
  readonly person: string;
  readonly by: PersonId;
  /** The commit that restored it. */
  readonly commit: CommitHash;
}

/**
 * Live records that their person removed, and that someone else restored since: by undoing a merge or resolving a conflict, out of the
 * trash, or with another program.
 */
export function restoredByOthers({ db, project }: LogOf): Restored[] {
  const rows = db.all(removedAndLive, {});
  return [...Map.groupBy(rows, ({ entity }) => entity)].flatMap(([entity, some]) => {
    const ids = some.map(({ id }) => id);
    const changes = Map.groupBy(project.log.changes(entity, ids, ['deleted']), ({ id }) => id);
    return some.flatMap(({ id, person }): Restored[] => {
      const of = changes.get(id) ?? [];
      const [last, own] = [of.at(-1), of.findLast((one) => one.person === person)];
      if (last === undefined || own?.value !== true || last.value === true || last.person === person) return [];
      return [{ entity, person, by: last.person, commit: last.commit }];
    });
  });
}

const part = (from: number, length: number): string => `substr(hex(e.id), ${from}, ${length})`;
const ID_TEXT = `lower(${[part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)].join(` || '-' || `)})`;

/** One pass over the log: few records were ever removed. With DISTINCT in it, SQLite takes an index, and four times as long. */
const removedAndLive = query<Record<string, never>, { entity: AttributedKind; id: string; person: string }>(
  'signed.removedAndLive',
  `WITH removals AS MATERIALIZED (
     SELECT h.ent FROM change_ h WHERE h.value = 'true' AND h.field IN (
       SELECT field FROM field_ WHERE name = 'deleted' AND entity IN (${ATTRIBUTED_KINDS.map((kind) => `'${kind}'`).join(', ')}))),
   removed AS MATERIALIZED (SELECT DISTINCT ent FROM removals)
   ${ATTRIBUTED_KINDS.map(
     (entity) =>
       `SELECT '${entity}' AS entity, r.id, ${PERSON[entity]} AS person FROM removed x
        CROSS JOIN entity_ e ON e.ent = x.ent AND e.kind = '${entity}' CROSS JOIN p_${entity} r ON r.id = ${ID_TEXT}
        WHERE r.deleted IS NOT 1 AND ${PERSON[entity]} IS NOT NULL`,
   ).join(' UNION ALL ')}`,
);
