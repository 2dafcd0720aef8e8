import { Fault } from '../../../shared/errors.ts';
import type { Readable } from '../../db/types.ts';
import { perProject, type ReadContext } from '../context.ts';
import { passagesAt } from '../passages/places.ts';
import { type Pause, pausesWhile } from '../pauses.ts';
import { Installations } from '../people/installations.ts';
import { shownNames } from '../people/names.ts';
import { signersInPieces, signersOn, type Signers } from '../people/signers.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../read-at.ts';
import { passagesMoved, type ReviewReader } from '../review/moves.ts';
import { passagesSince } from '../review/queries.ts';
import { type EvidenceCodebook, readEvidenceCodebook } from './codebook.ts';
import {
  kindsSince,
  type PlacedRow,
  placedIn,
  somePlaced,
  someNoted,
  someSettings,
  someTagIds,
  someTags,
  someTranslated,
} from './queries.ts';
import { EvidenceSet } from './set.ts';
import { type EvidenceSources, readSources } from './sources.ts';
import { areTextsRead, type AskedOfTexts, asksForTexts, readTexts } from './texts.ts';
import type { ShownState } from '../../../shared/model/index.ts';
import { reviewedOf } from '../review/state.ts';

/** The evidence of a project as it is now, with the names that its filters, groups and columns use. */
export interface Evidence {
  readonly set: EvidenceSet;
  readonly sources: EvidenceSources;
  readonly codebook: EvidenceCodebook;
  /** Names of people as they are shown. */
  readonly people: ReadonlyMap<string, string>;
  /** The rows in reading order; sources are in the order in which they were added. */
  readonly order: Uint32Array;
  /** The source by its number in the set; undefined if it is in the trash. */
  readonly sourceOf: readonly (Source | undefined)[];
  /** Changes whenever any of the fields above may have changed. */
  readonly version: number;
  readonly read: Readable;
}
type Source = EvidenceSources['all'][number];

interface Kept {
  readonly evidence: Evidence;
  readonly eyes: string;
  readonly at: ReadAt;
}
interface State {
  kept: Kept | null;
  /** The reading in progress: several calls wait for the same one. */
  reading: Promise<void> | null;
  isClosed: boolean;
}
/** What reads the evidence: a call’s context. */
type EvidenceReader = ReviewReader & Pick<ReadContext, 'project' | 'atClose'>;

const stateOf = perProject(({ atClose }: EvidenceReader): State => {
  const state: State = { kept: null, reading: null, isClosed: false };
  atClose(() => (state.isClosed = true));
  return state;
});
let versions = 0;

/**
 * Calls `work` with the evidence of an open project as it is at that moment. It is read once, then brought up to date by what commits
 * changed since; read again if the project did not only grow (bodies that were withheld came in), or if other people count as one.
 * Much is read in pieces, and other calls run between them: the words of all passages, too, if `asked` is about words. `work` must have finished with the evidence when it returns: later calls
 * change the set in place. CANCELLED if the project is closed meanwhile.
 */
export async function withEvidence<T>(
  reader: EvidenceReader,
  asked: AskedOfTexts,
  work: (evidence: Evidence) => T,
): Promise<T> {
  const state = stateOf(reader);
  for (;;) {
    if (state.isClosed) throw closed();
    if (state.reading === null) {
      const kept = keptNow(reader, state);
      const evidence = kept?.at.c === readAt(reader).c ? kept.evidence : null;
      const needsTexts = evidence !== null && !areTextsRead(evidence.set) && asksForTexts(evidence.codebook, asked);
      if (evidence !== null && !needsTexts) return work(evidence);
      const pause = pausesWhile(() => !state.isClosed, closed);
      const reading = evidence === null ? read(reader, state, kept, pause) : readTexts(reader.db, evidence.set, pause);
      state.reading = reading.finally(() => (state.reading = null));
    }
    await state.reading;
  }
}

/** Whether the evidence was read. If not, a call that needs few passages can be answered faster, see {@link evidenceOfSome}. */
export const isEvidenceRead = (reader: EvidenceReader): boolean => stateOf(reader).kept !== null;

/** Starts reading the evidence in the background, after the present answer was sent: its first piece takes 40 ms. */
export function readBehind(reader: EvidenceReader): void {
  setImmediate(() => {
    // A failure here is not reported: the next call that needs the evidence reads it again and reports it.
    withEvidence(reader, {}, () => undefined).catch(() => undefined);
  });
}

/** The evidence of these passages alone, read at once: each row as it is in the evidence of the whole project. */
export function evidenceOfSome(
  reader: ReviewReader,
  sources: EvidenceSources,
  passages: readonly PlacedRow[],
): Evidence {
  const set = new EvidenceSet();
  // For few passages, asking which were ever moved would take longer.
  const ids = passages.map(({ id }) => id);
  putPassages(reader, set, passages, new Set(ids), signersOn(reader, ids));
  return finished(reader.db, set, sources);
}

const closed = (): Fault => new Fault('CANCELLED', 'The project was closed while its evidence was read.');

