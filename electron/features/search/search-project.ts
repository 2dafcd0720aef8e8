import type { SearchHit, SearchScope } from '../../../shared/contract/search.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  categoryId,
  layerId,
  memoId,
  memoTarget,
  passageId,
  sha256,
  type SourceId,
  sourceId,
} from '../../../shared/model/index.ts';
import { isInContents } from '../../../shared/text/contents-line.ts';
import { readings, type Folded } from '../../../shared/text/search-fold.ts';
import { parseQuery, type SearchTerm, type Span } from '../../../shared/text/search-query.ts';
import {
  firstDocOf,
  kindOfDoc,
  NO_SOURCE,
  sourceOfDoc,
  type DocKind,
  type SearchIndex,
} from '../../db/search/search-index.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { occurrencesIn, occurrencesOf, snippetOf } from './occurrences.ts';
import { Scope } from './scope.ts';
import { discardIndex, indexForReading, isDamage, projectAt, asSearchJob, type Opened } from './thread.ts';
import type { SearchFound, SearchPlace, SearchQuery } from '../../workers/jobs.ts';
import { TAIL, windowOf } from './chunks.ts';

/** How long matches are counted once the limit is reached, and how long they are looked for at all, in milliseconds. */
const COUNTING = 120;
const LOOKING = 1000;

const KIND_OF: Readonly<Record<SearchScope, DocKind>> = { sources: 'text', passages: 'passage', memos: 'memo' };
const NOTHING: SearchFound = { total: 0, complete: true, sources: [], unlisted: [], contents: 0, hits: [], next: null };

/**
 * Finds occurrences in the index and confirms them in the text. Documents are read in order and never ranked, so that a page
 * of results is ready after a few documents, however many match. Null if there is no usable index. Runs in a search thread.
 */
export function searchProject(place: SearchPlace, question: SearchQuery): SearchFound | null {
  const terms = parseQuery(question.query);
  if (terms.length === 0) return NOTHING;
  return asSearchJob(() => {
    const opened = projectAt(place);
    const index = indexForReading(place, opened.project.id);
    if (index === null) return null;
    const search = (): SearchFound => new Search(opened, index, terms, question).run(cursorOf(question.after));
    try {
      return index.reading(() => opened.project.reading(search));
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      discardIndex(place);
      return null;
    }
  });
}

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

/** Occurrences in one document, and how to show one of them. */
interface Confirmed {
  readonly source: SourceId | null;
  readonly spans: readonly Span[];
  readonly hit: (span: Span) => SearchHit;
}

class Search {
  private readonly opened: Opened;
  private readonly index: SearchIndex;
  private readonly terms: readonly SearchTerm[];
  private readonly question: SearchQuery;
  private readonly scope: Scope;
  private readonly kinds: ReadonlySet<DocKind>;
  private readonly hits: SearchHit[] = [];
  private total = 0;
  private contents = 0;
  private readonly bySource = new Map<SourceId | null, number>();
  private readonly unlisted = new Map<SourceId | null, number>();
  private next: string | null = null;
  /** The source whose matches are listed, and how many of them were. */
  private listing = { source: -1, listed: 0 };

  constructor(opened: Opened, index: SearchIndex, terms: readonly SearchTerm[], question: SearchQuery) {
    this.opened = opened;
    this.index = index;
    this.terms = terms;
    this.question = question;
    this.scope = new Scope(opened.project.read, question);
    this.kinds = new Set(question.in.map((one) => KIND_OF[one]));
  }

  run(cursor: Cursor): SearchFound {
    const begun = performance.now();
    let fullAt: number | null = null;
    const { limit, perSource, whole } = this.question;
    this.listing = { source: sourceOfDoc(cursor.doc), listed: cursor.listed };
    for (const doc of this.candidates(cursor.doc)) {
      if (!whole) {
        const now = performance.now();
        // The matches of a long source that are only counted must not delay those that are listed.
        if (perSource !== null && this.hits.length > 0) fullAt ??= begun;
        if (now - begun > LOOKING || (fullAt !== null && now - fullAt > COUNTING)) {
          this.next ??= `${doc}.0.${this.listing.source === sourceOfDoc(doc) ? this.listing.listed : 0}`;
          return this.found(false);
        }
      }
      this.take(doc, doc === cursor.doc ? cursor.returned : 0);
      if (this.hits.length >= limit) fullAt ??= performance.now();
    }
    return this.found(true);
  }

