import assert from 'node:assert/strict';
import { tree } from '../../shared/changes/derived.ts';
import { newIdBytes } from '../../electron/db/ids.ts';
import type { CommitRow } from '../../electron/db/log/log.ts';
import { commitHash, headerBytes, type Packet } from '../../electron/db/log/packet.ts';
import { rebuildProjections } from '../../electron/db/projection/rebuild.ts';
import { verifyDatabase } from '../../electron/db/log/verify.ts';
import type { LooseEdit } from '../../electron/db/log/write.ts';
import { edit, newId, newSigner, Replica, stateOf, withhold } from './logs.ts';
import { Oracle } from './log-oracle.ts';
import { seeded, type Seeded } from './seeded.ts';

/**
 * Random histories on three to five replicas: commits, undo and redo, unions of parts in any order, withheld bodies,
 * copied folders, broken clocks, rebuilds. After every step each log equals a naive oracle; at the end all equal each
 * other. A seed fixes the operations, not the ids and hashes.
 */
const signers = [newSigner(), newSigner(), newSigner()] as const;
const SKEWS = [0, 0, -4e10, 3e9, 2e12, 9e12, -2e12];
const TEXTS = ['a', 'b', '就业', 'e\u0301', '\u00e9', '😀\u0000', ''];

interface Peer {
  readonly replica: Replica;
  readonly oracle: Oracle;
  readonly mine: CommitRow[];
  /** Own actions that are not undone; the latest is last. */
  readonly done: CommitRow[];
  readonly signer: number;
}

export class RandomHistory {
  readonly random: Seeded;
  readonly project = newIdBytes();
  readonly peers: Peer[] = [];
  private readonly ids: Record<'source' | 'category' | 'passage' | 'tag' | 'memo', string[]> = {
    source: [],
    category: [],
    passage: [],
    tag: [],
    memo: [],
  };

  constructor(seed: number) {
    this.random = seeded(seed);
    const count = this.random.int(3, 4);
    for (let k = 0; k < count; k++) this.peers.push(this.newPeer(k % 3));
  }

  private newPeer(signer: number): Peer {
    const { random } = this;
    const skew = random.pick(SKEWS);
    const jumps = random.chance(0.3);
    let at = 1.8e12;
    const now = (): number => (at += jumps ? random.int(-1500, 1500) : random.int(0, 50)) + skew;
    return {
      replica: new Replica(this.project, signers[signer] ?? signers[0], now),
      oracle: new Oracle(),
      mine: [],
      done: [],
      signer,
    };
  }

  step(): void {
    const { random } = this;
    const peer = random.pick(this.peers);
    const what = random.next();
    if (what < 0.45) this.commit(peer);
    else if (what < 0.6) this.takeBack(peer);
    else if (what < 0.92) this.merge(peer, random.pick(this.peers));
    else if (what < 0.96) this.copy(peer);
    else {
      const before = stateOf(peer.replica);
      assert.equal(rebuildProjections(peer.replica.log), 0);
      assert.equal(stateOf(peer.replica), before);
    }
    assert.equal(stateOf(peer.replica), peer.oracle.state());
  }

  private commit(peer: Peer): void {
    const row = peer.replica.commit('act', this.edits());
    if (row === null) return;
    this.keep(peer, row);
    peer.done.push(row);
  }
  private keep(peer: Peer, row: CommitRow): void {
    peer.mine.push(row);
    const last = peer.replica.packets().at(-1);
    if (last !== undefined) peer.oracle.add(last);
  }

  /** Undoes the last action that is not undone yet; sometimes redoes it. */
  private takeBack(peer: Peer): void {
    const target = peer.done.pop();
    if (target === undefined) return;
    const undone = this.checkedUndo(peer, target, 'undoes');
    if (undone.left > 0 || this.random.chance()) return;
    const redone = this.checkedUndo(peer, undone.commit, 'redoes');
    assert.equal(redone.left, 0);
    peer.done.push(redone.commit);
  }