/** The evidence in memory, if later commits are enough to bring it up to date; else null. */
function keptNow(reader: EvidenceReader, { kept }: State): Kept | null {
  if (kept === null || kept.eyes !== eyesOf(reader)) return null;
  return hasOnlyGrown(reader, kept.at, readAt(reader)) ? kept : null;
}

const eyesOf = ({ db }: EvidenceReader): string => new Installations(db).summary();

/** Reads all, or what changed since `before`. A commit made meanwhile is read by the next reading, since that begins at `at`. */
async function read(reader: EvidenceReader, state: State, before: Kept | null, pause: Pause): Promise<void> {
  // If this fails, the set is half changed and must not be used.
  state.kept = null;
  const [at, eyes] = [readAt(reader), eyesOf(reader)];
  const evidence =
    before === null ? await readAll(reader, pause) : await updated(reader, before.evidence, before.at.c, pause);
  state.kept = { evidence, eyes, at };
}

/** Reads source by source in the order in which they were added, so that nothing has to be sorted. */
async function readAll(reader: ReviewReader, pause: Pause): Promise<Evidence> {
  const { db } = reader;
  const set = new EvidenceSet();
  const sources = readSources(db);
  const moved = new Set(passagesMoved(reader));
  const signers = await signersInPieces(reader, pause);
  let rows: PlacedRow[] = [];
  for (const { id } of sources.all) {
    rows = rows.concat(db.all(placedIn, { source: id }));
    await pause();
    for (; rows.length >= AT_ONCE; rows = rows.slice(AT_ONCE)) {
      putPassages(reader, set, rows.slice(0, AT_ONCE), moved, signers);
      await pause();
    }
  }
  putPassages(reader, set, rows, moved, signers);
  await pause();
  return finished(db, set, sources);
}
/** How many passages are read without a pause: some 10 ms if all of them were moved in review. */
const AT_ONCE = 200;
const MANY = 200;

/** Brings the same set up to date with the commits after `c`; names and order are read again if they changed. */
async function updated(reader: ReviewReader, before: Evidence, c: number, pause: Pause): Promise<Evidence> {
  const { db } = reader;
  const { set } = before;
  const kinds = new Set(db.all(kindsSince, { c }).map(({ kind }) => kind));
  const changesSources = ['source', 'collection', 'membership', 'copy'].some((kind) => kinds.has(kind));
  const sources = changesSources ? readSources(db) : before.sources;
  const since = [...new Set(db.all(passagesSince, { c }).flatMap(({ passage }) => passage ?? []))];
  const ids = new Set(since);
  for (const some of pieces(since)) {
    for (const id of besideOf(reader, set, some)) ids.add(id);
    await pause();
  }
  // For few passages, asking which were ever moved would take longer.
  const moved = ids.size > MANY ? new Set(passagesMoved(reader)) : ids;
  const placed: PlacedRow[] = [];
  let isPlacedAgain = false;
  for (const some of pieces([...ids])) {
    const rows = db.all(somePlaced, { ids: JSON.stringify(some) }).filter(({ source }) => sources.byId.has(source));
    const there = new Set(rows.map(({ id }) => id));
    const gone = some.filter((id) => set.rowOf(id) !== undefined && !there.has(id));
    isPlacedAgain ||= gone.length > 0 || rows.some((row) => isElsewhere(set, row));
    for (const id of gone) set.remove(id);
    putPassages(reader, set, rows, moved, signersOn(reader, some));
    placed.push(...rows);
    await pause();
  }
  const next = finished(db, set, sources, before, kinds);
  return isPlacedAgain ? { ...next, order: reordered(next, placed) } : next;
}

function* pieces(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += AT_ONCE) yield ids.slice(at, at + AT_ONCE);
}

/** The former order, with these passages at their new positions and without those that are gone. */
function reordered({ set, sources, order }: Evidence, placed: readonly PlacedRow[]): Uint32Array {
  const ranks = sourceRanks(set, sources);
  const moved = new Set(placed.flatMap(({ id }) => set.rowOf(id) ?? []));
  const inserted = [...moved].sort((a, b) => set.compareReading(a, b, ranks));
  const merged = new Uint32Array(set.size);
  let [count, next] = [0, 0];
  const insertBefore = (row: number | null): void => {
    for (let one = inserted[next]; one !== undefined; one = inserted[next]) {
      if (row !== null && set.compareReading(one, row, ranks) > 0) return;
      merged[count++] = one;
      next++;
    }
  };
  for (const row of order) {
    if (moved.has(row) || !set.hasRow(row)) continue;
    insertBefore(row);
    merged[count++] = row;
  }
  insertBefore(null);
  return merged;
}

/** Whether a passage is new to the set, or at another position than before. */
function isElsewhere(set: EvidenceSet, { id, source, page, start }: PlacedRow): boolean {
  const row = set.rowOf(id);
  if (row === undefined) return true;
  return (
    set.sources.text(set.sourceAt(row)) !== source || set.pageAt(row) !== page || set.startAt(row) !== (start ?? -1)
  );
}

/**
 * The other passages at the present and former places of these passages: four eyes judge a place as a whole, so their states may change, too.
 */
