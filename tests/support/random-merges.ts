import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import Database from 'better-sqlite3';
import { IncomingDatabase } from '../../electron/db/merge/incoming.ts';
import { idText } from '../../electron/db/ids.ts';
import { Local } from '../../electron/db/file/local.ts';
import { createMerge } from '../../electron/db/merge/merge.ts';
import type { Packet } from '../../electron/db/log/packet.ts';
import { ReadSide, Store } from '../../electron/db/file/store.ts';
import { rebuildProjections } from '../../electron/db/projection/rebuild.ts';
import type { Watch } from '../../electron/db/types.ts';
import { verifyDatabase } from '../../electron/db/log/verify.ts';
import { appendCommit, type LooseEdit } from '../../electron/db/log/write.ts';
import { toCommitHash } from '../../electron/db/log/history.ts';
import { Fault } from '../../shared/errors.ts';
import { openSigner, type Signer } from '../../electron/db/log/signatures.ts';
import { edit, Replica, stateOf, withhold } from './logs.ts';
import { Oracle } from './log-oracle.ts';
import { seeded, type Seeded } from './seeded.ts';

/**
 * Random histories on three replicas that merge as people do: through `merges.merge`, from whole logs and from logs with
 * withheld bodies, with previews that must change nothing, merges stopped half-way, merges undone and restored, and copied
 * folders. After every step each log equals a naive oracle; at the end all are equal, whatever the order of merging. A seed
 * fixes the operations, the ids, the keys and the times; and the hashes too if `randomBytes` is replaced by {@link
 * fixedBytes} (as in tests/fuzz/merge.test.ts), so that a failure can be reproduced.
 */
const SKEWS = [0, 0, -4e10, 3e9, 2e12];

interface Peer {
  readonly replica: Replica;
  readonly oracle: Oracle;
  readonly merges: ReturnType<typeof createMerge>;
  readonly written: Set<string>;
}

export class RandomMerges {
  readonly random: Seeded;
  private readonly project: Buffer;
  private readonly signers: readonly [Signer, Signer, Signer];
  private readonly newIdBytes: () => Buffer;
  private readonly peers: Peer[] = [];
  private readonly sources: string[];
  private readonly passages: string[];

  constructor(seed: number) {
    fixBytes(seed);
    this.random = seeded(seed);
    // A separate generator: drawing ids and keys does not change the operations.
    const bytes = seeded(seed + 0x5eed);
    this.newIdBytes = () => Buffer.from(bytes.bytes(16));
    this.signers = [signerOf(bytes), signerOf(bytes), signerOf(bytes)];
    this.project = this.newIdBytes();
    this.sources = [this.newId(), this.newId()];
    this.passages = [this.newId()];
    for (let k = 0; k < 3; k++) this.peers.push(this.newPeer(k));
  }

  private newId(): string {
    return idText(this.newIdBytes());
  }

  private newPeer(signer: number): Peer {
    const { random } = this;
    const skew = random.pick(SKEWS);
    let at = 1.8e12;
    const replica = new Replica(
      this.project,
      this.signers[signer] ?? this.signers[0],
      () => (at += random.int(-50, 100)) + skew,
    );
    replica.replica = this.newIdBytes();
    const written = new Set<string>();
    return { replica, oracle: new Oracle(), written, merges: mergesOf(replica, written, this.newIdBytes) };
  }

  step(): void {
    const { random } = this;
    const peer = random.pick(this.peers);
    const what = random.next();
    if (what < 0.45) this.commit(peer);
    else if (what < 0.85) this.merge(peer, random.pick(this.peers));
    else if (what < 0.95) this.undoOrRestore(peer);
    else this.copy(peer);
    assert.equal(stateOf(peer.replica), peer.oracle.state());
  }

  private commit(peer: Peer): void {
    const row = peer.replica.commit('act', this.edits());
    if (row !== null) peer.written.add(row.hash.toString('hex'));
    this.tell(peer);
  }
  /** Tells the oracle what was written last. */
  private tell({ replica, oracle }: Peer): void {
    const last = replica.packets().at(-1);
    if (last !== undefined) oracle.add(last);
  }

