import type { Store } from '../file/store.ts';
import type { SearchTerm } from '../../../shared/text/search-query.ts';
import { askedTerm, startsOf, type AskedTerm, type Lists } from './phrase-search.ts';
import {
  combined,
  eachDoc,
  inDocs,
  inRanges,
  lastAtMost,
  NO_MATCHES,
  type DocMatches,
  type DocTerms,
  type Matches,
} from './matches.ts';
import { eachPosting, union } from './postings.ts';
import { SEGMENT_UNITS, SegmentWriter, type WordNumbers } from './segment-writer.ts';
import { FIRST_WORD, Vocabulary } from './vocabulary.ts';
import { firstDocOf, kindOfDoc, sourceOfDoc } from './doc-numbers.ts';
import { docsWanted, type Wanted } from './wanted.ts';

interface SegmentRow {
  readonly id: number;
  readonly units: number;
  readonly least: number;
  readonly most: number;
}
/** Where a segment's documents begin; loaded once. */
interface Docs {
  readonly docs: Float64Array;
  readonly bases: Uint32Array;
  readonly contents: Uint32Array;
  /** The length of the document at an index. */
  readonly lengthAt: (at: number) => number;
}
interface StoredDocs extends Readonly<Record<'docs' | 'bases' | 'contents', Buffer>> {
  readonly units: number;
}
interface Begun {
  readonly id: number;
  readonly writer: SegmentWriter;
  readonly words: NewWords;
}

export const POSTINGS = 'SELECT data FROM posting WHERE id = ?';
const POSTINGS_BETWEEN = 'SELECT id, data FROM posting WHERE id BETWEEN ? AND ? ORDER BY id';
/** The key of a list: one integer. With two columns as the key, in a table WITHOUT ROWID, a third of each page stayed empty. */
const SEGMENT_STEP = 2 ** 32;
const listOf = (segment: number, term: number): number => segment * SEGMENT_STEP + term;

/** The segments of an index: written, joined, and searched one after the other. */
export class SegmentStore {
  private readonly store: Store;
  private readonly loaded = new Map<number, Docs>();
  private readonly vocabulary = new Vocabulary();
  /** Words by their number, for writing; loaded when first needed. */
  private numbers: Map<string, number> | null = null;
  private state = { version: -1, segments: [] as readonly SegmentRow[], dead: new Map<number, Set<number>>() };

  constructor(store: Store) {
    this.store = store;
  }

  begin(): Begun {
    // Never used again: readers keep what they loaded of a segment.
    const id = Number(this.store.value<string>("SELECT value FROM stamp WHERE key = 'segment'") ?? 0) + 1;
    this.store.run("INSERT OR REPLACE INTO stamp(key, value) VALUES('segment', ?)", String(id));
    const words = new NewWords(this.knownWords());
    return { id, writer: new SegmentWriter(words), words };
  }
  end({ id, writer, words }: Begun): void {
    if (writer.isEmpty) return;
    for (const [word, number] of words.added) this.store.run('INSERT INTO word(id, text) VALUES(?, ?)', number, word);
    const { units, docs, bases, contents, postings } = writer.done();
    const sources = docs.map(sourceOfDoc);
    this.store.run(
      'INSERT INTO segment(id, units, least, most, docs, bases, contents) VALUES(?, ?, ?, ?, ?, ?, ?)',
      id,
      units,
      sources.reduce((a, b) => Math.min(a, b)),
      sources.reduce((a, b) => Math.max(a, b)),
      bytesOf(docs),
      bytesOf(bases),
      bytesOf(contents),
    );
    for (const { term, data } of postings)
      this.store.run('INSERT INTO posting(id, data) VALUES(?, ?)', listOf(id, term), Buffer.from(data.buffer));
  }

  /** Drops the cached word numbers after a failed transaction: those given in it are not stored. */
  forgetWords(): void {
    this.numbers = null;
  }

