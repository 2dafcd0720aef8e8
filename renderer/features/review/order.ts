import type { QueueItem } from '../../../shared/contract/review.ts';
import type { PassageId } from '../../../shared/model/index.ts';

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
