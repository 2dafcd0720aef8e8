import type { CommitHash } from '../../../shared/model/index.ts';
import { guarded } from '../faults.ts';
import {
  type ChangeRow,
  CommitStream,
  MAX_CHANGES,
  MAX_OTHERS,
  MAX_TEXT,
  type StreamedCommit,
} from './incoming-stream.ts';
import { damaged, bytes, hexadecimal, hexed, integer, sized, text, unhexed } from './incoming-values.ts';
import {
  type Body,
  type Change,
  type Header,
  HORIZON,
  isBeginning,
  labelChange,
  type Leaf,
  type Packet,
  readBeyond,
} from '../log/packet.ts';
import { splitHashes } from '../log/packets.ts';
import type { Store } from '../file/store.ts';

const VALUE = sized('h.value', MAX_TEXT);
const COMMIT =
  `SELECT m.c, ${sized('m.hash', 32)} AS hash, m.kind, ${sized('r.id', 16)} AS replica, ${sized('r.key', 32)} AS "key", m.clock, m.wall, m.own, ` +
  `${sized('p.hash', 32)} AS ownHash, m.others IS NULL AS alone, ${sized('m.others', MAX_OTHERS)} AS others, ` +
  `${sized('m.root', 32)} AS root, ${sized('m.sig', 64)} AS sig, m.seed IS NULL AS withheld, ${sized('m.seed', 16)} AS seed, ` +
  `${sized('m.label', MAX_TEXT)} AS label, (SELECT min(c) FROM commit_) AS first ` +
  'FROM commit_ m LEFT JOIN replica_ r ON r.replica = m.replica LEFT JOIN commit_ p ON p.c = m.own';
const CHANGES =
  `SELECT h.i, ${sized('e.kind', 64)} AS kind, ${sized('e.id', 16)} AS id, ${sized('f.name', 64)} AS name, ${VALUE} AS value ` +
  'FROM change_ h LEFT JOIN entity_ e ON e.ent = h.ent LEFT JOIN field_ f ON f.field = h.field WHERE h.c = ? ORDER BY h.i';
const LEAVES = `SELECT i, ${sized('salt', 16)} AS salt, ${sized('hash', 32)} AS hash FROM leaf_ WHERE c = ? ORDER BY i`;

type Raw = Readonly<Record<string, unknown>>;

/** A commit in the list of all. */
interface Listed {
  readonly c: number;
  /** In hexadecimal, lower case. */
  readonly hash: string;
  readonly kind: number;
  readonly withheld: boolean;
}
/** How many commits are listed with one statement. */
const LISTED = 256;
const LIST = `SELECT c, lower(${hexed('hash', 32)}), kind, seed IS NULL FROM commit_ WHERE c >= ? ORDER BY c LIMIT ${LISTED}`;
/** The least number that SQLite has, so that no row of a database from outside is skipped. */
const LEAST = -(2n ** 63n);
/** Records whose numbers fall in one block of this size are read together. */
const BLOCK = 64;
const BLOCK_OF_RECORDS = `SELECT ent, ${sized('kind', 64)}, ${hexed('id', 16)} FROM entity_ WHERE ent BETWEEN ? AND ? ORDER BY ent`;

/** The rows of an incoming log. The type and size of each value is checked before it is used: DAMAGED. */
export class IncomingRows {
  readonly project: Buffer;
  private readonly store: Store;
  private readonly kept = new RecentRecords();
  private readonly fields = new Map<number, string>();

  constructor(store: Store) {
    this.store = store;
    this.project = bytes(store.value<unknown>('SELECT iif(octet_length(id) = 16, id, NULL) FROM project_'), 16);
  }

  count(): number {
    return integer(this.store.value<unknown>('SELECT count(*) FROM commit_'));
  }
  /** The commit that a blind copy says it begins with; null for any other log. */
  horizon(): CommitHash | null {
    const row = this.store.get<Raw>('SELECT kind, hash FROM commit_ WHERE c = (SELECT min(c) FROM commit_)');
    if (row === undefined || row['kind'] !== HORIZON) return null;
    return bytes(row['hash'], 32).toString('hex') as CommitHash;
  }

  /** Streams all commits in the order of their numbers, several at once. */
  *list(): Generator<readonly Listed[]> {
    for (let from = LEAST; ;) {
      const rows = guarded(() => this.store.allRaw(LIST, from));
      yield rows.map(([c, hex, kind, withheld]) => {
        return { c: integer(c), hash: hexadecimal(hex, 32), kind: integer(kind), withheld: withheld === 1 };
      });
      if (rows.length < LISTED) return;
      from = BigInt(integer(rows.at(-1)?.[0])) + 1n;
    }
  }

