import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { SearchTerm } from '../../../shared/text/search-query.ts';
import { harden } from '../file/connect.ts';
import { Fault } from '../../../shared/errors.ts';
import { asFault, damaged } from '../faults.ts';
import { idBytes, idText, isIdText } from '../ids.ts';
import { Store } from '../file/store.ts';
import { firstOf, KIND_UNIT, kindOfDoc, NO_SOURCE, type DocKind } from './doc-numbers.ts';
import { PlaceRows } from './place-rows.ts';
import type { DocMatches, DocTerms } from './matches.ts';
import { POSTINGS, SegmentStore } from './segment-store.ts';
import type { Wanted } from './wanted.ts';

/** A piece of a layer's text. UTF-16 code units of the whole text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly page: number;
}
export interface ChunkRow extends Chunk {
  readonly layer: string;
  /** From folded to original offsets. */
  readonly map: Uint8Array;
}
/** A layer to index: its pieces, and the folded text of all of them. */
export interface LayerText {
  readonly layer: string;
  readonly source: string;
  readonly text: string;
  readonly joins: readonly number[];
  readonly contents: readonly number[];
  /** `at`: where the piece begins in `text`. */
  readonly chunks: readonly (Chunk & { readonly at: number; readonly map: Uint8Array })[];
}
/** A quotation, memo or another text that people wrote, to index. `mark` identifies its text, so that the same text is not indexed again. */
export interface NoteText {
  readonly kind: Exclude<DocKind, 'text'>;
  readonly ref: string;
  readonly source: string | null;
  readonly mark: string;
  readonly text: string;
  readonly joins: readonly number[];
  /** Where a passage is; null for anything else, and for a passage that is not in a text. */
  readonly place: NotePlace | null;
}
/** UTF-16 code units of the layer's whole text. */
export interface NotePlace {
  readonly layer: string;
  readonly start: number;
  readonly end: number;
}
/** Up to where in the project's log the index is complete. */
export interface IndexPosition {
  readonly commit: number;
  readonly hash: string;
  /** How many bodies and parts of bodies were withheld: when one is supplied, an old commit has something new to index. */
  readonly withheld: number;
}

/**
 * The search index, `cache/search.sqlite`: words of folded text and where they occur, never the text itself. It is a cache: if it
 * has another version, belongs to another project or is damaged, it is made again. One thread writes, any may read.
 */
export class SearchIndex {
  private readonly store: Store;
  private readonly segments: SegmentStore;
  /** The names of places in texts. */
  readonly places: PlaceRows;

  private constructor(store: Store) {
    this.store = store;
    this.segments = new SegmentStore(store);
    this.places = new PlaceRows(store);
  }

