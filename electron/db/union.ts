import { isCanonical } from '../../shared/changes/canonical.ts';
import { clockHolds } from '../../shared/changes/clock.ts';
import type { CommitRow, Log } from './log.ts';
import { bodyRoot, commitHash, headerBytes, padded, type Body, type Change, type Packet } from './packet.ts';
import { refold } from './projection.ts';
import { signatureHolds } from './signing.ts';
import { MAX_VALUE } from './write.ts';

export interface Refusal {
  /** The commit's hash, or `malformed` where it has none. */
  readonly hash: string;
  readonly why: string;
}
export interface Taken {
  /** Commits that were new. */
  readonly added: number;
  /** Commits that were here and whose withheld bodies came. */
  readonly supplied: number;
  /** Commits that were here. */
  readonly known: number;
  readonly refused: readonly Refusal[];
}

type Tips = Map<number, { header: Buffer; sig: Buffer; key: Buffer }>;
type Outcome = 'added' | 'supplied' | 'known' | 'later' | { readonly refused: string };

/** A chain tip's signature fails: everything is rolled back and checked again, signature by signature. */
class TipFails extends Error {}
const NOT_HERE = 'what it builds on is not here';

/**
 * Takes commits that came from elsewhere, in any order, and folds what they touch: the union of two logs, whose result
 * depends on the set of commits alone. Each one is checked against the same rules on every replica; what breaks one is
 * refused and named. One transaction. `source` is called a second time where a signature fails, to find out whose.
 */
export function takePackets(log: Log, source: () => Iterable<Packet>): Taken {
  try {
    return attempt(log, source(), false);
  } catch (thrown) {
    if (!(thrown instanceof TipFails)) throw thrown;
    return attempt(log, source(), true);
  }
}

function attempt(log: Log, source: Iterable<Packet>, everySignature: boolean): Taken {
  try {
    return log.store.transaction(() => new Union(log, everySignature).take(source));
  } catch (thrown) {
    log.forget();
    throw thrown;
  }
}

class Union {
  private readonly log: Log;
  private readonly everySignature: boolean;
  private readonly tips: Tips = new Map();
  private readonly touched = new Set<number>();
  private readonly refused = new Map<string, string>();
  private readonly count = { added: 0, supplied: 0, known: 0 };

  constructor(log: Log, everySignature: boolean) {
    this.log = log;
    this.everySignature = everySignature;
  }

  take(source: Iterable<Packet>): Taken {
    let waiting: Packet[] = [];
    for (const packet of source) if (!this.settled(packet)) waiting.push(packet);
    for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
      before = waiting.length;
      waiting = waiting.filter((packet) => !this.settled(packet));
    }
    for (const packet of waiting) this.refused.set(nameOf(packet), NOT_HERE);
    // A commit's hash covers its signature, so the signature of a chain's tip vouches for the whole chain.
    for (const { header, sig, key } of this.tips.values()) if (!signatureHolds(header, sig, key)) throw new TipFails();
    for (const ent of this.touched) refold(this.log, ent);
    return { ...this.count, refused: [...this.refused].map(([hash, why]) => ({ hash, why })) };
  }

  private settled(packet: Packet): boolean {
    const outcome = this.one(packet);
    if (outcome === 'later') return false;
    if (typeof outcome === 'object') this.refused.set(nameOf(packet), outcome.refused);
    else {
      this.count[outcome]++;
      if (outcome === 'supplied') this.count.known++;
    }
    return true;
  }

  private one(packet: Packet): Outcome {
    const bad = misshapen(packet, this.log.project);
    if (bad !== null) return { refused: bad };
    const { header, sig, body } = packet;
    const bytes = headerBytes(header);
    const hash = commitHash(bytes, sig);
    const here = this.log.byHash(hash);
    if (here !== null && (body === null || this.isWhole(here.c))) return 'known';
    if (body !== null && !bodyRoot(body).equals(header.root)) return { refused: 'what it says is not what was signed' };
    if (here !== null && body !== null) return this.supply(here.c, body) ? 'supplied' : 'known';
    const own = header.own === null ? null : this.log.byHash(header.own);
    const others = header.others.flatMap((one) => this.log.byHash(one) ?? []);
    if ((header.own !== null && own === null) || others.length !== header.others.length) return 'later';
    if (own !== null && !this.isOf(own, header.replica, header.key))
      return { refused: 'its parent is another person’s' };
    const seen = Math.max(0, ...others.map((one) => one.clock), own?.clock ?? 0);
    if (!clockHolds(header.clock, seen)) return { refused: 'its clock is not after its parents’' };
    if (this.everySignature && !signatureHolds(bytes, sig, header.key))
      return { refused: 'its signature does not hold' };
    this.put(packet, hash, own, others);
    return 'added';
  }

  private put({ header, sig, body }: Packet, hash: Buffer, own: CommitRow | null, others: readonly CommitRow[]): void {
    const whole = body !== null && 'seed' in body ? body : null;
    const row = this.log.append(header, hash, sig, own, others, {
      seed: whole?.seed ?? null,
      label: whole?.label ?? null,
    });
    if (own !== null) this.tips.delete(own.c);
    this.tips.set(row.c, { header: headerBytes(header), sig, key: header.key });
    if (whole !== null) whole.changes.forEach((change, k) => this.putChange(row.c, k + 1, change));
    else if (body !== null) this.supply(row.c, body);
  }

  private putChange(c: number, i: number, change: Change): void {
    const ent = this.log.recordNumber(change.entity, change.id);
    this.log.putChange(c, i, ent, this.log.fieldNumber(change.entity, change.field), change.value);
    this.touched.add(ent);
  }

  /** Adds what was withheld so far; its hashes are checked already. True where something was new. */
  private supply(c: number, body: Body): boolean {
    const { store } = this.log;
    const has = new Set(store.list<number>('SELECT i FROM change_ WHERE c = ?', c));
    if ('seed' in body) {
      store.run('UPDATE commit_ SET seed = ?, label = ? WHERE c = ?', body.seed, body.label, c);
      store.run('DELETE FROM leaf_ WHERE c = ?', c);
      body.changes.forEach((change, k) => {
        if (!has.has(k + 1)) this.putChange(c, k + 1, change);
      });
      return true;
    }
    const known = new Map(
      store
        .all<{ i: number; salt: Buffer | null }>('SELECT i, salt FROM leaf_ WHERE c = ?', c)
        .map((row) => [row.i, row.salt]),
    );
    let news = false;
    body.leaves.forEach((leaf, i) => {
      const salt = known.get(i);
      if ('hash' in leaf) {
        if (salt === undefined) store.run('INSERT INTO leaf_(c, i, salt, hash) VALUES(?, ?, NULL, ?)', c, i, leaf.hash);
        return;
      }
      if (salt !== undefined && salt !== null) return;
      news = true;
      if (salt === undefined) store.run('INSERT INTO leaf_(c, i, salt, hash) VALUES(?, ?, ?, NULL)', c, i, leaf.salt);
      else store.run('UPDATE leaf_ SET salt = ?, hash = NULL WHERE c = ? AND i = ?', leaf.salt, c, i);
      if (i === 0) store.run('UPDATE commit_ SET label = ? WHERE c = ?', leaf.change.value, c);
      else if (!has.has(i)) this.putChange(c, i, leaf.change);
    });
    return news;
  }

  private isWhole(c: number): boolean {
    return this.log.store.value<number>('SELECT seed IS NOT NULL FROM commit_ WHERE c = ?', c) === 1;
  }
  private isOf(parent: CommitRow, replica: Buffer, key: Buffer): boolean {
    const row = this.log.store.get<{ id: Buffer; key: Buffer }>(
      'SELECT id, key FROM replica_ WHERE replica = ?',
      parent.replica,
    );
    return row !== undefined && row.id.equals(replica) && row.key.equals(key);
  }
}

