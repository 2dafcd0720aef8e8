import { isValidClock } from '../../../shared/changes/clock.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Body,
  bodyRoot,
  type Change,
  commitHash,
  headerBytes,
  HORIZON,
  misshapen,
  type Packet,
} from '../log/packet.ts';
import { IncomingWriter } from './incoming-writer.ts';
import type { CommitRow, Log } from '../log/log.ts';
import { isValidSignature } from '../log/signatures.ts';
import type { Watch } from '../types.ts';

export interface Rejection {
  /** The commit's hash, or `malformed` where it has none. */
  readonly hash: string;
  readonly why: string;
}
export interface UnionCounts {
  /** Commits that were new. */
  readonly added: number;
  /** Commits that were here and whose withheld bodies came. */
  readonly supplied: number;
  /** Commits that were here. */
  readonly known: number;
  readonly rejected: readonly Rejection[];
}

type Tips = Map<number, { header: Buffer; sig: Buffer; key: Buffer }>;
type Outcome = 'added' | 'supplied' | 'known' | 'later' | { readonly rejected: string };

/** Something is wrong with a commit that was added before it was checked: all is rolled back and checked commit by commit. */
export class FastPathFailed extends Error {}
const NOT_HERE = 'an edit it depends on is missing';

/** How often progress is reported and cancelling checked: once in this many commits or records. */
const LOOK = 2000;

/**
 * Adds commits from another log, in any order, and folds the records they change, in one transaction. The result depends only
 * on the set of commits. Every replica checks each commit against the same rules; one that breaks a rule is rejected and named.
 * If a signature fails, `source` is called a second time to find out whose.
 */
