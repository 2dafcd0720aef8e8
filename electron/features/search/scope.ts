import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { layerId, sourceId, type SourceId, type TextAnchor } from '../../../shared/model/index.ts';
import type { Span } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import type { ProjectReader } from '../../db/search/project-reader.ts';
import type { SearchIndex } from '../../db/search/search-index.ts';
import { sourceOfDoc } from '../../db/search/doc-numbers.ts';
import { everyCategory, withSubcategories } from '../../project/codebook/categories.ts';
import {
  absentPassages,
  allLiveSources,
  isLivePassage,
  liveCategory,
  liveMemo,
  livePassage,
  type liveTranslation,
  passagesTagged,
  passagesTaggedBy,
  placesByIds,
  placesOfSource,
  type MemoRow,
  type PassageRow,
  type WrittenRow,
} from './queries.ts';
import { isLive } from '../../project/live.ts';
import { liveSource } from '../../project/sources/live-sources.ts';
import { byAge, type TagRow, tagsOfPassages } from '../../project/passages/queries.ts';
import type { CategoryText } from './category-text.ts';
import type { TextSource } from './text-hit.ts';
import type { SearchFilters } from '../../workers/jobs.ts';

/** The current layer of a source. */
interface LiveSource {
  readonly layer: string;
  readonly sha256: string;
}
/** A source that is not in the trash, and its text if it has one here. */
interface Known {
  readonly text: LiveSource | null;
}

/** A passage, and where it is. */
interface Found {
  readonly row: PassageRow;
  readonly anchor: TextAnchor;
}
/** How many passages are kept, and how much of their anchors in UTF-16 code units: some 4 MB, whatever is listed. */
const MOST_FOUND = 2000;
const MOST_UNITS = 1_000_000;

/** After so many sources were looked up one by one, all of them are read with one query. */
const ONE_BY_ONE = 60;

/**
 * What can be found: live records that fit the filters. The index knows neither, so candidates are looked up in the project. That
 * way removing, restoring and undoing need no indexing.
 *
 * To count matches in many passages, and to find those in passages of a category, no passage is read: the index has their places,
 * and the project says which are removed and which are tagged, from indexes alone. This needs an index that is up to date;
 * otherwise `index` is null.
 */
export class Scope {
  private readonly read: Readable;
  private readonly index: SearchIndex | null;
  private readonly filters: SearchFilters;
  private readonly people: ReadonlySet<string>;
  /** The categories with their subcategories; null for any. */
  private readonly categories: ReadonlySet<string> | null;
  private readonly sources = new Map<string, Known | null>();
  private hasAllSources = false;
  /** By the numbers of sources in the index. */
  private readonly ids = new Map<number, SourceId | null>();
  private readonly texts = new Map<number, TextSource | null>();
  /** The categories of the passages that were listed: with one more letter typed, many of them are listed again. */
  private readonly shown = new Map<string, readonly string[]>();
  /** Likewise the passages: reading those of the first sixty matches took a quarter of a search. */
  private readonly found = new Map<string, Found | null>();
  private foundUnits = 0;
  private readonly tagged = new Map<'by anybody' | 'by people', ReadonlySet<string>>();
  private taggedPlaces: ReadonlyMap<string, readonly Span[]> | null = null;
  /** Documents of passages that are tagged, and of those that are removed. */
  private taggedDocs: ReadonlySet<number> | null = null;
  private absentDocs: ReadonlySet<number> | null = null;
  /** By document. */
  private readonly foldedRanges = new Map<number, readonly Span[]>();
  private places: { readonly source: string; readonly spans: readonly Span[] } | null = null;

  constructor(read: Readable, index: SearchIndex | null, filters: SearchFilters) {
    this.read = read;
    this.index = index;
    this.filters = filters;
    this.people = new Set(filters.people);
    this.categories =
      filters.categories.length === 0 ? null : withSubcategories(read.all(everyCategory, {}), filters.categories);
  }

  /** The source of a piece of a text, if its current text is the one that is indexed. One lookup for all of its pieces. */
  textSource(index: SearchIndex, doc: number): TextSource | null {
    const number = sourceOfDoc(doc);
    const known = this.texts.get(number);
    if (known !== undefined) return known;
    const id = this.sourceId(index, number);
    const text = id === null ? null : (this.knownSource(id)?.text ?? null);
    const isIndexed = text !== null && text.layer === index.layerOf(doc);
    const source = id === null || !isIndexed ? null : { id, layer: layerId.parse(text.layer), hash: text.sha256 };
    this.texts.set(number, source);
    return source;
  }
  /** A source by its number in the index. */
  sourceId(index: SearchIndex, number: number): SourceId | null {
    const known = this.ids.get(number);
    if (known !== undefined) return known;
    if (this.ids.size === ONE_BY_ONE) for (const [one, id] of index.sourceIds()) this.ids.set(one, sourceId.parse(id));
    const read = this.ids.get(number) ?? index.sourceId(number);
    const id = read === null ? null : sourceId.parse(read);
    this.ids.set(number, id);
    return id;
  }

