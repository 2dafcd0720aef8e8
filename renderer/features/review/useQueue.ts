import { useEffect, useMemo } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueueItem, QueueName, ReviewDetail } from '../../../shared/contract/review.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { PassageId, Role, Source } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { useReviewing } from '../../common/review/state.ts';
import { ownQueue, mainStep, type Step } from '../../common/review/steps.ts';

/** So many are listed at once; beyond it one filters. */
const MOST = 5000;
const NONE: readonly QueueItem[] = [];
const NO_ROLES: readonly Role[] = [];

export interface Queue {
  readonly name: QueueName;
  readonly rows: readonly QueueItem[];
  /** Over all, also those that are not listed. */
  readonly total: number;
  readonly counts: CallOutput<'review.queue'>['counts'] | null;
  readonly isRead: boolean;
  readonly error: string | null;
  /** The item one is on; it need not stand in the list. */
  readonly current: PassageId | null;
  readonly roles: readonly Role[];
}

/** What waits in the chosen queue, in the order it was first seen. */
export function useQueue(): Queue {
  const api = useApi();
  const { queue, filter, current, order, lingering, held } = useReviewing();
  const people = useCall('people.list', {});
  const roles = people.data?.people.find(({ isMe }) => isMe)?.roles ?? NO_ROLES;
  const name = queue ?? ownQueue(roles) ?? 'to-check';
  const input = { queue: name, filter, limit: MOST };
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['review.queue', input],
    queryFn: () => api.read('review.queue', input),
    // Before the roles are known nobody knows which queue is one's own.
    enabled: queue !== null || !people.isPending,
    // The counts stay in sight while another queue is read; its rows do not.
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (queue === null && !people.isPending) useReviewing.setState({ queue: name });
  }, [queue, name, people.isPending]);
  const isRead = data !== undefined && !isPlaceholderData;
  const items = isRead ? data.items : NONE;
  const rows = useMemo(
    () => inKeptOrder(order, items, [lingering, held?.passage === current ? held : null]),
    [order, items, lingering, held, current],
  );
  const on = current ?? rows.find(({ passage }) => passage !== lingering?.passage)?.passage ?? null;
  useEffect(() => {
    // Who is shown the first item is on it, also once it is the first no more.
    const item = items.find(({ passage }) => passage === on) ?? null;
    if (on !== current) useReviewing.setState({ current: on });
    if (item !== null) useReviewing.setState({ held: item });
  }, [items, on, current]);
  useEffect(() => {
    if (!isRead) return;
    const next = rows.map(({ passage }) => passage);
    if (next.length !== order.length || next.some((id, at) => id !== order[at])) useReviewing.setState({ order: next });
  }, [rows, order, isRead]);
  return {
    name,
    rows,
    total: isRead ? data.total : 0,
    counts: data?.counts ?? null,
    isRead,
    error: error?.message ?? null,
    current: on,
    roles,
  };
}

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

/**
 * The items in the order they were first seen in, new ones after them: a queue that is sorted anew with every step would jump
 * under the hands of whoever works in it. What is kept (done just now, or what one is on) stays where it was.
 */
export function inKeptOrder(
  order: readonly PassageId[],
  items: readonly QueueItem[],
  kept: readonly (QueueItem | null)[],
): readonly QueueItem[] {
  const byId = new Map(items.map((item) => [item.passage, item]));
  for (const item of kept) if (item !== null && !byId.has(item.passage)) byId.set(item.passage, item);
  const known = new Set(order);
  return [
    ...order.flatMap((id) => byId.get(id) ?? []),
    ...[...byId.values()].filter(({ passage }) => !known.has(passage)),
  ];
}

/** The item beside one; null at the ends, and the first one where one is on none. */
export function beside(rows: readonly QueueItem[], current: PassageId | null, by: 1 | -1): PassageId | null {
  const at = rows.findIndex(({ passage }) => passage === current);
  if (at < 0) return rows[0]?.passage ?? null;
  return rows[at + by]?.passage ?? null;
}

/** Where one goes once an item is done: the next, else the last one left before it; null where it was the only one. */
export function afterDone(rows: readonly QueueItem[], done: PassageId): PassageId | null {
  const at = rows.findIndex(({ passage }) => passage === done);
  return rows[at + 1]?.passage ?? rows[at - 1]?.passage ?? null;
}
