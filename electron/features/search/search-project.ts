import type { SearchHit, SearchScope } from '../../../shared/contract/search.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import type { Query } from '../../../shared/query/ast.ts';
import { readBack } from '../../../shared/query/read-back.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import type { QueryFault } from '../../../shared/query/faults.ts';
import { firstDocOf, kindOfDoc, NO_SOURCE, sourceOfDoc, type DocKind } from '../../db/search/doc-numbers.ts';
import type { SearchIndex } from '../../db/search/search-index.ts';
import type { DocMatches, DocTerms } from '../../db/search/matches.ts';
import { Confirming, type Confirmed } from './confirm.ts';
import type { Asked } from './occurrences.ts';
import { placeNames, type PlaceNames } from './place-names.ts';
import { hasPlaces, isPlain, planOf, wantedBy, wordsOnly } from './plan.ts';
import { discardIndex, indexForReading, isDamage, projectAt, asSearchJob, type Opened } from './thread.ts';
import type { SearchFound, SearchPlace, SearchQuery } from '../../workers/jobs.ts';

/** How long matches are counted once the limit is reached, and how long they are looked for at all, in milliseconds. */
const COUNTING = 120;
const LOOKING = 1000;

const KINDS_OF: Readonly<Record<SearchScope, readonly DocKind[]>> = {
  sources: ['text'],
  passages: ['passage'],
  translations: ['translation'],
  memos: ['memo', 'comment'],
  codebook: ['category'],
};
const NOTHING: SearchFound = {
  total: 0,
  complete: true,
  sources: [],
  unlisted: [],
  contents: 0,
  hits: [],
  next: null,
  faults: [],
  reading: '',
};
const faulty = (faults: readonly QueryFault[]): SearchFound => ({ ...NOTHING, faults });

/**
 * Finds occurrences in the index, and reads the texts of those that are listed. Documents come in order and are never ranked, so
 * that a page of results is ready after a few of them, however many match. Null if there is no usable index. Runs in a search
 * thread.
 */
export function searchProject(place: SearchPlace, question: SearchQuery): SearchFound | null {
  const { query, faults } = readQuery(question.query, question.dimensions);
  if (query === null) return faulty(faults);
  return asSearchJob(() => {
    const opened = projectAt(place);
    const names = opened.project.reading(() => placeNames(opened.project.read, question.conditions));
    const { plan, ...planned } = planOf(query, (condition) => names.at(condition));
    if (plan === null) return NOTHING;
    if (!hasPlaces(plan)) return faulty([nothingToFind(question.query)]);
    const asked = { planned: { ...planned, plan }, isPlain: isPlain(plan), names, reading: readingOf(query, names) };
    const index = indexForReading(place, opened.project.id);
    if (index === null) return null;
    const search = (): SearchFound => new Search(opened, index, asked, question).run(cursorOf(question.after));
    try {
      return index.reading(() => opened.project.reading(search));
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      discardIndex(place);
      return null;
    }
  });
}

/** The query in words, with the places that the gazetteer has for it. */
const readingOf = (query: Query, { said }: PlaceNames): string =>
  [readBack(query), ...(said.length === 0 ? [] : [`by the gazetteer ${said.join('; ')}`])].join('; ');

/** Said where a query has conditions alone, or only what must not occur: there is no place to show. */
const nothingToFind = (query: string): QueryFault => ({
  code: 'nothingToFind',
  span: { start: 0, end: query.length },
  sentence: 'Search shows where words occur. Add words that have to.',
  mends: [],
});

interface Cursor {
  readonly doc: number;
  /** Occurrences in it that were returned already. */
  readonly returned: number;
  /** Occurrences in its source that were listed already, where at most so many of a source are. */
  readonly listed: number;
}
const cursorOf = (after: string | null): Cursor => {
  const [doc = 0, returned = 0, listed = 0] = (after ?? '').split('.').map(Number);
  const isCursor = [doc, returned, listed].every((one) => Number.isSafeInteger(one));
  return isCursor ? { doc, returned, listed } : { doc: 0, returned: 0, listed: 0 };
};

class Search {
  private readonly index: SearchIndex;
  private readonly asked: Asked;
  private readonly question: SearchQuery;
  private readonly kinds: ReadonlySet<DocKind>;
  private readonly hits: SearchHit[] = [];
  private total = 0;
  private readonly bySource = new Map<SourceId | null, number>();
  private readonly unlisted = new Map<SourceId | null, number>();
  private next: string | null = null;
  private readonly confirming: Confirming;
  /** The source whose matches are listed, and how many of them were. */
  private listing = { source: -1, listed: 0 };

  constructor(opened: Opened, index: SearchIndex, asked: Asked, question: SearchQuery) {
    this.index = index;
    this.asked = asked;
    this.question = question;
    const kinds = new Set(question.in.flatMap((one) => KINDS_OF[one]));
    this.kinds = question.passages === 'any' ? kinds : new Set([...kinds].filter((kind) => kind === 'text'));
    this.confirming = new Confirming(opened, index, asked, question, () => this.isFull());
  }

