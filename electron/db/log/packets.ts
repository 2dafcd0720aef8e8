import type { Place } from '../../../shared/changes/fold.ts';
import {
  type Body,
  type Change,
  type Header,
  isBeginning,
  labelChange,
  type Leaf,
  type Packet,
  readBeyond,
} from './packet.ts';
import { damaged } from '../faults.ts';
import type { Log } from './log.ts';
import { RecentBytes } from './recent.ts';

/** A row of a commit, in the order of {@link COMMITS}. Bytes are in hexadecimal. */
type StoredCommit = readonly [
  c: number,
  hash: string,
  kind: number,
  replica: number,
  clock: number,
  wall: number,
  own: number | null,
  others: Buffer | null,
  root: string,
  sig: string,
  seed: string | null,
  label: string | null,
  chain: number,
  seq: number,
  vv: number,
  first: number,
];
/** `c`, `i`, record, field, value. */
type StoredChange = readonly [c: number, i: number, ent: number, field: number, value: string];
type StoredLeaf = readonly [c: number, i: number, salt: Buffer | null, hash: Buffer | null];

// Bytes as text: a blob is an allocation that only the garbage collector frees.
const COMMITS = `SELECT m.c, hex(m.hash), m.kind, m.replica, m.clock, m.wall, m.own, m.others, hex(m.root), hex(m.sig),
    iif(m.seed IS NULL, NULL, hex(m.seed)), m.label, m.chain, m.seq, m.vv, (SELECT min(c) FROM commit_) FROM commit_ m`;
const REPLICA = 'SELECT id, "key" FROM replica_ WHERE replica = ?';
const HASH = 'SELECT hash FROM commit_ WHERE c = ?';
const CHANGES = 'SELECT c, i, ent, field, value FROM change_ WHERE c BETWEEN ? AND ? ORDER BY c, i';
const LEAVES = 'SELECT c, i, salt, hash FROM leaf_ WHERE c BETWEEN ? AND ? ORDER BY c, i';
/**
 * How many commits are read at once: a query for each would take as long as all the hashing. Large commits are read fewer at a time, since
 * their rows are in memory together.
 */
const AT_ONCE = 128;
const MOST_ROWS = 1024;

const RECORDS = `SELECT ent, kind, hex(id) FROM entity_ WHERE ent >= ? ORDER BY ent LIMIT ${AT_ONCE}`;

const ID = 16;
const NO_ID = Buffer.alloc(ID);
const NO_CHANGE: Change = { entity: '?', id: NO_ID, field: '?', value: '' };
const HASH_BYTES = 32;
/** How many hashes of commits are kept in memory. */
const PARENTS = 256;

export interface StoredPacket extends Packet {
  readonly c: number;
  /** The hash as it is stored; it may have been altered. */
  readonly hash: Buffer;
  /** The local number of its own parent, and of its replica. */
  readonly own: number | null;
  readonly replica: number;
  readonly place: Place;
}

/** Reads one commit of our own log as a packet. What a damaged log lacks is replaced by bytes that match no hash. */
export function readPacket(log: Log, c: number): StoredPacket {
  const [row] = log.store.allRaw<StoredCommit>(`${COMMITS} WHERE m.c = ?`, c);
  if (row === undefined) throw new RangeError(`There is no commit ${c}`);
  return new Bodies(log).packet(row, c, c);
}

/** Counts of the changes that were read with the commits of a log. */
export interface ChangesRead {
  /** All rows of `change_` up to the last commit, also those that belong to no commit. */
  all: number;
  /** Rows that belong to a whole commit, are numbered from 1 without a gap, and set a field of their record's kind. */
  inPlace: number;
}

/** A number below every local number of ours: the changes of the first commit are read from here on. */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** All commits in the order in which they arrived: every parent before its children. `read` counts their changes. */
export function* exportPackets(log: Log, read: ChangesRead = { all: 0, inPlace: 0 }): Generator<StoredPacket> {
  const bodies = new Bodies(log);
  let after = BEFORE_ALL;
  let commits = 8;
  for (;;) {
    const rows = log.store.allRaw<StoredCommit>(`${COMMITS} WHERE m.c > ? ORDER BY m.c LIMIT ?`, after, commits);
    const last = rows.at(-1)?.[0];
    if (last === undefined) {
      read.inPlace = bodies.inPlace;
      return;
    }
    // Read as a number it would not be itself, so the same commit would come again for ever.
    if (!Number.isSafeInteger(last)) throw damaged('a commit has a number that can’t be read');
    // From the last commit on, so that changes of commits that are missing between are read and counted, too.
    for (const row of rows) yield bodies.packet(row, after + 1, last);
    read.all += bodies.rows;
    after = last;
    const isMuch = bodies.rows > MOST_ROWS;
    commits = isMuch ? Math.max(1, commits >> 1) : Math.min(AT_ONCE, commits * 2);
  }
}