  private knownSource(id: string): Known | null {
    const known = this.sources.get(id);
    if (known !== undefined) return known;
    if (this.sources.size >= ONE_BY_ONE && !this.hasAllSources) {
      for (const row of this.read.all(allLiveSources, {})) this.sources.set(row.id, knownOf(row));
      this.hasAllSources = true;
      return this.knownSource(id);
    }
    const row = this.hasAllSources ? undefined : this.read.get(liveSource, { id });
    const found = row === undefined ? null : knownOf(row);
    this.sources.set(id, found);
    return found;
  }

  /** The spans of a source's text in which matches count; null for everywhere. */
  spansIn(source: string, layer: string): readonly Span[] | null {
    if (this.categories !== null) return this.placesTagged().get(`${source} ${layer}`) ?? [];
    if (this.people.size === 0) return null;
    if (this.places?.source !== source) {
      const spans = this.read.all(placesOfSource, { source, layer }).filter(({ id, person }) => this.fits(id, person));
      this.places = { source, spans };
    }
    return this.places.spans;
  }

  /** {@link spansIn} as spans of the folded text of a piece. */
  ranges(doc: number, make: () => readonly Span[]): readonly Span[] {
    const known = this.foldedRanges.get(doc);
    if (known !== undefined) return known;
    const made = make();
    this.foldedRanges.set(doc, made);
    return made;
  }

  /** The spans of all passages with the categories, by source and layer. */
  private placesTagged(): ReadonlyMap<string, readonly Span[]> {
    if (this.taggedPlaces !== null) return this.taggedPlaces;
    const { places, unplaced } = this.placesIndexed();
    const read = this.read.all(placesByIds, { ids: JSON.stringify(unplaced) });
    this.taggedPlaces = Map.groupBy([...places, ...read], ({ source, layer }) => `${source} ${layer}`);
    return this.taggedPlaces;
  }

  /** Places of passages that fit the categories, and those that have to be read: the index lacks passages without a quotation. */
  private placesIndexed(): { readonly places: readonly PassagePlace[]; readonly unplaced: readonly string[] } {
    const tagged = this.passagesTagged('by people');
    if (this.index === null) return { places: [], unplaced: [...tagged] };
    const absent = this.absent(this.index);
    const sources = this.index.sourceIds();
    const notes = this.index.notesOf(tagged);
    this.taggedDocs = new Set(notes.map(({ doc }) => doc));
    const places = notes.flatMap(({ doc, place }) => {
      const source = sources.get(sourceOfDoc(doc));
      return place === null || source === undefined || absent.has(doc) ? [] : [{ source, ...place }];
    });
    if (notes.length === tagged.size) return { places, unplaced: [] };
    const indexed = new Set(notes.map(({ ref }) => ref));
    return { places, unplaced: [...tagged].filter((id) => !indexed.has(id)) };
  }

  /** Whether {@link passage} finds the passage that is this document of the index, without reading it: for counting. */
  hasPassage(index: SearchIndex, doc: number, source: string): boolean {
    if (this.knownSource(source) === null) return false;
    if (this.categories !== null) return this.docsTagged(index).has(doc) && !this.absent(index).has(doc);
    if (this.people.size === 0) return !this.absent(index).has(doc);
    const id = index.noteRef(doc);
    const row = id === null ? undefined : this.read.get(isLivePassage, { id });
    return id !== null && row !== undefined && this.fits(id, row.person);
  }

  private docsTagged(index: SearchIndex): ReadonlySet<number> {
    this.taggedDocs ??= new Set(index.notesOf(this.passagesTagged('by people')).map(({ doc }) => doc));
    return this.taggedDocs;
  }

  private absent(index: SearchIndex): ReadonlySet<number> {
    this.absentDocs ??= new Set(
      index.notesOf(this.read.all(absentPassages, {}).map(({ id }) => id)).map(({ doc }) => doc),
    );
    return this.absentDocs;
  }

  /** A live text passage that fits; null otherwise. */
  passage(id: string): Found | null {
    if (this.categories !== null && !this.passagesTagged('by people').has(id)) return null;
    const known = this.found.get(id);
    if (known !== undefined) return known;
    const found = this.readPassage(id);
    this.foundUnits += found?.row.anchor.length ?? 0;
    if (this.found.size >= MOST_FOUND || this.foundUnits > MOST_UNITS) {
      this.found.clear();
      this.foundUnits = found?.row.anchor.length ?? 0;
    }
    this.found.set(id, found);
    return found;
  }