  run(cursor: Cursor): SearchFound {
    /** When the first document was found: a query of many names can look for it longer than texts are read, and has to come further each time. */
    let begun: number | null = null;
    let fullAt: number | null = null;
    const { limit, perSource, whole } = this.question;
    this.listing = { source: sourceOfDoc(cursor.doc), listed: cursor.listed };
    for (const found of this.candidates(cursor.doc)) {
      const { doc } = found;
      if (!whole) {
        const now = performance.now();
        begun ??= now;
        // The matches of a long source that are only counted must not delay those that are listed.
        if (perSource !== null && this.hits.length > 0) fullAt ??= begun;
        if (now - begun > LOOKING || (fullAt !== null && now - fullAt > COUNTING)) {
          this.next ??= `${doc}.0.${this.listing.source === sourceOfDoc(doc) ? this.listing.listed : 0}`;
          return this.found(false);
        }
      }
      this.take(found, doc === cursor.doc ? cursor.returned : 0);
      if (this.hits.length >= limit) fullAt ??= performance.now();
    }
    return this.found(true);
  }

  private found(complete: boolean): SearchFound {
    const { total, hits, next } = this;
    const { contents } = this.confirming;
    const listOf = (counts: ReadonlyMap<SourceId | null, number>) =>
      [...counts].map(([source, count]) => ({ source, total: count }));
    const sources = listOf(this.bySource);
    return {
      total,
      complete,
      sources,
      unlisted: listOf(this.unlisted),
      contents,
      hits,
      next,
      faults: [],
      reading: this.asked.reading,
    };
  }

  private take(found: DocMatches, returned: number): void {
    const { doc } = found;
    const confirmed = this.confirming.confirm(found);
    if (confirmed === null) return;
    const { source } = confirmed;
    const count = Math.max(0, confirmed.count - returned);
    this.total += count;
    if (count > 0) this.bySource.set(source, (this.bySource.get(source) ?? 0) + count);
    const room = Math.max(0, this.question.limit - this.hits.length);
    const number = sourceOfDoc(doc);
    if (this.question.perSource === null || number === NO_SOURCE) {
      this.list(confirmed, returned, room);
      if (confirmed.count > returned + room) this.next ??= `${doc}.${returned + room}`;
      return;
    }
    // A source that was begun is listed up to its own limit, so that a page ends between sources.
    const isBegun = this.listing.source === number;
    if (!isBegun) this.listing = { source: number, listed: 0 };
    if (!isBegun && room === 0 && count > 0) this.next ??= `${firstDocOf(number)}.0`;
    if (this.next !== null) return;
    const listed = this.list(confirmed, returned, this.question.perSource - this.listing.listed);
    const rest = count - listed;
    if (rest > 0) this.unlisted.set(source, (this.unlisted.get(source) ?? 0) + rest);
    this.listing = { source: number, listed: this.listing.listed + listed };
  }

  /** Lists at most so many occurrences, and says how many. */
  private list({ count, hit }: Confirmed, from: number, most: number): number {
    const to = Math.min(count, from + most);
    for (let n = from; n < to; n++) {
      const one = hit(n);
      if (one !== null) this.hits.push(one);
    }
    return Math.max(0, to - from);
  }

  private *candidates(from: number): Generator<DocMatches> {
    const { sources } = this.question;
    const numbers = sources.length === 0 ? null : sources.flatMap((id) => this.index.findSource(id) ?? []);
    const { planned, isPlain: plain } = this.asked;
    if (plain) {
      for (const found of this.index.matches(planned.terms, from, numbers))
        if (this.kinds.has(kindOfDoc(found.doc))) yield found;
      return;
    }
    for (const found of this.withEach(from, numbers))
      if (this.kinds.has(kindOfDoc(found.doc))) yield this.confirming.matchesIn(found);
  }
  /** Names of places are looked up in texts by their readings, once all texts were read; in notes always by their words. */
  private *withEach(from: number, numbers: readonly number[] | null): Generator<DocTerms> {
    const { planned } = this.asked;
    const byTerms = () =>
      this.index.matchesOfEach(
        planned.terms,
        wantedBy(planned.plan, () => null),
        from,
        numbers,
      );
    if (this.confirming.readings?.isComplete !== true) {
      yield* byTerms();
      return;
    }
    const known = new Map<number, ReadonlySet<number>>();
    const naming = (condition: number): ReadonlySet<number> => {
      const docs =
        known.get(condition) ?? this.index.places.docsWith((places) => this.asked.names.fits(condition, places));
      known.set(condition, docs);
      return docs;
    };
    const texts = this.kinds.has('text')
      ? this.index.matchesOfEach(wordsOnly(planned), wantedBy(planned.plan, naming), from, numbers)
      : [];
    const notes = this.kinds.size > (this.kinds.has('text') ? 1 : 0) ? byTerms() : [];
    yield* merged(ofKind(texts, true), ofKind(notes, false));
  }
  /** Whether nothing more is listed. */
  private isFull(): boolean {
    return this.next !== null || (this.question.perSource === null && this.hits.length >= this.question.limit);
  }
}

function* ofKind(all: Iterable<DocTerms>, isText: boolean): Generator<DocTerms> {
  for (const one of all) if ((kindOfDoc(one.doc) === 'text') === isText) yield one;
}
/** Two lists, each in the order of its documents, as one. */
function* merged(some: Generator<DocTerms>, others: Generator<DocTerms>): Generator<DocTerms> {
  let [one, other] = [some.next(), others.next()];
  for (;;) {
    if (one.done === true) {
      if (other.done === true) return;
      yield other.value;
      other = others.next();
    } else if (other.done === true || one.value.doc < other.value.doc) {
      yield one.value;
      one = some.next();
    } else {
      yield other.value;
      other = others.next();
    }
  }
}
