import type { Span } from '../../../shared/text/search-query.ts';
import type { ProjectReader } from '../../db/search/project-reader.ts';
import { sourceOfDoc } from '../../db/search/doc-numbers.ts';
import type { SearchIndex } from '../../db/search/search-index.ts';
import type { SearchCondition } from '../../workers/jobs.ts';
import { placesByIds } from './queries.ts';

/** What a match that is not in the text of a source belongs to. */
export interface Belongs {
  readonly source: string | null;
  readonly passage: string | null;
  readonly category: string | null;
  /** Who wrote it; null for a quotation. */
  readonly person: string | null;
}

/** A condition that names places is none: it asks for words. */
export type FilterCondition = SearchCondition & { readonly of: 'sources' | 'passages' };
export const isFilter = (one: SearchCondition): one is FilterCondition => one.of !== 'places';

/** A condition of a query, asked of matches. */
export class Filter {
  private readonly project: ProjectReader;
  private readonly index: SearchIndex | null;
  private readonly field: string;
  private readonly of: FilterCondition['of'];
  private readonly ids: ReadonlySet<string>;
  private readonly named: ReadonlySet<string>;
  private places: ReadonlyMap<string, readonly Span[]> | null = null;

  /** `index`: null if it is not up to date; then the places of passages are read from the project. */
  constructor(project: ProjectReader, index: SearchIndex | null, { field, of, ids, named }: FilterCondition) {
    this.project = project;
    this.index = index;
    this.field = field;
    this.of = of;
    this.ids = listOf(ids);
    this.named = listOf(named);
  }

  /** The spans of a source’s text in which matches count; null for everywhere. */
  spansIn(source: string, layer: string): readonly Span[] | null {
    if (this.of === 'sources') return this.ids.has(source) ? null : [];
    this.places ??= this.readPlaces();
    return this.places.get(`${source} ${layer}`) ?? [];
  }

  /** Whether a match elsewhere counts: as the filters beside the field have it. */
  has({ source, passage, category, person }: Belongs): boolean {
    if (this.of === 'sources') return source !== null && this.ids.has(source);
    if (this.field === 'person' && person !== null) return this.named.has(person);
    if (this.field === 'category' && category !== null) return this.named.has(category);
    return passage !== null && this.ids.has(passage);
  }

  private readPlaces(): ReadonlyMap<string, readonly Span[]> {
    const sources = this.index?.sourceIds();
    const notes = this.index?.notesOf(this.ids) ?? [];
    const indexed = notes.flatMap(({ doc, place }) => {
      const source = sources?.get(sourceOfDoc(doc));
      return place === null || source === undefined ? [] : [{ source, ...place }];
    });
    const known = new Set(notes.map(({ ref }) => ref));
    const others = [...this.ids].filter((id) => !known.has(id));
    const read = others.length === 0 ? [] : this.project.read.all(placesByIds, { ids: JSON.stringify(others) });
    return Map.groupBy([...indexed, ...read], ({ source, layer }) => `${source} ${layer}`);
  }
}

const listOf = (ids: string): ReadonlySet<string> => new Set(ids === '' ? [] : ids.split(' '));

/** The filters of the last search: the next page, or a query with one more letter, has the same ones. */
let last: {
  readonly key: string;
  readonly conditions: readonly SearchCondition[];
  readonly project: ProjectReader;
  readonly index: SearchIndex;
  readonly filters: readonly Filter[];
} | null = null;

export function filtersOf(
  project: ProjectReader,
  index: SearchIndex,
  conditions: readonly FilterCondition[],
): readonly Filter[] {
  if (conditions.length === 0) return [];
  const isUpToDate = index.position()?.commit === project.commit();
  const key = JSON.stringify([project.version(), index.version(), isUpToDate]);
  const isSame = (one: SearchCondition, at: number): boolean => {
    const other = last?.conditions[at];
    return one.field === other?.field && one.of === other.of && one.named === other.named && one.ids === other.ids;
  };
  if (
    last?.key === key &&
    last.project === project &&
    last.index === index &&
    last.conditions.length === conditions.length &&
    conditions.every(isSame)
  )
    return last.filters;
  const filters = conditions.map((one) => new Filter(project, isUpToDate ? index : null, one));
  last = { key, conditions, project, index, filters };
  return filters;
}
