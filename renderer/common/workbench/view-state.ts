import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { notifyError } from '../notices/notices.ts';

type Json = z.infer<ReturnType<typeof z.json>>;

/**
 * View state of this installation, kept in the project’s folder but not in its log: panes, pins, sorting. A value
 * stored by another version that does not fit is ignored. `ready` is false until it is read.
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
 * Errors that need no notice. A read-only folder stores no view state, which a banner says already. When a project is closed, the reader’s
 * last position was stored just before. While windows are locked, the host has stored what they showed.
 */
const isNoNews = ({ code }: ErrorData): boolean =>
  code === 'PROJECT_READ_ONLY' || code === 'NOT_FOUND' || code === 'KEY_LOCKED';

/** Stores view state under any key, and updates the components that show it. */
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
