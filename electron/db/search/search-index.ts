import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isWord, tokensOf } from '../../../shared/text/search-query.ts';
import type { Phrase, SearchTerm } from '../../../shared/text/search-query.ts';
import { harden } from '../file/connect.ts';
import { Fault } from '../../../shared/errors.ts';
import { asFault, damaged } from '../faults.ts';
import { idBytes, idText } from '../ids.ts';
import { Store } from '../file/store.ts';
import { INDEX_VERSION, SEARCH_SCHEMA, SEARCH_TABLES } from './search-schema.ts';

/** A layer's text in pieces, and what people wrote. In the order in which the matches of one source are listed. */
export const DOC_KINDS = ['text', 'passage', 'memo'] as const;
export type DocKind = (typeof DOC_KINDS)[number];

/**
 * A document's number is made of its source, kind and order. FTS5 returns matches in the order of this number, so they come by
 * source without sorting, and a filter by source is a range. FTS5 stores the difference of two numbers for each word of each
 * document: with 2 ** 32 for a source the positions of words took a seventh more space.
 */
const SOURCE_UNIT = 2 ** 20;
const KIND_UNIT = 2 ** 18;
/** For memos on the project and the codebook, which belong to no source: they come last. */
export const NO_SOURCE = 2 ** 20 - 1;

export const sourceOfDoc = (doc: number): number => Math.floor(doc / SOURCE_UNIT);
export const kindOfDoc = (doc: number): DocKind => DOC_KINDS[Math.floor((doc % SOURCE_UNIT) / KIND_UNIT)] ?? 'memo';
export const firstDocOf = (source: number): number => source * SOURCE_UNIT;
const firstOf = (source: number, kind: DocKind): number => firstDocOf(source) + DOC_KINDS.indexOf(kind) * KIND_UNIT;

/** A piece of a layer's text. UTF-16 code units of the whole text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly page: number;
}
export interface ChunkRow extends Chunk {
  readonly layer: string;
}
/** What is indexed of a piece of text: one or two folded readings. */
export type Readings = readonly string[];

