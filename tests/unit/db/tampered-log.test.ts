import { expect, it } from 'vitest';
import { writeAssignment } from '../../../electron/db/export/assignment.ts';
import { newIdBytes } from '../../../electron/db/ids.ts';
import type { Store } from '../../../electron/db/file/store.ts';
import type { SqlValue } from '../../../electron/db/types.ts';
import type { Log } from '../../../electron/db/log/log.ts';
import { verifyCommits } from '../../../electron/db/log/verify-log.ts';
import { verifyDatabase } from '../../../electron/db/log/verify.ts';
import { differences } from '../../../electron/db/projection/rebuild.ts';
import { place, received } from '../../support/exported-database.ts';
import { dropTriggers, edit, newId, newSigner, Replica, withhold } from '../../support/logs.ts';

/** A small log with everything in it: three people, two heads, a conflict, a commit withheld in part. */
function sample(): Replica {
  const project = newIdBytes();
  const [a, b, c] = [newSigner(), newSigner(), newSigner()].map((signer) => new Replica(project, signer));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three replicas');
  const [source, passage, category, memo] = [newId(), newId(), newId(), newId()];
  a.commit('Add', [
    edit('source', source, 'title', 'Work report'),
    edit('category', category, 'name', 'Land transfer'),
    edit('passage', passage, 'source', source),
    edit('passage', passage, 'anchor', { start: 3 }),
  ]);
  b.take(a.packets());
  a.commit('a', [edit('source', source, 'title', 'A')]);
  b.commit('b', [edit('source', source, 'title', 'B'), edit('tag', newId(), 'passage', passage)]);
  a.take(b.packets());
  a.commit('memo', [edit('memo', memo, 'text', 'x'), edit('memo', memo, 'target', passage)]);
  c.take(a.packets().map((packet, k) => (k === 3 ? withhold(packet, (change) => change.field === 'text') : packet)));
  c.commit('c', [edit('passage', passage, 'anchor', { start: 4 })]);
  return c;
}

/** Other values for one stored value: every byte flipped, shortened, lengthened. */
function* variants(value: unknown): Generator<SqlValue> {
  if (Buffer.isBuffer(value)) {
    for (let k = 0; k < value.length; k++) {
      const flipped = Buffer.from(value);
      flipped.writeUInt8(flipped.readUInt8(k) ^ (1 << (k % 8)), k);
      yield flipped;
    }
    if (value.length > 0) yield value.subarray(1);
    yield Buffer.concat([value, Buffer.from([0])]);
  } else if (typeof value === 'string') {
    for (let k = 0; k < value.length; k++)
      yield value.slice(0, k) + String.fromCharCode(value.charCodeAt(k) ^ 1) + value.slice(k + 1);
    yield `${value} `;
    if (value.length > 0) yield value.slice(1);
  } else if (typeof value === 'number') {
    for (let k = 0; k < 8; k++) yield value ^ (1 << k);
  } else {
    yield 1;
    yield 'x';
    yield Buffer.from('x');
  }
}

interface Row {
  readonly table: string;
  readonly where: string;
  readonly values: Readonly<Record<string, SqlValue>>;
}
function rowsOf(store: Store): Row[] {
  const tables = store.list<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'local_*' AND name NOT GLOB 'migration_*' AND name NOT GLOB 'sqlite*'",
  );
  return tables.flatMap((table) => {
    const columns = store.list<string>('SELECT name FROM pragma_table_info(?)', table);
    const where = columns.map((column) => `"${column}" IS ?`).join(' AND ');
    return store
      .all<Record<string, SqlValue>>(`SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM ${table}`)
      .map((values) => ({ table, where, values }));
  });
}

/** How many failures all of verification reports. */
const whole = (log: Log): number => verifyDatabase(log).failures.length;

/**
 * The same from the part of verification that should find an alteration of a table, which takes a third of the time; from all of it
 * if that part finds nothing.
 */
const partFor =
  (table: string) =>
  (log: Log): number => {
    const isMadeFromLog = table.startsWith('p_') || table === 'conflict_';
    return (isMadeFromLog ? [...differences(log)].length : verifyCommits(log).failures.length) || whole(log);
  };

/** Runs one alteration, returns how many failures are found, and reverts it. Null if SQLite itself rejects it. */
function altered(
  replica: Replica,
  sql: string,
  params: readonly SqlValue[],
  failuresOf: (log: Log) => number = whole,
): number | null {
  const { store } = replica.log;
  store.exec('SAVEPOINT alteration');
  try {
    store.run(sql, ...params);
    replica.log.forget();
    return failuresOf(replica.log);
  } catch (thrown) {
    if (thrown instanceof Error && /constraint|datatype|cannot store/i.test(thrown.message)) return null;
    throw thrown;
  } finally {
    store.exec('ROLLBACK TO alteration; RELEASE alteration');
    replica.log.forget();
  }
}

