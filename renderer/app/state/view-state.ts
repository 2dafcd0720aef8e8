import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { notifyError } from './notices.ts';

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
  const api = useApi();
  const client = useQueryClient();
  const stored = useCall('view.get', { key });
  const parsed = schema.safeParse(stored.data?.value);

  const set = useCallback(
    (next: T) => {
      client.setQueryData(['view.get', { key }], { value: next });
      api.call('view.set', { key, value: next }).catch((thrown: unknown) => {
        const error = errorDataOf(thrown);
        // A folder that cannot be written keeps no view state, and has said so already when it was opened.
        if (error.code !== 'PROJECT_READ_ONLY') notifyError(error);
      });
    },
    [api, client, key],
  );

  return { value: parsed.success ? parsed.data : initial, ready: !stored.isPending, set };
}
