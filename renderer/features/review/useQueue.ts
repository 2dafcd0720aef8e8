import { useEffect, useMemo } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { QueueItem, QueueName, ReviewDetail } from '../../../shared/contract/review.ts';
import type { PassageId, Role, Source } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { chooseQueue, leaveQueue, useReviewing, ownQueue, mainStep, type Step } from '../../common/review/state.ts';

/** How many items are listed. Others are found with filters. */
const MOST = 5000;
const NONE: readonly QueueItem[] = [];
const NO_ROLES: readonly Role[] = [];

export interface Queue {
  readonly name: QueueName;
  readonly rows: readonly QueueItem[];
  /** The number of items, including those that are not listed. */
  readonly total: number;
  readonly counts: CallOutput<'review.queue'>['counts'] | null;
  readonly isRead: boolean;
  readonly error: string | null;
  /** The current item; it need not be in the list. */
  readonly current: PassageId | null;
  readonly roles: readonly Role[];
}

/** The items of the chosen queue, in the order they were first read. */
export function useQueue(): Queue {
  const api = useApi();
  const { queue, filter, current, order, justDone, held } = useReviewing();
  const people = useCall('people.list', {});
  const roles = people.data?.people.find(({ isMe }) => isMe)?.roles ?? NO_ROLES;
  const name = queue ?? ownQueue(roles) ?? 'to-check';
  const input = { queue: name, filter, limit: MOST };
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['review.queue', input],
    queryFn: () => api.read('review.queue', input),
    // The default queue depends on your roles.
    enabled: queue !== null || !people.isPending,
    // While another queue loads, the counts stay on screen; its rows are not shown until they are there.
    placeholderData: keepPreviousData,
  });
  const isAnswered = data !== undefined && !isPlaceholderData;
  // Only when the screen opens: a queue that empties while somebody works says so, and one they select stays.
  const first = isAnswered && queue === null ? queueWithWork(name, data.counts) : null;
  useEffect(() => {
    if (first !== null) chooseQueue(first);
  }, [first]);
  useEffect(() => leaveQueue, []);
  const isRead = isAnswered && queue !== null;
  const items = isRead ? data.items : NONE;
  const rows = useMemo(
    () => inKeptOrder(order, items, [justDone, held?.passage === current ? held : null]),
    [order, items, justDone, held, current],
  );
  const on = current ?? rows.find(({ passage }) => passage !== justDone?.passage)?.passage ?? null;
  useEffect(() => {
    // The first item becomes current, and stays current when others come before it.
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

/** The open passage; null until it is loaded. The passages before and after it are loaded ahead. */
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
 * Items in the order in which they first appeared, new ones at the end: sorting again after each step would move items
 * while someone works through them. The items in `kept` (just done, or current) stay although the queue has them no more.
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

/** Queues in the order in which they are looked through for work, after the person's own. */
const BY_URGENCY = [
  'mine',
  'to-check',
  'to-approve',
  'to-second-code',
  'to-translate',
  'to-release',
  'to-code',
] as const;

/** The queue to open: this one if anything waits in it, else the first in which something does. */
export const queueWithWork = (own: QueueName, counts: Queue['counts']): QueueName =>
  [own, ...BY_URGENCY].find((name) => (counts?.[name] ?? 0) > 0) ?? own;

/** The item before or after `current`; null at the ends, and the first item if none is current. */
export function beside(rows: readonly QueueItem[], current: PassageId | null, by: 1 | -1): PassageId | null {
  const at = rows.findIndex(({ passage }) => passage === current);
  if (at < 0) return rows[0]?.passage ?? null;
  return rows[at + by]?.passage ?? null;
}

/** The item to go to when one is done: the next, or the previous if it was the last; null if it was the only one. */
export function afterDone(rows: readonly QueueItem[], done: PassageId): PassageId | null {
  const at = rows.findIndex(({ passage }) => passage === done);
  return rows[at + 1]?.passage ?? rows[at - 1]?.passage ?? null;
}
