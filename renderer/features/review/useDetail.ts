import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { mainStep, type Step } from '../../common/review/steps.ts';
import { beside } from './order.ts';
import type { Queue } from './useQueue.ts';

export interface OpenDetail {
  readonly detail: ReviewDetail;
  readonly main: Step | null;
  readonly source: Source | undefined;
}

/** The passage one is on, and nothing of the one before: null until it was read. The ones beside it are read ahead. */
export function useDetail({ current, rows, name }: Queue): {
  readonly open: OpenDetail | null;
  readonly error: string | null;
} {
  const api = useApi();
  const client = useQueryClient();
  const { data: detail, error } = useCall('review.get', current === null ? null : { passage: current });
  const source = useCall('sources.get', detail === undefined ? null : { id: detail.passage.source }).data;
  useEffect(() => {
    if (detail === undefined) return;
    for (const by of [1, -1] as const) {
      const passage = beside(rows, current, by);
      if (passage === null) continue;
      const input = { passage };
      void client.prefetchQuery({ queryKey: ['review.get', input], queryFn: () => api.read('review.get', input) });
    }
  }, [api, client, rows, current, detail]);
  const open = detail === undefined ? null : { detail, main: mainStep(detail, name), source };
  return { open, error: error?.message ?? null };
}
