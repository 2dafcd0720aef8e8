import { create } from 'zustand';
import type { QueueItem, QueueName } from '../../../shared/contract/review.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { PassageId, SourceId } from '../../../shared/model/index.ts';
import { goTo, openPassage, useWorkbench } from '../workbench/workbench.ts';

export type ReviewFilter = NonNullable<CallInput<'review.queue'>['filter']>;
/** What the one pane shows where there is room for one. */
export type ReviewPane = 'queue' | 'passage' | 'thread';

/** Where one is in the review. It outlives the screen: who looks into the page comes back to the very item. */
export interface Reviewing {
  /** null: the queue of the person's role. */
  readonly queue: QueueName | null;
  readonly filter: ReviewFilter;
  readonly current: PassageId | null;
  /** The order the queue was first seen in, kept while one works in it. */
  readonly order: readonly PassageId[];
  /** What was done just now: it stays in its place, marked, until one moves on. */
  readonly lingering: QueueItem | null;
  /** The item one is on, as the queue had it: one that leaves the queue under one's hands stays until one moves on. */
  readonly held: QueueItem | null;
  /** So many were done since the queue was chosen. */
  readonly done: number;
  /** The passage one looks at in its page, and comes back from; null while one reads for oneself. */
  readonly awayFor: PassageId | null;
  readonly pane: ReviewPane;
}

const EMPTY: Reviewing = {
  queue: null,
  filter: {},
  current: null,
  order: [],
  lingering: null,
  held: null,
  done: 0,
  awayFor: null,
  pane: 'queue',
};

export const useReviewing = create<Reviewing>()(() => EMPTY);
const { setState: set, getState: get } = useReviewing;

/** Another project: nothing of the one before stays. */
export const resetReviewing = (): void => set(EMPTY);

const anew = { current: null, order: [], lingering: null, held: null, done: 0 } as const;

export const chooseQueue = (queue: QueueName): void => set({ ...anew, queue, pane: 'queue' });
export const setFilter = (filter: ReviewFilter): void => set({ ...anew, filter });
export const showReviewPane = (pane: ReviewPane): void => set({ pane });

/** Goes to an item; what was done before loses its mark, unless it is that. */
export const chooseItem = (current: PassageId | null): void =>
  set(({ lingering }) => ({ current, lingering: lingering?.passage === current ? lingering : null }));

/** An item was dealt with: it keeps its place and a mark, and one is on the next, unless one has gone elsewhere meanwhile. */
export const itemDone = (passage: PassageId, item: QueueItem | null, next: PassageId | null): void =>
  set(({ done, current }) => ({
    lingering: item,
    current: current === null || current === passage ? next : current,
    done: done + 1,
  }));

/** Shows a passage in the review, wherever it stands in the queues. */
export function openInReview(passage: PassageId): void {
  const { order, current } = get();
  if (current !== passage && !order.includes(passage)) set({ ...anew, queue: 'all', filter: {} });
  set({ current: passage, awayFor: null, pane: 'passage' });
  goTo('review');
}

/** Shows the passage where it stands; {@link backToReview} leads back to the item. */
export function lookInPage(source: SourceId, passage: PassageId): void {
  set({ current: passage, awayFor: passage });
  openPassage({ source, passage });
}

export function backToReview(): void {
  const { awayFor } = get();
  set({ awayFor: null, ...(awayFor === null ? {} : { current: awayFor }) });
  goTo('review');
}

/** One goes on reading for oneself. */
export const stayInPage = (): void => set({ awayFor: null });

/** Whether there is a way back now. */
export const isAway = (): boolean => get().awayFor !== null && useWorkbench.getState().place === 'read';
