import type { Place } from '../../../shared/changes/fold.ts';
import { type Body, type Change, isBeginning, labelChange, type Leaf, type Packet, readBeyond } from './packet.ts';
import { damaged } from '../faults.ts';
import type { Log } from './log.ts';

interface StoredCommit {
  c: number;
  hash: Buffer;
  kind: number;
  replica: Buffer | null;
  key: Buffer | null;
  clock: number;
  wall: number;
  own: number | null;
  ownHash: Buffer | null;
  others: Buffer | null;
  root: Buffer;
  sig: Buffer;
  seed: Buffer | null;
  label: string | null;
  chain: number;
  seq: number;
  vv: number;
  replicaNumber: number;
  first: number;
}
/** `c`, `i`, record, field, value. */
type StoredChange = readonly [c: number, i: number, ent: number, field: number, value: string];
type StoredLeaf = readonly [c: number, i: number, salt: Buffer | null, hash: Buffer | null];

const COMMITS =
  'SELECT m.c, m.hash, m.kind, r.id AS replica, r.key, m.clock, m.wall, m.own, p.hash AS ownHash, m.others, m.root, m.sig, m.seed, m.label, m.chain, m.seq, m.vv, m.replica AS replicaNumber, (SELECT min(c) FROM commit_) AS first ' +
  'FROM commit_ m LEFT JOIN replica_ r ON r.replica = m.replica LEFT JOIN commit_ p ON p.c = m.own';
const CHANGES = 'SELECT c, i, ent, field, value FROM change_ WHERE c BETWEEN ? AND ? ORDER BY c, i';
const LEAVES = 'SELECT c, i, salt, hash FROM leaf_ WHERE c BETWEEN ? AND ? ORDER BY c, i';
/**
 * Commits read at once: a query for each would take as long as all the hashing. Fewer while they are large, since their rows are
 * in memory together.
 */
const AT_ONCE = 128;
const MOST_ROWS = 1024;

// As text: a blob is an allocation that only the garbage collector frees.
const RECORDS = `SELECT ent, kind, hex(id) FROM entity_ WHERE ent >= ? ORDER BY ent LIMIT ${AT_ONCE}`;

export interface StoredPacket extends Packet {
  readonly c: number;
  /** As stored; it may have been altered. */
  readonly hash: Buffer;
  /** The local number of its own parent, and of its replica. */
  readonly own: number | null;
  readonly replica: number;
  readonly place: Place;
}

/** One commit of our own log as a packet. For what a damaged log lacks it has bytes that match no hash. */
export function readPacket(log: Log, c: number): StoredPacket {
  const row = log.store.get<StoredCommit>(`${COMMITS} WHERE m.c = ?`, c);
  if (row === undefined) throw new RangeError(`There is no commit ${c}`);
  return new Bodies(log).packet(row, c, c);
}

/** Changes that were read with the commits of a log. */
export interface ChangesRead {
  /** Every row of `change_` up to the last commit, also those that no commit has. */
  all: number;
  /** Those of whole commits that count from 1 without a gap, each of a field of its record's kind. */
  inPlace: number;
}

/** The changes of the first commit are read from here on. Numbers below it are no local numbers of ours. */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** All commits in the order in which they arrived: every parent before its children. `read` counts their changes. */
export function* exportPackets(log: Log, read: ChangesRead = { all: 0, inPlace: 0 }): Generator<StoredPacket> {
  const bodies = new Bodies(log);
  let after = BEFORE_ALL;
  let commits = 8;
  for (;;) {
    const rows = log.store.all<StoredCommit>(`${COMMITS} WHERE m.c > ? ORDER BY m.c LIMIT ?`, after, commits);
    const last = rows.at(-1);
    if (last === undefined) {
      read.inPlace = bodies.inPlace;
      return;
    }
    // Read as a number it isn’t itself, so the same commit would come again for ever.
    if (!Number.isSafeInteger(last.c)) throw damaged('a commit has a number that can’t be read');
    // From the last commit on, so that changes of commits that are missing between are read and counted, too.
    for (const row of rows) yield bodies.packet(row, after + 1, last.c);
    read.all += bodies.rows;
    after = last.c;
    const isMuch = bodies.rows > MOST_ROWS;
    commits = isMuch ? Math.max(1, commits >> 1) : Math.min(AT_ONCE, commits * 2);
  }
}