  /** Joins segments of similar size. `moved` is told each document’s new segment. */
  tidy(moved: (doc: number, segment: number) => void): void {
    for (;;) {
      const some = this.toJoin();
      if (some.length === 0) return;
      this.store.transaction(() => this.join(some, moved));
    }
  }
  private toJoin(): readonly SegmentRow[] {
    const { segments, dead } = this.now();
    const sizes = Map.groupBy(segments, ({ units }) => Math.floor(Math.log2(units + 1) / 3));
    for (const [size, some] of sizes) if (some.length >= FANOUT && 8 ** (size + 1) < SEGMENT_UNITS) return some;
    return segments
      .filter(({ id }) => {
        const gone = dead.get(id)?.size ?? 0;
        return gone > 0 && gone * 2 > this.docsOf(id).docs.length;
      })
      .slice(0, 1);
  }
  private join(some: readonly SegmentRow[], moved: (doc: number, segment: number) => void): void {
    const joined = this.begin();
    for (const { id, units } of some.toSorted((a, b) => a.id - b.id)) {
      const { docs, bases, contents } = this.docsOf(id);
      const dead = this.now().dead.get(id);
      // By how much each document moves; null for a document that is dropped.
      const moves = Array.from(docs, (doc, at) => {
        if (dead?.has(doc) === true) return null;
        moved(doc, joined.id);
        const [from, to] = [bases[at] ?? 0, bases[at + 1] ?? units];
        return joined.writer.addDoc(doc, to - from) - from;
      });
      const newPlace = (position: number): number | null => {
        const move = moves[lastAtMost(bases, position)];
        return move === null || move === undefined ? null : position + move;
      };
      for (let at = 0; at < contents.length; at += 2) {
        const from = newPlace(contents[at] ?? 0);
        if (from !== null) joined.writer.addContents(from, from + (contents[at + 1] ?? 0) - (contents[at] ?? 0));
      }
      for (const { term, data } of this.postingsFrom(id, 0)) {
        eachPosting(data, (position, isSpaced) => {
          const place = newPlace(position);
          if (place !== null) joined.writer.put(term, place, isSpaced);
        });
      }
      this.store.run('DELETE FROM posting WHERE id BETWEEN ? AND ?', listOf(id, 0), listOf(id + 1, 0) - 1);
      this.store.run('DELETE FROM dead WHERE segment = ?', id);
      this.store.run('DELETE FROM segment WHERE id = ?', id);
    }
    this.end(joined);
  }

  *matches(terms: readonly SearchTerm[], from: number, sources: readonly number[] | null): Generator<DocMatches> {
    const all = this.asked(terms).flatMap((term) => term ?? []);
    yield* this.inOrder(from, sources, (id) => this.inSegment(id, all));
  }
  /** Streams the matches of each term in each document. For a term that is null there are none. */
  *matchesOfEach(
    terms: readonly (SearchTerm | null)[],
    wanted: Wanted,
    from: number,
    sources: readonly number[] | null,
  ): Generator<DocTerms> {
    const asked = this.asked(terms);
    yield* this.inOrder(from, sources, (id) => this.eachInSegment(id, asked, wanted));
  }
  private asked(terms: readonly (SearchTerm | null)[]): (AskedTerm | null)[] {
    this.learnWords();
    return terms.map((term) => (term === null ? null : askedTerm(term, (part) => this.vocabulary.containing(part))));
  }

  private *inOrder<Found extends { readonly doc: number }>(
    from: number,
    sources: readonly number[] | null,
    inSegment: (id: number) => Iterable<Found>,
  ): Generator<Found> {
    const { segments, dead } = this.now();
    const wanted = sources === null ? null : new Set(sources);
    let waiting: Found[] = [];
    const first = sourceOfDoc(from);
    const some = segments.filter(({ most }) => most >= first);
    for (const [at, { id }] of some.entries()) {
      for (const found of inSegment(id)) {
        if (found.doc < from || dead.get(id)?.has(found.doc) === true) continue;
        if (wanted === null || wanted.has(sourceOfDoc(found.doc))) waiting.push(found);
      }
      // Segments are in order of their first source: what comes before the next one's is complete.
      const upTo = some[at + 1]?.least;
      const limit = upTo === undefined ? Infinity : firstDocOf(upTo);
      waiting.sort((a, b) => a.doc - b.doc);
      const ready = waiting.findIndex(({ doc }) => doc >= limit);
      yield* waiting.splice(0, ready < 0 ? waiting.length : ready);
    }
    waiting = [];
  }

