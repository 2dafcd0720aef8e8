import type { SearchHit } from '../../../shared/contract/search.ts';
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
import type { Span } from '../../../shared/text/search-query.ts';
import { kindOfDoc, sourceOfDoc } from '../../db/search/doc-numbers.ts';
import {
  lengthAt,
  matchesAt,
  NO_MATCHES,
  spanOf,
  spansAt,
  type DocMatches,
  type DocTerms,
  type Matches,
} from '../../db/search/matches.ts';
import { foldedOffsets } from '../../db/search/offset-map.ts';
import type { ChunkRow, SearchIndex } from '../../db/search/search-index.ts';
import type { SearchQuery } from '../../workers/jobs.ts';
import { categoryText, partAt } from './category-text.ts';
import { windowAt, type Window } from './chunks.ts';
import { filtersOf, isFilter, type Belongs, type Filter } from './filters.ts';
import { askedIn, askedOf, isInside, snippetOf, type Asked } from './occurrences.ts';
import type { PlaceNames } from './place-names.ts';
import { PlaceReadings } from './place-readings.ts';
import { placesOf, type Fits, type Named } from './places.ts';
import { needsText, reachOf } from './plan.ts';
import { liveComment, liveTranslation } from './queries.ts';
import { scopeOf, type Scope } from './scope.ts';
import { indexedHits, NO_PLACE, textHit, type TextSource } from './text-hit.ts';
import type { Opened } from './thread.ts';
import { WithinPassages } from './within-passages.ts';

/** Occurrences in one document, and how to show one of them. */
export interface Confirmed {
  readonly source: SourceId | null;
  readonly count: number;
  readonly hit: (n: number) => SearchHit | null;
}

/** Which candidates of the index count, and how their occurrences are shown. */
export class Confirming {
  /** Matches in tables of contents so far. */
  contents = 0;
  private readonly opened: Opened;
  private readonly index: SearchIndex;
  private readonly asked: Asked;
  private readonly names: PlaceNames;
  /** The names of places in texts; null if none are asked for. */
  readonly readings: PlaceReadings | null;
  private readonly question: SearchQuery;
  /** Whether nothing more is listed: then occurrences are only counted. */
  private readonly isFull: () => boolean;
  private readonly scope: Scope;
  private readonly passages: WithinPassages;
  private readonly filters: readonly Filter[];
  /** Whether quotations and memos are indexed as they are now. Otherwise matches in them are found by reading them. */
  private readonly isUpToDate: boolean;

  constructor(opened: Opened, index: SearchIndex, asked: Asked, question: SearchQuery, isFull: () => boolean) {
    this.names = asked.names;
    this.readings = asked.names.how === null ? null : new PlaceReadings(opened, index, asked.names.how);
    this.opened = opened;
    this.index = index;
    this.asked = asked;
    this.question = question;
    this.isFull = isFull;
    this.isUpToDate = index.position()?.commit === opened.project.commit();
    this.scope = scopeOf(opened.project, index, question);
    this.passages = new WithinPassages(opened.project.read, question.passages);
    this.filters = filtersOf(opened.project, index, question.conditions.filter(isFilter));
  }

  /** What the index says of a document. */
  matchesIn({ doc, length, of, inContents }: DocTerms): DocMatches {
    const { plan, filters, read, terms } = this.asked.planned;
    const isText = kindOfDoc(doc) === 'text';
    const source = isText && this.readings !== null ? this.textSource(doc) : null;
    // Where a text names places is known without its words.
    const words = isText ? read : terms.keys();
    const spans: (readonly Span[])[] = [];
    let isKnown = true;
    for (const term of words) {
      const found = of(term);
      isKnown &&= found !== null;
      spans[term] = spansAt(found ?? NO_MATCHES);
    }
    // What a note belongs to is known only once it is read.
    if (!isKnown || needsText(plan, isText) || (filters.length > 0 && !isText))
      return { doc, length, matches: null, inContents: null };
    const named: Named = source === null ? () => [] : this.namedIn(doc, source);
    const places = placesOf({ plan, filters: filters.length }, spans, null, this.fitsFolded(doc), named);
    const matches = matchesAt(places);
    return { doc, length, matches, inContents: inContents(matches) };
  }