/** How many tokens of a phrase are looked up; the rest is confirmed in the text. Each piece repeats as many of the next. */
export const PHRASE_TOKENS = 16;

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

  private constructor(store: Store) {
    this.store = store;
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
    return this.store.transaction(work);
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

  /** Layers that are completely indexed. */
  layers(): string[] {
    return this.store.list<string>('SELECT id FROM layer');
  }
  chunk(doc: number): ChunkRow | null {
    return this.store.get<ChunkRow>('SELECT layer, start, end, page FROM chunk WHERE doc = ?', doc) ?? null;
  }
  removeLayer(id: string): void {
    for (const doc of this.store.list<number>('SELECT doc FROM chunk WHERE layer = ?', id)) this.removeWords(doc);
    this.store.run('DELETE FROM chunk WHERE layer = ?', id);
    this.store.run('DELETE FROM layer WHERE id = ?', id);
  }
  /** Replaces the pieces of a layer, all of them in the caller's transaction. */
  putLayer(id: string, source: string, chunks: Iterable<Chunk & { readonly readings: Readings }>): void {
    this.removeLayer(id);
    const first = firstOf(this.sourceNumber(source), 'text');
    let doc = this.lastIn(first) + 1;
    for (const { start, end, page, readings } of chunks) {
      this.store.run(
        'INSERT INTO chunk(doc, layer, start, end, page) VALUES(?, ?, ?, ?, ?)',
        doc,
        id,
        start,
        end,
        page,
      );
      this.putWords(doc, readings);
      doc++;
    }
    this.store.run('INSERT INTO layer(id) VALUES(?)', id);
  }

  noteRef(doc: number): string | null {
    const ref = this.store.value<Buffer>('SELECT ref FROM note WHERE doc = ?', doc);
    return ref === undefined ? null : idText(ref);
  }
  /** Ids of the indexed passages and memos. */
  notes(): string[] {
    return this.store.list<Buffer>('SELECT ref FROM note').map(idText);
  }
  markOf(ref: string): string | null {
    return this.store.value<string>('SELECT mark FROM note WHERE ref = ?', idBytes(ref)) ?? null;
  }
  removeNote(ref: string): void {
    const doc = this.store.value<number>('SELECT doc FROM note WHERE ref = ?', idBytes(ref));
    if (doc === undefined) return;
    this.removeWords(doc);
    this.store.run('DELETE FROM note WHERE doc = ?', doc);
  }
  /** A note or quotation. `mark` identifies its text, so that the same text is not indexed again. */
  putNote(kind: Exclude<DocKind, 'text'>, ref: string, source: string | null, mark: string, readings: Readings): void {
    this.removeNote(ref);
    const first = firstOf(source === null ? NO_SOURCE : this.sourceNumber(source), kind);
    const doc = this.lastIn(first) + 1;
    this.store.run('INSERT INTO note(doc, ref, mark) VALUES(?, ?, ?)', doc, idBytes(ref), mark);
    this.putWords(doc, readings);
  }

  /** Documents that may match, from `from` to before `to`, in order. They must be confirmed in the text. */
  candidates(asked: string | typeof ANYWHERE, from: number, to: number): IterableIterator<{ doc: number }> {
    if (asked === ANYWHERE) return this.store.iterate<{ doc: number }>(ALL_DOCS, from, to - 1, from, to - 1);
    return this.store.iterate<{ doc: number }>(CANDIDATES, asked, from, to - 1);
  }
  /** The MATCH expression for all terms, or ANYWHERE if any document may match because the words looked for are too common. */
  asking(terms: readonly SearchTerm[]): string | typeof ANYWHERE {
    const each = terms.map(({ phrases }) => phrases.map((phrase) => this.asked(phrase)));
    const telling = each.flatMap((ways) => {
      const known = ways.filter((way) => way !== ANYWHERE);
      return known.length < ways.length ? [] : [known.flat()];
    });
    if (telling.length === 0) return ANYWHERE;
    return telling.map((ways) => `(${ways.join(' OR ')})`).join(' AND ');
  }
  /** EXPLAIN QUERY PLAN of the hot query. */
  plan(): string {
    return this.store.sqlite
      .prepare<[string, number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${CANDIDATES}`)
      .all('"x"', 0, 1)
      .map((row) => row.detail)
      .join('\n');
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
  /** The ways in which a phrase can occur in the index. Tokens contain no quotes. */
  private asked({ tokens, openStart, openEnd }: Phrase): string[] | typeof ANYWHERE {
    const asked = tokens.slice(0, PHRASE_TOKENS);
    const star = openEnd && asked.length === tokens.length ? ' *' : '';
    const [first = '', ...rest] = asked;
    const own = `"${asked.join(' ')}"${star}`;
    if (!openStart || !isWord(first)) return [own];
    // Words that contain the token, other than at their start; a word that starts with it may also end with it.
    const longer = this.store.list<string>('SELECT text FROM word WHERE instr(substr(text, 2), ?) > 0', first);
    // Alone, it may occur anywhere in a word; before other tokens only at its end.
    if (rest.length === 0 && isLetter(first) && longer.length > MOST_WORDS) return ANYWHERE;
    if (rest.length === 0) return [own, ...longer.filter((word) => openEnd || word.endsWith(first)).map(quoted)];
    const ending = longer.filter((word) => word.endsWith(first));
    // Too many alternatives, each with many rows: only the rest of the phrase is looked up, and the text confirms the match.
    if (ending.length > MOST_WORDS) return [`"${rest.join(' ')}"${star}`];
    return [own, ...ending.map((word) => `"${[word, ...rest].join(' ')}"${star}`)];
  }
  private putWords(doc: number, readings: Readings): void {
    const read = readings.map((reading) => Array.from(tokensOf(reading), ({ text }) => text));
    for (const word of new Set(read.flat())) {
      if (isWord(word)) this.store.run('INSERT OR IGNORE INTO word(text) VALUES(?)', word);
    }
    // Joined with spaces, so that SQLite's tokenizer splits nothing else.
    const [one = '', two = ''] = read.map((tokens) => tokens.join(' '));
    this.store.run('INSERT INTO words(rowid, one, two) VALUES(?, ?, ?)', doc, one, two);
  }
  private removeWords(doc: number): void {
    this.store.run('DELETE FROM words WHERE rowid = ?', doc);
  }
}

/** A single letter occurs in most words, and so in most texts: looking up each word took longer than reading every text. */
export const ANYWHERE = Symbol('anywhere');
const isLetter = (token: string): boolean => Array.from(token).length === 1;

const ALL_DOCS = `SELECT doc FROM chunk WHERE doc BETWEEN ? AND ?
  UNION ALL SELECT doc FROM note WHERE doc BETWEEN ? AND ? ORDER BY doc`;
const CANDIDATES = 'SELECT rowid AS doc FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid';

const MOST_WORDS = 200;
const quoted = (word: string): string => `"${word}"`;

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
    // What is left then is not ours: the file is removed and made again.
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

/** Tables, indexes and triggers as SQLite stores them, those of FTS5 included. A folder from elsewhere may have more in its index. */
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
