import type { SearchHit, SearchScope } from '../../../shared/contract/search.ts';
import {
  categoryId,
  layerId,
  memoId,
  memoTarget,
  passageId,
  type SourceId,
  sourceId,
} from '../../../shared/model/index.ts';
import { isInContents } from '../../../shared/text/contents-line.ts';
import { foldForSearch, readings, type Folded } from '../../../shared/text/search-fold.ts';
import { parseQuery, type SearchTerm, type Span } from '../../../shared/text/search-query.ts';
import { firstDocOf, kindOfDoc, NO_SOURCE, sourceOfDoc, type DocKind } from '../../db/search/doc-numbers.ts';
import { lengthAt, type Matches } from '../../db/search/matches.ts';
import { foldedOffsets } from '../../db/search/offset-map.ts';
import type { ChunkRow, SearchIndex } from '../../db/search/search-index.ts';
import type { DocMatches } from '../../db/search/segment-store.ts';
import { windowAt, type Window } from './chunks.ts';
import { occurrencesIn, occurrencesOf, snippetOf } from './occurrences.ts';
import { scopeOf, type Scope } from './scope.ts';
import { discardIndex, indexForReading, isDamage, projectAt, asSearchJob, type Opened } from './thread.ts';
import type { SearchFound, SearchPlace, SearchQuery } from '../../workers/jobs.ts';

/** How long matches are counted once the limit is reached, and how long they are looked for at all, in milliseconds. */
const COUNTING = 120;
const LOOKING = 1000;

const KIND_OF: Readonly<Record<SearchScope, DocKind>> = { sources: 'text', passages: 'passage', memos: 'memo' };
const NOTHING: SearchFound = { total: 0, complete: true, sources: [], unlisted: [], contents: 0, hits: [], next: null };

