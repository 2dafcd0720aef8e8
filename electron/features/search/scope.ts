import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { TextAnchor } from '../../../shared/model/index.ts';
import type { Span } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import { everyCategory, withSubcategories } from '../../project/codebook/categories.ts';
import {
  isLivePassage,
  liveMemo,
  livePassage,
  passagesTagged,
  passagesTaggedBy,
  placesByIds,
  placesOfSource,
  type MemoRow,
  type PassageRow,
} from './queries.ts';
import { isLive } from '../../project/live.ts';
import { liveSource } from '../../project/sources/live-sources.ts';
import { byAge, type TagRow, tagsOfPassages } from '../../project/passages/queries.ts';
import type { SearchFilters } from '../../workers/jobs.ts';

/** The current layer of a source. */
export interface LiveSource {
  readonly layer: string;
  readonly sha256: string;
}

/**
 * What can be found: live records that fit the filters. The index knows neither, so each candidate is looked up in the
 * project. That way removing, restoring and undoing need no indexing.
 */
export class Scope {
  private readonly read: Readable;
  private readonly filters: SearchFilters;
  private readonly people: ReadonlySet<string>;
  /** The categories with their subcategories; null for any. */
  private readonly categories: ReadonlySet<string> | null;
  private readonly sources = new Map<string, LiveSource | null>();
  private readonly tagged = new Map<'by anybody' | 'by people', ReadonlySet<string>>();
  private taggedPlaces: ReadonlyMap<string, readonly Span[]> | null = null;
  private places: { readonly source: string; readonly spans: readonly Span[] } | null = null;

  constructor(read: Readable, filters: SearchFilters) {
    this.read = read;
    this.filters = filters;
    this.people = new Set(filters.people);
    this.categories =
      filters.categories.length === 0 ? null : withSubcategories(read.all(everyCategory, {}), filters.categories);
  }

  source(id: string): LiveSource | null {
    const known = this.sources.get(id);
    if (known !== undefined) return known;
    const row = this.read.get(liveSource, { id });
    const found =
      row === undefined || row.layer === null || row.sha256 === null ? null : { layer: row.layer, sha256: row.sha256 };
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

  /** The spans of all passages with the categories, by source and layer. One query, since one for each source took longer. */
  private placesTagged(): ReadonlyMap<string, readonly Span[]> {
    if (this.taggedPlaces !== null) return this.taggedPlaces;
    const ids = JSON.stringify([...this.passagesTagged('by people')]);
    const places = Map.groupBy(this.read.all(placesByIds, { ids }), ({ source, layer }) => `${source} ${layer}`);
    this.taggedPlaces = places;
    return places;
  }

  /** Whether {@link passage} finds it, without reading it: for counting. */
  hasPassage(id: string): boolean {
    if (this.categories !== null && !this.passagesTagged('by people').has(id)) return false;
    const row = this.read.get(isLivePassage, { id });
    return row !== undefined && this.fits(id, row.person);
  }

  /** A live text passage that fits; null otherwise. */
  passage(id: string): { readonly row: PassageRow; readonly anchor: TextAnchor } | null {
    if (this.categories !== null && !this.passagesTagged('by people').has(id)) return null;
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

  /** The categories of a passage, in the order it was tagged. */
  categoriesOf(passage: string): string[] {
    return [
      ...new Set(
        this.tagsOf(passage)
          .toSorted(byAge)
          .map(({ category }) => category),
      ),
    ];
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