export function takePackets(log: Log, source: () => Iterable<Packet>): UnionCounts {
  const attempt = (everySignature: boolean): UnionCounts => {
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
  return withSlowRetry(attempt);
}

/** Runs `attempt`; if its fast path fails, once more with every signature checked by itself. */
export function withSlowRetry<T>(attempt: (everySignature: boolean) => T): T {
  try {
    return attempt(false);
  } catch (thrown) {
    if (!(thrown instanceof FastPathFailed)) throw thrown;
    return attempt(true);
  }
}

interface UnionOptions {
  /** Otherwise only the signature of each chain's last commit is checked: its hash chain covers the commits before it. */
  readonly everySignature: boolean;
  readonly watch?: Watch;
  /** How many commits there are to look at, for progress. */
  readonly total?: number;
}

/** One union, inside the caller's transaction. */
export class Union {
  readonly writer: IncomingWriter;
  private readonly log: Log;
  private readonly options: UnionOptions;
  private readonly tips: Tips = new Map();
  private readonly rejected = new Map<string, string>();
  private readonly count = { added: 0, supplied: 0, known: 0 };
  private readonly horizon: Buffer | null;
  private readonly replicas = new Map<string, number>();
  private waiting: Packet[] = [];
  private seen = 0;

  constructor(log: Log, options: UnionOptions) {
    this.log = log;
    this.options = options;
    this.writer = new IncomingWriter(log);
    this.horizon = log.horizon();
  }

  /** Adds or rejects a commit; one whose parents are not here yet waits for them. */
  offer(packet: Packet): void {
    this.step();
    if (!this.tryTake(packet)) this.waiting.push(packet);
  }
  /** Counts a commit that is here already, with its whole body. */
  known(): void {
    this.step();
    this.count.known++;
  }

  /**
   * Adds a commit whose form and hashes the caller checks; with `signatureChecked`, its signature too. Returns its row, for which
   * the caller then adds the changes; null if a parent is missing or it breaks a rule, and the caller must offer it instead.
   */
  addUnchecked(packet: Packet, hash: Buffer, own: CommitRow | null, signatureChecked: boolean): CommitRow | null {
    const { header, sig, body } = packet;
    const others = this.parents(header.others);
    if ((header.own !== null && own === null) || others.length !== header.others.length) return null;
    if (this.broken(packet, own, others) !== null || body === null || !('seed' in body)) return null;
    this.step();
    this.count.added++;
    const row = this.writer.commit(header, hash, sig, own, others, body);
    if (!signatureChecked) this.addTip(row, packet, own);
    return row;
  }

  /**
   * Folds the records that were changed. Throws {@link FastPathFailed} if the signature of a chain's last commit is invalid, or if
   * `isValid`, called last, returns false.
   */
  finish(isValid: () => boolean = () => true): UnionCounts {
    for (let before = -1; this.waiting.length > 0 && this.waiting.length !== before;) {
      before = this.waiting.length;
      this.waiting = this.waiting.filter((packet) => !this.tryTake(packet));
    }
    for (const packet of this.waiting) this.rejected.set(nameOf(packet), NOT_HERE);
    // A commit's hash covers its signature and its parent's hash, so the last signature of a chain covers the whole chain.
    for (const { header, sig, key } of this.tips.values())
      if (!isValidSignature(header, sig, key)) throw new FastPathFailed();
    let at = 0;
    this.writer.finish((done, total) => {
      if (done >= at) this.look('records', done, total);
      at = done + LOOK;
    });
    if (!isValid()) throw new FastPathFailed();
    return { ...this.count, rejected: [...this.rejected].map(([hash, why]) => ({ hash, why })) };
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

  /** Whether the commit was added or rejected; false if it has to wait for its parents. */
  private tryTake(packet: Packet): boolean {
    const outcome = this.take(packet);
    if (outcome === 'later') return false;
    if (typeof outcome === 'object') this.rejected.set(nameOf(packet), outcome.rejected);
    else {
      this.count[outcome]++;
      if (outcome === 'supplied') this.count.known++;
    }
    return true;
  }

  private take(packet: Packet): Outcome {
    const bad = misshapen(packet, this.log.project);
    if (bad !== null) return { rejected: bad };
    const { header, sig, body } = packet;
    const bytes = headerBytes(header);
    const hash = commitHash(bytes, sig);
    const here = this.writer.byHash(hash);
    if (here !== null && (body === null || this.isWhole(here.c))) return 'known';
    if (body !== null && !bodyRoot(body).equals(header.root)) return { rejected: 'it doesn’t match what was signed' };
    // A log that has a horizon's parents has every value the horizon restates.
    if (here !== null && body !== null)
      return header.kind !== HORIZON && this.supply(here.c, body) ? 'supplied' : 'known';
    const own = header.own === null ? null : this.writer.byHash(header.own);
    const others = this.parents(header.others);
    const complete = (header.own === null || own !== null) && others.length === header.others.length;
    const begins = header.kind === HORIZON && this.isEmpty();
    if (!complete && !begins) return 'later';
    const why = this.broken(packet, begins ? null : own, begins ? [] : others);
    if (why !== null) return { rejected: why };
    if (this.options.everySignature && !isValidSignature(bytes, sig, header.key))
      return { rejected: 'its signature is invalid' };
    if (begins) this.put(packet, hash, null, []);
    else this.put(header.kind === HORIZON ? { ...packet, body: null } : packet, hash, own, others);
    return 'added';
  }

  /** The rule of the log that a commit with these parents breaks; null for none. */
  private broken({ header }: Packet, own: CommitRow | null, others: readonly CommitRow[]): string | null {
    if (this.horizon !== null && header.own === null && header.others.length === 0)
      return 'this is a blind copy, which only accepts edits made in it';
    if (own !== null && !this.isOf(own, header.replica, header.key)) return 'its parent is someone else’s';
    const seen = others.reduce((most, one) => Math.max(most, one.clock), own?.clock ?? 0);
    return isValidClock(header.clock, seen) ? null : 'its clock isn’t later than its parents’';
  }

  private parents(hashes: readonly Buffer[]): CommitRow[] {
    return hashes.flatMap((one) => this.writer.byHash(one) ?? []);
  }
  private isEmpty(): boolean {
    return this.writer.before.c === 0 && this.count.added === 0;
  }

  private put(packet: Packet, hash: Buffer, own: CommitRow | null, others: readonly CommitRow[]): void {
    const { header, sig, body } = packet;
    const whole = body !== null && 'seed' in body ? body : null;
    const row = this.writer.commit(header, hash, sig, own, others, {
      seed: whole?.seed ?? null,
      label: whole?.label ?? null,
    });
    this.addTip(row, packet, own);
    if (whole !== null) {
      whole.changes.forEach((change, k) => this.putChange(row.c, k + 1, change));
      this.writer.endCommit(row);
    } else if (body !== null) this.supply(row.c, body, row);
  }

  private addTip(row: CommitRow, { header, sig }: Packet, own: CommitRow | null): void {
    if (own !== null) this.tips.delete(own.c);
    this.tips.set(row.c, { header: headerBytes(header), sig, key: header.key });
  }
  private putChange(c: number, i: number, { entity, id, field, value }: Change): void {
    this.writer.change(c, i, this.log.recordNumber(entity, id), entity, id, field, value);
  }
  private supplyChange(c: number, i: number, { entity, id, field, value }: Change): void {
    this.writer.supply(c, i, this.log.recordNumber(entity, id), this.writer.field(entity, field), value);
  }

  /**
   * Adds parts of a body that were withheld until now; their hashes have been checked. Returns whether any was new. `added`: the
   * commit itself, if this union added it.
   */
  private supply(c: number, body: Body, added?: CommitRow): boolean {
    const { store } = this.log;
    this.writer.flush();
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
    let isNew = false;
    body.leaves.forEach((leaf, i) => {
      const salt = known.get(i);
      if ('hash' in leaf) {
        if (salt === undefined) store.run('INSERT INTO leaf_(c, i, salt, hash) VALUES(?, ?, NULL, ?)', c, i, leaf.hash);
        return;
      }
      if (salt !== undefined && salt !== null) return;
      isNew = true;
      if (salt === undefined) store.run('INSERT INTO leaf_(c, i, salt, hash) VALUES(?, ?, ?, NULL)', c, i, leaf.salt);
      else store.run('UPDATE leaf_ SET salt = ?, hash = NULL WHERE c = ? AND i = ?', leaf.salt, c, i);
      if (i === 0) store.run('UPDATE commit_ SET label = ? WHERE c = ?', leaf.change.value, c);
      else if (added !== undefined) this.putChange(c, i, leaf.change);
      else if (!has.has(i)) this.supplyChange(c, i, leaf.change);
    });
    if (added !== undefined) this.writer.endCommit(added);
    return isNew;
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
    // A header with a field of the wrong length has no canonical bytes, and so no hash.
    return 'malformed';
  }
}