  *packets(): Generator<Packet> {
    const rows = this.store.iterate<Raw>(`${COMMIT} ORDER BY m.c`);
    for (const row of guardedRows(rows)) yield guarded(() => this.packetOf(row));
  }
  packet(c: number): Packet {
    return guarded(() => {
      const row = this.store.get<Raw>(`${COMMIT} WHERE m.c = ?`, c);
      if (row === undefined) throw damaged(`it lacks commit ${c}`);
      return this.packetOf(row);
    });
  }

  /** The commits with these numbers, rising: ordinary ones with whole bodies. */
  *stream(wanted: Iterable<number>): Generator<StreamedCommit> {
    let stream: CommitStream | null = null;
    for (const c of wanted) {
      const from = (stream ??= new CommitStream(this.store, this.project, c));
      yield guarded(() => from.read(c));
    }
  }

  /**
   * A record's kind and id. New records are asked for in the order of their numbers. Old records are asked for in no order, so they are read
   * by blocks: in a large merge most of each block is needed sooner or later, and reading 40,000 old records one by one took a second.
   */
  record(ent: number): RecordName {
    const known = this.kept.get(ent);
    if (known !== null) return known;
    const from = Math.floor(ent / BLOCK) * BLOCK;
    let record: RecordName | null = null;
    for (const [number, kind, id] of this.store.allRaw(BLOCK_OF_RECORDS, from, from + BLOCK - 1)) {
      if (number !== ent && !isNamed(number, kind, id)) continue;
      const one = integer(number);
      const named = new RecordName(text(kind), hexadecimal(id, ID));
      this.kept.set(one, named);
      if (one === ent) record = named;
    }
    if (record === null) throw damaged(`it lacks record ${ent}`);
    return record;
  }
  /** The records after `ent`, in the order of their numbers. */
  recordsAfter(ent: number, most: number): { readonly ent: number; readonly kind: string; readonly id: Buffer }[] {
    const sql = `SELECT ent, ${sized('kind', 64)}, ${hexed('id', 16)} FROM entity_ WHERE ent > ? ORDER BY ent LIMIT ?`;
    return this.store
      .allRaw(sql, ent, most)
      .map(([number, kind, id]) => ({ ent: integer(number), kind: text(kind), id: unhexed(id, ID) }));
  }
  /** The number of a record; null if the log has no such record. */
  numberOf(kind: string, id: Buffer): number | null {
    const found = this.store.value<unknown>('SELECT ent FROM entity_ WHERE id = ? AND kind = ?', id, kind);
    return found === undefined ? null : integer(found);
  }
  keyOf(replica: number): Buffer {
    return bytes(this.store.value<unknown>(`SELECT ${sized('key', 32)} FROM replica_ WHERE replica = ?`, replica), 32);
  }
  /** Unchecked rows: the caller checks each value. */
  raw(sql: string, ...params: number[]): unknown[][] {
    return this.store.allRaw(sql, ...params);
  }
  field(field: number): string {
    const known = this.fields.get(field);
    if (known !== undefined) return known;
    const name = text(this.store.value<unknown>(`SELECT ${sized('name', 64)} FROM field_ WHERE field = ?`, field));
    this.fields.set(field, name);
    return name;
  }
  changeOf([, , ent, field, value]: ChangeRow): Change {
    const { kind, id } = this.record(ent);
    return { entity: kind, id, field: this.field(field), value };
  }

  private headerOf(row: Raw): Header {
    const c = integer(row['c']);
    const kind = integer(row['kind']);
    const others = row['alone'] === 1 ? Buffer.alloc(0) : bytes(row['others']);
    if (others.length % 32 !== 0) throw damaged(`commit ${c} names its parents wrongly`);
    const hashes = splitHashes(others);
    const parents = isBeginning(kind, c, integer(row['first']))
      ? readBeyond(hashes)
      : { own: row['own'] === null ? null : bytes(row['ownHash'], 32), others: hashes };
    return {
      kind,
      project: this.project,
      replica: bytes(row['replica'], 16),
      key: bytes(row['key'], 32),
      clock: integer(row['clock']),
      wall: integer(row['wall']),
      ...parents,
      root: bytes(row['root'], 32),
    };
  }