  /**
   * Every field reported as left is unchanged; every other one has the value that the target's author had seen before; created
   * records are gone.
   */
  private checkedUndo(peer: Peer, target: CommitRow, kind: 'undoes' | 'redoes'): { commit: CommitRow; left: number } {
    const { replica, oracle } = peer;
    const hash = target.hash.toString('hex');
    const touched = [...oracle.saidIn(hash).keys()].filter((key) => !key.startsWith('step ') && !key.endsWith('-open'));
    const before = new Map(touched.map((key) => [key, valueOf(replica, key)]));
    const mine = new Set(peer.mine.slice(peer.mine.indexOf(target)).map((one) => one.hash.toString('hex')));
    const ofOthers = new Set<string>(touched.filter((key) => !mine.has(oracle.winner(key) ?? '')));
    const { commit, left } = replica.undo(target, kind);
    this.keep(peer, commit);
    const kept = new Set(left.map((one) => `${one.entity} ${one.id} ${one.field}`));
    const whole = new Set(left.filter((one) => one.why === 'built upon').map((one) => `${one.entity} ${one.id}`));
    for (const key of touched) {
      const [entity = '', id = '', field = ''] = key.split(' ');
      const record = `${entity} ${id}`;
      const made = oracle.isMaker(hash, record);
      if (ofOthers.has(key)) assert.ok(kept.has(key), key);
      const stays = kept.has(key) || whole.has(record) || (made && left.some((one) => one.id === id));
      if (stays) assert.equal(valueOf(replica, key), before.get(key));
      else if (made) assert.equal(replica.currentValue(entity, id, 'deleted'), 'true');
      else
        assert.equal(valueOf(replica, key), oracle.heldBefore(hash, key) ?? (field === 'deleted' ? 'false' : 'null'));
    }
    return { commit, left: left.length };
  }

  private merge(into: Peer, from: Peer): void {
    if (into === from) return;
    const packets = this.damage(from.replica.packets());
    const result = into.replica.take(packets);
    if (this.meetsItself(into, packets)) into.done.length = 0;
    assert.deepEqual(
      result.rejected.filter((one) => one.why !== 'an edit it depends on is missing'),
      [],
    );
    const rejected = new Set(result.rejected.map((one) => one.hash));
    let waiting = packets.filter((packet) => !rejected.has(nameOf(packet)));
    for (let before = -1; waiting.length !== before;) {
      before = waiting.length;
      waiting = waiting.filter((packet) => !into.oracle.add(packet));
    }
    assert.deepEqual(waiting, []);
    const state = stateOf(into.replica);
    const again = into.replica.take(packets);
    assert.equal(again.added + again.supplied, 0);
    assert.equal(stateOf(into.replica), state);
  }

  /**
   * Commits of the peer's own replica that it did not make: its folder was copied, and the copy's commits come back. They can
   * continue its chain, so that what it did before is no longer what undo would undo next (seed 655).
   */
  private meetsItself({ replica, mine }: Peer, packets: readonly Packet[]): boolean {
    const own = new Set(mine.map((row) => row.hash.toString('hex')));
    return packets.some(
      (packet) =>
        packet.header.replica.equals(replica.replica) &&
        packet.header.key.equals(replica.signer.key) &&
        !own.has(nameOf(packet)),
    );
  }

  /** A part of a log, in any order, partly repeated, partly withheld. */
  private damage(all: Packet[]): Packet[] {
    const { random } = this;
    let packets = all;
    const mode = random.next();
    if (mode < 0.3) packets = packets.slice(0, random.int(0, packets.length));
    else if (mode < 0.5) packets = packets.filter(() => random.chance(0.8));
    if (random.chance(0.4))
      packets = packets.map((packet) => (random.chance() ? withhold(packet, () => random.chance()) : packet));
    if (random.chance(0.3)) packets = random.shuffle(packets);
    if (random.chance(0.3)) packets = [...packets, ...packets.filter(() => random.chance())];
    return packets;
  }

  /** A folder is copied and continues under the same replica id in two places. */
  private copy(peer: Peer): void {
    if (this.peers.length >= 5) return;
    const copy = this.newPeer(peer.signer);
    copy.replica.take(peer.replica.packets());
    copy.replica.replica = peer.replica.replica;
    for (const packet of peer.replica.packets()) copy.oracle.add(packet);
    this.peers.push(copy);
  }