  private readPassage(id: string): Found | null {
    const row = this.read.get(livePassage, { id });
    if (row === undefined || !this.fits(id, row.person)) return null;
    const anchor = readAnchor(row.anchor);
    return anchor?.kind === 'text' ? { row, anchor } : null;
  }

  /** A live memo on a live record that fits; null otherwise. `on` is its passage. */
  memo(id: string): { readonly row: MemoRow; readonly on: PassageRow | null } | null {
    const row = this.read.get(liveMemo, { id });
    if (row === undefined || (this.people.size > 0 && !this.people.has(row.person ?? ''))) return null;
    switch (row.targetKind) {
      case 'passage': {
        if (this.categories !== null && !this.passagesTagged('by anybody').has(row.target)) return null;
        const on = this.read.get(livePassage, { id: row.target });
        return on === undefined ? null : { row, on };
      }
      case 'category':
        if (this.categories !== null && !this.categories.has(row.target)) return null;
        return isLive(this.read, 'category', row.target) ? { row, on: null } : null;
      case 'source':
        return this.categories === null && isLive(this.read, 'source', row.target) ? { row, on: null } : null;
      default:
        return this.categories === null ? { row, on: null } : null;
    }
  }

  /** A live translation or comment on a live passage that fits; null otherwise. */
  written(id: string, query: typeof liveTranslation): { readonly row: WrittenRow; readonly on: PassageRow } | null {
    const row = this.read.get(query, { id });
    if (row === undefined || (this.people.size > 0 && !this.people.has(row.person ?? ''))) return null;
    if (this.categories !== null && !this.passagesTagged('by anybody').has(row.passage)) return null;
    const on = this.read.get(livePassage, { id: row.passage });
    return on === undefined ? null : { row, on };
  }

  /** A category that is not in the trash and fits; null otherwise. */
  category(id: string): CategoryText | null {
    if (this.people.size > 0 || (this.categories !== null && !this.categories.has(id))) return null;
    return this.read.get(liveCategory, { id }) ?? null;
  }

  /** The categories of a passage, in the order it was tagged. */
  categoriesOf(passage: string): readonly string[] {
    const known = this.shown.get(passage);
    if (known !== undefined) return known;
    const categories = this.tagsOf(passage)
      .toSorted(byAge)
      .map(({ category }) => category);
    const each = [...new Set(categories)];
    this.shown.set(passage, each);
    return each;
  }

  private tagsOf(passage: string): TagRow[] {
    return this.read.all(tagsOfPassages, { ids: JSON.stringify([passage]) });
  }

  private fits(passage: string, person: string | null): boolean {
    if (this.categories !== null) return this.passagesTagged('by people').has(passage);
    if (this.people.size === 0 || this.people.has(person ?? '')) return true;
    return this.tagsOf(passage).some((tag) => this.people.has(tag.person));
  }

  private passagesTagged(by: 'by anybody' | 'by people'): ReadonlySet<string> {
    const known = this.tagged.get(by);
    if (known !== undefined) return known;
    const categories = JSON.stringify([...(this.categories ?? [])]);
    const rows =
      by === 'by anybody' || this.people.size === 0
        ? this.read.all(passagesTagged, { categories })
        : this.read.all(passagesTaggedBy, { categories, people: JSON.stringify(this.filters.people) });
    const found = new Set(rows.map(({ passage }) => passage));
    this.tagged.set(by, found);
    return found;
  }
}

/** The scope of the last search: it stays right until something is written. */
let last: { readonly key: string; readonly project: ProjectReader; readonly index: SearchIndex; scope: Scope } | null =
  null;

/**
 * The scope of a search, inside its transactions. The next page, or a query with one more letter, has the same one: in a category
 * with a fifth of 100,000 passages a search took 40 ms of processor time with it, and 240 ms without.
 */
export function scopeOf(project: ProjectReader, index: SearchIndex, filters: SearchFilters): Scope {
  const isUpToDate = index.position()?.commit === project.commit();
  const { categories, people } = filters;
  const key = JSON.stringify([project.version(), index.version(), isUpToDate, categories, people]);
  if (last?.key === key && last.project === project && last.index === index) return last.scope;
  const scope = new Scope(project.read, isUpToDate ? index : null, filters);
  last = { key, project, index, scope };
  return scope;
}

interface PassagePlace extends Span {
  readonly source: string;
  readonly layer: string;
}

const knownOf = ({ layer, sha256 }: { readonly layer: string | null; readonly sha256: string | null }): Known => ({
  text: layer === null || sha256 === null ? null : { layer, sha256 },
});