/**
 * Finds occurrences in the index, and reads the texts of those that are listed. Documents come in order and are never ranked, so
 * that a page of results is ready after a few of them, however many match. Null if there is no usable index. Runs in a search
 * thread.
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
  readonly count: number;
  readonly hit: (n: number) => SearchHit | null;
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
  /** The source of the last text: the pieces that follow are mostly of the same one. */
  private current: { readonly number: number; readonly source: TextSource | null } = { number: -1, source: null };
  /** The source of the last passage that was counted. */
  private counted: { readonly number: number; readonly id: SourceId | null } = { number: -1, id: null };
  /** Whether quotations and memos are indexed as they are now. Otherwise matches in them are found by reading them. */
  private readonly isUpToDate: boolean;
  /** The source whose matches are listed, and how many of them were. */
  private listing = { source: -1, listed: 0 };

  constructor(opened: Opened, index: SearchIndex, terms: readonly SearchTerm[], question: SearchQuery) {
    this.opened = opened;
    this.index = index;
    this.terms = terms;
    this.question = question;
    this.kinds = new Set(question.in.map((one) => KIND_OF[one]));
    this.isUpToDate = index.position()?.commit === opened.project.commit();
    this.scope = scopeOf(opened.project, index, question);
  }

  run(cursor: Cursor): SearchFound {
    const begun = performance.now();
    let fullAt: number | null = null;
    const { limit, perSource, whole } = this.question;
    this.listing = { source: sourceOfDoc(cursor.doc), listed: cursor.listed };
    for (const found of this.candidates(cursor.doc)) {
      const { doc } = found;
      if (!whole) {
        const now = performance.now();
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
    const { total, contents, hits, next } = this;
    const listOf = (counts: ReadonlyMap<SourceId | null, number>) =>
      [...counts].map(([source, count]) => ({ source, total: count }));
    const sources = listOf(this.bySource);
    return { total, complete, sources, unlisted: listOf(this.unlisted), contents, hits, next };
  }

  private take(found: DocMatches, returned: number): void {
    const { doc } = found;
    const confirmed = this.confirm(found);
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
    for (const found of this.index.matches(this.terms, from, numbers))
      if (this.kinds.has(kindOfDoc(found.doc))) yield found;
  }

  private confirm(found: DocMatches): Confirmed | null {
    switch (kindOfDoc(found.doc)) {
      case 'text':
        return this.confirmText(found);
      case 'passage':
        return this.confirmPassage(found);
      case 'memo':
        return this.confirmMemo(found);
    }
  }

  /** The source of a piece, if its current text is the one that is indexed. One lookup for all pieces that follow. */
  private textSource(doc: number): TextSource | null {
    const number = sourceOfDoc(doc);
    if (this.current.number === number) return this.current.source;
    const id = this.index.sourceId(number);
    const live = id === null ? null : this.scope.source(id);
    const source =
      id === null || live === null || live.layer !== this.index.layerOf(doc)
        ? null
        : { id: sourceId.parse(id), layer: live.layer, hash: live.sha256 };
    this.current = { number, source };
    return source;
  }

  private confirmText(found: DocMatches): Confirmed | null {
    const { doc, matches, inContents } = found;
    const source = this.textSource(doc);
    if (source === null) return null;
    const within = this.scope.spansIn(source.id, source.layer);
    if (within?.length === 0) return null;
    if (matches === null) return this.readText(doc, source, within);
    const kept = this.kept(doc, matches, inContents, within);
    return {
      source: source.id,
      count: kept?.length ?? matches.starts.length,
      hit: (n) => {
        const chunk = this.index.chunk(doc);
        const read = chunk === null ? null : this.windowAt(source.hash, chunk);
        if (chunk === null || read === null) return null;
        read.folded ??= foldForSearch(read.text, 'ignored');
        return textHit(source, chunk, read.text, spanOf(matches, kept === null ? n : (kept[n] ?? 0), read.folded));
      },
    };
  }

  /** Which of the matches count: those in the passages asked for, and outside tables of contents. Null for all. */
  private kept(
    doc: number,
    matches: Matches,
    inContents: readonly boolean[] | null,
    within: readonly Span[] | null,
  ): readonly number[] | null {
    if (within === null && inContents === null) return null;
    const ranges = within === null ? null : this.scope.ranges(doc, () => this.foldedRanges(doc, within));
    const inside = [...matches.starts.keys()].filter((n) => {
      const start = matches.starts[n] ?? 0;
      const end = start + lengthAt(matches, n);
      return ranges === null || ranges.some((range) => start >= range.start && end <= range.end);
    });
    const outside = inside.filter((n) => inContents?.[n] !== true);
    this.contents += inside.length - outside.length;
    return this.question.contents ? inside : outside;
  }

  /** Spans of a text as spans of the folded text of one of its pieces. */
  private foldedRanges(doc: number, within: readonly Span[]): readonly Span[] {
    const bounds = this.index.boundsOf(doc);
    if (bounds === null) return [];
    const spans = within.filter(({ start, end }) => start < bounds.end && end > bounds.start);
    const chunk = spans.length === 0 ? null : this.index.chunk(doc);
    if (chunk === null) return [];
    const edges = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
    const local = edges.map((edge) => Math.max(0, edge - chunk.start));
    const offsets = foldedOffsets(chunk.map, local);
    const folded = new Map(edges.map((edge, n) => [edge, offsets[n] ?? 0]));
    return spans.map(({ start, end }) => ({ start: folded.get(start) ?? 0, end: folded.get(end) ?? 0 }));
  }

  private readText(doc: number, source: TextSource, within: readonly Span[] | null): Confirmed | null {
    const chunk = this.index.chunk(doc);
    const read = chunk === null ? null : this.windowAt(source.hash, chunk);
    if (chunk === null || read === null) return null;
    read.readings ??= readings(read.text);
    const all = occurrencesIn(read.readings, this.terms, chunk.end - chunk.start);
    const inside = within === null ? all : all.filter((span) => isInside(span, within, chunk.start));
    const outside = inside.filter((span) => !isInContents(read.text, span));
    this.contents += inside.length - outside.length;
    const spans = this.question.contents ? inside : outside;
    return {
      source: source.id,
      count: spans.length,
      hit: (n) => (spans[n] === undefined ? null : textHit(source, chunk, read.text, spans[n])),
    };
  }

  private windowAt(hash: string, chunk: ChunkRow): Window | null {
    const longest = Math.max(...this.terms.flatMap(({ phrases }) => phrases.map(({ text }) => text.length)));
    return windowAt(this.opened.files, hash, chunk, longest);
  }

  private confirmPassage({ doc, matches }: DocMatches): Confirmed | null {
    if (matches !== null && this.isUpToDate && this.isFull()) {
      // Only counted: its text need not be read.
      const source = this.sourceOf(doc);
      if (source === null || !this.scope.hasPassage(this.index, doc, source)) return null;
      return { source, count: matches.starts.length, hit: () => null };
    }
    const ref = this.index.noteRef(doc);
    const found = ref === null ? null : this.scope.passage(ref);
    if (found === null) return null;
    const { row, anchor } = found;
    const source = sourceId.parse(row.source);
    const show = (span: Span): SearchHit => ({
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
    });
    return { source, ...this.inNote(anchor.exact, matches, show) };
  }

  /** Whether nothing more is listed. */
  private isFull(): boolean {
    return this.next !== null || (this.question.perSource === null && this.hits.length >= this.question.limit);
  }
  private sourceOf(doc: number): SourceId | null {
    const number = sourceOfDoc(doc);
    if (this.counted.number === number) return this.counted.id;
    const id = this.index.sourceId(number);
    this.counted = { number, id: id === null ? null : sourceId.parse(id) };
    return this.counted.id;
  }

  private confirmMemo({ doc, matches }: DocMatches): Confirmed | null {
    const ref = this.index.noteRef(doc);
    const found = ref === null ? null : this.scope.memo(ref);
    if (ref === null || found === null) return null;
    const { row, on } = found;
    const target = memoTarget.safeParse({ kind: row.targetKind, id: row.target });
    if (!target.success) return null;
    const of = on?.source ?? (row.targetKind === 'source' ? row.target : null);
    const source = of === null ? null : sourceId.parse(of);
    const show = (span: Span): SearchHit => ({
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
    });
    return { source, ...this.inNote(row.text, matches, show) };
  }

  private inNote(text: string, matches: Matches | null, show: (span: Span) => SearchHit): Omit<Confirmed, 'source'> {
    if (matches !== null && this.isUpToDate) {
      let folded: Folded | null = null;
      const hit = (n: number): SearchHit => show(spanOf(matches, n, (folded ??= foldForSearch(text, 'ignored'))));
      return { count: matches.starts.length, hit };
    }
    const spans = occurrencesOf(text, this.terms);
    return { count: spans.length, hit: (n) => (spans[n] === undefined ? null : show(spans[n])) };
  }

  private categoriesOf(passage: string): SearchHit['categories'] {
    return this.scope.categoriesOf(passage).map((id) => categoryId.parse(id));
  }
}

const NO_PLACE = { source: null, passage: null, memo: null, target: null, layer: null, page: null, categories: [] };

const isInside = ({ start, end }: Span, within: readonly Span[], from: number): boolean =>
  within.some((span) => from + start >= span.start && from + end <= span.end);

/** A match in folded text as a span of the original. */
function spanOf(matches: Matches, n: number, { starts, ends }: Folded): Span {
  const start = matches.starts[n] ?? 0;
  return { start: starts[start] ?? 0, end: ends[start + lengthAt(matches, n) - 1] ?? 0 };
}

interface TextSource {
  readonly id: SourceId;
  readonly layer: string;
  readonly hash: string;
}
const textHit = ({ id, layer }: TextSource, chunk: ChunkRow, text: string, span: Span): SearchHit => ({
  ...NO_PLACE,
  kind: 'text',
  source: id,
  layer: layerId.parse(layer),
  start: chunk.start + span.start,
  end: chunk.start + span.end,
  page: chunk.page,
  text: text.slice(span.start, span.end),
  snippet: snippetOf(text, span),
});
