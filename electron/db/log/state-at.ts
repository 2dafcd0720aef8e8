import { Fault } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { commits, foldGroups } from '../projection/all-folded.ts';
import type { Stored } from '../projection/set-once.ts';
import { joinVectors } from './causality.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';
import { ENTITIES, type Entity } from '../../../shared/changes/kinds.ts';
import type { Show, StateRow } from '../types.ts';
import { idText } from '../ids.ts';
import { isEntity, kindsOf } from '../../../shared/changes/fields.ts';

/** The newest commits, in the order of their hashes. */
export const heads = (log: Log): CommitHash[] =>
  log
    .heads()
    .map(({ hash }) => toCommitHash(hash))
    .sort();

/** The number of the last commit of each chain among some commits and their ancestors. */
type Reach = ReadonlyMap<number, number>;

function reachOf(log: Log, heads: readonly CommitHash[]): Reach {
  const rows = heads.map((hash) => {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null)
      throw new Fault('NOT_FOUND', 'This copy of the project doesn’t have the edits behind that snapshot.', {
        commit: hash,
      });
    return row;
  });
  return joinVectors(rows, (vv) => log.causality.vector(vv));
}

/** How many commits these and their ancestors are. NOT_FOUND if one of `heads` is not here. */
export const commitsAt = (log: Log, heads: readonly CommitHash[]): number =>
  [...reachOf(log, heads).values()].reduce((sum, one) => sum + one, 0);

/**
 * See LogReader.stateAt. Read from the log and not from the tables, so that a state is what was signed. NOT_FOUND if one of
 * `heads` is not here.
 */
export function* stateAt(log: Log, heads: readonly CommitHash[]): Generator<StateRow> {
  const reach = reachOf(log, heads);
  const anyCommit = commits(log);
  const commitOf = (c: number) => {
    const commit = anyCommit(c);
    return commit !== null && commit.seq <= (reach.get(commit.chain) ?? 0) ? commit : null;
  };
  for (const entity of ENTITIES) {
    for (const records of stretches(log, entity)) {
      const byNumber = new Map(records.map(([ent, kind, id]) => [ent, { kind, id }]));
      const reading = { commitOf, recordOf: (ent: number) => byNumber.get(ent) ?? null };
      const changes = changesOf(log, [...byNumber.keys()]);
      for (const { id, row } of foldGroups(log, changes, reading)) if (row !== null) yield { entity, id, row };
    }
  }
}

/** How many records are read at once: a query for each would take as long as all the folding. */
const AT_ONCE = 500;

/** The records of one kind in the order of their ids, which is an index's order. */
function* stretches(log: Log, kind: Entity): Generator<[ent: number, kind: string, id: Buffer][]> {
  const read = log.store.sqlite
    .prepare<[string, Buffer], [number, string, Buffer]>(
      `SELECT ent, kind, id FROM entity_ WHERE kind = ? AND id > ? ORDER BY id LIMIT ${AT_ONCE}`,
    )
    .raw();
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const records = read.all(kind, after);
    const last = records.at(-1);
    if (last === undefined) return;
    yield records;
    after = last[2];
  }
}

/** The changes of some records, record by record in the order given. */
const changesOf = (log: Log, ents: readonly number[]): Stored[] =>
  log.store.sqlite
    .prepare<[string], Stored>(
      `SELECT h.ent, h.field, h.c, h.i, h.value FROM json_each(?) e CROSS JOIN change_ h ON h.ent = e.value`,
    )
    .raw()
    .all(JSON.stringify(ents));

/** The change that has the current value of a field: its commit and place in it. */
export interface Winner {
  readonly c: number;
  readonly i: number;
}

interface Clocked {
  readonly clock: number;
  readonly hash: Buffer;
}

/**
 * The current value of every field that `show` allows, of the entities and fields this version knows. Fields of a newer version are
 * left out, since `show` cannot judge them; so are the markers of reopened conflicts.
 */
export function winners(log: Log, show: Show): Winner[] {
  const rows = log.store.sqlite
    .prepare<[], [ent: number, field: number, c: number, i: number]>(
      'SELECT ent, field, c, i FROM change_ ORDER BY ent, field',
    )
    .raw()
    .iterate();
  const wins = clocks(log);
  const out: Winner[] = [];
  let [winning, of, named] = [{ c: 0, i: 0 }, -1, -1];
  const put = (): void => void (isShown(log, of, named, show) && out.push(winning));
  for (const [ent, field, c, i] of rows) {
    const isSame = ent === of && field === named;
    if (isSame && !wins(c, winning.c)) continue;
    if (!isSame) put();
    [winning, of, named] = [{ c, i }, ent, field];
  }
  put();
  return out;
}

function isShown(log: Log, ent: number, field: number, show: Show): boolean {
  const record = ent < 0 ? null : log.record(ent);
  const name = log.fieldName(field)?.name;
  if (record === null || name === undefined || !isEntity(record.kind) || !kindsOf(record.kind).has(name)) return false;
  return show(record.kind, idText(record.id), name);
}

/** Whether commit `a` wins over `b`: the greater clock, then the greater hash. */
function clocks(log: Log): (a: number, b: number) => boolean {
  const kept = new Map<number, Clocked>();
  const of = (c: number): Clocked => {
    const known = kept.get(c);
    if (known !== undefined) return known;
    const read = log.store.get<Clocked>('SELECT clock, hash FROM commit_ WHERE c = ?', c) ?? NOBODY;
    if (kept.size >= KEPT) kept.clear();
    kept.set(c, read);
    return read;
  };
  return (a, b) => (of(a).clock - of(b).clock || Buffer.compare(of(a).hash, of(b).hash)) > 0;
}
const KEPT = 20_000;
const NOBODY: Clocked = { clock: 0, hash: Buffer.alloc(0) };
