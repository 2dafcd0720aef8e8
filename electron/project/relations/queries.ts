import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

type None = Record<string, never>;

export type RelationRow = RowOf<'relation'>;
const RELATION = `SELECT ${columnsOf('relation', 'r')} FROM p_relation r WHERE r.deleted IS NOT 1 AND r.figures IS NOT NULL`;
export const allRelations = query<None, RelationRow>('relations.all', `${RELATION} ORDER BY r.createdAt, r.id`);
export const relationById = query<{ id: string }, RelationRow>('relations.byId', `${RELATION} AND r.id = $id`);

export type RelationCheckRow = Pick<
  RowOf<'relationcheck'>,
  'id' | 'relation' | 'verdict' | 'reason' | 'follows' | 'basis' | 'person' | 'deleted'
>;
const CHECK = 'SELECT id, relation, verdict, reason, follows, basis, person, deleted FROM p_relationcheck';
/** Also those that were removed: see `asSigned`. */
export const allRelationChecks = query<None, RelationCheckRow>(
  'relations.allChecks',
  `${CHECK} ORDER BY relation, createdAt, id`,
);
export const checksOfRelation = query<{ relation: string }, RelationCheckRow>(
  'relations.checks',
  `${CHECK} WHERE relation = $relation AND deleted IS NOT 1 ORDER BY createdAt, id`,
);
