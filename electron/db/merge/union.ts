import { clockHolds } from '../../../shared/changes/clock.ts';
import { Fault } from '../../../shared/errors.ts';
import { HORIZON } from '../log/horizon.ts';
import { RecordOutcomes } from './record-outcomes.ts';
import type { CommitRow, Log } from '../log/log.ts';
import { bodyRoot, commitHash, headerBytes, type Body, type Change, type Packet } from '../log/packet.ts';
import { misshapen } from '../log/shape.ts';
import { signatureHolds } from '../log/signing.ts';
import type { Watch } from '../types.ts';

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

/** Something that was believed so far does not hold: everything is rolled back and checked again, commit by commit. */
export class UncheckedSignature extends Error {}
const NOT_HERE = 'an edit it depends on is missing';

/** Commits or records between two looks at whoever watches. */
const LOOK = 2000;

/**
 * Takes commits that came from elsewhere, in any order, and folds what they touch: the union of two logs, whose result
 * depends on the set of commits alone. Each one is checked against the same rules on every replica; what breaks one is
 * refused and named. One transaction. `source` is called a second time where a signature fails, to find out whose.
 */
export function takePackets(log: Log, source: () => Iterable<Packet>): Taken {
  const attempt = (everySignature: boolean): Taken => {
    try {
      return log.store.transaction(() => {
        const union = new Union(log, { everySignature });
        for (const packet of source()) union.offer(packet);
        return union.finish();
      });
    } catch (thrown) {
      log.forget();
      throw thrown;
    }
  };
  return checkedAgain(attempt);
}

/** Runs `attempt`, and where it comes into doubt once more, checking every signature by itself. */
export function checkedAgain<T>(attempt: (everySignature: boolean) => T): T {
  try {
    return attempt(false);
  } catch (thrown) {
    if (!(thrown instanceof UncheckedSignature)) throw thrown;
    return attempt(true);
  }
}

interface UnionOptions {
  /** Else the signature of each chain's tip, which vouches for the chain. */
  readonly everySignature: boolean;
  readonly watch?: Watch;
  /** How many commits there are to look at, for progress. */
  readonly total?: number;
}

/** One union, within the caller's transaction. */
export class Union {
  readonly landing: RecordOutcomes;
  private readonly log: Log;
  private readonly options: UnionOptions;
  private readonly tips: Tips = new Map();
  private readonly refused = new Map<string, string>();
  private readonly count = { added: 0, supplied: 0, known: 0 };
  private readonly horizon: Buffer | null;
  private readonly replicas = new Map<string, number>();
  private waiting: Packet[] = [];
  private seen = 0;

  constructor(log: Log, options: UnionOptions) {
    this.log = log;
    this.options = options;
    this.landing = new RecordOutcomes(log);
    this.horizon = log.horizon();
  }

  /** Takes a commit, or keeps it until what it builds on has come. */
  offer(packet: Packet): void {
    this.step();
    if (!this.settled(packet)) this.waiting.push(packet);
  }
  /** A commit that is here, with all there is to know of it. */
  known(): void {
    this.step();
    this.count.known++;
  }

  /**
   * A commit whose form and hashes somebody else checks, and its signature too where `vouched`. Answers its row, to which
   * the caller gives its changes; null where its parents are not all here, or it breaks a rule: then it must be offered.
   */
  believed(packet: Packet, hash: Buffer, own: CommitRow | null, vouched: boolean): CommitRow | null {
    const { header, sig, body } = packet;
    const others = this.parents(header.others);
    if ((header.own !== null && own === null) || others.length !== header.others.length) return null;
    if (this.broken(packet, own, others) !== null || body === null || !('seed' in body)) return null;
    this.step();
    this.count.added++;
    const row = this.landing.commit(header, hash, sig, own, others, body);
    if (!vouched) this.addTip(row, packet, own);
    return row;
  }

  /**
   * Folds what was touched. Throws {@link Doubt} where a chain's tip is not signed by whom it names, and where `holds`,
   * asked last, says that what was believed does not hold.
   */
  finish(holds: () => boolean = () => true): Taken {
    for (let before = -1; this.waiting.length > 0 && this.waiting.length !== before;) {
      before = this.waiting.length;
      this.waiting = this.waiting.filter((packet) => !this.settled(packet));
    }
    for (const packet of this.waiting) this.refused.set(nameOf(packet), NOT_HERE);
    // A commit's hash covers its signature, so the signature of a chain's tip vouches for the whole chain.
    for (const { header, sig, key } of this.tips.values())
      if (!signatureHolds(header, sig, key)) throw new UncheckedSignature();
    let at = 0;
    this.landing.finish((done, total) => {
      if (done >= at) this.look('records', done, total);
      at = done + LOOK;
    });
    if (!holds()) throw new UncheckedSignature();
    return { ...this.count, refused: [...this.refused].map(([hash, why]) => ({ hash, why })) };
  }