  /** Opens it for writing; makes it again if it does not fit. Throws DISK_FULL and the like. */
  static open(file: string, project: string): SearchIndex {
    try {
      return new SearchIndex(openFor(file, project));
    } catch (thrown) {
      const fault = asFault(thrown);
      if (!isBroken(fault)) throw fault;
      SearchIndex.remove(file);
      return new SearchIndex(openFor(file, project));
    }
  }
  /** Opens it for reading; null if there is none that fits yet. */
  static read(file: string, project: string): SearchIndex | null {
    if (!existsSync(file)) return null;
    const sqlite = new Database(file, { readonly: true, timeout: 2000 });
    try {
      harden(sqlite);
      const store = new Store(sqlite);
      if (fits(store, project)) return new SearchIndex(store);
    } catch (thrown) {
      // Half made, or damaged: the writer makes it again.
      if (!isBroken(asFault(thrown))) throw thrown;
    }
    sqlite.close();
    return null;
  }
  static remove(file: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
  close(): void {
    this.store.close();
  }
  /** Moves the write-ahead log into the file: after a build it is as large as the index. */
  checkpoint(): void {
    this.store.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }
  /** One write transaction. */
  writing<T>(work: () => T): T {
    try {
      return this.store.transaction(work);
    } catch (thrown) {
      this.segments.forgetWords();
      this.places.forgetNumbers();
      throw thrown;
    }
  }
  /** Several reads of one state of the index. */
  reading<T>(work: () => T): T {
    return this.store.sqlite.transaction(work).deferred();
  }

  /** Up to where notes are complete; null if they never were. */
  position(): IndexPosition | null {
    const text = this.store.value<string>("SELECT value FROM stamp WHERE key = 'position'");
    return text === undefined ? null : (JSON.parse(text) as IndexPosition);
  }
  setPosition(position: IndexPosition): void {
    this.store.run("INSERT OR REPLACE INTO stamp(key, value) VALUES('position', ?)", JSON.stringify(position));
  }

  sourceNumber(id: string): number {
    const known = this.findSource(id);
    return known ?? this.store.run('INSERT INTO source(id) VALUES(?)', id);
  }
  findSource(id: string): number | null {
    return this.store.value<number>('SELECT n FROM source WHERE id = ?', id) ?? null;
  }
  sourceId(n: number): string | null {
    return this.store.value<string>('SELECT id FROM source WHERE n = ?', n) ?? null;
  }

  /** Changes whenever the writer's connection committed something. */
  version(): number {
    return this.store.value<number>('PRAGMA data_version') ?? 0;
  }
  /** Layers that are completely indexed. */
  layers(): string[] {
    return this.store.list<string>('SELECT id FROM layer');
  }
  /** All sources by their numbers. */
  sourceIds(): Map<number, string> {
    return new Map(
      this.store.allRaw('SELECT n, id FROM source').map(([n, id]) => [n as number, id as string] as const),
    );
  }
  /** The layer a piece belongs to: its map, which can be long, is not read. */
  layerOf(doc: number): string | null {
    return this.store.value<string>('SELECT layer FROM chunk WHERE doc = ?', doc) ?? null;
  }
  /** Where in its layer a piece is. */
  boundsOf(doc: number): { start: number; end: number } | null {
    return this.store.get<{ start: number; end: number }>('SELECT start, end FROM chunk WHERE doc = ?', doc) ?? null;
  }
  chunk(doc: number): ChunkRow | null {
    return this.store.get<ChunkRow>('SELECT layer, start, end, page, map FROM chunk WHERE doc = ?', doc) ?? null;
  }
  /** The pieces of a layer, in order. */
  chunksOf(layer: string): readonly (ChunkRow & { readonly doc: number })[] {
    return this.store.all(
      'SELECT doc, layer, start, end, page, map FROM chunk WHERE layer = ? ORDER BY start, doc',
      layer,
    );
  }
  removeLayer(id: string): void {
    this.places.drop(id);
    this.store.run('INSERT INTO dead(segment, doc) SELECT segment, doc FROM chunk WHERE layer = ?', id);
    this.store.run('DELETE FROM chunk WHERE layer = ?', id);
    this.store.run('DELETE FROM layer WHERE id = ?', id);
  }
  /** Puts layers into a segment of their own; all of them in the caller's transaction. */
  putLayers(layers: readonly LayerText[]): void {
    const segment = this.segments.begin();
    for (const { layer, source, chunks, ...text } of layers) {
      this.removeLayer(layer);
      let doc = this.lastIn(firstOf(this.sourceNumber(source), 'text')) + 1;
      const docs = chunks.map(({ at, start, end, page, map }) => {
        const values = [doc, layer, start, end, page, segment.id, Buffer.from(map)];
        this.store.run(
          'INSERT INTO chunk(doc, layer, start, end, page, segment, map) VALUES(?, ?, ?, ?, ?, ?, ?)',
          ...values,
        );
        return { doc: doc++, at };
      });
      this.store.run('INSERT INTO layer(id) VALUES(?)', layer);
      segment.writer.add({ ...text, docs });
    }
    this.segments.end(segment);
  }

  noteRef(doc: number): string | null {
    const ref = this.store.value<Buffer>('SELECT ref FROM note WHERE doc = ?', doc);
    return ref === undefined ? null : idText(ref);
  }
  /** The documents of these passages with the place of each, in one query, since thousands of passages can have a tag. */
  notesOf(refs: Iterable<string>): { ref: string; doc: number; place: NotePlace | null }[] {
    const asked = [...refs].filter(isIdText);
    let last: { readonly bytes: Buffer; readonly layer: string } | null = null;
    const layerOf = (bytes: Buffer): string => {
      // Passages of one text often follow each other.
      if (last?.bytes.equals(bytes) !== true) last = { bytes, layer: idText(bytes) };
      return last.layer;
    };
    return this.store.allRaw(NOTES_OF, JSON.stringify(asked)).map(([n, doc, layer, start, end]) => ({
      ref: asked[n as number] ?? '',
      doc: doc as number,
      place: layer === null ? null : { layer: layerOf(layer as Buffer), start: start as number, end: end as number },
    }));
  }
  /** Ids of the indexed passages, memos and the rest. */
  notes(): string[] {
    return this.store.list<Buffer>('SELECT ref FROM note').map(idText);
  }
  markOf(ref: string): string | null {
    return this.store.value<string>('SELECT mark FROM note WHERE ref = ?', idBytes(ref)) ?? null;
  }
  removeNote(ref: string): void {
    this.store.run('INSERT INTO dead(segment, doc) SELECT segment, doc FROM note WHERE ref = ?', idBytes(ref));
    this.store.run('DELETE FROM note WHERE ref = ?', idBytes(ref));
  }
  /** Puts quotations and what people wrote into a segment of their own, in the caller's transaction. */
  putNotes(notes: readonly NoteText[]): void {
    const segment = this.segments.begin();
    for (const { kind, ref, source, mark, text, joins, place } of notes) {
      this.removeNote(ref);
      const doc = this.lastIn(firstOf(source === null ? NO_SOURCE : this.sourceNumber(source), kind)) + 1;
      const layer = place === null ? null : idBytes(place.layer);
      const values = [doc, idBytes(ref), mark, segment.id, layer, place?.start ?? null, place?.end ?? null];
      this.store.run(
        'INSERT INTO note(doc, ref, mark, segment, layer, start, end) VALUES(?, ?, ?, ?, ?, ?, ?)',
        ...values,
      );
      segment.writer.add({ text, joins, contents: [], docs: [{ doc, at: 0 }] });
    }
    this.segments.end(segment);
  }
  /** Joins small segments, so that there are never many, and drops removed documents. One transaction for each join. */
  tidy(): void {
    this.segments.tidy((doc, segment) => {
      const table = kindOfDoc(doc) === 'text' ? 'chunk' : 'note';
      this.store.run(`UPDATE ${table} SET segment = ? WHERE doc = ?`, segment, doc);
    });
  }

  /** Streams the documents in which all terms begin, from number `from` on and of these sources, in order. */
  matches(terms: readonly SearchTerm[], from: number, sources: readonly number[] | null): Generator<DocMatches> {
    return this.segments.matches(terms, from, sources);
  }
  /** Streams the documents in which the terms are as `wanted` says, from number `from` on and of these sources, in order. */
  matchesOfEach(
    terms: readonly (SearchTerm | null)[],
    wanted: Wanted,
    from: number,
    sources: readonly number[] | null,
  ): Generator<DocTerms> {
    return this.segments.matchesOfEach(terms, wanted, from, sources);
  }
  /** EXPLAIN QUERY PLAN of the hot queries. */
  plan(): string {
    return [POSTINGS, NOTES_OF].flatMap((sql) => this.store.explain(sql.replace('?', '$id'))).join('\n');
  }

  private lastIn(first: number): number {
    const table = kindOfDoc(first) === 'text' ? 'chunk' : 'note';
    const last = this.store.value<number | null>(
      `SELECT max(doc) FROM ${table} WHERE doc >= ? AND doc < ?`,
      first,
      first + KIND_UNIT,
    );
    // Numbers grow with each change to a note; a new index numbers them from the start again.
    if (last === first + KIND_UNIT - 1)
      throw new Fault('DAMAGED', 'The search index has no number left for this source; it is made anew.', {});
    return last ?? first - 1;
  }
}

const NOTES_OF = `
  SELECT i.key, n.doc, n.layer, n.start, n.end FROM json_each(?) i CROSS JOIN note n ON n.ref = unhex(i.value, '-')`;

function openFor(file: string, project: string): Store {
  mkdirSync(dirname(file), { recursive: true });
  const sqlite = new Database(file, { timeout: 10_000 });
  try {
    sqlite.pragma('journal_mode = WAL');
    harden(sqlite);
    // What was written in the last seconds before a power failure may be lost; it is indexed again.
    sqlite.pragma('synchronous = NORMAL');
    const store = new Store(sqlite);
    if (!fits(store, project)) makeAnew(store, project);
    // Tables that are not ours would remain: the file is removed and made again.
    if (schemaOf(store) !== ownSchema()) throw damaged('the search index has tables of its own');
    return store;
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}

function fits(store: Store, project: string): boolean {
  if (store.value<number>('PRAGMA user_version') !== INDEX_VERSION || schemaOf(store) !== ownSchema()) return false;
  return store.value<string>("SELECT value FROM stamp WHERE key = 'project'") === project;
}

/** Tables, indexes and triggers as SQLite stores them. A folder from elsewhere may have more in its index. */
const schemaOf = (store: Store): string =>
  store
    .list<string>(
      "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema ORDER BY 1",
    )
    .join('\n');

let own: string | null = null;
function ownSchema(): string {
  if (own !== null) return own;
  const store = new Store(new Database(':memory:'));
  try {
    for (const sql of SEARCH_SCHEMA) store.exec(sql);
    own = schemaOf(store);
    return own;
  } finally {
    store.close();
  }
}

/** In place, since other threads may have the file open. */
function makeAnew(store: Store, project: string): void {
  store.transaction(() => {
    for (const table of SEARCH_TABLES) store.exec(`DROP TABLE IF EXISTS ${table}`);
    for (const sql of SEARCH_SCHEMA) store.exec(sql);
    store.run("INSERT INTO stamp(key, value) VALUES('project', ?)", project);
    store.exec(`PRAGMA user_version = ${INDEX_VERSION}`);
  });
}

const isBroken = (thrown: unknown): boolean =>
  thrown instanceof Error && 'data' in thrown && (thrown as { data: { code?: string } }).data.code === 'DAMAGED';

/**
 * Raised whenever folding, the cutting into tokens or pieces, the rules for names of places, or these tables change: an index of
 * another version would give wrong answers, so it is made again.
 */
const INDEX_VERSION = 7;

/**
 * The index is made of segments, which are written once. Each numbers the folded text it covers from 0, and has for each token
 * the list of its positions (postings.ts). A token is a word (`word`), or a single character of a script without spaces, or a
 * sign: its term is then its code point.
 *
 * `docs` and `bases` of a segment: the number of each document and where it begins. `contents`: where lines of tables of contents
 * begin and end. `map` of a piece of a text leads from folded to original offsets (offset-map.ts). A document that was replaced is
 * `dead` in the segment that has it. `layer`, `start` and `end` of a passage's note: where in the text it is.
 *
 * `placed`: layers whose names of places were read, and what the reading depends on. `named`: the names in a piece (place-rows.ts),
 * if it has any. `meaning`: the place that a name means, or those of which a person has to choose one, with a space between.
 */
const SEARCH_SCHEMA: readonly string[] = [
  'CREATE TABLE stamp(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE source(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE layer(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  'CREATE TABLE chunk(doc INTEGER PRIMARY KEY, layer TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER NOT NULL, segment INTEGER NOT NULL, map BLOB NOT NULL) STRICT',
  'CREATE INDEX chunk_by_layer ON chunk(layer)',
  'CREATE TABLE note(doc INTEGER PRIMARY KEY, ref BLOB NOT NULL UNIQUE, mark TEXT NOT NULL, segment INTEGER NOT NULL, layer BLOB, start INTEGER, end INTEGER) STRICT',
  'CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
  'CREATE TABLE segment(id INTEGER PRIMARY KEY, units INTEGER NOT NULL, least INTEGER NOT NULL, most INTEGER NOT NULL, docs BLOB NOT NULL, bases BLOB NOT NULL, contents BLOB NOT NULL) STRICT',
  'CREATE TABLE dead(segment INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(segment, doc)) STRICT, WITHOUT ROWID',
  'CREATE TABLE placed(layer TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE named(doc INTEGER PRIMARY KEY, names BLOB NOT NULL) STRICT',
  'CREATE TABLE meaning(n INTEGER PRIMARY KEY, places TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE posting(id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
];
const SEARCH_TABLES = [
  'stamp',
  'source',
  'layer',
  'chunk',
  'note',
  'word',
  'segment',
  'dead',
  'posting',
  'placed',
  'named',
  'meaning',
  // Tables of index versions up to 3.
  'words',
] as const;
