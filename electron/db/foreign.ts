import Database from 'better-sqlite3';
import { Fault } from '../../shared/errors.ts';
import { harden } from './connect.ts';
import { guarded } from './faults.ts';
import { idText } from './ids.ts';
import { labelChange, type Body, type Change, type Leaf, type Packet } from './packet.ts';
import { splitHashes } from './packets.ts';
import { APPLICATION_ID, LOG_TABLES } from './schema.ts';
import { Store } from './store.ts';
import type { Incoming } from './types.ts';
import { MAX_VALUE } from './write.ts';

/** Somebody else's database, from which only packets are read. */
export interface ForeignLog extends Incoming {
  /** In its own order. Each call reads from the start. DAMAGED at the first row that no log of ours could hold. */
  packets(): Iterable<Packet>;
}

const MAX_CHANGES = 1 << 20;
const MAX_OTHERS = 65_535 * 32;
const UTF8_WORST = 3;

/**
 * Opens a database from outside. Nothing in it is believed: its tables must be exactly the ones we write (no view,
 * virtual table or generated column in their place), every value is checked for type and size before it is used, and
 * what comes out is only packets, which the log then verifies one by one. Faults: NOT_A_PROJECT, DAMAGED.
 */
export function openForeign(file: string): ForeignLog {
  return guarded(() => {
    const store = new Store(new Database(file, { readonly: true, fileMustExist: true, timeout: 0 }));
    try {
      harden(store.sqlite);
      store.sqlite.pragma('cell_size_check = ON');
      store.sqlite.pragma('query_only = ON');
      if (store.value<unknown>('PRAGMA application_id') !== APPLICATION_ID)
        throw bent('it was not written by Sourcebook');
      assertTables(store);
      const project = bytes(store.value<unknown>('SELECT iif(octet_length(id) = 16, id, NULL) FROM project_'), 16);
      const commits = integer(store.value<unknown>('SELECT count(*) FROM commit_'));
      return {
        project: idText(project),
        commits,
        horizon: null,
        packets: () => read(store, project),
        close: () => store.close(),
      };
    } catch (thrown) {
      store.close();
      throw thrown;
    }
  });
}

function assertTables(store: Store): void {
  for (const [name, sql] of Object.entries(LOG_TABLES)) {
    const found = store.get<{ type: unknown; sql: unknown }>(
      'SELECT type, sql FROM sqlite_schema WHERE name = ?',
      name,
    );
    if (found?.type !== 'table' || found.sql !== sql) throw bent(`its table ${name} is not one of ours`);
  }
}

const sized = (column: string, limit: number): string => `iif(octet_length(${column}) <= ${limit}, ${column}, NULL)`;
const COMMITS =
  `SELECT m.c, m.kind, ${sized('r.id', 16)} AS replica, ${sized('r.key', 32)} AS "key", m.clock, m.wall, m.own, ` +
  `${sized('p.hash', 32)} AS ownHash, m.others IS NULL AS alone, ${sized('m.others', MAX_OTHERS)} AS others, ` +
  `${sized('m.root', 32)} AS root, ${sized('m.sig', 64)} AS sig, m.seed IS NULL AS withheld, ${sized('m.seed', 16)} AS seed, ` +
  `${sized('m.label', MAX_VALUE * UTF8_WORST)} AS label ` +
  'FROM commit_ m LEFT JOIN replica_ r ON r.replica = m.replica LEFT JOIN commit_ p ON p.c = m.own ORDER BY m.c';
const CHANGES =
  `SELECT h.i, ${sized('e.kind', 64)} AS kind, ${sized('e.id', 16)} AS id, ${sized('f.name', 64)} AS name, ` +
  `${sized('h.value', MAX_VALUE * UTF8_WORST)} AS value ` +
  'FROM change_ h LEFT JOIN entity_ e ON e.ent = h.ent LEFT JOIN field_ f ON f.field = h.field WHERE h.c = ? ORDER BY h.i';
const LEAVES = `SELECT i, ${sized('salt', 16)} AS salt, ${sized('hash', 32)} AS hash FROM leaf_ WHERE c = ? ORDER BY i`;

type Raw = Readonly<Record<string, unknown>>;

function* read(store: Store, project: Buffer): Generator<Packet> {
  const rows = store.iterate<Raw>(COMMITS);
  for (;;) {
    // Only SQLite is guarded here: what the reader of the packets throws is its own.
    const next = guarded(() => rows.next());
    if (next.done === true) return;
    yield guarded(() => packetOf(store, project, next.value));
  }
}

function packetOf(store: Store, project: Buffer, row: Raw): Packet {
  const c = integer(row['c']);
  const others = row['alone'] === 1 ? Buffer.alloc(0) : bytes(row['others']);
  if (others.length % 32 !== 0) throw bent(`commit ${c} names its parents wrongly`);
  return {
    header: {
      kind: integer(row['kind']),
      project,
      replica: bytes(row['replica'], 16),
      key: bytes(row['key'], 32),
      clock: integer(row['clock']),
      wall: integer(row['wall']),
      own: row['own'] === null ? null : bytes(row['ownHash'], 32),
      others: splitHashes(others),
      root: bytes(row['root'], 32),
    },
    sig: bytes(row['sig'], 64),
    body:
      row['withheld'] === 1
        ? leavesOf(store, c, row['label'])
        : {
            seed: bytes(row['seed'], 16),
            label: text(row['label']),
            changes: changesOf(store, c).map(([, change]) => change),
          },
  };
}

function changesOf(store: Store, c: number): (readonly [number, Change])[] {
  if (integer(store.value<unknown>('SELECT count(*) FROM change_ WHERE c = ?', c)) > MAX_CHANGES)
    throw bent(`commit ${c} is too large`);
  return store
    .all<Raw>(CHANGES, c)
    .map((row) => [
      integer(row['i']),
      { entity: text(row['kind']), id: bytes(row['id'], 16), field: text(row['name']), value: text(row['value']) },
    ]);
}

function leavesOf(store: Store, c: number, label: unknown): Body | null {
  if (integer(store.value<unknown>('SELECT count(*) FROM leaf_ WHERE c = ?', c)) > MAX_CHANGES * 2)
    throw bent(`commit ${c} is too large`);
  const rows = store.all<Raw>(LEAVES, c);
  if (rows.length === 0) return null;
  const changes = new Map(changesOf(store, c));
  const leaves = rows.map((row): Leaf => {
    const i = integer(row['i']);
    if (row['salt'] === null) return { hash: bytes(row['hash'], 32) };
    const change = i === 0 ? labelChange(text(label)) : changes.get(i);
    if (change === undefined) throw bent(`commit ${c} lacks a change`);
    return { salt: bytes(row['salt'], 16), change };
  });
  return { leaves };
}

function bytes(value: unknown, length?: number): Buffer {
  if (!Buffer.isBuffer(value) || (length !== undefined && value.length !== length))
    throw bent('a value in it has the wrong form');
  return value;
}
function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw bent('a number in it has the wrong form');
  return value;
}
function text(value: unknown): string {
  if (typeof value !== 'string') throw bent('a text in it has the wrong form');
  return value;
}

const bent = (why: string): Fault =>
  new Fault('DAMAGED', `The database in this file cannot be used: ${why}. Ask whoever sent it for a new copy.`, {
    detail: why,
  });
