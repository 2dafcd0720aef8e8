import type { Place } from '../../shared/changes/fold.ts';
import { isBeginning, readBeyond } from './horizon.ts';
import { labelChange, type Body, type Change, type Leaf, type Packet } from './packet.ts';
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
interface StoredChange {
  i: number;
  kind: string | null;
  id: Buffer | null;
  field: number;
  value: string;
}

const COMMITS =
  'SELECT m.c, m.hash, m.kind, r.id AS replica, r.key, m.clock, m.wall, m.own, p.hash AS ownHash, m.others, m.root, m.sig, m.seed, m.label, m.chain, m.seq, m.vv, m.replica AS replicaNumber, (SELECT min(c) FROM commit_) AS first ' +
  'FROM commit_ m LEFT JOIN replica_ r ON r.replica = m.replica LEFT JOIN commit_ p ON p.c = m.own';
const CHANGES =
  'SELECT h.i, e.kind, e.id, h.field, h.value FROM change_ h LEFT JOIN entity_ e ON e.ent = h.ent WHERE h.c = ? ORDER BY h.i';

export interface StoredPacket extends Packet {
  readonly c: number;
  /** As stored, which a tamperer may have changed. */
  readonly hash: Buffer;
  /** The local number of its own parent, and of its replica. */
  readonly own: number | null;
  readonly replica: number;
  readonly place: Place;
}

/** One commit of our own log as a packet. What is missing from a damaged log comes as bytes that no hash matches. */
export function readPacket(log: Log, c: number): StoredPacket {
  const row = log.store.get<StoredCommit>(`${COMMITS} WHERE m.c = ?`, c);
  if (row === undefined) throw new RangeError(`There is no commit ${c}`);
  return packetOf(log, row);
}

/** All commits in the order in which they arrived: every parent before its children. */
export function* exportPackets(log: Log): Generator<StoredPacket> {
  for (const row of log.store.iterate<StoredCommit>(`${COMMITS} ORDER BY m.c`)) yield packetOf(log, row);
}

function packetOf(log: Log, row: StoredCommit): StoredPacket {
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
  return { c, hash, header, sig, body: bodyOf(log, row), own: row.own, replica: row.replicaNumber, place };
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

function bodyOf(log: Log, row: StoredCommit): Body | null {
  if (row.seed !== null) {
    return {
      seed: row.seed,
      label: row.label ?? '',
      changes: log.store.all<StoredChange>(CHANGES, row.c).map((one) => changeOf(log, one)),
    };
  }
  const leaves = log.store.all<{ i: number; salt: Buffer | null; hash: Buffer | null }>(
    'SELECT i, salt, hash FROM leaf_ WHERE c = ? ORDER BY i',
    row.c,
  );
  if (leaves.length === 0) return null;
  const changes = new Map(log.store.all<StoredChange>(CHANGES, row.c).map((one) => [one.i, changeOf(log, one)]));
  return {
    leaves: leaves.map(({ i, salt, hash }): Leaf => {
      if (salt === null) return { hash: hash ?? Buffer.alloc(32) };
      return { salt, change: i === 0 ? labelChange(row.label ?? '') : (changes.get(i) ?? NO_CHANGE) };
    }),
  };
}

const NO_ID = Buffer.alloc(16);
const NO_CHANGE: Change = { entity: '?', id: NO_ID, field: '?', value: '' };

function changeOf(log: Log, row: StoredChange): Change {
  return {
    entity: row.kind ?? '?',
    id: row.id ?? NO_ID,
    field: log.fieldName(row.field)?.name ?? '?',
    value: row.value,
  };
}
