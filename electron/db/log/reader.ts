import { guarded } from '../faults.ts';
import type { LogReader, Split, ConcurrentTagging, TagChange, TrashedPair } from '../types.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';
import { proofsOf } from './proof.ts';
import { authors, signedChanges, saw, seenOf } from './signed.ts';
import { actionsInEffect, inEffect } from './steps.ts';
import { commitsAt, heads, stateAt } from './state-at.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { idText, personOfKey } from '../ids.ts';
import type { Place } from '../../../shared/changes/fold.ts';
import { STEP } from './write.ts';

/** Who wrote what and when, and who had seen what. */
export function createLogReader(log: Log): LogReader {
  return {
    changes: (entity, ids, fields) => guarded(() => signedChanges(log, entity, ids, fields)),
    proofs: (commits, isShown) => guarded(() => proofsOf(log, commits, isShown)),
    seenOf: (entity, ids, field, versions) => guarded(() => seenOf(log, entity, ids, field, versions)),
    saw: (later, earlier) => guarded(() => saw(log, later, earlier)),
    sawAt: log.causality.saw,
    isForked: () => guarded(() => isForked(log)),
    inEffect: (commits) => guarded(() => new Set(actionsInEffect(log, commits))),
    splits: () => guarded(() => splits(log)),
    concurrentTagging: (passages) => concurrentTagging(log, passages),
    workConcurrentWithTrash: (pairs) => guarded(() => workConcurrentWithTrash(log, pairs)),
    heads: () => guarded(() => heads(log)),
    commitsAt: (of) => guarded(() => commitsAt(log, of)),
    stateAt: (of) => stateAt(log, of),
    horizon: () => {
      const hash = guarded(() => log.horizon());
      return hash === null ? null : toCommitHash(hash);
    },
    authors: () => guarded(() => authors(log)),
  };
}

/** The commits that named a category, with the category. */
const NAMED = `SELECT h.c, e.id FROM p_category k
    CROSS JOIN entity_ e ON e.id = unhex(replace(k.id, '-', '')) AND e.kind = 'category'
    CROSS JOIN field_ f ON f.entity = 'category' AND f.name = 'name'
    CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field`;
/** The tags that some commits gave another category, with the one they had before. */
const MOVED = `SELECT h.c, h.value AS moved, m.hash, m.wall, r."key",
      (SELECT o.value FROM change_ o JOIN commit_ n ON n.c = o.c
       WHERE o.ent = h.ent AND o.field = h.field AND n.clock < m.clock ORDER BY n.clock DESC LIMIT 1) AS before
    FROM json_each(?) i CROSS JOIN change_ h ON h.c = i.value
      JOIN field_ f ON f.field = h.field AND f.entity = 'tag' AND f.name = 'category'
      JOIN commit_ m ON m.c = h.c JOIN replica_ r ON r.replica = m.replica`;

interface MovedRow {
  readonly c: number;
  readonly moved: string;
  readonly before: string | null;
  readonly hash: Buffer;
  readonly wall: number;
  readonly key: Buffer;
}

/** See LogReader.splits. */
function splits(log: Log): Split[] {
  const named = Map.groupBy(log.store.all<{ c: number; id: Buffer }>(NAMED), ({ c }) => c);
  const made = new Map([...named].map(([c, rows]) => [c, new Set(rows.map(({ id }) => idText(id)))]));
  const moved = log.store
    .all<MovedRow>(MOVED, JSON.stringify([...made.keys()]))
    .filter(({ c, moved: to, before }) => before !== null && made.get(c)?.has(textOf(to)) === true);
  return [...Map.groupBy(moved, ({ c, before }) => `${c} ${before ?? ''}`).values()].flatMap((rows): Split[] => {
    const [first] = rows;
    if (first === undefined) return [];
    return [
      {
        from: textOf(first.before ?? ''),
        into: [...new Set([...rows.map((row) => textOf(row.moved)), ...(made.get(first.c) ?? [])])],
        commit: toCommitHash(first.hash),
        person: personOfKey(first.key),
        at: first.wall,
      },
    ];
  });
}

function textOf(value: string): string {
  const text = parsed(value);
  return typeof text === 'string' ? text : '';
}

