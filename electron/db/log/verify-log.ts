import { isValidClock } from '../../../shared/changes/clock.ts';
import type { Place } from '../../../shared/changes/fold.ts';
import { joinVectors, vectorBytes } from './causality.ts';
import { bodyRoot, commitHash, headerBytes, HORIZON, isDate } from './packet.ts';
import type { VerifyFailure } from '../../../shared/contract/project.ts';
import type { Log } from './log.ts';
import { BEFORE_ALL, type ChangesRead, exportPackets, type StoredPacket } from './packets.ts';
import { isValidSignature } from './signatures.ts';

export interface LogReport {
  readonly commits: number;
  readonly changes: number;
  readonly failures: readonly VerifyFailure[];
  /** Records that a damaged commit changes: their rows can't be compared with the log. */
  readonly uncheckable: ReadonlySet<number>;
  readonly damagedBodies: boolean;
}

/** What checking a commit needs of its parents. */
interface Seen extends Place {
  readonly clock: number;
  readonly replica: number;
}

export function verifyCommits(log: Log): LogReport {
  const check = new LogCheck(log);
  const read: ChangesRead = { all: 0, inPlace: 0 };
  for (const packet of exportPackets(log, read)) check.commit(packet);
  return check.finish(read.all === read.inPlace);
}

const ALTERED = 'Its header, parents or signature was altered after signing.';

class LogCheck {
  private readonly log: Log;
  private readonly failures: VerifyFailure[] = [];
  private readonly seen = new Map<number, Seen>();
  /** The true hashes of commits whose stored hash was altered: their children name the true one. */
  private readonly trueHash = new Map<number, Buffer>();
  private readonly byTrueHash = new Map<string, number>();
  private readonly missing = new Set<string>();
  private readonly altered: { hash: string; replica: number }[] = [];
  private readonly damaged = new Set<number>();
  private readonly ofReplica = new Map<number, number>();
  private readonly vectors = new Map<number, ReadonlyMap<number, number>>();
  private readonly tips = new Map<number, StoredPacket>();
  private readonly chainTips = new Map<number, { c: number; replica: number }>();
  private readonly heads = new Set<number>();
  /** The horizon this log begins with, if it is a blind copy. */
  private beginning: StoredPacket | null = null;
  private chains = 0;
  private changes = 0;

  constructor(log: Log) {
    this.log = log;
  }

  commit(packet: StoredPacket): void {
    const { c, body } = packet;
    if (this.seen.size === 0 && packet.header.kind === HORIZON) this.beginning = packet;
    this.ofReplica.set(packet.replica, (this.ofReplica.get(packet.replica) ?? 0) + 1);
    if (body !== null)
      this.changes +=
        'seed' in body ? body.changes.length : body.leaves.filter((leaf, i) => i > 0 && 'salt' in leaf).length;
    const sound = this.header(packet) && this.parents(packet);
    if (body !== null && !this.bodyMatches(packet)) {
      this.damaged.add(c);
      if (sound) this.report(packet, 'A change or its label was altered after signing.');
    }
    if (!sound) this.damaged.add(c);
    else if (!isDate(packet.header.wall))
      this.report(
        packet,
        'Its date is none that a calendar has. Rebuild the project from its history, without this edit.',
      );
    this.place(packet, sound);
    if (packet.own !== null) this.tips.delete(packet.own);
    if (sound) this.tips.set(c, packet);
  }

  private report(packet: StoredPacket, message: string): void {
    this.failures.push({ kind: 'commit', id: packet.hash.toString('hex'), message });
  }

  private bodyMatches({ body, header }: StoredPacket): boolean {
    return body === null || attempt(() => bodyRoot(body))?.equals(header.root) === true;
  }