  private merge(into: Peer, from: Peer): void {
    if (into === from) return;
    const { random } = this;
    const packets = random.chance(0.3)
      ? from.replica.packets().map((one) => (random.chance() ? withhold(one, () => random.chance()) : one))
      : from.replica.packets();
    if (random.chance(0.3)) this.changesNothing(into, packets, true);
    if (random.chance(0.3)) this.changesNothing(into, packets, false);
    const rejected = this.taken(into, packets);
    assert.deepEqual(rejected, []);
    for (const packet of packets) assert.ok(into.oracle.add(packet));
    const state = stateOf(into.replica);
    assert.equal(state, into.oracle.state());
    const merges = into.merges.merges().length;
    this.taken(into, packets);
    assert.equal(stateOf(into.replica), state);
    assert.equal(into.merges.merges().length, merges);
    assert.equal(rebuildProjections(into.replica.log), 0);
  }

  private taken(into: Peer, packets: readonly Packet[]): readonly unknown[] {
    return this.withIncoming(packets, (incoming) => {
      const watch = { progress: () => undefined, cancelled: () => false };
      const judge = ({ rejected }: { readonly rejected: readonly unknown[] }) => rejected;
      return into.merges.merge(incoming, { from: 'x', dryRun: false, watch, judge }).result;
    });
  }

  /** A preview, or a merge stopped at some point: no row may change. */
  private changesNothing(into: Peer, packets: readonly Packet[], preview: boolean): void {
    const all = allRows(into.replica);
    let looks = this.random.int(0, 2);
    const watch: Watch = { progress: () => undefined, cancelled: () => !preview && looks-- <= 0 };
    this.withIncoming(packets, (incoming) => {
      try {
        into.merges.merge(incoming, { from: 'x', dryRun: true, watch, judge: () => null });
      } catch (thrown) {
        assert.ok(!preview && thrown instanceof Fault && thrown.data.code === 'CANCELLED', String(thrown));
      }
    });
    assert.equal(allRows(into.replica), all);
  }

  private undoOrRestore(peer: Peer): void {
    const merges = peer.merges.merges();
    if (merges.length === 0) return;
    const one = this.random.pick(merges);
    const work = one.undoneBy === null ? 'undoMerge' : 'restoreMerge';
    if (peer.merges[work](one.id).commit !== null) this.tell(peer);
    const now = peer.merges.merges().find((other) => other.id === one.id);
    if (one.undoneBy !== null && now?.undoneBy !== null) assert.equal(now?.undoneBy, one.undoneBy);
  }

  /** A folder is copied and continues under the same replica id in two places. */
  private copy(peer: Peer): void {
    if (this.peers.length >= 5) return;
    const signer = this.signers.findIndex((one) => one === peer.replica.signer);
    const copy = this.newPeer(signer);
    const packets = peer.replica.packets();
    this.taken(copy, packets);
    copy.replica.replica = peer.replica.replica;
    for (const packet of packets) copy.oracle.add(packet);
    this.peers.push(copy);
  }

  private edits(): LooseEdit[] {
    const { random } = this;
    const out = new Map<string, LooseEdit>();
    const set = (entity: string, id: string, field: string, value: LooseEdit['value']): void =>
      void out.set(`${entity} ${id} ${field}`, edit(entity, id, field, value));
    for (let n = random.int(1, 4); n > 0; n--) {
      const what = random.next();
      if (what < 0.15) this.sources.push(this.newId());
      if (what > 0.85) this.passages.push(this.newId());
      const [source, passage] = [random.pick(this.sources), random.pick(this.passages)];
      if (random.chance()) set('source', source, random.pick(['title', 'author']), random.pick(['a', 'b', '就业', '']));
      else set('passage', passage, 'source', source);
      if (random.chance(0.2)) set('source', source, 'deleted', random.chance(0.7));
      if (random.chance(0.2)) set('passage', passage, 'anchor', { start: random.int(0, 9) });
    }
    return [...out.values()];
  }