/** How many passages are read with one statement. All at once would take too much memory; row by row takes twice the time. */
const AT_ONCE = 200;
/** SQL: the changes of the passages’ tags. */
const TAG_CHANGES = `FROM json_each(?) i CROSS JOIN p_tag t ON t.passage = i.value
    CROSS JOIN entity_ e ON e.id = unhex(replace(t.id, '-', '')) AND e.kind = 'tag'
    CROSS JOIN field_ f ON f.entity = 'tag' AND f.name IN ('category', 'deleted')
    CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field`;
/** SQL: the same changes with their values, ordered by passage. */
const TAGGED = `SELECT t.passage, t.id, f.name, iif(octet_length(h.value) < 100, h.value, ''), m.c, m.clock, m.replica, m.chain, m.seq, m.vv ${TAG_CHANGES}
    CROSS JOIN commit_ m ON m.c = h.c`;
/**
 * SQL: for each passage (by its place in the list) the commits that changed its tags; one commit mostly changed several. Few passages have
 * concurrent commits.
 */
const COMMITS_OF = `SELECT i.key, h.c ${TAG_CHANGES}`;
const PLACES = `SELECT m.c, m.chain, m.seq, m.vv FROM json_each(?) t CROSS JOIN commit_ m ON m.c = t.value`;
/** Places of commits kept in memory. */
const KEPT = 20_000;

interface Found extends TagChange {
  readonly clock: number;
}

/** See LogReader.concurrentTagging. */
function* concurrentTagging(log: Log, passages: readonly string[]): Generator<ConcurrentTagging> {
  if (passages.length === 0) return;
  const personOf = people(log);
  let passage: string | null = null;
  let changes: Found[] = [];
  for (const row of rowsOf(log, [...new Set(passages)])) {
    const [of, id, field, value, c, clock, replica, chain, seq, vv] = row;
    if (typeof of !== 'string') continue;
    if (of !== passage) {
      if (passage !== null) yield { passage, changes: inOrder(changes) };
      [passage, changes] = [of, []];
    }
    changes.push({
      id: String(id),
      field: String(field),
      value: value === 'true' ? true : String(value),
      person: personOf(Number(replica)),
      commit: Number(c),
      clock: Number(clock),
      at: { chain: Number(chain), seq: Number(seq), vv: Number(vv) },
    });
  }
  if (passage !== null) yield { passage, changes: inOrder(changes) };
}

/** Streams all changes of those passages that have concurrent changes. */
function* rowsOf(log: Log, passages: readonly string[]): Generator<unknown[]> {
  const places = new Map<number, Place>();
  for (let from = 0; from < passages.length; from += AT_ONCE) {
    const some = withConcurrent(log, passages.slice(from, from + AT_ONCE), places);
    if (some.length > 0) yield* log.store.allRaw<unknown[]>(TAGGED, JSON.stringify(some));
  }
}

function withConcurrent(log: Log, passages: readonly string[], places: Map<number, Place>): string[] {
  const rows = log.store.allRaw<[n: number, c: number]>(COMMITS_OF, JSON.stringify(passages));
  readPlaces(log, new Set(rows.map(([, c]) => c)), places);
  const found = new Map<number, Set<Place>>();
  for (const [n, c] of rows) {
    const at = places.get(c);
    if (at === undefined) continue;
    const there = found.get(n);
    if (there === undefined) found.set(n, new Set([at]));
    else there.add(at);
  }
  return passages.filter((_, n) => hasConcurrent(log, [...(found.get(n) ?? [])]));
}

function readPlaces(log: Log, wanted: ReadonlySet<number>, places: Map<number, Place>): void {
  if (places.size >= KEPT) places.clear();
  const missing = [...wanted].filter((c) => !places.has(c));
  type Row = [c: number, chain: number, seq: number, vv: number];
  for (const [c, chain, seq, vv] of log.store.allRaw<Row>(PLACES, JSON.stringify(missing)))
    places.set(c, { chain, seq, vv });
}

/** Returns a number for each signing key, since a person may write from several replicas. */
function people(log: Log): (replica: number) => number {
  const rows = log.store.all<{ replica: number; person: number }>(
    'SELECT r.replica, (SELECT min(o.replica) FROM replica_ o WHERE o."key" = r."key") AS person FROM replica_ r',
  );
  const known = new Map(rows.map(({ replica, person }) => [replica, person]));
  return (replica) => known.get(replica) ?? replica;
}

