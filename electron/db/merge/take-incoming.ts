import Database from 'better-sqlite3';
import { commitHolds } from './check-commit.ts';
import { startCheck, type Check } from './check.ts';
import type { IncomingDatabase } from './incoming.ts';
import { HORIZON } from '../log/horizon.ts';
import type { RecordOutcomes } from './record-outcomes.ts';
import type { CommitRow, Log } from '../log/log.ts';
import type { Streamed } from './incoming-stream.ts';
import type { Watch } from '../types.ts';
import { UncheckedSignature, Union, checkedAgain, type Taken } from './union.ts';

export interface Took {
  readonly taken: Taken;
  readonly landing: RecordOutcomes;
}

/** Fewer new commits are checked as they come: a worker takes a while to start. */
const WORTH_A_WORKER = 500;

/**
 * The union with somebody else's log, then `use`, all in one transaction that `within` makes: called once more where
 * something does not hold, after the first was rolled back, to find out what.
 *
 * What makes it fast: what is here already is known by its hash alone; a worker checks form, hashes and signatures of
 * whole commits while their rows are put in; where it finds anything wrong, or dies, nothing of it stays and each commit
 * is checked by itself. Whatever is not plain (withheld bodies, missing parents, a broken rule) takes the slow way at once.
 */
export function takeIncoming<T>(
  log: Log,
  foreign: IncomingDatabase,
  watch: Watch,
  within: (work: () => T) => T,
  use: (took: Took) => T,
): T {
  return checkedAgain((everySignature) =>
    within(() =>
      inLittleRoom(log, () => {
        const union = new Union(log, { everySignature, watch, total: foreign.commits });
        if (everySignature) {
          for (const packet of foreign.packets()) union.offer(packet);
          return use({ taken: union.finish(), landing: union.landing });
        }
        return use(takeFast(log, foreign, union));
      }),
    ),
  );
}

/** Pages in memory while a merge is written, in kibibytes: it goes through the log once, and 64 MB would gain nothing. */
const PAGES_KB = 16_384;

function inLittleRoom<T>({ store }: Log, work: () => T): T {
  const before = store.value<number>('PRAGMA cache_size') ?? 0;
  store.exec(`PRAGMA cache_size = -${PAGES_KB}; PRAGMA shrink_memory`);
  try {
    return work();
  } finally {
    store.exec(`PRAGMA cache_size = ${before}`);
  }
}

function takeFast(log: Log, foreign: IncomingDatabase, union: Union): Took {
  const { odd, plain } = sorted(log, foreign, union);
  const check = plain.length >= WORTH_A_WORKER ? startCheck(foreign, plain) : null;
  try {
    const late = new Set(odd);
    believe(foreign, union, plain, late, check);
    for (const c of [...late].sort((a, b) => a - b)) union.offer(foreign.rows.packet(c));
    const taken = union.finish(() => check?.wait() ?? true);
    return { taken, landing: union.landing };
  } catch (thrown) {
    // Two commits of one hash, a value of another type than its column's: no log of ours has them.
    if (thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_CONSTRAINT'))
      throw new UncheckedSignature();
    throw thrown;
  } finally {
    check?.stop();
  }
}

/** What is not known here: plain commits, and those that need a closer look. In order of their numbers. */
function sorted(log: Log, foreign: IncomingDatabase, union: Union): { odd: number[]; plain: number[] } {
  const odd: number[] = [];
  const plain: number[] = [];
  for (const { c, hash, kind, withheld } of foreign.rows.list()) {
    const here = log.knows(hash);
    if (here === 'whole' || (here === 'withheld' && kind === HORIZON)) union.known();
    else if (here === 'withheld' || withheld || kind !== 1) odd.push(c);
    else plain.push(c);
  }
  return { odd, plain };
}

/** Puts plain commits in as they are read; without `check`, each is looked at here. What cannot be believed is added to `late`. */
function believe(
  foreign: IncomingDatabase,
  union: Union,
  plain: readonly number[],
  late: Set<number>,
  check: Check | null,
): void {
  const { rows } = foreign;
  const { landing } = union;
  /** Theirs → ours; of a record that was here before, its kind too. */
  const records = new Map<number, number>();
  const known = new Map<number, string>();
  const parents = new RecentRows();
  for (const commit of rows.stream(plain)) {
    if (check?.failed() === true) throw new UncheckedSignature();
    const own = parentOf(landing, commit, parents);
    const { header, sig, seed, label, hash } = commit;
    const packet = { header, sig, body: { seed, label, changes: [] } };
    const holds = check !== null || commitHolds(rows, commit);
    const row = holds ? union.believed(packet, hash, own, check !== null) : null;
    if (row === null) {
      late.add(commit.c);
      continue;
    }
    for (const change of commit.rows) {
      const [i, theirs, field, value] = change;
      let ent = records.get(theirs);
      const hereAs = ent === undefined ? undefined : known.get(theirs);
      if (ent !== undefined && hereAs !== undefined) {
        landing.changeKnown(row.c, i, ent, hereAs, rows.field(field), value);
        continue;
      }
      const { kind, id } = rows.record(theirs);
      if (ent === undefined) {
        records.set(theirs, (ent = landing.record(kind, id)));
        if (ent <= landing.before.ent) known.set(theirs, kind);
      }
      landing.change(row.c, i, ent, kind, id, rows.field(field), value);
    }
    landing.landed(row);
    parents.set(commit.c, row);
  }
}

const parentOf = (landing: RecordOutcomes, { own, header }: Streamed, parents: RecentRows): CommitRow | null =>
  own === null || header.own === null ? null : (parents.get(own) ?? landing.byHash(header.own));

const PARENTS = 256;

/** Rows of commits that came last, by their number there: a map in which keys come and go would hold on to all of them. */
class RecentRows {
  private readonly slots: (readonly [number, CommitRow] | null)[] = Array.from({ length: PARENTS }, () => null);

  get(c: number): CommitRow | undefined {
    const slot = this.slots[slotOf(c)];
    return slot?.[0] === c ? slot[1] : undefined;
  }
  set(c: number, row: CommitRow): void {
    this.slots[slotOf(c)] = [c, row];
  }
}

const slotOf = (c: number): number => Math.abs(c) % PARENTS;