  private found(complete: boolean): SearchFound {
    const { total, contents, hits, next } = this;
    const listOf = (counts: ReadonlyMap<SourceId | null, number>) =>
      [...counts].map(([source, count]) => ({ source, total: count }));
    const sources = listOf(this.bySource);
    return { total, complete, sources, unlisted: listOf(this.unlisted), contents, hits, next };
  }

  private take(doc: number, returned: number): void {
    const confirmed = this.confirm(doc);
    if (confirmed === null) return;
    const { source, spans, hit } = confirmed;
    const count = Math.max(0, spans.length - returned);
    this.total += count;
    if (count > 0) this.bySource.set(source, (this.bySource.get(source) ?? 0) + count);
    const room = Math.max(0, this.question.limit - this.hits.length);
    const number = sourceOfDoc(doc);
    if (this.question.perSource === null || number === NO_SOURCE) {
      for (const span of spans.slice(returned, returned + room)) this.hits.push(hit(span));
      if (spans.length > returned + room) this.next ??= `${doc}.${returned + room}`;
      return;
    }
    // A source that was begun is listed up to its own limit, so that a page ends between sources.
    const isBegun = this.listing.source === number;
    if (!isBegun) this.listing = { source: number, listed: 0 };
    if (!isBegun && room === 0 && count > 0) this.next ??= `${firstDocOf(number)}.0`;
    if (this.next !== null) return;
    const listed = spans.slice(returned, returned + this.question.perSource - this.listing.listed);
    for (const span of listed) this.hits.push(hit(span));
    const rest = count - listed.length;
    if (rest > 0) this.unlisted.set(source, (this.unlisted.get(source) ?? 0) + rest);
    this.listing = { source: number, listed: this.listing.listed + listed.length };
  }

  private *candidates(from: number): Generator<number> {
    const asked = this.index.asking(this.terms);
    for (const [first, end] of this.ranges()) {
      if (end <= from) continue;
      for (const { doc } of this.index.candidates(asked, Math.max(first, from), end))
        if (this.kinds.has(kindOfDoc(doc))) yield doc;
    }
  }

  /** The document ranges to search: all, or those of the sources asked for. */
  private ranges(): readonly (readonly [number, number])[] {
    const { sources } = this.question;
    if (sources.length === 0) return [[0, firstDocOf(NO_SOURCE + 1)]];
    const numbers = sources.flatMap((id) => this.index.findSource(id) ?? []);
    return numbers.sort((a, b) => a - b).map((n) => [firstDocOf(n), firstDocOf(n + 1)] as const);
  }

  private confirm(doc: number): Confirmed | null {
    switch (kindOfDoc(doc)) {
      case 'text':
        return this.confirmText(doc);
      case 'passage':
        return this.confirmPassage(doc);
      case 'memo':
        return this.confirmMemo(doc);
    }
  }

  private confirmText(doc: number): Confirmed | null {
    const chunk = this.index.chunk(doc);
    const source = this.index.sourceId(sourceOfDoc(doc));
    if (chunk === null || source === null) return null;
    const live = this.scope.source(source);
    if (live === null || live.layer !== chunk.layer) return null;
    const own = chunk.end - chunk.start;
    const within = this.scope
      .spansIn(source, live.layer)
      ?.filter(({ start, end }) => start < chunk.end && end > chunk.start);
    if (within?.length === 0) return null;
    const read = this.windowAt(live.sha256, chunk);
    if (read === null) return null;
    const all = occurrencesIn(read.readings, this.terms, own);
    const inScope = within === undefined ? all : all.filter((span) => isInside(span, within, chunk.start));
    const id = sourceId.parse(source);
    return {
      source: id,
      spans: this.withoutContents(read.text, inScope),
      hit: (span) => ({
        ...NO_PLACE,
        kind: 'text',
        source: id,
        layer: layerId.parse(live.layer),
        start: chunk.start + span.start,
        end: chunk.start + span.end,
        page: chunk.page,
        text: read.text.slice(span.start, span.end),
        snippet: snippetOf(read.text, span),
      }),
    };
  }