  /** Where the folded text of a piece names places. */
  private namedIn(doc: number, source: TextSource): Named {
    const names = this.readings?.in(doc, source) ?? [];
    return (condition) => names.filter(({ places }) => this.names.fits(condition, places));
  }
  /** The same in its text. */
  private namedInText(doc: number, source: TextSource, read: Window): Named {
    if (this.readings === null) return () => [];
    const folded = (read.folded ??= foldForSearch(read.text, 'ignored'));
    const named = this.namedIn(doc, source);
    return (condition) =>
      named(condition).map(({ start, end }) => ({ start: folded.starts[start] ?? 0, end: folded.ends[end - 1] ?? 0 }));
  }

  /** Whether places in the folded text of a piece are where the filters want them. */
  private fitsFolded(doc: number): Fits {
    const source = this.filters.length === 0 ? null : this.textSource(doc);
    const known = new Map<number, readonly Span[] | null>();
    const rangesOf = (filter: number): readonly Span[] | null => {
      const made = known.get(filter);
      if (made !== undefined) return made;
      const within = source === null ? [] : (this.filters[filter]?.spansIn(source.id, source.layer) ?? null);
      const ranges = within === null ? null : this.foldedRanges(doc, within);
      known.set(filter, ranges);
      return ranges;
    };
    return (filter, place) => rangesOf(filter)?.some((range) => isInside(place, [range], 0)) ?? true;
  }
  /** The same in its text, which begins at `from`. */
  private fitsText({ id, layer }: TextSource, from: number): Fits {
    const within = this.filters.map((filter) => filter.spansIn(id, layer));
    return (filter, place) => {
      const spans = within[filter] ?? null;
      return spans === null || isInside(place, spans, from);
    };
  }

  confirm(found: DocMatches): Confirmed | null {
    if (found.matches?.starts.length === 0) return null;
    switch (kindOfDoc(found.doc)) {
      case 'text':
        return this.confirmText(found);
      case 'passage':
        return this.confirmPassage(found);
      case 'memo':
        return this.confirmMemo(found);
      case 'translation':
      case 'comment':
        return this.confirmWritten(found);
      case 'category':
        return this.confirmCategory(found);
    }
  }

  private textSource(doc: number): TextSource | null {
    return this.scope.textSource(this.index, doc);
  }

  private confirmText(found: DocMatches): Confirmed | null {
    const { doc, matches, inContents } = found;
    const source = this.textSource(doc);
    if (source === null) return null;
    const within = this.scope.spansIn(source.id, source.layer);
    if (within?.length === 0) return null;
    if (matches === null) return this.readText(doc, source, within);
    const kept = this.kept(doc, source, matches, inContents, within);
    let opened: ((n: number) => SearchHit) | null = null;
    const open = (): ((n: number) => SearchHit) | null => {
      const chunk = this.index.chunk(doc);
      const read = chunk === null ? null : this.windowAt(source.hash, chunk);
      return chunk === null || read === null ? null : indexedHits(source, chunk, read, found);
    };
    return {
      source: source.id,
      count: kept?.length ?? matches.starts.length,
      hit: (n) => (opened ??= open())?.(kept === null ? n : (kept[n] ?? 0)) ?? null,
    };
  }

