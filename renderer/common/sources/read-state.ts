import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { notifyError } from '../notices/notices.ts';

/** Reads that depend on which sources were read. That is not in the log, so no commit makes them stale. */
const ASKED = ['sources.readBy', 'evidence.coverage', 'evidence.matrix', 'evidence.places', 'search.query'] as const;
const readAgain = (client: QueryClient): Promise<unknown> =>
  Promise.all(ASKED.map((name) => client.invalidateQueries({ queryKey: [name] })));

/** The sources that this person has read, on this computer. */
export function useReadSources(): ReadonlySet<SourceId> {
  const { data } = useCall('sources.readBy', {});
  return useMemo(() => new Set(data?.read ?? []), [data]);
}

/** Marks sources as read or not read. Other windows of the project show it at their next read. */
export function useMarkRead(): (ids: readonly SourceId[], isRead: boolean) => void {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    (ids, isRead) => {
      api
        .call('sources.markRead', { ids: [...ids], read: isRead })
        .then(() => readAgain(client))
        .catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    },
    [api, client],
  );
}

/** Tells the engine which pages were on screen. */
export function useSeePages(): (source: SourceId, pages: readonly number[]) => void {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    (source, pages) => {
      api
        .call('sources.seePages', { source, pages: [...pages] })
        .then(({ read }) => (read ? readAgain(client) : undefined))
        // Not essential: if it fails, the source stays “not read yet”.
        .catch(() => undefined);
    },
    [api, client],
  );
}