/** Changes and leaves, read for many commits at once. */
class Bodies {
  private readonly log: Log;
  private readonly changeRows: RowsByCommit<StoredChange>;
  private readonly leafRows: RowsByCommit<StoredLeaf>;
  private readonly records = new Map<number, Pick<Change, 'entity' | 'id'>>();
  private highest = 0;
  /** See {@link ChangesRead}. */
  inPlace = 0;

  constructor(log: Log) {
    this.log = log;
    this.changeRows = new RowsByCommit(log, CHANGES);
    this.leafRows = new RowsByCommit(log, LEAVES);
  }

  /** How many changes were read last. */
  get rows(): number {
    return this.changeRows.size;
  }

  packet(row: StoredCommit, from: number, to: number): StoredPacket {
    return packetOf(this.log, row, this.body(row, from, to));
  }

  private body({ c, seed, label }: StoredCommit, from: number, to: number): Body | null {
    const rows = this.changeRows.of(c, from, to);
    if (seed !== null) {
      const changes = rows.map((one) => this.change(one));
      if (this.areInPlace(rows, changes)) this.inPlace += rows.length;
      return { seed, label: label ?? '', changes };
    }
    const leaves = this.leafRows.of(c, from, to);
    if (leaves.length === 0) return null;
    const changes = new Map(rows.map((one) => [one[1], this.change(one)]));
    return {
      leaves: leaves.map(([, i, salt, hash]): Leaf => {
        if (salt === null) return { hash: hash ?? Buffer.alloc(32) };
        return { salt, change: i === 0 ? labelChange(label ?? '') : (changes.get(i) ?? NO_CHANGE) };
      }),
    };
  }

  private areInPlace(rows: readonly StoredChange[], changes: readonly Change[]): boolean {
    return rows.every(
      ([, i, , field], at) => i === at + 1 && this.log.fieldName(field)?.entity === changes[at]?.entity,
    );
  }

  private change([, , ent, field, value]: StoredChange): Change {
    const { entity, id } = this.record(ent);
    return { entity, id, field: this.log.fieldName(field)?.name ?? '?', value };
  }

  private record(ent: number): Pick<Change, 'entity' | 'id'> {
    const known = this.records.get(ent);
    if (known !== undefined) return known;
    if (this.records.size >= KEPT) this.records.clear();
    // Records are numbered in the order they come, so after a new record others are new too.
    if (ent > this.highest)
      for (const [next, kind, id] of this.log.store.allRaw<[number, string, string]>(RECORDS, ent))
        this.keep(next, kind, Buffer.from(id, 'hex'));
    const read = this.records.get(ent);
    if (read !== undefined) return read;
    const found = this.log.record(ent);
    return this.keep(ent, found?.kind ?? '?', found?.id ?? NO_ID);
  }

  private keep(ent: number, entity: string, id: Buffer): Pick<Change, 'entity' | 'id'> {
    const record = { entity, id };
    this.records.set(ent, record);
    this.highest = Math.max(this.highest, ent);
    return record;
  }
}

/** Records kept in memory: those asked for again are mostly recent. */
const KEPT = 20_000;

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

const NO_ID = Buffer.alloc(16);
const NO_CHANGE: Change = { entity: '?', id: NO_ID, field: '?', value: '' };

function packetOf(log: Log, row: StoredCommit, body: Body | null): StoredPacket {
  const { c, hash, kind, clock, wall, root, sig } = row;
  const header = {
    kind,
    project: log.project,
    replica: row.replica ?? Buffer.alloc(16),
    key: row.key ?? Buffer.alloc(32),
    clock,
    wall,
    ...parentsOf(row),
    root,
  };
  const place = { chain: row.chain, seq: row.seq, vv: row.vv };
  return { c, hash, header, sig, body, own: row.own, replica: row.replicaNumber, place };
}

function parentsOf({ c, kind, own, ownHash, others, first }: StoredCommit) {
  const hashes = splitHashes(others);
  if (isBeginning(kind, c, first)) return readBeyond(hashes);
  return { own: own === null ? null : (ownHash ?? Buffer.alloc(32, 255)), others: hashes };
}

export function splitHashes(bytes: Buffer | null): Buffer[] {
  const out: Buffer[] = [];
  for (let o = 0; bytes !== null && o < bytes.length; o += 32) out.push(bytes.subarray(o, o + 32));
  return out;
}