  /** Which of the matches count: those in the passages asked for, and outside tables of contents. Null for all. */
  private kept(
    doc: number,
    source: TextSource,
    matches: Matches,
    inContents: readonly boolean[] | null,
    within: readonly Span[] | null,
  ): readonly number[] | null {
    const own = this.passages.spansIn(source);
    if (within === null && inContents === null && own === null) return null;
    const ranges = within === null ? null : this.scope.ranges(doc, () => this.foldedRanges(doc, within));
    const passages = own === null ? null : this.foldedRanges(doc, own);
    const inside: number[] = [];
    for (const [n, start] of matches.starts.entries()) {
      const span = { start, end: start + lengthAt(matches, n) };
      const fits = ranges === null || isInside(span, ranges, 0);
      if (fits && (passages === null || this.passages.keeps(isInside(span, passages, 0)))) inside.push(n);
    }
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
    const reading = this.asked.planned.read.size === 0 ? [] : (read.readings ??= readings(read.text));
    const named = this.namedInText(doc, source, read);
    const all = askedIn(reading, this.asked, chunk.end - chunk.start, this.fitsText(source, chunk.start), named);
    const own = this.passages.spansIn(source);
    const inside = all.filter(
      (span) =>
        (within === null || isInside(span, within, chunk.start)) &&
        (own === null || this.passages.keeps(isInside(span, own, chunk.start))),
    );
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
    const longest = Math.max(
      ...this.asked.planned.terms.flatMap(({ phrases }) => phrases.map(({ text }) => text.length)),
    );
    return windowAt(this.opened.files, hash, chunk, longest, reachOf(this.asked.planned.plan));
  }

  private confirmPassage({ doc, matches }: DocMatches): Confirmed | null {
    if (matches !== null && this.isUpToDate && this.isFull()) {
      // Only counted: its text need not be read.
      const source = this.scope.sourceId(this.index, sourceOfDoc(doc));
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
    const belongs = { source, passage: row.id, category: null, person: null };
    return { source, ...this.inNote(anchor.exact, matches, belongs, show) };
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
    const category = row.targetKind === 'category' ? row.target : null;
    const belongs = { source, passage: on?.id ?? null, category, person: row.person };
    return { source, ...this.inNote(row.text, matches, belongs, show) };
  }

  /** A translation or comment. */
  private confirmWritten({ doc, matches }: DocMatches): Confirmed | null {
    const ref = this.index.noteRef(doc);
    const kind = kindOfDoc(doc) === 'comment' ? 'comment' : 'translation';
    const found = ref === null ? null : this.scope.written(ref, kind === 'comment' ? liveComment : liveTranslation);
    if (found === null) return null;
    const { row, on } = found;
    const source = sourceId.parse(on.source);
    const show = (span: Span): SearchHit => ({
      ...NO_PLACE,
      kind,
      source,
      passage: passageId.parse(on.id),
      language: row.language,
      start: span.start,
      end: span.end,
      text: row.text.slice(span.start, span.end),
      snippet: snippetOf(row.text, span),
      categories: this.categoriesOf(on.id),
    });
    const belongs = { source, passage: on.id, category: null, person: row.person };
    return { source, ...this.inNote(row.text, matches, belongs, show) };
  }

  private confirmCategory({ doc, matches }: DocMatches): Confirmed | null {
    const ref = this.index.noteRef(doc);
    const row = ref === null ? null : this.scope.category(ref);
    if (ref === null || row === null) return null;
    const category = categoryId.parse(ref);
    const show = (whole: Span): SearchHit => {
      const { part, text, span } = partAt(row, whole);
      return {
        ...NO_PLACE,
        kind: 'category',
        category,
        part,
        start: span.start,
        end: span.end,
        text: text.slice(span.start, span.end),
        snippet: snippetOf(text, span),
        categories: [category],
      };
    };
    const belongs = { source: null, passage: null, category, person: null };
    return { source: null, ...this.inNote(categoryText(row), matches, belongs, show) };
  }

  private inNote(
    text: string,
    matches: Matches | null,
    belongs: Belongs,
    show: (span: Span) => SearchHit,
  ): Omit<Confirmed, 'source'> {
    if (matches !== null && this.isUpToDate) {
      let folded: Folded | null = null;
      const hit = (n: number): SearchHit => show(spanOf(matches, n, (folded ??= foldForSearch(text, 'ignored'))));
      return { count: matches.starts.length, hit };
    }
    const fits: Fits = (filter) => this.filters[filter]?.has(belongs) === true;
    const spans = askedOf(text, this.asked, fits, this.names.in(text, belongs.source));
    return { count: spans.length, hit: (n) => (spans[n] === undefined ? null : show(spans[n])) };
  }

  private categoriesOf(passage: string): SearchHit['categories'] {
    return this.scope.categoriesOf(passage).map((id) => categoryId.parse(id));
  }
}
