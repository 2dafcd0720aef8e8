import { canonical } from '../../../shared/changes/canonical.ts';
import { type Json, query, type Signed } from '../../db/types.ts';
import { signerOf } from '../review/moves.ts';
import { replicaKeys } from './attribution-queries.ts';
import type { LogOf } from './unsigned-reasons.ts';

/** Kinds of record in which a person judges something. `on`: the field that names it; `said`: the field with the verdict; `fields`: all fields. */
const SAID = {
  figurecheck: { on: 'figure', said: 'verdict', fields: ['figure', 'verdict', 'reason', 'basis', 'subject', 'person'] },
  relationcheck: {
    on: 'relation',
    said: 'verdict',
    fields: ['relation', 'verdict', 'reason', 'follows', 'basis', 'person'],
  },
  adjudication: {
    on: 'passage',
    said: 'categories',
    fields: ['passage', 'categories', 'compared', 'reason', 'person'],
  },
} as const;
type Kind = keyof typeof SAID;

/** The records of a JSON list of ids that were changed with the key of a person they do not name. `$people`: replica number → person. */
const changedByOthers = (entity: Kind) =>
  query<{ ids: string; people: string }, { id: string }>(
    `people.changedByOthers.${entity}`,
    `SELECT DISTINCT r.id FROM json_each($ids) i CROSS JOIN p_${entity} r ON r.id = i.value
     CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = '${entity}'
     CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c
     WHERE $people ->> ('$."' || m.replica || '"') IS NOT r.person`,
  );
const CHANGED = {
  figurecheck: changedByOthers('figurecheck'),
  relationcheck: changedByOthers('relationcheck'),
  adjudication: changedByOthers('adjudication'),
};

interface Row {
  readonly id: string;
  readonly person: string | null;
  readonly deleted: number | null;
}

/**
 * People's verdicts as they signed them: without verdicts that others wrote in their name, and with their own values where others
 * changed them. A verdict that its person withdrew stays withdrawn, whoever restored it; an objection that somebody else removed still
 * counts. `rows` must include removed records.
 */
export function asSigned<T extends Row>(reader: LogOf, entity: Kind, rows: readonly T[]): T[] {
  if (rows.length === 0) return [];
  const people = JSON.stringify(
    Object.fromEntries(reader.db.all(replicaKeys, {}).map(({ replica, key }) => [replica, signerOf(key)])),
  );
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const others = reader.db.all(CHANGED[entity], { ids, people }).map(({ id }) => id);
  if (others.length === 0) return rows.filter(({ deleted }) => deleted !== 1);
  const { on, said: verdict, fields } = SAID[entity];
  const changes = Map.groupBy(reader.project.log.changes(entity, others, [...fields, 'deleted']), ({ id }) => id);
  const touched = new Set(others);
  return rows.flatMap((row): T[] => {
    if (!touched.has(row.id)) return row.deleted === 1 ? [] : [row];
    const own = (changes.get(row.id) ?? []).filter(({ person }) => person === row.person);
    const said = lastOf(own, verdict);
    if (said === undefined || lastOf(own, 'deleted')?.value === true) return [];
    if (row.deleted === 1 && (said.value === 'confirmed' || entity === 'adjudication')) return [];
    if (lastOf(own, on)?.value !== Reflect.get(row, on)) return [];
    return [{ ...row, ...Object.fromEntries(fields.map((field) => [field, columnOf(field, lastOf(own, field))])) }];
  });
}

const lastOf = (changes: readonly Signed[], name: string): Signed | undefined =>
  changes.findLast(({ field }) => field === name);

/** A field's value in the form of the projection's column. */
function columnOf(field: string, change: Signed | undefined): Json {
  const value = change?.value ?? null;
  if (value === null) return null;
  return typeof value === 'string' ? value : canonical(value);
}
