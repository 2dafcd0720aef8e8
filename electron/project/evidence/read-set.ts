import type { ShownState } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { perProject } from '../context.ts';
import { passagesAt } from '../passages/places.ts';
import { Installations } from '../people/installations.ts';
import { shownNames } from '../people/names.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../read-at.ts';
import { passagesMoved, type ReviewReader } from '../review/moves.ts';
import { passagesSince } from '../review/queries.ts';
import { reviewedOf } from '../review/state.ts';
import { type EvidenceCodebook, readEvidenceCodebook } from './codebook.ts';
import {
  allNoted,
  allPlaced,
  allSettings,
  allTags,
  allTranslated,
  kindsSince,
  type PlacedRow,
  type SettingOfPassage,
  someNoted,
  somePlaced,
  someSettings,
  someTags,
  someTranslated,
  type TagOfPassage,
} from './queries.ts';
import { EvidenceSet } from './set.ts';
import { type EvidenceSources, readSources } from './sources.ts';

/** The evidence of a project as it is now, with the names that its filters, groups and columns use. */
export interface Evidence {
  readonly set: EvidenceSet;
  readonly sources: EvidenceSources;
  readonly codebook: EvidenceCodebook;
  /** Names of people as they are shown. */
  readonly people: ReadonlyMap<string, string>;
  /** The rows in reading order, the sources in the order in which they were added. */
  readonly order: Uint32Array;
  /** The source of each number in the set; undefined for one that is in the trash. */
  readonly sourceOf: readonly (Source | undefined)[];
  /** Differs whenever anything above may differ. */
  readonly version: number;
}
type Source = EvidenceSources['all'][number];

interface Kept {
  evidence: Evidence;
  eyes: string;
  at: ReadAt;
}
const keptEvidence = perProject((): { kept: Kept | null } => ({ kept: null }));
let versions = 0;

/**
 * The evidence set of an open project: read once, then brought up to date by what commits changed since; read again if the project did
 * not only grow (bodies that were withheld came in), or if other people count as one.
 */
export function evidenceOf(reader: ReviewReader): Evidence {
  const state = keptEvidence(reader);
  const now = readAt(reader);
  const eyes = new Installations(reader.db).summary();
  const { kept } = state;
  if (kept === null || kept.eyes !== eyes || !hasOnlyGrown(reader, kept.at, now)) {
    state.kept = { evidence: readAll(reader), eyes, at: now };
    return state.kept.evidence;
  }
  if (kept.at.c !== now.c) {
    kept.evidence = updated(reader, kept.evidence, kept.at.c);
    kept.at = now;
  }
  return kept.evidence;
}

function readAll(reader: ReviewReader): Evidence {
  const { db } = reader;
  const set = new EvidenceSet();
  const sources = readSources(db);
  const rows = db.all(allPlaced, {}).filter(({ source }) => sources.byId.has(source));
  const moved = new Set(passagesMoved(reader));
  putRows(reader, set, rows, moved, {
    tags: db.all(allTags, {}),
    settings: db.all(allSettings, {}),
    noted: db.all(allNoted, {}),
    translated: db.all(allTranslated, {}),
  });
  return finished(db, set, sources);
}

interface Belongings {
  readonly tags: readonly TagOfPassage[];
  readonly settings: readonly SettingOfPassage[];
  readonly noted: readonly { readonly passage: string }[];
  readonly translated: readonly { readonly passage: string }[];
}

function putRows(
  reader: ReviewReader,
  set: EvidenceSet,
  rows: readonly PlacedRow[],
  moved: ReadonlySet<string>,
  belongings: Belongings,
): void {
  const tags = paired(belongings.tags, ({ category, person }) => [category, person]);
  const settings = paired(belongings.settings, ({ dimension, value }) => [dimension, value]);
  const noted = new Set(belongings.noted.map(({ passage }) => passage));
  const translated = new Set(belongings.translated.map(({ passage }) => passage));
  const states = statesOf(
    reader,
    rows.filter(({ id }) => moved.has(id)).map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  for (const row of rows) {
    const own = tags.get(row.id) ?? NONE;
    set.put({
      ...row,
      state: states.get(row.id) ?? (own.length > 0 ? 'coded' : 'draft'),
      tags: own,
      settings: settings.get(row.id) ?? NONE,
      memo: noted.has(row.id),
      translated: translated.has(row.id),
    });
  }
}
const NONE: readonly string[] = [];

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

/** The states that the review shows. In parts: what was reviewed is held in memory for a part alone. */
function statesOf(
  reader: ReviewReader,
  passages: readonly { readonly id: string; readonly tagged: boolean }[],
): ReadonlyMap<string, ShownState> {
  const states = new Map<string, ShownState>();
  for (let at = 0; at < passages.length; at += AT_ONCE)
    for (const [id, { state }] of reviewedOf(reader, passages.slice(at, at + AT_ONCE))) states.set(id, state);
  return states;
}
const AT_ONCE = 5000;
const MANY = 200;

/** The same set with what commits after `c` changed, and the names and the order as they are now. */
function updated(reader: ReviewReader, before: Evidence, c: number): Evidence {
  const { db } = reader;
  const { set } = before;
  const kinds = new Set(db.all(kindsSince, { c }).map(({ kind }) => kind));
  const changesSources = ['source', 'collection', 'membership'].some((kind) => kinds.has(kind));
  const sources = changesSources ? readSources(db) : before.sources;
  const since = new Set(db.all(passagesSince, { c }).flatMap(({ passage }) => passage ?? []));
  const ids = [...since, ...besideOf(reader, set, [...since])];
  const list = JSON.stringify([...new Set(ids)]);
  const rows = db.all(somePlaced, { ids: list }).filter(({ source }) => sources.byId.has(source));
  const there = new Set(rows.map(({ id }) => id));
  const isPlacedAgain =
    rows.some((row) => isElsewhere(set, row)) || ids.some((id) => set.rowOf(id) !== undefined && !there.has(id));
  for (const id of ids) if (!there.has(id)) set.remove(id);
  // Of a few, asking which were ever moved would take longer.
  const moved = there.size > MANY ? new Set(passagesMoved(reader)) : there;
  putRows(reader, set, rows, moved, {
    tags: db.all(someTags, { ids: list }),
    settings: db.all(someSettings, { ids: list }),
    noted: db.all(someNoted, { ids: list }),
    translated: db.all(someTranslated, { ids: list }),
  });
  const next = finished(db, set, sources, before, kinds);
  return isPlacedAgain ? { ...next, order: reordered(next, rows) } : next;
}

/** The order before with these passages put where they belong now, and without those that are gone. */
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

/** Whether a passage is new to the set, or has another place in it. */
function isElsewhere(set: EvidenceSet, { id, source, page, start }: PlacedRow): boolean {
  const row = set.rowOf(id);
  if (row === undefined) return true;
  return (
    set.sources.text(set.sourceAt(row)) !== source || set.pageAt(row) !== page || set.startAt(row) !== (start ?? -1)
  );
}

/** The other passages where these are and were: four eyes judge a place as a whole. */
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

/** With the names and the order, those of `before` where nothing changed them. */
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
  };
}

/** The places of the set’s sources in the order in which they were added. */
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
