import { useCallback, useMemo } from 'react';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { dateBounds } from '../../../shared/model/dates.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { datesOf } from '../../../shared/query/dates.ts';
import { textOf, valuesOf, withValues, type QueryForm } from '../../../shared/query/form.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { useApi, useCall } from '../../api/index.ts';
import { countedOf, useSearch, type SearchResults } from './search-state.ts';

/** The properties that hits are counted by. All are details of sources, and fields of the query. */
export const SOURCE_FACETS = ['type', 'published', 'publisher', 'lang'] as const;
type SourceFacet = (typeof SOURCE_FACETS)[number];

export interface FacetValue {
  /** The value as the query writes it. */
  readonly value: string;
  readonly count: number;
}

/** A date that spans more years than this is counted for none of them. */
const MOST_YEARS = 3;

/** The values under which a facet counts a source. */
function facetValues(facet: SourceFacet, source: Source): readonly string[] {
  switch (facet) {
    case 'type':
      return source.documentType === null ? [] : [source.documentType];
    case 'lang':
      return source.language === null ? [] : [source.language];
    case 'publisher':
      return source.publisher === null ? [] : [source.publisher];
    case 'published': {
      const bounds = dateBounds(source.dateOfPublication?.edtf ?? null);
      if (bounds === null || bounds.from === null || bounds.to === null) return [];
      const [from, to] = [Math.floor(bounds.from / 10_000), Math.floor(bounds.to / 10_000)];
      return to - from >= MOST_YEARS ? [] : Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
    }
  }
}

/** A day as `dateBounds` gives it: 20230517. */
const numberOf = (day: string): number => Number(day.replaceAll('-', ''));

/** Whether a source matches the query’s condition on this facet. */
function has(facet: SourceFacet, source: Source, value: string): boolean {
  if (facet === 'publisher')
    return source.publisher !== null && foldForSearch(source.publisher).text.includes(foldForSearch(value).text.trim());
  if (facet === 'published') {
    // A query may name a month or a range of years, under which no source is counted directly.
    const [bounds, asked] = [dateBounds(source.dateOfPublication?.edtf ?? null), datesOf(value)];
    if (bounds === null || asked === null) return false;
    return (
      (asked.to === null || bounds.from === null || bounds.from <= numberOf(asked.to)) &&
      (asked.from === null || bounds.to === null || bounds.to >= numberOf(asked.from))
    );
  }
  const own = facetValues(facet, source);
  return facet === 'lang' ? own.some((one) => one === value || one.startsWith(`${value}-`)) : own.includes(value);
}

/** The hits by the values of a facet, most hits first; years newest first. Chosen values are listed even without hits. */
function countedBy(
  facet: SourceFacet,
  counts: readonly { readonly source: SourceId | null; readonly total: number }[],
  sources: ReadonlyMap<SourceId, Source>,
  chosen: readonly string[],
): FacetValue[] {
  const found = counts.flatMap(({ source, total }) => {
    const known = source === null ? undefined : sources.get(source);
    return known === undefined ? [] : [{ source: known, total }];
  });
  const values = new Set([...chosen, ...found.flatMap(({ source }) => facetValues(facet, source))]);
  return [...values]
    .map((value) => ({
      value,
      count: found.reduce((sum, { source, total }) => (has(facet, source, value) ? sum + total : sum), 0),
    }))
    .sort((a, b) => (facet === 'published' ? b.value.localeCompare(a.value) : b.count - a.count));
}

/** All hits, counted by each facet. A facet’s own condition does not narrow its numbers, so that another value can be chosen as well. */
export function useFacetCounts(results: SearchResults, form: QueryForm): ReadonlyMap<SourceFacet, FacetValue[]> {
  const api = useApi();
  const search = useSearch();
  const { query } = search;
  const all = useCall('sources.list', { deleted: true }).data?.sources;
  const isAsked = query.trim() !== '' && results.faults.length === 0 && results.isUpToDate;
  const asked = useMemo(
    () =>
      SOURCE_FACETS.map((facet) => (valuesOf(form, facet).length === 0 ? query : textOf(withValues(form, facet, [])))),
    [form, query],
  );
  const wanted = useMemo(() => [...new Set(asked)].filter((one) => one.trim() !== ''), [asked]);
  const counted = useQueries({
    queries: wanted.map((one) => {
      const input = countedOf(search, { query: one });
      return {
        queryKey: ['search.query', input],
        queryFn: () => api.read('search.query', input),
        enabled: isAsked,
      };
    }),
    combine: useCallback(
      (answers: readonly UseQueryResult<CallOutput<'search.query'>>[]) =>
        new Map(answers.flatMap(({ data }, at) => (data === undefined ? [] : [[wanted[at], data.sources] as const]))),
      [wanted],
    ),
  });
  return useMemo(() => {
    const sources = new Map(all?.map((one) => [one.id, one]));
    return new Map(
      SOURCE_FACETS.map((facet, at) => [
        facet,
        countedBy(facet, counted.get(asked[at]) ?? [], sources, valuesOf(form, facet)),
      ]),
    );
  }, [all, asked, counted, form]);
}
