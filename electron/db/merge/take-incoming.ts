import Database from 'better-sqlite3';
import { isValidCommit, startCheck, type Check } from './check.ts';
import type { IncomingDatabase } from './incoming.ts';
import { HORIZON } from '../log/packet.ts';
import type { IncomingRows, RecordName } from './incoming-rows.ts';
import type { IncomingWriter, WrittenField } from './incoming-writer.ts';
import { NumberMap } from './number-map.ts';
import { idOfHex } from '../ids.ts';
import type { CommitRow, Log } from '../log/log.ts';
import type { ChangeRow, StreamedCommit } from './incoming-stream.ts';
import type { Watch } from '../types.ts';
import { FastPathFailed, Union, withSlowRetry, type UnionCounts } from './union.ts';

export interface UnionResult {
  readonly taken: UnionCounts;
  readonly writer: IncomingWriter;
}

/** With fewer new commits than this, this thread checks them itself: a worker takes a while to start. */
const WORTH_A_WORKER = 500;

/**
 * The union with an incoming log, then `use`, in one transaction that `within` makes. If a check fails, that transaction is
 * rolled back and a second one checks each commit by itself, to name what is wrong.
 *
 * What makes it fast: commits that are here already are known by their hash; a worker checks form, hashes and signatures of
 * whole commits while this thread inserts their rows. If the worker finds anything wrong, or dies, all is rolled back and checked
 * commit by commit. Special commits (withheld bodies, missing parents, a broken rule) are checked by themselves from the start.
 */
export function takeIncoming<T>(
  log: Log,
  incoming: IncomingDatabase,
  watch: Watch,
  within: (work: () => T) => T,
  use: (took: UnionResult) => T,
): T {
  return withSlowRetry((everySignature) =>
    within(() => {
      const union = new Union(log, { everySignature, watch, total: incoming.commits });
      if (everySignature) {
        for (const packet of incoming.packets()) union.offer(packet);
        return use({ taken: union.finish(), writer: union.writer });
      }
      return use(takeFast(log, incoming, union));
    }),
  );
}