  /** Whether the header and signature match the commit's hash, or only the stored hash was altered. */
  private header(packet: StoredPacket): boolean {
    const { own, hash, sig, header } = packet;
    const trueHash = own === null ? undefined : this.trueHash.get(own);
    const variants = trueHash === undefined ? [header] : [{ ...header, own: trueHash }, header];
    for (const variant of variants) {
      const bytes = attempt(() => headerBytes(variant));
      if (bytes !== null && commitHash(bytes, sig).equals(hash)) return true;
    }
    if (own !== null && !this.seen.has(own)) return true;
    for (const variant of variants) {
      const bytes = attempt(() => headerBytes(variant));
      if (bytes === null || !isValidSignature(bytes, sig, variant.key)) continue;
      const real = commitHash(bytes, sig);
      this.trueHash.set(packet.c, real);
      this.byTrueHash.set(real.toString('hex'), packet.c);
      this.report(packet, 'Its stored hash doesn’t match what was signed.');
      return true;
    }
    this.altered.push({ hash: hash.toString('hex'), replica: packet.replica });
    return false;
  }

  private parents(packet: StoredPacket): boolean {
    const { own, header } = packet;
    if (header.kind === HORIZON && packet !== this.beginning && packet.body !== null)
      this.report(packet, 'It repeats existing edits for a blind coder, so only its header belongs here.');
    if (own !== null && !this.seen.has(own)) {
      this.reportMissing(`commit ${own}`);
      return false;
    }
    const named = this.named(packet);
    const others = named.map((hash) => this.find(hash));
    others.forEach((found, k) => {
      if (found === null) this.reportMissing(named[k]?.toString('hex') ?? '');
    });
    if (others.includes(null)) return false;
    const parents = this.parentsOf(packet);
    if (own !== null && this.seen.get(own)?.replica !== packet.replica)
      this.report(packet, 'Its parent is from another copy.');
    else if (!isValidClock(header.clock, Math.max(0, ...parents.map((one) => one.clock))))
      this.report(packet, 'Its clock isn’t later than its parents’.');
    return true;
  }

  /** Reports a missing commit once, however many depend on it. */
  private reportMissing(id: string): void {
    if (this.missing.has(id)) return;
    this.missing.add(id);
    this.failures.push({ kind: 'commit', id, message: 'An edit that others depend on is missing.' });
  }

  private find(hash: Buffer): number | null {
    const c = this.log.byHash(hash)?.c ?? this.byTrueHash.get(hash.toString('hex'));
    return c !== undefined && this.seen.has(c) ? c : null;
  }

  /** The parents from other chains that must be here. The horizon a log begins with has none here. */
  private named(packet: StoredPacket): readonly Buffer[] {
    return packet === this.beginning ? [] : packet.header.others;
  }

  private parentNumbers(packet: StoredPacket): number[] {
    const { own } = packet;
    return [...(own === null ? [] : [own]), ...this.named(packet).flatMap((hash) => this.find(hash) ?? [])];
  }
  private parentsOf(packet: StoredPacket): Seen[] {
    return this.parentNumbers(packet).flatMap((c) => this.seen.get(c) ?? []);
  }

  /** Derives chain, number and version vector again. Of a damaged commit the stored ones are used, so that one fault is reported once. */
  private place(packet: StoredPacket, sound: boolean): void {
    const { c, own, header, replica, place } = packet;
    const at = sound ? this.derive(packet) : place;
    this.chains = Math.max(this.chains, at.chain);
    this.seen.set(c, { ...at, clock: header.clock, replica });
    this.chainTips.set(at.chain, { c, replica });
    for (const parent of sound ? this.parentNumbers(packet) : own === null ? [] : [own]) this.heads.delete(parent);
    this.heads.add(c);
    if (at.chain !== place.chain || at.seq !== place.seq || at.vv !== place.vv) {
      this.failures.push({
        kind: 'index',
        id: packet.hash.toString('hex'),
        message: 'Its place in the history was altered.',
      });
    }
  }

  private derive(packet: StoredPacket): Place {
    const { own, header } = packet;
    const parent = own === null ? undefined : this.seen.get(own);
    const continues = parent !== undefined && this.chainTips.get(parent.chain)?.c === own;
    const chain = continues ? parent.chain : this.chains + 1;
    const seq = continues ? parent.seq + 1 : 1;
    if (continues && header.others.length === 0) return { chain, seq, vv: parent.vv };
    const vector = joinVectors(this.parentsOf(packet), (vv) => this.vectors.get(vv) ?? new Map<number, number>());
    vector.delete(chain);
    const vv = this.vectors.size + 1;
    this.vectors.set(vv, vector);
    const stored = this.log.store.value<Buffer>('SELECT body FROM vv_ WHERE vv = ?', vv);
    if (stored?.equals(vectorBytes(vector)) !== true) {
      this.failures.push({ kind: 'index', id: `version vector ${vv}`, message: 'A version vector was altered.' });
    }
    return { chain, seq, vv };
  }