  private withoutContents(text: string, spans: readonly Span[]): readonly Span[] {
    const others = spans.filter((span) => !isInContents(text, span));
    this.contents += spans.length - others.length;
    return this.question.contents ? spans : others;
  }

  /** Null if the layer's file is damaged, which verification reports. */
  private windowAt(hash: string, chunk: { start: number; end: number; page: number }): Window | null {
    const lengths = this.terms.flatMap(({ phrases }) => phrases.map(({ text }) => text.length * 3));
    const tail = Math.max(TAIL, ...lengths);
    const key = `${hash} ${chunk.start} ${tail}`;
    const kept = windows.get(key);
    if (kept !== undefined) return kept;
    try {
      const text = windowOf(fileOf(this.opened.files, sha256.parse(hash)), chunk, tail);
      return keep(key, { text, readings: readings(text) });
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.data.code === 'DAMAGED') return null;
      throw thrown;
    }
  }

  private confirmPassage(doc: number): Confirmed | null {
    const ref = this.index.noteRef(doc);
    const found = ref === null ? null : this.scope.passage(ref);
    if (found === null) return null;
    const { row, anchor } = found;
    const source = sourceId.parse(row.source);
    return {
      source,
      spans: occurrencesOf(anchor.exact, this.terms),
      hit: (span) => ({
        ...NO_PLACE,
        kind: 'passage',
        source,
        passage: passageId.parse(row.id),
        layer: layerId.parse(row.layer),
        start: anchor.start + span.start,
        end: anchor.start + span.end,
        page: anchor.page,
        text: anchor.exact.slice(span.start, span.end),
        snippet: snippetOf(anchor.exact, span),
        categories: this.categoriesOf(row.id),
      }),
    };
  }

  private confirmMemo(doc: number): Confirmed | null {
    const ref = this.index.noteRef(doc);
    const found = ref === null ? null : this.scope.memo(ref);
    if (ref === null || found === null) return null;
    const { row, on } = found;
    const target = memoTarget.safeParse({ kind: row.targetKind, id: row.target });
    if (!target.success) return null;
    const of = on?.source ?? (row.targetKind === 'source' ? row.target : null);
    const source = of === null ? null : sourceId.parse(of);
    return {
      source,
      spans: occurrencesOf(row.text, this.terms),
      hit: (span) => ({
        ...NO_PLACE,
        kind: 'memo',
        source,
        passage: on === null ? null : passageId.parse(on.id),
        memo: memoId.parse(ref),
        target: target.data,
        start: span.start,
        end: span.end,
        text: row.text.slice(span.start, span.end),
        snippet: snippetOf(row.text, span),
        categories: on === null ? [] : this.categoriesOf(on.id),
      }),
    };
  }

  private categoriesOf(passage: string): SearchHit['categories'] {
    return this.scope.categoriesOf(passage).map((id) => categoryId.parse(id));
  }
}

const NO_PLACE = { source: null, passage: null, memo: null, target: null, layer: null, page: null, categories: [] };

const isInside = ({ start, end }: Span, within: readonly Span[], from: number): boolean =>
  within.some((span) => from + start >= span.start && from + end <= span.end);

interface Window {
  readonly text: string;
  readonly readings: readonly Folded[];
}
/** Recently folded pieces, some 20 MB: the next page, or a query with one more letter, needs the same ones. */
const KEPT_UNITS = 1_500_000;
const windows = new Map<string, Window>();
let keptUnits = 0;

function keep(key: string, window: Window): Window {
  windows.set(key, window);
  keptUnits += window.text.length;
  for (const [oldest, { text }] of windows) {
    if (keptUnits <= KEPT_UNITS) break;
    windows.delete(oldest);
    keptUnits -= text.length;
  }
  return window;
}
