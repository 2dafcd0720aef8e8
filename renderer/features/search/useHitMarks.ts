import { useCallback, useEffect, useMemo } from 'react';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { clearMarks, setMarks, useIsMarking } from '../../common/reader/search-marks.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { useSearch } from './search-state.ts';

/** The most hits of one source that are marked. */
const MOST = 10_000;

/** Marks all hits in the active sources, from the first opened result until Escape. */
export function useHitMarks(): void {
  const api = useApi();
  const isMarking = useIsMarking();
  const { query, contents, categories, people } = useSearch();
  const panes = useWorkbench((state) => state.panes);
  const layers = useCall('sources.list', { deleted: true }).data?.sources;
  const shown = useMemo(() => [...new Set(panes.flatMap(({ source }) => source ?? []))], [panes]);
  const asked = isMarking && query.trim() !== '' ? shown : NOTHING;
  const found = useQueries({
    queries: asked.map((source) => {
      const input = {
        query,
        in: ['sources' as const],
        categories: [...categories],
        people: [...people],
        sources: [source],
        contents,
        limit: MOST,
      };
      return { queryKey: ['search.query', input], queryFn: () => api.read('search.query', input) };
    }),
    combine: useCallback(
      (all: readonly UseQueryResult<CallOutput<'search.query'>>[]) =>
        new Map(all.flatMap(({ data }, at) => (data === undefined ? [] : [[asked[at], data.hits] as const]))),
      [asked],
    ),
  });
  useEffect(() => {
    if (!isMarking) return;
    const layerOf = new Map(layers?.map(({ id, layer }) => [id, layer]));
    setMarks(
      new Map(
        [...found].flatMap(([source, hits]) =>
          source === undefined
            ? []
            : [
                [
                  source,
                  hits
                    .filter(({ layer }) => layer === layerOf.get(source))
                    .map(({ start, end }) => ({ start, end }))
                    .toSorted((a, b) => a.start - b.start),
                ] as const,
              ],
        ),
      ),
    );
  }, [isMarking, found, layers]);
  useEffect(() => {
    if (query.trim() === '') clearMarks();
  }, [query]);
  useEffect(() => clearMarks, []);
}
const NOTHING: readonly SourceId[] = [];