  /**
   * Everyone merges everyone, twice; then all are equal and valid, and nothing anyone wrote is missing. Returns the hashes of
   * all commits, which determine everything.
   */
  finish(): string {
    for (let round = 0; round < 2; round++)
      for (const into of this.peers)
        for (const from of this.random.shuffle(this.peers))
          if (from !== into) {
            assert.deepEqual(this.taken(into, from.replica.packets()), []);
            for (const packet of from.replica.packets()) into.oracle.add(packet);
          }
    const [first] = this.peers;
    assert.ok(first !== undefined);
    const state = stateOf(first.replica);
    assert.equal(state, first.oracle.state());
    for (const { replica, written, merges } of this.peers) {
      assert.equal(stateOf(replica), state);
      assert.deepEqual(verifyDatabase(replica.log).failures, []);
      assert.deepEqual(
        merges.conflicts().map((one) => [one.id, one.changes.map((change) => change.commit)]),
        first.merges.conflicts().map((one) => [one.id, one.changes.map((change) => change.commit)]),
      );
      for (const hash of written) assert.ok(first.oracle.has(hash));
    }
    this.grouped(state);
    const hashes = first.replica.log.store.list<string>('SELECT hex(hash) FROM commit_ ORDER BY hash');
    for (const { replica } of this.peers) replica.close();
    return hashes.join(' ');
  }

  /** (A + B) + C and A + (B + C), merged into empty logs, equal what everyone has. */
  private grouped(state: string): void {
    const [a, b, c] = this.peers;
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const [left, right, inner] = [this.newPeer(0), this.newPeer(1), this.newPeer(2)];
    for (const from of [a, b, c]) this.taken(left, from.replica.packets());
    for (const from of [c, b]) this.taken(inner, from.replica.packets());
    for (const from of [inner, a]) this.taken(right, from.replica.packets());
    assert.deepEqual([stateOf(left.replica), stateOf(right.replica)], [state, state]);
    for (const { replica } of [left, right, inner]) replica.close();
  }

  /** An incoming database with these packets. */
  private withIncoming<T>(packets: readonly Packet[], work: (incoming: IncomingDatabase) => T): T {
    const log = new Replica(this.project, this.signers[0]);
    log.take(packets);
    const incoming = new IncomingDatabase(new Store(new Database(log.log.store.sqlite.serialize())), '', null);
    log.close();
    try {
      return work(incoming);
    } finally {
      incoming.close();
    }
  }
}

let bytes = seeded(0);
const fixBytes = (seed: number): void => void (bytes = seeded(seed + 0xb0d1e5));
/** Replaces `randomBytes`: the salt of each commit, and so its hash, comes from the history begun last. */
export const fixedBytes = (length: number): Buffer => Buffer.from(bytes.bytes(length));

/** A PKCS #8 Ed25519 key up to its 32 bytes (RFC 8410). */
const KEY_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
function signerOf(random: Seeded): Signer {
  const key = Buffer.concat([KEY_HEAD, random.bytes(32)]);
  const made = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return openSigner(made.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** Merging over a log in memory, as an open project has it. */
function mergesOf(replica: Replica, written: Set<string>, newIdBytes: () => Buffer): ReturnType<typeof createMerge> {
  const { log } = replica;
  const local = new Local(log.store);
  return createMerge({
    log,
    local,
    read: new ReadSide(log.store),
    now: () => 0,
    get author() {
      return replica.author;
    },
    startReplica: () => void (replica.replica = newIdBytes()),
    append: (label, changes) => {
      const { hash } = appendCommit(log, replica.author, label, changes);
      written.add(hash.toString('hex'));
      return { hash: toCommitHash(hash), entities: [], label };
    },
    writing: (work) => {
      try {
        return log.store.transaction(work);
      } catch (thrown) {
        log.forget();
        throw thrown;
      }
    },
  });
}

const TABLES = [
  'commit_',
  'change_',
  'entity_',
  'field_',
  'replica_',
  'chain_',
  'vv_',
  'head_',
  'conflict_',
  'leaf_',
  'local_view',
];
function allRows(replica: Replica): string {
  const rows = TABLES.map((table) => replica.log.store.all(`SELECT * FROM ${table}`));
  return JSON.stringify(rows) + stateOf(replica);
}
