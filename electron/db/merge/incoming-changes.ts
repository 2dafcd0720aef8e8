import type { PersonId } from '../../../shared/model/index.ts';
import { conflictId } from '../log/conflicts.ts';
import { idText, idTextSql, personOfKey } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import { RowBatch } from '../projection/row-batch.ts';
import type { UnionResult } from './take-incoming.ts';
import type { IncomingChanges, Readable } from '../types.ts';

const COMMITS = `CREATE TEMP TABLE incoming_commit(c INTEGER PRIMARY KEY, hash TEXT NOT NULL, person TEXT NOT NULL, "key" TEXT NOT NULL, at INTEGER NOT NULL,
  clock INTEGER NOT NULL, label TEXT NOT NULL, changes INTEGER NOT NULL) STRICT`;
const RECORDS = `CREATE TEMP TABLE incoming_record(entity TEXT NOT NULL, id TEXT NOT NULL, how TEXT NOT NULL, ent INTEGER NOT NULL, PRIMARY KEY(entity, id)) STRICT, WITHOUT ROWID`;
const PEOPLE =
  'CREATE TEMP TABLE incoming_person(replica INTEGER PRIMARY KEY, person TEXT NOT NULL, "key" TEXT NOT NULL) STRICT';
const TABLES = ['incoming_commit', 'incoming_record', 'incoming_person'];

/** Runs `judge` on what a union has just added. Temporary tables list the new commits and the changed records. */
export function withIncomingTables<T>(
  log: Log,
  read: Readable,
  union: UnionResult,
  judge: (changes: IncomingChanges) => T,
): T {
  const { store } = log;
  for (const sql of [COMMITS, RECORDS, PEOPLE]) store.exec(sql);
  try {
    fillCommits(log, union);
    fillRecords(log, union);
    const { added, known, supplied, rejected } = union.taken;
    return judge({ added, known, supplied, rejected, read, conflicts: namesOf(log, union) });
  } finally {
    for (const table of TABLES) store.exec(`DROP TABLE temp.${table}`);
  }
}

/** The person of each replica that has commits after number `after`. */
export const peopleIn = (log: Log, after: number): PersonId[] => replicasIn(log, after).map(({ person }) => person);

function replicasIn(log: Log, after: number): { replica: number; person: PersonId; key: string }[] {
  const rows = log.store.all<{ replica: number; key: Buffer }>(
    'SELECT replica, "key" FROM replica_ WHERE replica IN (SELECT replica FROM commit_ WHERE c > ?)',
    after,
  );
  return rows.map(({ replica, key }) => ({ replica, person: personOfKey(key), key: key.toString('hex') }));
}

/** The writer has counted the changes of each commit: counting them in the log took half of this, a fiftieth of a large merge. */
function fillCommits(log: Log, { writer }: UnionResult): void {
  const { store } = log;
  const { c } = writer.before;
  for (const { replica, person, key } of replicasIn(log, c))
    store.run('INSERT INTO incoming_person(replica, person, "key") VALUES(?, ?, ?)', replica, person, key);
  store.run(
    `INSERT INTO incoming_commit(c, hash, person, "key", at, clock, label, changes)
     SELECT m.c, lower(hex(m.hash)), w.person, w."key", m.wall, m.clock,
       CASE WHEN json_valid(m.label) AND json_type(m.label) = 'text' THEN m.label ->> '$' ELSE '' END, n.value
     FROM json_each(?) n CROSS JOIN commit_ m ON m.c = n.key + ? CROSS JOIN incoming_person w ON w.replica = m.replica`,
    JSON.stringify(writer.changesOfCommits),
    c + 1,
  );
}

const RECORD = 'incoming_record(entity, id, how, ent)';

function fillRecords(log: Log, { writer }: UnionResult): void {
  const { store } = log;
  const rows = new RowBatch(store, RECORD, 4);
  for (const [ent, { kind, id, how }] of writer.outcomes) rows.add([kind, id, how, ent]);
  rows.flush();
  // A new record that is already removed changes nothing that people see.
  const kinds = store.list<string>('SELECT DISTINCT kind FROM entity_ WHERE ent > ?', writer.before.ent);
  for (const entity of kinds.filter(isEntity)) {
    store.run(
      `INSERT INTO ${RECORD}
       SELECT e.kind, p.id, iif(p.deleted = 1, 'same', 'added'), e.ent FROM entity_ e
         JOIN p_${entity} p ON p.id = ${idTextSql('e.id')} WHERE e.ent > ? AND e.kind = '${entity}'`,
      writer.before.ent,
    );
  }
}

function namesOf(log: Log, { writer }: UnionResult): string[] {
  return writer.opened.flatMap(({ ent, field }) => {
    const record = log.record(ent);
    const name = log.fieldName(field)?.name;
    return record === null || name === undefined ? [] : [conflictId(record.kind, idText(record.id), name)];
  });
}