const inOrder = (changes: readonly Found[]): Found[] =>
  changes.toSorted((a, b) => a.clock - b.clock || a.commit - b.commit);

function hasConcurrent({ causality }: Log, places: readonly Place[]): boolean {
  // In one chain, each commit has seen those before it.
  if (places.every(({ chain }) => chain === places[0]?.chain)) return false;
  return places.some((one, k) =>
    places.slice(k + 1).some((other) => !causality.saw(one, other) && !causality.saw(other, one)),
  );
}

const CHANGES = `FROM json_each(?) i
    CROSS JOIN entity_ e ON e.id = unhex(replace(i.value ->> 1, '-', '')) AND e.kind = i.value ->> 0
    CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c`;
/**
 * SQL: the removals of each record, the one that counts last, undone or not. A removal by an undo or redo counts only if there is no other:
 * its author had seen everything, but did not decide to remove. Otherwise undoing the resolution of such a conflict would remove the record
 * again and open no conflict.
 */
const REMOVALS = `SELECT i.key, m.chain, m.seq, m.vv, lower(hex(m.hash)) ${CHANGES}
    CROSS JOIN field_ f ON f.field = h.field AND f.name = 'deleted' WHERE h.value = 'true'
    ORDER BY i.key, NOT EXISTS (SELECT 1 FROM change_ s JOIN field_ t ON t.field = s.field
        WHERE s.c = m.c AND s.i = 1 AND t.entity = '${STEP}' AND t.name IN ('undoes', 'redoes')), m.clock, m.hash`;
const WORK = `SELECT i.key, m.chain, m.seq, m.vv, '' ${CHANGES}`;

/** See LogReader.workConcurrentWithTrash. */
function workConcurrentWithTrash(
  log: Log,
  pairs: readonly TrashedPair[],
): (TrashedPair & { readonly removal: string })[] {
  if (pairs.length === 0) return [];
  const nameOf = ({ trashed }: TrashedPair): string => `${trashed.entity} ${trashed.id}`;
  const removed = [...new Map(pairs.map((pair) => [nameOf(pair), pair])).values()];
  const removals = new Map<string, RemovalRow[]>();
  each(
    log,
    REMOVALS,
    removed,
    ({ trashed }) => trashed,
    (pair, change) => {
      const list = removals.get(nameOf(pair));
      if (list === undefined) removals.set(nameOf(pair), [change]);
      else list.push(change);
    },
  );
  const effects = new Map<string, boolean>();
  const isInEffect = ({ hash }: RemovalRow): boolean => {
    const known = effects.get(hash) ?? inEffect(log, hash);
    effects.set(hash, known);
    return known;
  };
  const concurrent = new Map<TrashedPair, string>();
  const { saw } = log.causality;
  each(
    log,
    WORK,
    pairs,
    ({ work }) => work,
    (pair, change) => {
      // The last removal whose author had seen the work decides, unless it was undone.
      for (const removal of (removals.get(nameOf(pair)) ?? []).toReversed()) {
        const isConcurrent = !saw(removal, change) && !saw(change, removal);
        if (isConcurrent) concurrent.set(pair, removal.hash);
        if (isConcurrent || isInEffect(removal)) break;
      }
    },
  );
  return Array.from(concurrent, ([pair, removal]) => ({ ...pair, removal }));
}

interface RemovalRow extends Place {
  readonly hash: string;
}
function each(
  log: Log,
  sql: string,
  pairs: readonly TrashedPair[],
  recordOf: (pair: TrashedPair) => TrashedPair['work'],
  found: (pair: TrashedPair, removal: RemovalRow) => void,
): void {
  const named = JSON.stringify(pairs.map((pair) => [recordOf(pair).entity, recordOf(pair).id]));
  for (const [key, chain, seq, vv, hash] of log.store.iterateRaw(sql, named)) {
    const pair = pairs[Number(key)];
    if (pair !== undefined) found(pair, { chain: Number(chain), seq: Number(seq), vv: Number(vv), hash: String(hash) });
  }
}

/** See LogReader.isForked. */
const isForked = (log: Log): boolean =>
  (log.store.value<number>('SELECT count(*) FROM (SELECT 1 FROM chain_ LIMIT 2)') ?? 0) > 1;