/** Commits with their changes and leaves, which are read for many at once. */
class Bodies {
  private readonly log: Log;
  private readonly changeRows: RowsByCommit<StoredChange>;
  private readonly leafRows: RowsByCommit<StoredLeaf>;
  private readonly records: Records;
  private readonly replicas = new Map<number, Pick<Header, 'replica' | 'key'>>();
  /** Hashes of the commits read last: most commits are the parent of one that follows. */
  private readonly hashes = new RecentBytes(HASH_BYTES, PARENTS);
  /** See {@link ChangesRead}. */
  inPlace = 0;

  constructor(log: Log) {
    this.log = log;
    this.changeRows = new RowsByCommit(log, CHANGES);
    this.leafRows = new RowsByCommit(log, LEAVES);
    this.records = new Records(log);
  }

  /** How many changes were read last. */
  get rows(): number {
    return this.changeRows.size;
  }

  packet(row: StoredCommit, from: number, to: number): StoredPacket {
    const [c, hash, kind, number, clock, wall, own, others, root, sig, seed, label, chain, seq, vv, first] = row;
    const header = {
      kind,
      project: this.log.project,
      ...this.replica(number),
      clock,
      wall,
      ...this.parents(splitHashes(others), own, isBeginning(kind, c, first)),
      root: Buffer.from(root, 'hex'),
    };
    const stored = Buffer.from(hash, 'hex');
    if (stored.length === HASH_BYTES) this.hashes.set(c, stored);
    const body = this.body(c, seed === null ? null : Buffer.from(seed, 'hex'), label ?? '', from, to);
    const place = { chain, seq, vv };
    return { c, hash: stored, header, sig: Buffer.from(sig, 'hex'), body, own, replica: number, place };
  }

  private parents(hashes: readonly Buffer[], own: number | null, begins: boolean): Pick<Header, 'own' | 'others'> {
    if (begins) return readBeyond(hashes);
    return { own: own === null ? null : this.hashOf(own), others: hashes };
  }

  private hashOf(c: number): Buffer {
    return this.hashes.get(c) ?? this.log.store.value<Buffer>(HASH, c) ?? Buffer.alloc(HASH_BYTES, 255);
  }

  private replica(number: number): Pick<Header, 'replica' | 'key'> {
    const known = this.replicas.get(number);
    if (known !== undefined) return known;
    const row = this.log.store.get<{ id: Buffer; key: Buffer }>(REPLICA, number);
    const read = { replica: row?.id ?? NO_ID, key: row?.key ?? Buffer.alloc(32) };
    this.replicas.set(number, read);
    return read;
  }

  private body(c: number, seed: Buffer | null, label: string, from: number, to: number): Body | null {
    const rows = this.changeRows.of(c, from, to);
    if (seed !== null) {
      const changes = rows.map((one) => this.change(one));
      if (this.areInPlace(rows, changes)) this.inPlace += rows.length;
      return { seed, label, changes };
    }
    const leaves = this.leafRows.of(c, from, to);
    if (leaves.length === 0) return null;
    const changes = new Map(rows.map((one) => [one[1], this.change(one)]));
    return {
      leaves: leaves.map(([, i, salt, hash]): Leaf => {
        if (salt === null) return { hash: hash ?? Buffer.alloc(32) };
        return { salt, change: i === 0 ? labelChange(label) : (changes.get(i) ?? NO_CHANGE) };
      }),
    };
  }

  private areInPlace(rows: readonly StoredChange[], changes: readonly Change[]): boolean {
    return rows.every(
      ([, i, , field], at) => i === at + 1 && this.log.fieldName(field)?.entity === changes[at]?.entity,
    );
  }

