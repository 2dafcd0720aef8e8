import type { Added } from '../../../shared/places/gazetteer.ts';
import {
  placesInQuotes,
  type PlacesOfSource,
  type QuotePlaces,
  type QuotesOfSource,
} from '../../../shared/places/in-quotes.ts';
import type { Readable } from '../../db/types.ts';
import { choicesOf, decidedBySource } from '../places/choices.ts';
import { addedOf, finderFor, ownOf } from '../places/own.ts';
import { type PlaceTree, placeTreeOf } from '../places/tree.ts';
import type { ReadContext } from '../context.ts';
import { Numbers, PairLists } from './lists.ts';
import { someQuotes } from './queries.ts';
import type { Evidence } from './read-set.ts';
import type { EvidenceSet } from './set.ts';
import type { EvidenceSource } from './sources.ts';

/**
 * Why a passage counts for a place. `sure`, `likely`: its words name the place. `among`: its words name one of several places in it, and
 * nobody has said which. `source`: its words name no place, and its source belongs to the place by its title, else by its publisher.
 */
export const PLACE_KINDS = ['sure', 'likely', 'among', 'source'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** The places of each row of a set. */
export interface PassagePlaces {
  readonly tree: PlaceTree;
  readonly places: Numbers;
  /** The number of a place and the number of its kind. */
  readonly lists: PairLists;
  /** By row, the names for which a person still has to choose the place. */
  readonly asked: ReadonlyMap<number, QuotePlaces['asked']>;
}

interface Kept {
  readonly lists: PairLists;
  readonly places: Numbers;
  readonly asked: Map<number, QuotePlaces['asked']>;
  tree: PlaceTree;
  /** The places that the team added, as text. */
  own: string;
  added: Added;
  decided: ReturnType<typeof decidedBySource>;
  /** By number of a source: what was known of it, as text, when its quotations were read. */
  readonly sources: string[];
  /** By id of a source: what was known of it, as text, and the places that it belongs to. */
  readonly ofSources: Map<string, { readonly key: string; readonly of: readonly string[] }>;
  /** How many passages each source had then. */
  readonly sizes: number[];
  /** By row: the hash of its quotation (`hashes`), and the number of its source (`homes`). */
  readonly hashes: number[];
  readonly homes: number[];
  newest: number;
  version: number;
  running: Promise<void> | null;
}
const kept = new WeakMap<EvidenceSet, Kept>();

/** More quotations than this are read by a worker. Measured: 1,000 quotations of some 35 characters take 12 ms. */
const AT_ONCE = 3000;

/** The places of passages, brought up to date at once. After {@link readPlaces} few quotations are new. */
export function placesOf(evidence: Evidence): PassagePlaces {
  const state = stateOf(evidence);
  const todo = outdated(evidence, state);
  for (const source of todo.sources) {
    const input = inputOf(evidence, state, source);
    putSource(evidence, state, source, input, placesInQuotes(finderFor(state.added), input));
  }
  finish(evidence, state, todo);
  return state;
}

/** Reads the places of many quotations in a worker, so that {@link placesOf} need not. */
export async function readPlaces({ pool }: Pick<ReadContext, 'pool'>, evidence: Evidence): Promise<void> {
  const state = stateOf(evidence);
  if (state.running !== null) return state.running;
  const todo = outdated(evidence, state);
  if (todo.quotes <= AT_ONCE) return undefined;
  const read = async (): Promise<void> => {
    for (const part of inParts(todo.sources)) {
      const { added } = state;
      const sources = part.map((source) => inputOf(evidence, state, source));
      const found = await pool.run('places', { added, sources });
      // If somebody added a name meanwhile, everything is read again.
      if (state.added !== added) return;
      part.forEach((source, at) => {
        const [input, places] = [sources[at], found[at]];
        if (input !== undefined && places !== undefined) putSource(evidence, state, source, input, places);
      });
    }
    finish(evidence, state, todo);
  };
  state.running = read().finally(() => {
    state.running = null;
  });
  return state.running;
}

/** The places that each source belongs to by its title, else by its publisher; also for sources without passages. */
export function placesOfSources(evidence: Evidence): ReadonlyMap<string, readonly string[]> {
  placesOf(evidence);
  const state = stateOf(evidence);
  const finder = finderFor(state.added);
  return new Map(
    evidence.sources.all.map((source) => {
      const key = keyOf(source, state);
      const known = state.ofSources.get(source.id);
      const of = known?.key === key ? known.of : placesInQuotes(finder, { ...recordOf(source, state), quotes: [] }).of;
      state.ofSources.set(source.id, { key, of });
      return [source.id, of] as const;
    }),
  );
}

function* inParts(sources: readonly Outdated[]): Generator<Outdated[]> {
  let part: Outdated[] = [];
  let quotes = 0;
  for (const source of sources) {
    part.push(source);
    quotes += source.rows.length;
    if (quotes < AT_ONCE) continue;
    yield part;
    part = [];
    quotes = 0;
  }
  if (part.length > 0) yield part;
}

function stateOf({ set, read }: Evidence): Kept {
  const own = ownOf(read);
  const key = JSON.stringify(own);
  const known = kept.get(set);
  if (known?.own === key) return known;
  const made: Kept = {
    lists: new PairLists(),
    places: new Numbers(),
    asked: new Map(),
    tree: placeTreeOf(own),
    own: key,
    added: addedOf(own),
    decided: new Map(),
    sources: [],
    ofSources: new Map(),
    sizes: [],
    hashes: [],
    homes: [],
    newest: 0,
    version: 0,
    running: known?.running ?? null,
  };
  kept.set(set, made);
  return made;
}

/** A source whose quotations have to be read. */
interface Outdated {
  readonly number: number;
  readonly key: string;
  readonly ids: readonly string[];
  readonly rows: readonly number[];
}
interface Todo {
  readonly sources: readonly Outdated[];
  readonly quotes: number;
  readonly newest: number;
}
const NOTHING: Todo = { sources: [], quotes: 0, newest: 0 };

/** The sources with a changed quotation, record or decision, and those that lost a passage. */
function outdated(evidence: Evidence, state: Kept): Todo {
  const { set, read, sourceOf } = evidence;
  if (state.version === evidence.version) return { ...NOTHING, newest: state.newest };
  state.decided = decidedBySource(choicesOf(read));
  const changed = set.putSince(state.newest);
  // If nothing was read yet, there is nothing to compare.
  const quotes = quotesOf(
    read,
    set,
    changed.filter((row) => state.hashes[row] !== undefined),
  );
  const stale = new Set<number>();
  for (const row of changed) {
    const home = set.sourceAt(row);
    if (state.hashes[row] === hashOf(quotes.get(row) ?? '') && state.homes[row] === home) continue;
    stale.add(home);
  }
  const rows = rowsBySource(set);
  const keys = sourceOf.map((source) => (source === undefined ? '' : keyOf(source, state)));
  keys.forEach((key, number) => {
    const size = rows[number]?.length ?? 0;
    if (size > 0 && (state.sources[number] !== key || state.sizes[number] !== size)) stale.add(number);
  });
  const sources = [...stale].flatMap((number): Outdated[] => {
    const source = sourceOf[number];
    const own = rows[number] ?? [];
    if (source === undefined || own.length === 0) return [];
    return [{ number, key: keys[number] ?? '', ids: own.map((row) => set.idOf(row)), rows: own }];
  });
  return { sources, quotes: sources.reduce((sum, one) => sum + one.rows.length, 0), newest: set.newest };
}

function finish(evidence: Evidence, state: Kept, { newest }: Todo): void {
  state.newest = Math.max(state.newest, newest);
  if (evidence.set.newest === newest) state.version = evidence.version;
}

function recordOf({ id, title, publisher, dates }: EvidenceSource, { decided }: Kept): Omit<QuotesOfSource, 'quotes'> {
  const year = dates.document?.year ?? dates.published?.year ?? dates.act?.year ?? null;
  return { year, title, publisher, decided: [...(decided.get(id) ?? [])] };
}
const keyOf = (source: EvidenceSource, state: Kept): string => JSON.stringify(recordOf(source, state));

function rowsBySource(set: EvidenceSet): number[][] {
  const rows: number[][] = [];
  for (let row = 0; row < set.length; row++) if (set.hasRow(row)) (rows[set.sourceAt(row)] ??= []).push(row);
  return rows;
}

function inputOf({ set, read, sourceOf }: Evidence, state: Kept, { number, rows }: Outdated): QuotesOfSource {
  const quotes = quotesOf(read, set, rows);
  const source = sourceOf[number];
  const record = source === undefined ? NO_RECORD : recordOf(source, state);
  return { ...record, quotes: rows.map((row) => quotes.get(row) ?? '') };
}
const NO_RECORD = { year: null, title: null, publisher: null, decided: [] };

function quotesOf(db: Readable, set: EvidenceSet, rows: readonly number[]): Map<number, string> {
  if (rows.length === 0) return new Map();
  const found = db.all(someQuotes, { ids: JSON.stringify(rows.map((row) => set.idOf(row))) });
  const wanted = new Map<number, string>(rows.map((row) => [row, '']));
  for (const { id, text } of found) {
    const row = set.rowOf(id);
    if (row !== undefined && typeof text === 'string' && wanted.has(row)) wanted.set(row, text);
  }
  return wanted;
}

/** An FNV-1a hash. If two quotations of one passage have the same hash by chance, the change is not noticed, which does no harm. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Stores the places of a source's quotations. A row that has another passage by now is left out: it is read again. */
function putSource(
  { set }: Evidence,
  state: Kept,
  { number, key, ids, rows }: Outdated,
  input: QuotesOfSource,
  { of, quotes }: PlacesOfSource,
): void {
  state.lists.reserve(set.length + 1);
  rows.forEach((row, at) => {
    if (set.idOf(row) !== ids[at]) return;
    const { named, asked } = quotes[at] ?? { named: [], asked: [] };
    const pairs = [
      ...named.flatMap(([place, sure]) => [state.places.of(place), sure ? 0 : 1]),
      ...asked.flatMap(({ places }) => {
        const common = commonOf(state.tree, places);
        return common === null ? [] : [state.places.of(common), 2];
      }),
    ];
    if (named.length + asked.length === 0) pairs.push(...of.flatMap((place) => [state.places.of(place), 3]));
    state.lists.set(row, pairs);
    if (asked.length > 0) state.asked.set(row, asked);
    else state.asked.delete(row);
    state.hashes[row] = hashOf(input.quotes[at] ?? '');
    state.homes[row] = number;
  });
  state.sources[number] = key;
  state.sizes[number] = rows.length;
}

/** The smallest place that contains, or is, all of these places. */
function commonOf({ byId }: PlaceTree, places: readonly string[]): string | null {
  const [first = [], ...others] = places.map((place) => byId.get(place)?.line ?? []);
  return first.find((place) => others.every((line) => line.includes(place))) ?? null;
}