function besideOf({ db }: ReviewReader, set: EvidenceSet, changed: readonly string[]): string[] {
  const placeOf = (row: number): string => `${set.pageAt(row)} ${set.startAt(row)}`;
  const were = new Map<number, Set<string>>();
  for (const row of changed.flatMap((id) => set.rowOf(id) ?? [])) {
    const source = set.sourceAt(row);
    were.set(source, (were.get(source) ?? new Set()).add(placeOf(row)));
  }
  const there: string[] = [];
  if (were.size > 0)
    for (let row = 0; row < set.length; row++)
      if (set.hasRow(row) && were.get(set.sourceAt(row))?.has(placeOf(row)) === true) there.push(set.idOf(row));
  return [...there, ...passagesAt(db, changed).flat()];
}

/** Adds names and order to the set; takes them from `before` if nothing changed them. */
function finished(
  db: Readable,
  set: EvidenceSet,
  sources: EvidenceSources,
  before: Evidence | null = null,
  kinds: ReadonlySet<string> = new Set(['person', 'category']),
): Evidence {
  const sourceOf = set.sources.texts.map((id) => sources.byId.get(id));
  const changesBook = before === null || ['category', 'dimension', 'value'].some((kind) => kinds.has(kind));
  const changesPeople = before === null || kinds.has('person') || kinds.has('confirmation');
  versions += 1;
  return {
    set,
    sources,
    codebook: changesBook ? readEvidenceCodebook(db) : before.codebook,
    people: changesPeople ? shownNames(db) : before.people,
    order: before?.order ?? readingOrder(set, sources),
    sourceOf,
    version: versions,
    read: db,
  };
}

/** The rank of each source of the set in the order in which they were added. */
function sourceRanks(set: EvidenceSet, sources: EvidenceSources): Uint32Array {
  const places = new Map(sources.all.map(({ id }, at) => [id, at]));
  return Uint32Array.from(set.sources.texts, (id) => places.get(id) ?? 0);
}

function readingOrder(set: EvidenceSet, sources: EvidenceSources): Uint32Array {
  const ranks = sourceRanks(set, sources);
  const rows = new Uint32Array(set.size);
  let count = 0;
  for (let row = 0; row < set.length; row++) if (set.hasRow(row)) rows[count++] = row;
  return rows.sort((a, b) => set.compareReading(a, b, ranks));
}

/**
 * Puts passages into the set, with their tags, settings and states as they are now. `moved`: the passages that were ever moved in review.
 * `signers`: who signed the passages and tags of people who never signed them.
 */
function putPassages(
  reader: ReviewReader,
  set: EvidenceSet,
  rows: readonly PlacedRow[],
  moved: ReadonlySet<string>,
  signers: Signers,
): void {
  const { db } = reader;
  const list = { ids: JSON.stringify(rows.map(({ id }) => id)) };
  const tags = paired(db.all(someTags, list), ({ category, person }) => [category, person]);
  const ofSigners = tagsOfSigners(reader, rows, signers);
  const settings = paired(db.all(someSettings, list), ({ dimension, value }) => [dimension, value]);
  const noted = new Set(db.all(someNoted, list).map(({ passage }) => passage));
  const translated = new Set(db.all(someTranslated, list).map(({ passage }) => passage));
  const states = statesOf(
    reader,
    rows.filter(({ id }) => moved.has(id)).map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  for (const row of rows) {
    const own = ofSigners.get(row.id) ?? tags.get(row.id) ?? NONE;
    set.put({
      ...row,
      person: signers.of.get(row.id) ?? row.person,
      state: states.get(row.id) ?? (own.length > 0 ? 'coded' : 'draft'),
      tags: own,
      settings: settings.get(row.id) ?? NONE,
      memo: noted.has(row.id),
      translated: translated.has(row.id),
    });
  }
}
const NONE: readonly string[] = [];

/**
 * Category and person of the tags of passages where the passage or a tag names a person who never signed it: the person is then the one who
 * did sign.
 */
function tagsOfSigners({ db }: ReviewReader, rows: readonly PlacedRow[], { of, on }: Signers) {
  const ids = on.size === 0 ? [] : rows.flatMap(({ id }) => (on.has(id) ? [id] : []));
  const tags = ids.length === 0 ? [] : db.all(someTagIds, { ids: JSON.stringify(ids) });
  return paired(tags, ({ id, category, person }) => [category, of.get(id) ?? person]);
}

function paired<T extends { readonly passage: string }>(
  rows: readonly T[],
  pair: (row: T) => readonly [string, string],
): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const there = lists.get(row.passage);
    if (there === undefined) lists.set(row.passage, [...pair(row)]);
    else there.push(...pair(row));
  }
  return lists;
}

/** The states of passages, as the review shows them. */
function statesOf(
  reader: ReviewReader,
  passages: readonly { readonly id: string; readonly tagged: boolean }[],
): ReadonlyMap<string, ShownState> {
  if (passages.length === 0) return new Map();
  return new Map(Array.from(reviewedOf(reader, passages), ([id, { state }]) => [id, state]));
}
