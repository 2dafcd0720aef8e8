import { useEffect, useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { QueueItem, QueueName } from '../../../shared/contract/review.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { PassageId, Role } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { useReviewing } from '../../common/review/state.ts';
import { ownQueue } from '../../common/review/steps.ts';
import { inKeptOrder } from './order.ts';

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
