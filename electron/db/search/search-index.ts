import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isWord, tokensOf } from '../../../shared/text/search-query.ts';
import type { Phrase, SearchTerm } from '../../../shared/text/search-query.ts';
import { harden } from '../file/connect.ts';
import { Fault } from '../../../shared/errors.ts';
import { asFault } from '../faults.ts';
import { idBytes, idText } from '../ids.ts';
import { Store } from '../file/store.ts';
import { INDEX_VERSION, SEARCH_SCHEMA, SEARCH_TABLES } from './search-schema.ts';

/** Text of a layer in pieces, and what people wrote. In the order in which hits of one source are told. */
export const DOC_KINDS = ['text', 'passage', 'memo'] as const;
export type DocKind = (typeof DOC_KINDS)[number];

/**
 * A document's number says where it belongs: source, kind, place in line. FTS5 tells matches in this order, so hits come
 * by source without any sorting, and a filter by source is a range. FTS5 writes the difference of two numbers for each word
 * of each document: with 2 ** 32 for a source the places of words took a seventh more.
 */
const SOURCE_UNIT = 2 ** 20;
const KIND_UNIT = 2 ** 18;
/** For memos on the project and the codebook, which belong to no source: after all of them. */
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
/** What is indexed of a piece of text: its readings (folded), one or two. */
export type Readings = readonly string[];

/** Tokens of a phrase that are asked of the index; the rest is confirmed in the text. Each piece holds so many of the next. */
export const PHRASE_TOKENS = 16;

/** How far the index knows the project's log. */
export interface IndexPosition {
  readonly commit: number;
  readonly hash: string;
  /** How many bodies and parts of bodies were withheld: where one arrives, an old commit says something new. */
  readonly withheld: number;
}

/**
 * The search's index, `cache/search.sqlite`: words of folded text, and where they stand, never the text itself. It is a
 * cache: one of another version, another project or a damaged file is made anew. One thread writes, any may read.
 */
export class SearchIndex {
  private readonly store: Store;

  private constructor(store: Store) {
    this.store = store;
  }

  /** Opens it for writing, made anew where it does not fit. Throws DISK_FULL and the like. */
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
  /** Opens it for reading; null where there is none yet that fits. */
  static read(file: string, project: string): SearchIndex | null {
    if (!existsSync(file)) return null;
    const sqlite = new Database(file, { readonly: true, timeout: 2000 });
    try {
      harden(sqlite);
      const store = new Store(sqlite);
      if (fits(store, project)) return new SearchIndex(store);
    } catch (thrown) {
      // Half made, or damaged: whoever writes makes it anew.
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
  /** Puts what was written lately into the file itself: after a build, that is as much again. */
  checkpoint(): void {
    this.store.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }
  /** One transaction of writing. */
  writing<T>(work: () => T): T {
    return this.store.transaction(work);
  }
  /** One state of the index for several reads. */
  reading<T>(work: () => T): T {
    return this.store.sqlite.transaction(work).deferred();
  }

  /** How far notes are here; null where they never were wholly. */
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

  /** Layers that are wholly here. */
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
  /** The pieces of a layer, all of them in the caller's transaction; what was there of it goes. */
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
  /** Ids of passages and memos that are here. */
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
  /** What somebody wrote or quoted. `mark` says which text this is, so that the same text is not indexed again. */
  putNote(kind: Exclude<DocKind, 'text'>, ref: string, source: string | null, mark: string, readings: Readings): void {
    this.removeNote(ref);
    const first = firstOf(source === null ? NO_SOURCE : this.sourceNumber(source), kind);
    const doc = this.lastIn(first) + 1;
    this.store.run('INSERT INTO note(doc, ref, mark) VALUES(?, ?, ?)', doc, idBytes(ref), mark);
    this.putWords(doc, readings);
  }

  /** Documents that may hold what is `asking`, from `from` to before `to`, in order. They are to be confirmed in the text. */
  candidates(asked: string | typeof ANYWHERE, from: number, to: number): IterableIterator<{ doc: number }> {
    if (asked === ANYWHERE) return this.store.iterate<{ doc: number }>(ALL_DOCS, from, to - 1, from, to - 1);
    return this.store.iterate<{ doc: number }>(CANDIDATES, asked, from, to - 1);
  }
  /** What is asked of the index for all terms: any one document may hold what is nearly in every word. */
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
    // Numbers grow with each change to a note. A new index has them in a row again.
    if (last === first + KIND_UNIT - 1)
      throw new Fault('DAMAGED', 'The search index has no number left for this source; it is made anew.', {});
    return last ?? first - 1;
  }
  /** The ways in which a phrase may stand in the index. Tokens hold no quotes. */
  private asked({ tokens, openStart, openEnd }: Phrase): string[] | typeof ANYWHERE {
    const asked = tokens.slice(0, PHRASE_TOKENS);
    const star = openEnd && asked.length === tokens.length ? ' *' : '';
    const [first = '', ...rest] = asked;
    const own = `"${asked.join(' ')}"${star}`;
    if (!openStart || !isWord(first)) return [own];
    // After its beginning, wherever else it may stand: a word that begins with it may end with it, too.
    const longer = this.store.list<string>('SELECT text FROM word WHERE instr(substr(text, 2), ?) > 0', first);
    // Alone, it may stand anywhere in a word; before others only at its end.
    if (rest.length === 0 && isLetter(first) && longer.length > MOST_WORDS) return ANYWHERE;
    if (rest.length === 0) return [own, ...longer.filter((word) => openEnd || word.endsWith(first)).map(quoted)];
    const ending = longer.filter((word) => word.endsWith(first));
    // So many rows would be read for each of them that the rest of the phrase is asked for, and the text confirms.
    if (ending.length > MOST_WORDS) return [`"${rest.join(' ')}"${star}`];
    return [own, ...ending.map((word) => `"${[word, ...rest].join(' ')}"${star}`)];
  }
  private putWords(doc: number, readings: Readings): void {
    const read = readings.map((reading) => Array.from(tokensOf(reading), ({ text }) => text));
    for (const word of new Set(read.flat())) {
      if (isWord(word)) this.store.run('INSERT OR IGNORE INTO word(text) VALUES(?)', word);
    }
    // Parted by spaces: SQLite's own idea of a word is not asked.
    const [one = '', two = ''] = read.map((tokens) => tokens.join(' '));
    this.store.run('INSERT INTO words(rowid, one, two) VALUES(?, ?, ?)', doc, one, two);
  }
  private removeWords(doc: number): void {
    this.store.run('DELETE FROM words WHERE rowid = ?', doc);
  }
}

/** One letter of an alphabet is in most words, and so in most texts: asking for each word took longer than looking. */
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
    // What the last seconds before a power failure wrote may be lost, and is made again.
    sqlite.pragma('synchronous = NORMAL');
    const store = new Store(sqlite);
    if (!fits(store, project)) makeAnew(store, project);
    return store;
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}

function fits(store: Store, project: string): boolean {
  if (store.value<number>('PRAGMA user_version') !== INDEX_VERSION) return false;
  return store.value<string>("SELECT value FROM stamp WHERE key = 'project'") === project;
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