  private *inSegment(id: number, asked: readonly AskedTerm[]): Generator<DocMatches> {
    const lists = this.listsOf(id);
    const each: Uint32Array[] = [];
    for (const term of asked) {
      const starts = startsOf(term, lists);
      if (starts.length === 0) return;
      each.push(starts);
    }
    const { docs, bases, contents, lengthAt } = this.docsOf(id);
    if (!asked.every((term) => term.isExact)) {
      for (const at of toRead(each, asked, bases))
        yield { doc: docs[at] ?? 0, length: lengthAt(at), matches: null, inContents: null };
      return;
    }
    const byDoc = each.map((starts, n) => inDocs(starts, asked[n]?.length ?? 0, bases));
    const [firstTerm, ...others] = byDoc;
    for (const [at, found] of firstTerm ?? []) {
      const more = others.flatMap((other) => other.get(at) ?? []);
      const doc = docs[at];
      if (doc === undefined || more.length < others.length) continue;
      const matches = more.length === 0 ? found : combined([found, ...more]);
      yield { doc, length: lengthAt(at), matches, inContents: inRanges(matches, bases[at] ?? 0, contents) };
    }
  }

  private *eachInSegment(id: number, asked: readonly (AskedTerm | null)[], wanted: Wanted): Generator<DocTerms> {
    const lists = this.listsOf(id);
    const { docs, bases, contents, lengthAt } = this.docsOf(id);
    const starts = asked.map((term) => (term === null ? NOWHERE : startsOf(term, lists)));
    const each = asked.map((term, n): Set<number> | Map<number, Matches> => {
      const own = starts[n] ?? NOWHERE;
      if (term === null) return new Map();
      return term.isExact ? inDocs(own, term.length, bases) : new Set(toRead([own], [term], bases));
    });
    const sets = each.map((docsOfTerm) => new Set(docsOfTerm.keys()));
    const among = (some: ReadonlySet<number>): Set<number> =>
      new Set([...docs.keys()].filter((at) => some.has(docs[at] ?? -1)));
    const docsOf = (term: number): ReadonlySet<number> => sets[term] ?? new Set();
    const near = (sides: readonly (readonly number[])[], units: number): Set<number> => {
      const [first, second] = sides.map((some) => union(some.map((term) => starts[term] ?? NOWHERE)));
      const slack = units + Math.max(...asked.map((term) => (term?.length ?? 0) + (term?.before ?? 0)));
      const together = [first, second].map((some) => some ?? NOWHERE);
      return new Set([...bothIn(sides, docsOf), ...before(together, slack, docs, bases)]);
    };
    for (const at of docsWanted(wanted, docsOf, near, among) ?? docs.keys()) {
      const base = bases[at] ?? 0;
      yield {
        doc: docs[at] ?? 0,
        length: lengthAt(at),
        of: (term) => {
          const found = each[term];
          return found instanceof Map ? (found.get(at) ?? NO_MATCHES) : found?.has(at) === true ? null : NO_MATCHES;
        },
        inContents: (matches) => inRanges(matches, base, contents),
      };
    }
  }