function nameOf(packet: Packet): string {
  try {
    return commitHash(headerBytes(packet.header), packet.sig).toString('hex');
  } catch {
    // A header whose fields have the wrong length has no bytes, and so no name.
    return 'malformed';
  }
}

const NAME = /^[a-z][A-Za-z0-9-]{0,39}$/;
const isHash = (bytes: Buffer): boolean => bytes.length === 32;

/** What is wrong with a packet's form; null where nothing is. */
function misshapen(packet: Packet, project: Buffer): string | null {
  const { header: h, sig, body } = packet;
  if (!h.project.equals(project)) return 'it belongs to another project';
  if (h.kind !== 1) return 'it is of a kind this version does not know';
  const numbers = Number.isSafeInteger(h.clock) && h.clock > 0 && Number.isSafeInteger(h.wall) && h.wall >= 0;
  if (!numbers || h.replica.length !== 16 || !isHash(h.key) || sig.length !== 64 || !isHash(h.root))
    return 'its header is malformed';
  if (!parentsAreInForm(h.own, h.others)) return 'its parents are malformed';
  return body === null || bodyIsInForm(body) ? null : 'its body is malformed';
}

function parentsAreInForm(own: Buffer | null, others: readonly Buffer[]): boolean {
  if (own !== null && (!isHash(own) || own.every((byte) => byte === 0))) return false;
  if (others.length > 65_535) return false;
  return others.every((one, n) => {
    const before = others[n - 1];
    return isHash(one) && (before === undefined || Buffer.compare(before, one) < 0) && own?.equals(one) !== true;
  });
}

function bodyIsInForm(body: Body): boolean {
  const seen = new Set<string>();
  const isNew = (change: Change): boolean => {
    const key = `${change.entity} ${change.id.toString('latin1')}${change.field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  if ('seed' in body) {
    const { seed, label, changes } = body;
    return (
      seed.length === 16 &&
      isCanonical(label) &&
      changes.length > 0 &&
      changes.every((one) => changeIsInForm(one) && isNew(one))
    );
  }
  const { leaves } = body;
  if (leaves.length !== padded(leaves.length)) return false;
  return leaves.every((leaf, i) => {
    if ('hash' in leaf) return isHash(leaf.hash);
    if (leaf.salt.length !== 16) return false;
    if (i === 0) return leaf.change.entity === 'commit' && isCanonical(leaf.change.value);
    return changeIsInForm(leaf.change) && isNew(leaf.change);
  });
}

function changeIsInForm({ entity, id, field, value }: Change): boolean {
  if (!NAME.test(entity) || !NAME.test(field) || entity === 'commit' || id.length !== 16) return false;
  return value.length <= MAX_VALUE && isCanonical(value);
}