  private step(): void {
    if (++this.seen % LOOK === 1) this.look('commits', this.seen - 1, this.options.total ?? 0);
  }
  private look(phase: 'commits' | 'records', done: number, total: number): void {
    const { watch } = this.options;
    if (watch === undefined) return;
    watch.progress(phase, done, Math.max(done, total));
    if (watch.cancelled()) throw cancelled();
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
    const here = this.landing.byHash(hash);
    if (here !== null && (body === null || this.isWhole(here.c))) return 'known';
    if (body !== null && !bodyRoot(body).equals(header.root)) return { refused: 'it doesn’t match what was signed' };
    // What a horizon restates stands in the log that has its parents.
    if (here !== null && body !== null)
      return header.kind !== HORIZON && this.supply(here.c, body) ? 'supplied' : 'known';
    const own = header.own === null ? null : this.landing.byHash(header.own);
    const others = this.parents(header.others);
    const complete = (header.own === null || own !== null) && others.length === header.others.length;
    const begins = header.kind === HORIZON && this.isEmpty();
    if (!complete && !begins) return 'later';
    const why = this.broken(packet, begins ? null : own, begins ? [] : others);
    if (why !== null) return { refused: why };
    if (this.options.everySignature && !signatureHolds(bytes, sig, header.key))
      return { refused: 'its signature is invalid' };
    if (begins) this.put(packet, hash, null, []);
    else this.put(header.kind === HORIZON ? { ...packet, body: null } : packet, hash, own, others);
    return 'added';
  }

  /** Which rule of the log a commit breaks whose parents are these. */
  private broken({ header }: Packet, own: CommitRow | null, others: readonly CommitRow[]): string | null {
    if (this.horizon !== null && header.own === null && header.others.length === 0)
      return 'this is a blind copy, which only accepts edits made in it';
    if (own !== null && !this.isOf(own, header.replica, header.key)) return 'its parent is someone else’s';
    const seen = others.reduce((most, one) => Math.max(most, one.clock), own?.clock ?? 0);
    return clockHolds(header.clock, seen) ? null : 'its clock isn’t later than its parents’';
  }

  private parents(hashes: readonly Buffer[]): CommitRow[] {
    return hashes.flatMap((one) => this.landing.byHash(one) ?? []);
  }
  private isEmpty(): boolean {
    return this.landing.before.c === 0 && this.count.added === 0;
  }

  private put(packet: Packet, hash: Buffer, own: CommitRow | null, others: readonly CommitRow[]): void {
    const { header, sig, body } = packet;
    const whole = body !== null && 'seed' in body ? body : null;
    const row = this.landing.commit(header, hash, sig, own, others, {
      seed: whole?.seed ?? null,
      label: whole?.label ?? null,
    });
    this.addTip(row, packet, own);
    if (whole !== null) {
      whole.changes.forEach((change, k) => this.putChange(row.c, k + 1, change));
      this.landing.landed(row);
    } else if (body !== null) this.supply(row.c, body, row);
  }

  private addTip(row: CommitRow, { header, sig }: Packet, own: CommitRow | null): void {
    if (own !== null) this.tips.delete(own.c);
    this.tips.set(row.c, { header: headerBytes(header), sig, key: header.key });
  }
  private putChange(c: number, i: number, { entity, id, field, value }: Change): void {
    this.landing.change(c, i, this.log.recordNumber(entity, id), entity, id, field, value);
  }
  private supplyChange(c: number, i: number, { entity, id, field, value }: Change): void {
    this.landing.supply(c, i, this.log.recordNumber(entity, id), this.log.fieldNumber(entity, field), value);
  }

  /**
   * Adds what was withheld so far; its hashes are checked already. True where something was new. `landing`: the commit
   * itself comes just now.
   */
  private supply(c: number, body: Body, landing?: CommitRow): boolean {
    const { store } = this.log;
    this.landing.flush();
    const has = new Set(store.list<number>('SELECT i FROM change_ WHERE c = ?', c));
    if ('seed' in body) {
      store.run('UPDATE commit_ SET seed = ?, label = ? WHERE c = ?', body.seed, body.label, c);
      store.run('DELETE FROM leaf_ WHERE c = ?', c);
      body.changes.forEach((change, k) => {
        if (!has.has(k + 1)) this.supplyChange(c, k + 1, change);
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
      else if (landing !== undefined) this.putChange(c, i, leaf.change);
      else if (!has.has(i)) this.supplyChange(c, i, leaf.change);
    });
    if (landing !== undefined) this.landing.landed(landing);
    return news;
  }

  private isWhole(c: number): boolean {
    return this.log.store.value<number>('SELECT seed IS NOT NULL FROM commit_ WHERE c = ?', c) === 1;
  }
  private isOf(parent: CommitRow, replica: Buffer, key: Buffer): boolean {
    const name = replica.toString('latin1') + key.toString('latin1');
    let number = this.replicas.get(name);
    if (number === undefined) {
      number = this.log.findReplica(replica, key) ?? -1;
      if (number >= 0) this.replicas.set(name, number);
    }
    return number === parent.replica;
  }
}

const cancelled = (): Fault => new Fault('CANCELLED', 'Merge stopped. The project hasn’t changed.');

function nameOf(packet: Packet): string {
  try {
    return commitHash(headerBytes(packet.header), packet.sig).toString('hex');
  } catch {
    // A header whose fields have the wrong length has no bytes, and so no name.
    return 'malformed';
  }
}