  private listsOf(id: number): Lists {
    return {
      one: (term) => this.store.value<Buffer>(POSTINGS, listOf(id, term)) ?? null,
      all: () => this.postingsFrom(id, FIRST_WORD),
    };
  }
  /** The lists of a segment, from one term on. */
  private *postingsFrom(segment: number, first: number): Generator<Postings> {
    const [from, to] = [listOf(segment, first), listOf(segment + 1, 0) - 1];
    for (const { id, data } of this.store.iterate<{ id: number; data: Buffer }>(POSTINGS_BETWEEN, from, to))
      yield { term: id - listOf(segment, 0), data };
  }
  private docsOf(id: number): Docs {
    const known = this.loaded.get(id);
    if (known !== undefined) return known;
    const row = this.store.get<StoredDocs>('SELECT units, docs, bases, contents FROM segment WHERE id = ?', id);
    const bases = new Uint32Array(numbersOf(row?.bases));
    const units = row?.units ?? 0;
    const docs = {
      docs: new Float64Array(numbersOf(row?.docs)),
      bases,
      contents: new Uint32Array(numbersOf(row?.contents)),
      lengthAt: (at: number) => (bases[at + 1] ?? units) - (bases[at] ?? 0),
    };
    this.loaded.set(id, docs);
    return docs;
  }
  /** The segments and the removed documents as they are now. Read again after a write, by this connection or another. */
  private now() {
    const version =
      (this.store.value<number>('PRAGMA data_version') ?? 0) * 2 ** 26 +
      (this.store.value<number>('SELECT total_changes()') ?? 0);
    if (version === this.state.version) return this.state;
    const dead = new Map<number, Set<number>>();
    for (const { segment, doc } of this.store.all<{ segment: number; doc: number }>('SELECT segment, doc FROM dead'))
      dead.set(segment, (dead.get(segment) ?? new Set()).add(doc));
    const segments = this.store.all<SegmentRow>('SELECT id, units, least, most FROM segment ORDER BY least, id');
    const here = new Set(segments.map(({ id }) => id));
    for (const id of this.loaded.keys()) if (!here.has(id)) this.loaded.delete(id);
    this.state = { version, segments, dead };
    return this.state;
  }
  private learnWords(): void {
    for (const [id, text] of this.store.iterateRaw('SELECT id, text FROM word WHERE id > ?', this.vocabulary.last))
      this.vocabulary.add(id as number, text as string);
  }
  private knownWords(): Map<string, number> {
    this.numbers ??= new Map(
      this.store.allRaw('SELECT text, id FROM word').map(([text, id]) => [text as string, id as number]),
    );
    return this.numbers;
  }
}

interface Postings {
  readonly term: number;
  readonly data: Buffer;
}

const NOWHERE = new Uint32Array();

/** This many segments of one size are joined into one of the next size class, eight times as large. */
const FANOUT = 8;

/** The numbers of words, all in memory, since they are looked up for each word of a text. */
class NewWords implements WordNumbers {
  readonly all: Map<string, number>;
  readonly added = new Map<string, number>();

  constructor(all: Map<string, number>) {
    this.all = all;
  }
  numberOf(word: string): number {
    const known = this.all.get(word);
    if (known !== undefined) return known;
    const number = this.all.size + 1;
    this.all.set(word, number);
    this.added.set(word, number);
    return number;
  }
}

/** The documents that contain a possible beginning of every term: their texts have to be read. */
function toRead(each: readonly Uint32Array[], asked: readonly AskedTerm[], bases: Uint32Array): Iterable<number> {
  const sets = each.map((starts, n) => {
    const docs = new Set<number>();
    for (const before of new Set([0, asked[n]?.before ?? 0]))
      eachDoc(
        starts.map((start) => Math.max(0, start - before)),
        bases,
        (at) => docs.add(at),
      );
    return docs;
  });
  return [...(sets[0] ?? [])].filter((at) => sets.every((docs) => docs.has(at)));
}

/** The documents that contain a term of each side. */
function bothIn(sides: readonly (readonly number[])[], docsOf: (term: number) => ReadonlySet<number>): Set<number> {
  const [first = new Set<number>(), ...others] = sides.map(
    (some) => new Set(some.flatMap((term) => [...docsOf(term)])),
  );
  return new Set([...first].filter((at) => others.every((docs) => docs.has(at))));
}

/**
 * The documents in which a term of one side occurs within `units` before a term of the other side that is in a later document of the same
 * source.
 */
function before(sides: readonly Uint32Array[], units: number, docs: Float64Array, bases: Uint32Array): Set<number> {
  const found = new Set<number>();
  for (const [some, others] of [sides, sides.toReversed()]) {
    if (some === undefined || others === undefined) continue;
    eachDoc(some, bases, (at, from, to) => {
      const doc = docs[at] ?? 0;
      const next = others[lastAtMost(others, (bases[at + 1] ?? Infinity) - 1) + 1];
      if (next === undefined || next - (some[to - 1] ?? 0) > units) return;
      const other = docs[lastAtMost(bases, next)] ?? 0;
      if (kindOfDoc(doc) === 'text' && kindOfDoc(other) === 'text' && sourceOfDoc(doc) === sourceOfDoc(other))
        found.add(at);
    });
  }
  return found;
}

const bytesOf = (numbers: Float64Array | Uint32Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
/** Copies the bytes: those that SQLite returns need not be aligned. */
const numbersOf = (bytes: Buffer | undefined): ArrayBuffer => new Uint8Array(bytes ?? []).buffer;