  private packetOf(row: Raw): Packet {
    const c = integer(row['c']);
    const whole = (): Body => ({
      seed: bytes(row['seed'], 16),
      label: text(row['label']),
      changes: this.changesOf(c).map(([, change]) => change),
    });
    const body = row['withheld'] === 1 ? this.leavesOf(c, row['label']) : whole();
    return { header: this.headerOf(row), sig: bytes(row['sig'], 64), body };
  }

  private changesOf(c: number): (readonly [number, Change])[] {
    if (integer(this.store.value<unknown>('SELECT count(*) FROM change_ WHERE c = ?', c)) > MAX_CHANGES)
      throw damaged(`commit ${c} is too large`);
    return this.store
      .all<Raw>(CHANGES, c)
      .map((row) => [
        integer(row['i']),
        { entity: text(row['kind']), id: bytes(row['id'], 16), field: text(row['name']), value: text(row['value']) },
      ]);
  }

  private leavesOf(c: number, label: unknown): Body | null {
    if (integer(this.store.value<unknown>('SELECT count(*) FROM leaf_ WHERE c = ?', c)) > MAX_CHANGES * 2)
      throw damaged(`commit ${c} is too large`);
    const rows = this.store.all<Raw>(LEAVES, c);
    if (rows.length === 0) return null;
    const changes = new Map(this.changesOf(c));
    const leaves = rows.map((row): Leaf => {
      const i = integer(row['i']);
      if (row['salt'] === null) return { hash: bytes(row['hash'], 32) };
      const change = i === 0 ? labelChange(text(label)) : changes.get(i);
      if (change === undefined) throw damaged(`commit ${c} lacks a change`);
      return { salt: bytes(row['salt'], 16), change };
    });
    return { leaves };
  }
}

/** Whether a record that was read along with its block can be cached. An invalid record is an error only if it is asked for. */
const isNamed = (number: unknown, kind: unknown, id: unknown): boolean =>
  Number.isSafeInteger(number) && typeof kind === 'string' && typeof id === 'string' && id.length === ID * 2;

function* guardedRows(rows: IterableIterator<Raw>): Generator<Raw> {
  try {
    for (;;) {
      // Only SQLite's errors become faults here, not those of the code that reads the rows.
      const next = guarded(() => rows.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A statement that is not finished keeps its database open.
    rows.return?.();
  }
}

const ID = 16;

/** A record by kind and id. */
export class RecordName {
  readonly kind: string;
  /** Its id in hexadecimal, in either case. */
  readonly hex: string;
  private bytes: Buffer | null = null;

  constructor(kind: string, hex: string) {
    this.kind = kind;
    this.hex = hex;
  }

  /** The id's bytes, made when first asked for: for a new record the merging thread needs only the text. */
  get id(): Buffer {
    return (this.bytes ??= Buffer.from(this.hex, 'hex'));
  }
}

/** How many old records are cached: 1 MB in one buffer, enough for those of most merges. */
const MOST_RECORDS = 65_536;
/**
 * How many kinds of record are cached. Sourcebook has some twenty; if a log invents more than two bytes can number, records of the rest are
 * not cached.
 */
const MOST_KINDS = 65_536;

/** The records that were read last, by number. Their ids are bytes in one buffer, for the same reason as in {@link RecentBytes}. */
export class RecentRecords {
  private readonly keys = new Float64Array(MOST_RECORDS).fill(Number.NaN);
  private readonly ids = Buffer.alloc(MOST_RECORDS * ID);
  private readonly kindOf = new Uint16Array(MOST_RECORDS);
  private readonly kinds: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** Most changes are of the same record as the change before. */
  private last: { readonly ent: number; readonly name: RecordName } | null = null;

  get(ent: number): RecordName | null {
    if (this.last?.ent === ent) return this.last.name;
    const slot = Math.abs(ent) % MOST_RECORDS;
    if (this.keys[slot] !== ent) return null;
    const name = new RecordName(
      this.kinds[this.kindOf[slot] ?? 0] ?? '',
      this.ids.toString('hex', slot * ID, slot * ID + ID),
    );
    this.last = { ent, name };
    return name;
  }
  /** Overwrites the record in the same slot. */
  set(ent: number, { kind, hex }: RecordName): void {
    let number = this.numbers.get(kind);
    if (number === undefined) {
      number = this.kinds.length;
      if (number === MOST_KINDS) return;
      this.kinds.push(kind);
      this.numbers.set(kind, number);
    }
    const slot = Math.abs(ent) % MOST_RECORDS;
    this.keys[slot] = ent;
    this.kindOf[slot] = number;
    this.ids.write(hex, slot * ID, ID, 'hex');
  }
}