function takeFast(log: Log, incoming: IncomingDatabase, union: Union): UnionResult {
  const { special, plain } = newCommits(log, incoming, union);
  const check = plain.length >= WORTH_A_WORKER ? startCheck(incoming, plain) : null;
  try {
    const oneByOne = new Set(special);
    addPlain(incoming, union, plain, oneByOne, check);
    for (const c of [...oneByOne].sort((a, b) => a - b)) union.offer(incoming.rows.packet(c));
    const taken = union.finish(() => check?.wait() ?? true);
    return { taken, writer: union.writer };
  } catch (thrown) {
    // Two commits with one hash, or a value of the wrong type: no log that Sourcebook wrote has them.
    if (thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_CONSTRAINT'))
      throw new FastPathFailed();
    throw thrown;
  } finally {
    check?.stop();
  }
}

/** The numbers of the commits that are not here, rising: plain ones, and those that have to be checked by themselves. */
function newCommits(log: Log, incoming: IncomingDatabase, union: Union): { special: number[]; plain: number[] } {
  const special: number[] = [];
  const plain: number[] = [];
  for (const some of incoming.rows.list()) {
    const known = log.knownAmong(some.map(({ hash }) => hash));
    for (const { c, hash, kind, withheld } of some) {
      const here = known.get(hash);
      if (here === 'whole' || (here === 'withheld' && kind === HORIZON)) union.known();
      else if (here === 'withheld' || withheld || kind !== 1) special.push(c);
      else plain.push(c);
    }
  }
  return { special, plain };
}

/** Adds plain commits as they are read. Without `check`, this thread checks each. Invalid ones are added to `oneByOne`. */
function addPlain(
  incoming: IncomingDatabase,
  union: Union,
  plain: readonly number[],
  oneByOne: Set<number>,
  check: Check | null,
): void {
  const { rows } = incoming;
  const { writer } = union;
  const changes = new Changes(rows, writer);
  const parents = new RecentRows();
  for (const commit of rows.stream(plain)) {
    if (check?.failed() === true) throw new FastPathFailed();
    const own = parentOf(writer, commit, parents);
    const { header, sig, seed, label, hash } = commit;
    const packet = { header, sig, body: { seed, label, changes: [] } };
    const isValid = check !== null || isValidCommit(rows, commit);
    const row = isValid ? union.addUnchecked(packet, hash, own, check !== null) : null;
    if (row === null) {
      oneByOne.add(commit.c);
      continue;
    }
    changes.add(row, commit.rows);
    parents.set(commit.c, row);
  }
  changes.flush();
}

/** How many changes are collected before they are added, so that their new records are added with one statement for many. */
const TOGETHER = 1000;

/** The changes of plain commits, whose rows the writer has. */
class Changes {
  private readonly rows: IncomingRows;
  private readonly writer: IncomingWriter;
  /** From a record's number in the incoming log to its number here. */
  private readonly numbers = new NumberMap();
  /** Kinds of the records that were here before the merge, by number. */
  private readonly known = new Map<number, string>();
  /** Fields by kind of record, then by the field's number in the incoming log. */
  private readonly fields = new Map<string, Map<number, WrittenField>>();
  /**
   * The highest record number seen in the incoming log. Records are numbered as they came: one with a lower number came earlier, and is mostly
   * here.
   */
  private highest = Number.NEGATIVE_INFINITY;
  private waiting: (readonly [CommitRow, readonly ChangeRow[]])[] = [];
  private count = 0;

  constructor(rows: IncomingRows, writer: IncomingWriter) {
    this.rows = rows;
    this.writer = writer;
  }

  add(row: CommitRow, changes: readonly ChangeRow[]): void {
    this.waiting.push([row, changes]);
    this.count += changes.length;
    if (this.count >= TOGETHER) this.flush();
  }

  flush(): void {
    const { waiting } = this;
    [this.waiting, this.count] = [[], 0];
    const names = new Map<number, RecordName>();
    this.addRecords(waiting, names);
    for (const [row, changes] of waiting) {
      this.addCommit(row, changes, names);
      this.writer.endCommit(row);
    }
  }

  private addCommit({ c }: CommitRow, changes: readonly ChangeRow[], names: ReadonlyMap<number, RecordName>): void {
    const { writer } = this;
    let [last, ent] = [Number.NaN, 0];
    let fields: Map<number, WrittenField> | null = null;
    let [kind, isNew] = ['', false];
    let record: ReturnType<IncomingWriter['newRecord']> = null;
    for (const [, i, there, number, value] of changes) {
      // Most changes are of the same record as the change before.
      if (there !== last || fields === null) {
        last = there;
        ent = this.numberOf(there);
        const hereAs = ent <= writer.before.ent ? this.known.get(there) : undefined;
        const name = hereAs === undefined ? (names.get(there) ?? this.rows.record(there)) : null;
        isNew = name !== null;
        kind = hereAs ?? name?.kind ?? '';
        fields = this.fieldsOf(kind);
        record = name === null ? null : writer.newRecord(ent, kind, () => idOfHex(name.hex.toLowerCase()));
      }
      let field = fields.get(number);
      if (field === undefined) fields.set(number, (field = writer.field(kind, this.rows.field(number))));
      if (isNew) writer.changeNew(c, i, ent, field, value, record);
      else writer.changeKnown(c, i, ent, field, value);
    }
  }

  private fieldsOf(kind: string): Map<number, WrittenField> {
    let fields = this.fields.get(kind);
    if (fields === undefined) this.fields.set(kind, (fields = new Map<number, WrittenField>()));
    return fields;
  }

  private numberOf(there: number): number {
    const ent = this.numbers.get(there);
    if (ent === undefined) throw new RangeError('A record of a change was not added');
    return ent;
  }

  /** Looks up the records that were not looked up before, and adds those that are not here. `names` gets their names. */
  private addRecords(waiting: Changes['waiting'], names: Map<number, RecordName>): void {
    const old: number[] = [];
    const fresh: number[] = [];
    let last = Number.NaN;
    for (const [, changes] of waiting)
      for (const [, , there] of changes) {
        if (there === last) continue;
        last = there;
        if (this.numbers.get(there) !== undefined || names.has(there)) continue;
        names.set(there, this.rows.record(there));
        (there < this.highest ? old : fresh).push(there);
      }
    for (const some of [old, fresh]) {
      const named = some.flatMap((there) => names.get(there) ?? []);
      const ents = some === fresh ? this.writer.records(named) : named.map((one) => this.writer.record(one));
      for (const [at, there] of some.entries()) {
        const [ent, name] = [ents[at], named[at]];
        if (ent === undefined || name === undefined) continue;
        this.numbers.set(there, ent);
        if (ent <= this.writer.before.ent) this.known.set(there, name.kind);
        this.highest = Math.max(this.highest, there);
      }
    }
  }
}

const parentOf = (writer: IncomingWriter, { own, header }: StreamedCommit, parents: RecentRows): CommitRow | null =>
  own === null || header.own === null ? null : (parents.get(own) ?? writer.byHash(header.own));

const PARENTS = 256;

/**
 * Caches rows of the commits read last, by their number in the incoming log. Not a `Map`: if keys come and go, it keeps memory for all of
 * them.
 */
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
