import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { notifyError } from '../notices/notices.ts';

type Json = z.infer<ReturnType<typeof z.json>>;

/**
 * View state of this installation, kept in the project's folder but not in its log: panes, pins, sorting. What was
 * stored by another version and does not fit is as good as nothing stored. `ready` is false until it was read.
 */
export function useViewState<T extends Json>(
  key: string,
  schema: z.ZodType<T>,
  initial: T,
): { value: T; ready: boolean; set: (next: T) => void } {
  const keep = useKeepView();
  const stored = useCall('view.get', { key });
  const parsed = schema.safeParse(stored.data?.value);
  const set = useCallback((next: T) => keep(key, next), [keep, key]);

  return { value: parsed.success ? parsed.data : initial, ready: !stored.isPending, set };
}

/**
 * A folder that cannot be written keeps no view state, and has said so already when it was opened. And a reader that
 * goes away with its project has kept where one was reading a moment before.
 */
const isNoNews = ({ code }: ErrorData): boolean => code === 'PROJECT_READ_ONLY' || code === 'NOT_FOUND';

/** Keeps view state of any key; what shows it knows at once. */
export function useKeepView(): (key: string, value: Json) => void {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    (key, value) => {
      client.setQueryData(['view.get', { key }], { value });
      api.call('view.set', { key, value }).catch((thrown: unknown) => {
        const error = errorDataOf(thrown);
        if (!isNoNews(error)) notifyError(error);
      });
    },
    [api, client],
  );
}