  private change([, , ent, field, value]: StoredChange): Change {
    const { entity, id } = this.records.get(ent);
    return { entity, id, field: this.log.fieldName(field)?.name ?? '?', value };
  }
}

type RecordName = Pick<Change, 'entity' | 'id'>;

/** Records with a number below this one are cached, in 18 bytes each. */
const MOST_KEPT = 1 << 20;
const MOST_KINDS = 65_535;

/**
 * Caches the kinds and ids of records by number. A tenth of a log’s changes are of old records in no order, which was slow as single reads.
 * Bytes in one buffer: 20,000 objects lived just long enough to be costly to collect.
 */
class Records {
  private readonly log: Log;
  private ids = Buffer.alloc(AT_ONCE * ID);
  /** By record number: 0 if the record is not cached, otherwise the place of its kind, counted from 1. */
  private kindOf = new Uint16Array(AT_ONCE);
  private readonly kinds: string[] = [];
  private readonly placeOf = new Map<string, number>();
  private highest = 0;
  /** Most changes are of the same record as the change before. */
  private last: { readonly ent: number; readonly name: RecordName } | null = null;

  constructor(log: Log) {
    this.log = log;
  }

  /** For a record that a damaged log lacks, a name that matches no hash. */
  get(ent: number): RecordName {
    if (this.last?.ent === ent) return this.last.name;
    const name = this.kept(ent) ?? this.read(ent);
    this.last = { ent, name };
    return name;
  }

  private kept(ent: number): RecordName | null {
    const entity = this.kinds[(this.kindOf[ent] ?? 0) - 1];
    return entity === undefined ? null : { entity, id: this.ids.subarray(ent * ID, ent * ID + ID) };
  }

  private read(ent: number): RecordName {
    // Records are numbered in the order they come, so after a new record others are new too.
    if (ent > this.highest) {
      for (const [next, kind, id] of this.log.store.allRaw<[number, string, string]>(RECORDS, ent))
        this.keep(next, kind, id);
      const read = this.kept(ent);
      if (read !== null) return read;
    }
    const found = this.log.record(ent);
    if (found === null) return { entity: '?', id: NO_ID };
    this.keep(ent, found.kind, found.id.toString('hex'));
    return { entity: found.kind, id: found.id };
  }

  private keep(ent: number, kind: string, id: string): void {
    this.highest = Math.max(this.highest, ent);
    if (ent < 0 || ent >= MOST_KEPT || id.length !== ID * 2) return;
    let place = this.placeOf.get(kind);
    if (place === undefined) {
      if (this.kinds.length === MOST_KINDS) return;
      place = this.kinds.push(kind);
      this.placeOf.set(kind, place);
    }
    if (ent >= this.kindOf.length) this.grow(ent);
    this.kindOf[ent] = place;
    this.ids.write(id, ent * ID, ID, 'hex');
  }

  private grow(ent: number): void {
    let length = this.kindOf.length;
    while (length <= ent) length *= 2;
    const [ids, kinds] = [Buffer.alloc(length * ID), new Uint16Array(length)];
    ids.set(this.ids);
    kinds.set(this.kindOf);
    [this.ids, this.kindOf] = [ids, kinds];
  }
}

/** Rows of one table by commit, in the order of commits. */
class RowsByCommit<Row extends StoredChange | StoredLeaf> {
  private readonly log: Log;
  private readonly sql: string;
  private rows: readonly Row[] = [];
  private at = 0;
  private to = Number.MIN_SAFE_INTEGER;

  constructor(log: Log, sql: string) {
    this.log = log;
    this.sql = sql;
  }

  get size(): number {
    return this.rows.length;
  }

  /** The rows of commit `c`; those of `from` to `to` are read when first asked for. */
  of(c: number, from: number, to: number): Row[] {
    if (to !== this.to) {
      this.rows = this.log.store.allRaw<Row>(this.sql, from, to);
      this.at = 0;
      this.to = to;
    }
    while ((this.rows[this.at]?.[0] ?? c) < c) this.at++;
    const start = this.at;
    while (this.rows[this.at]?.[0] === c) this.at++;
    return this.rows.slice(start, this.at);
  }
}

export function splitHashes(bytes: Buffer | null): Buffer[] {
  const out: Buffer[] = [];
  for (let o = 0; bytes !== null && o < bytes.length; o += 32) out.push(bytes.subarray(o, o + 32));
  return out;
}