  private edits(): LooseEdit[] {
    const { random, ids } = this;
    const out = new Map<string, LooseEdit>();
    const put = (entity: string, id: string, field: string, value: LooseEdit['value']): void =>
      void out.set(`${entity} ${id} ${field}`, edit(entity, id, field, value));
    const some = (list: readonly string[]): string | null => (list.length === 0 ? null : random.pick(list));
    for (let k = random.int(1, 3); k > 0; k--) {
      const entity = random.pick(['source', 'category', 'passage', 'tag', 'memo'] as const);
      const create = ids[entity].length === 0 || random.chance(0.1);
      const id = create ? newId() : random.pick(ids[entity]);
      if (create) ids[entity].push(id);
      else if (random.chance(0.2)) {
        put(entity, id, 'deleted', random.chance(0.7));
        continue;
      }
      const text = random.pick(TEXTS);
      switch (entity) {
        case 'source':
          put(entity, id, 'title', text);
          break;
        case 'category':
          put(entity, id, 'name', text);
          put(entity, id, 'parent', some(ids.category));
          break;
        case 'passage':
          put(entity, id, 'source', some(ids.source));
          put(entity, id, 'anchor', { start: random.int(0, 3), exact: text, odd: [1, 0.1 + 0.2] });
          break;
        case 'tag':
          put(entity, id, 'passage', some(ids.passage));
          put(entity, id, 'category', some(ids.category));
          break;
        case 'memo':
          put(entity, id, 'target', some(ids.passage));
          put(entity, id, 'text', text);
          break;
      }
    }
    return [...out.values()];
  }

  /** Gives all commits to all, in a different order each. */
  exchangeAll(): void {
    const all = this.peers.flatMap(({ replica }) => replica.packets());
    for (const { replica, oracle } of this.peers) {
      assert.deepEqual(replica.take(this.random.shuffle(all)).rejected, []);
      let waiting = all;
      for (let before = -1; waiting.length !== before;) {
        before = waiting.length;
        waiting = waiting.filter((packet) => !oracle.add(packet));
      }
    }
  }

  /** All are equal, valid and complete, and equal to a log built at once from the shuffled union. */
  finish(): void {
    const [first] = this.peers;
    if (first === undefined) return;
    const state = stateOf(first.replica);
    assert.equal(state, first.oracle.state());
    for (const { replica, mine } of this.peers) {
      assert.equal(stateOf(replica), state);
      assert.deepEqual(verifyDatabase(replica.log).failures, []);
      assert.deepEqual(derived(replica), derived(first.replica));
      for (const row of mine) assert.equal(first.oracle.has(row.hash.toString('hex')), true);
    }
    const fresh = new Replica(this.project, signers[0]);
    fresh.take(this.random.shuffle(first.replica.packets()));
    assert.equal(stateOf(fresh), state);
    for (const { replica } of [...this.peers, { replica: fresh }]) replica.close();
  }
}

const nameOf = ({ header, sig }: Packet): string => commitHash(headerBytes(header), sig).toString('hex');

function valueOf(replica: Replica, key: string): string | null {
  const [entity = '', id = '', field = ''] = key.split(' ');
  return replica.currentValue(entity, id, field);
}

function derived(replica: Replica): unknown {
  const { log } = replica;
  const nodes = log.store
    .all<{ id: string; parent: string | null }>('SELECT id, parent FROM p_category ORDER BY id')
    .map(({ id, parent }) => {
      const ent = log.findRecord('category', Buffer.from(id.replaceAll('-', ''), 'hex')) ?? 0;
      const said = log
        .changesOf(ent)
        .filter((one) => log.fieldName(one.field)?.name === 'parent')
        .toSorted((a, b) => b.clock - a.clock)[0];
      return {
        id,
        parent,
        clock: said?.clock ?? 0,
        hash: said === undefined ? '' : Buffer.from(said.hash).toString('hex'),
      };
    });
  const { parent, rings } = tree(nodes);
  for (const { id } of nodes) {
    let at: string | null = id;
    for (let steps = 0; at !== null; steps++) {
      assert.ok(steps <= nodes.length, 'a ring was left');
      at = parent.get(at) ?? null;
    }
  }
  return { parent: Object.fromEntries(parent), rings };
}