/** A blind coder's log: the horizon it begins with, whose parents lie beyond, and a commit built upon it. */
function blindCopy(): Replica {
  const lead = sample();
  const file = place();
  const { log, author } = lead;
  const show = (entity: string): boolean => entity === 'source' || entity === 'category';
  writeAssignment({ log, author, writing: (work) => log.store.transaction(work) }, file, 'For Cem', show);
  lead.close();
  const { replica } = received(file);
  replica.commit('Tag', [edit('tag', newId(), 'passage', newId())]);
  return replica;
}

it.each([
  ['a log', sample, 3000],
  ['a copy for coding blind', blindCopy, 1000],
])('finds every altered byte of every stored row of %s', { timeout: 240_000 }, (_what, make, least) => {
  const replica = make();
  expect(verifyDatabase(replica.log).failures).toEqual([]);
  dropTriggers(replica.log.store);
  const overlooked: string[] = [];
  let found = 0;
  for (const { table, where, values } of rowsOf(replica.log.store)) {
    for (const [column, value] of Object.entries(values)) {
      const sql = `UPDATE ${table} SET "${column}" = ? WHERE ${where}`;
      for (const [n, variant] of [...variants(value)].entries()) {
        const check = n === 0 ? whole : partFor(table);
        const failures = altered(replica, sql, [variant, ...Object.values(values)], check);
        if (failures === 0) overlooked.push(`${table}.${column}: ${String(value)} became ${String(variant)}`);
        else if (failures !== null) found++;
      }
    }
  }
  expect(overlooked).toEqual([]);
  expect(found).toBeGreaterThan(least);
  replica.close();
});

it.each([
  ['a log', sample],
  ['a copy for coding blind', blindCopy],
])('finds every deleted row of %s', (_what, make) => {
  const replica = make();
  dropTriggers(replica.log.store);
  const overlooked: string[] = [];
  for (const { table, where, values } of rowsOf(replica.log.store)) {
    if (altered(replica, `DELETE FROM ${table} WHERE ${where}`, Object.values(values)) === 0)
      overlooked.push(`${table} ${JSON.stringify(values)}`);
  }
  expect(overlooked).toEqual([]);
  replica.close();
});

it('finds a change that no commit has, wherever its number is among theirs', () => {
  const replica = sample();
  const { store } = replica.log;
  dropTriggers(store);
  // In the middle of the log, where no commit has the number.
  store.exec('UPDATE commit_ SET c = c * 10; UPDATE commit_ SET own = own * 10; UPDATE change_ SET c = c * 10');
  store.exec(
    'UPDATE leaf_ SET c = c * 10; UPDATE chain_ SET tip = tip * 10; UPDATE head_ SET c = c * 10; UPDATE conflict_ SET c = c * 10',
  );
  replica.log.forget();
  expect(verifyDatabase(replica.log).failures).toEqual([]);
  const [first, last] = [10, store.value<number>('SELECT max(c) FROM commit_') ?? 0];
  const added = (c: string, i = 1) =>
    altered(
      replica,
      `INSERT INTO change_(c, i, ent, field, value) SELECT ${c}, ${i}, ent, field, value FROM change_ LIMIT 1`,
      [],
    );
  for (const c of ['-9223372036854775808', '0', first + 5, last - 5, last + 1, '9223372036854775807'].map(String))
    expect(added(c), c).toBeGreaterThan(0);
  expect(added(String(first), 99)).toBeGreaterThan(0);
  replica.close();
});

it('says that a log is damaged whose commit has a number that can’t be read, instead of reading it for ever', () => {
  const replica = sample();
  const { store } = replica.log;
  dropTriggers(store);
  const huge = 'UPDATE commit_ SET c = 9007199254740993 WHERE c = (SELECT max(c) FROM commit_)';
  expect(altered(replica, huge, [])).toBeGreaterThan(0);
  replica.close();
});

it('rejects changing or deleting what is in the log', () => {
  const { store } = sample().log;
  const attempts = [
    "UPDATE change_ SET value = '1'",
    'DELETE FROM change_',
    'DELETE FROM commit_',
    "UPDATE commit_ SET sig = x'00'",
    "UPDATE commit_ SET seed = x'00' WHERE seed IS NOT NULL",
    "INSERT OR REPLACE INTO change_ SELECT c, i, ent, field, '1' FROM change_",
    "UPDATE entity_ SET kind = 'tag'",
    'DELETE FROM entity_',
    "UPDATE replica_ SET key = x'00'",
    "UPDATE field_ SET name = 'x'",
    "UPDATE project_ SET id = x'00'",
    'DELETE FROM leaf_',
    "UPDATE leaf_ SET hash = x'00' WHERE hash IS NOT NULL",
    "UPDATE leaf_ SET salt = x'00' WHERE salt IS NOT NULL",
  ];
  for (const sql of attempts) expect(() => store.exec(sql), sql).toThrow(/append-only|constraint/);
  store.close();
});