  /** `areInPlace`: whether every change up to the last commit is one of {@link ChangesRead.inPlace}. */
  finish(areInPlace: boolean): LogReport {
    for (const packet of this.tips.values()) this.signature(packet);
    this.failures.push(...this.alterations());
    const strays = strayFindings(this.log, this.damaged, areInPlace);
    for (const c of strays.missing) this.reportMissing(`commit ${c}`);
    this.failures.push(...strays.failures);
    if (this.altered.length === 0 && this.missing.size === 0) this.derivedTables();
    const damagedCommits = [...this.damaged, ...strays.missing, ...strays.damaged];
    const uncheckable = new Set(
      damagedCommits.flatMap((c) => this.log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ?', c)),
    );
    const damagedBodies = damagedCommits.length > 0 || this.missing.size > 0;
    return { commits: this.seen.size, changes: this.changes, failures: this.failures, uncheckable, damagedBodies };
  }

  private signature(packet: StoredPacket): void {
    const trueHash = packet.own === null ? undefined : this.trueHash.get(packet.own);
    const headers = trueHash === undefined ? [packet.header] : [{ ...packet.header, own: trueHash }, packet.header];
    const holds = headers.some((header) => {
      const bytes = attempt(() => headerBytes(header));
      return bytes !== null && isValidSignature(bytes, packet.sig, header.key);
    });
    if (!holds) this.report(packet, 'Its signature is invalid.');
  }

  /** If every commit of a replica (or of the log) fails, the replica's (or project's) own row was altered. */
  private alterations(): VerifyFailure[] {
    const total = this.seen.size;
    const id = this.log.store.value<Buffer>('SELECT id FROM project_');
    if (id?.equals(this.log.project) !== true || (total > 1 && this.altered.length === total)) {
      return [
        {
          kind: 'database',
          id: 'project_',
          message: 'No edit matches this project’s ID, so the ID was altered.',
        },
      ];
    }
    const counts = new Map<number, number>();
    for (const { replica } of this.altered) counts.set(replica, (counts.get(replica) ?? 0) + 1);
    const whole = [...counts]
      .filter(([replica, n]) => n > 1 && n === this.ofReplica.get(replica))
      .map(([replica]) => replica);
    return [
      ...whole.map((replica): VerifyFailure => ({
        kind: 'database',
        id: `replica_ ${replica}`,
        message: 'No valid edit from this copy: its ID or key was altered.',
      })),
      ...this.altered
        .filter((one) => !whole.includes(one.replica))
        .map(({ hash }): VerifyFailure => ({ kind: 'commit', id: hash, message: ALTERED })),
    ];
  }

  private derivedTables(): void {
    const { store } = this.log;
    const wrong = (id: string, message: string): void => void this.failures.push({ kind: 'index', id, message });
    const heads = new Set(store.list<number>('SELECT c FROM head_'));
    for (const c of new Set([...heads, ...this.heads])) {
      if (heads.has(c) !== this.heads.has(c)) wrong(`head ${c}`, 'The list of latest edits was altered.');
    }
    const chains = new Map(
      store
        .all<{ chain: number; replica: number; tip: number }>('SELECT chain, replica, tip FROM chain_')
        .map((row) => [row.chain, row]),
    );
    for (const chain of new Set([...chains.keys(), ...this.chainTips.keys()])) {
      const stored = chains.get(chain);
      const tip = this.chainTips.get(chain);
      if (stored?.tip !== tip?.c || stored?.replica !== tip?.replica)
        wrong(`chain ${chain}`, 'A chain of edits was altered.');
    }
    for (const vv of store.list<number>('SELECT vv FROM vv_')) {
      if (!this.vectors.has(vv)) wrong(`version vector ${vv}`, 'A version vector matches no edit.');
    }
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (thrown) {
    // A length or number that no valid commit has; anything else is a bug.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

interface Strays {
  /** Local numbers of commits that are missing although their changes or leaves are here. */
  readonly missing: readonly number[];
  readonly damaged: readonly number[];
  readonly failures: readonly VerifyFailure[];
}

/**
 * Finds rows that belong to no commit, and rows with wrong numbers; reading commit by commit does not notice either. Looking through
 * all changes takes as long as a tenth of verifying them, so with `areInPlace` (see {@link LogCheck.finish}) only those after the last
 * commit are looked for: no other can be found.
 */
function strayFindings(log: Log, known: ReadonlySet<number>, areInPlace: boolean): Strays {
  const { store } = log;
  const missing = store.list<number>(`${areInPlace ? BEYOND : HOMELESS} UNION ${HOMELESS_LEAVES}`);
  const damaged = new Set<number>();
  const misnumbered = areInPlace ? MISNUMBERED : [...MISNUMBERED_CHANGES, ...MISNUMBERED];
  for (const sql of misnumbered) for (const c of store.list<number>(sql)) if (!known.has(c)) damaged.add(c);
  const failures = [...damaged].map((c): VerifyFailure => ({
    kind: 'commit',
    id: store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', c)?.toString('hex') ?? `commit ${c}`,
    message: 'Its rows don’t match what was signed.',
  }));
  const misnamed = (areInPlace ? [] : store.list<number>(MISNAMED)).map((field): VerifyFailure => ({
    kind: 'database',
    id: `field_ ${field}`,
    message: 'A field is filed under a different type from the one signed.',
  }));
  return { missing, damaged: [...damaged], failures: [...failures, ...misnamed] };
}

/** SQL: commits (by number) that changes name and that are missing. */
const HOMELESS = 'SELECT DISTINCT c FROM change_ WHERE c NOT IN (SELECT c FROM commit_)';
const BEYOND = `SELECT DISTINCT c FROM change_ WHERE c > (SELECT ifnull(max(c), ${BEFORE_ALL}) FROM commit_)
  UNION SELECT DISTINCT c FROM change_ WHERE c <= ${BEFORE_ALL}`;
const HOMELESS_LEAVES = 'SELECT DISTINCT c FROM leaf_ WHERE c NOT IN (SELECT c FROM commit_)';

const MISNAMED =
  'SELECT DISTINCT h.field FROM change_ h JOIN entity_ e ON e.ent = h.ent JOIN field_ f ON f.field = h.field WHERE f.entity IS NOT e.kind';

const MISNUMBERED_CHANGES = [
  // Changes of a whole commit count from 1 without a gap.
  `SELECT h.c FROM change_ h JOIN commit_ m ON m.c = h.c WHERE m.seed IS NOT NULL GROUP BY h.c HAVING min(h.i) <> 1 OR max(h.i) <> count(*)`,
  // A change of a commit withheld in part has an open leaf, and an open leaf its change.
  `SELECT h.c FROM change_ h JOIN commit_ m ON m.c = h.c LEFT JOIN leaf_ l ON l.c = h.c AND l.i = h.i WHERE m.seed IS NULL AND l.salt IS NULL`,
] as const;

const MISNUMBERED = [
  // A whole commit keeps no leaves.
  `SELECT DISTINCT l.c FROM leaf_ l JOIN commit_ m ON m.c = l.c WHERE m.seed IS NOT NULL`,
  // Leaves count from 0 without a gap, and each is either open or withheld.
  `SELECT c FROM leaf_ WHERE c IN (SELECT c FROM commit_) GROUP BY c HAVING min(i) <> 0 OR max(i) <> count(*) - 1 OR sum((salt IS NULL) = (hash IS NULL)) > 0`,
  // A label needs its leaf.
  `SELECT m.c FROM commit_ m WHERE m.seed IS NULL AND m.label IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM leaf_ l WHERE l.c = m.c AND l.i = 0 AND l.salt IS NOT NULL)`,
] as const;
