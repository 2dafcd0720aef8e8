import { create } from 'zustand';
import type { QueueItem, QueueName, ReviewDetail } from '../../../shared/contract/review.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import {
  type PassageId,
  type SourceId,
  REVIEW_ORDER,
  REVIEW_STATES,
  type ReviewState,
  type Role,
  type ShownState,
  type Comment,
  type PersonId,
} from '../../../shared/model/index.ts';
import { goTo, openPassage, useWorkbench } from '../workbench/workbench.ts';
import type { Tone } from '../../ui/Badge.tsx';
import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useViewState } from '../workbench/view-state.ts';

export type ReviewFilter = NonNullable<CallInput<'review.queue'>['filter']>;
/** The pane that is shown in a narrow window. */
export type ReviewPane = 'queue' | 'passage' | 'thread';

/** The state of the review. It outlives the screen, so that a person returns from a page to the same item. */
export interface Reviewing {
  /** Null: the queue of the person’s role. */
  readonly queue: QueueName | null;
  readonly filter: ReviewFilter;
  readonly current: PassageId | null;
  /** The queue’s order when it was first shown; it is kept while one works through it. */
  readonly order: readonly PassageId[];
  /** The item that was just finished: it keeps its place, marked, until another is selected. */
  readonly justDone: QueueItem | null;
  /** The current item with the queue’s data: it stays shown if it leaves the queue, until another is selected. */
  readonly held: QueueItem | null;
  /** How many items were finished since the queue was selected. */
  readonly done: number;
  /** The passage that was opened in the reader from the review; null if the reader was not opened from there. */
  readonly awayFor: PassageId | null;
  readonly pane: ReviewPane;
}

const EMPTY: Reviewing = {
  queue: null,
  filter: {},
  current: null,
  order: [],
  justDone: null,
  held: null,
  done: 0,
  awayFor: null,
  pane: 'queue',
};

export const useReviewing = create<Reviewing>()(() => EMPTY);
const { setState: set, getState: get } = useReviewing;

/** Called when another project opens. */
export const resetReviewing = (): void => set(EMPTY);

const NO_ITEM = { current: null, order: [], justDone: null, held: null, done: 0 } as const;

export const chooseQueue = (queue: QueueName): void => set({ ...NO_ITEM, queue, pane: 'queue' });
/** Called when the screen is left: an empty queue is forgotten, so that the screen opens next time at a queue with items. */
export const leaveQueue = (): void => {
  if (get().current === null) set({ ...NO_ITEM, queue: null });
};
export const setFilter = (filter: ReviewFilter): void => set({ ...NO_ITEM, filter });
export const showReviewPane = (pane: ReviewPane): void => set({ pane });

/** Selects an item. An item that was just finished loses its mark when another one is selected. */
export const chooseItem = (current: PassageId | null): void =>
  set(({ justDone }) => ({ current, justDone: justDone?.passage === current ? justDone : null }));

/** Marks an item as done and goes to the next, unless another was selected in the meantime. */
export const itemDone = (passage: PassageId, item: QueueItem | null, next: PassageId | null): void =>
  set(({ done, current }) => ({
    justDone: item,
    current: current === null || current === passage ? next : current,
    done: done + 1,
  }));

/** Shows a passage in the review, whichever queue it is in. */
export function openInReview(passage: PassageId): void {
  const { order, current } = get();
  if (current !== passage && !order.includes(passage)) set({ ...NO_ITEM, queue: 'all', filter: {} });
  set({ current: passage, awayFor: null, pane: 'passage' });
  goTo('review');
}

/** Shows the passage in its source; {@link backToReview} leads back to the item. */
export function lookInPage(source: SourceId, passage: PassageId): void {
  set({ current: passage, awayFor: passage });
  openPassage({ source, passage });
}

export function backToReview(): void {
  const { awayFor } = get();
  set({ awayFor: null, ...(awayFor === null ? {} : { current: awayFor }) });
  goTo('review');
}

/** Ends the visit from the review: the person goes on reading. */
export const stayInPage = (): void => set({ awayFor: null });

/** Whether the review can be returned to. */
export const isAway = (): boolean => get().awayFor !== null && useWorkbench.getState().place === 'read';

export type OrderedState = (typeof REVIEW_ORDER)[number];
export const isInReviewOrder = (state: ShownState): state is OrderedState => REVIEW_ORDER.some((one) => one === state);

/** The position of a state in the order of the review; -1 for a state outside of it. */
export const reviewIndex = (state: ShownState): number => REVIEW_ORDER.findIndex((one) => one === state);

export type Step = ReviewDetail['steps'][number];

const TARGETS: Readonly<Record<QueueName, OrderedState | null>> = {
  'to-code': 'coded',
  'to-second-code': 'second-coded',
  'to-translate': 'translated',
  'to-check': 'checked',
  'to-approve': 'approved',
  'to-release': 'released',
  mine: null,
  all: null,
};

type Stands = Pick<ReviewDetail, 'state' | 'steps' | 'translations'>;

/** The next step: the one of the queue, else the one that follows the state. Null if none follows. */
export function mainStep(detail: Stands, queue: QueueName): Step | null {
  const target = TARGETS[queue];
  const isAhead = target !== null && reviewIndex(target) > reviewIndex(detail.state);
  const to = isAhead ? target : following(detail);
  return detail.steps.find((step) => step.to === to) ?? null;
}

function following({ state, steps, translations }: Stands): ReviewState | null {
  const isTranslated = translations.length > 0;
  const may = (to: ReviewState): boolean => steps.some((step) => step.to === to && step.allowed);
  switch (state) {
    case 'draft':
      return 'coded';
    case 'coded':
      return isTranslated ? 'translated' : may('second-coded') ? 'second-coded' : 'checked';
    case 'second-coded':
      return isTranslated ? 'translated' : 'checked';
    case 'returned':
      return isTranslated ? 'translated' : 'coded';
    case 'translated':
    case 'reopened':
      return 'checked';
    case 'checked':
      return 'approved';
    case 'approved':
      return 'released';
    case 'released':
      return null;
  }
}

/** The queue a person starts with, by role; null if no role has a queue. */
export function ownQueue(roles: readonly Role[]): QueueName | null {
  const has = (role: Role): boolean => roles.includes(role);
  if (has('checker')) return 'to-check';
  if (has('editor')) return 'to-approve';
  if (has('translator')) return 'to-translate';
  return has('coder') || has('analyst') ? 'to-code' : null;
}

/** The queues shown as tabs: the person’s own, the one after it, and what concerns them. Another selected queue replaces the middle tab. */
export function tabsOf(roles: readonly Role[], chosen: QueueName): readonly QueueName[] {
  const own = ownQueue(roles) ?? 'to-check';
  const tabs = [own, AFTER[own], 'mine'] as const;
  return tabs.includes(chosen) ? tabs : [own, chosen, 'mine'];
}

const AFTER: Readonly<Record<QueueName, QueueName>> = {
  'to-code': 'to-second-code',
  'to-second-code': 'to-translate',
  'to-translate': 'to-check',
  'to-check': 'to-approve',
  'to-approve': 'to-release',
  'to-release': 'all',
  mine: 'all',
  all: 'to-check',
};

const TONES: Readonly<Partial<Record<ShownState, Tone>>> = {
  returned: 'bad',
  reopened: 'warn',
  approved: 'ok',
  released: 'ok',
};
export const toneOf = (state: ShownState): Tone => TONES[state] ?? 'plain';

/** Every state a filter can ask for. */
export const SHOWN_STATES: readonly ShownState[] = [...REVIEW_STATES, 'reopened'];

/** By passage: the number of comments when it was last looked at, and when the last of them was made (epoch ms). */
const schema = z.record(z.string(), z.tuple([z.number(), z.number()]));
type Seen = z.infer<typeof schema>;
const NONE: Seen = {};
/** The most passages kept; the least recently seen are dropped first. */
const MOST = 5000;

/** How many comments of a passage this installation has not shown yet. */
export function useUnread(): (passage: PassageId, comments: number) => number {
  const { value, ready } = useViewState('review.seen', schema, NONE);
  return useCallback(
    (passage, comments) => (ready ? Math.max(0, comments - (value[passage]?.[0] ?? 0)) : 0),
    [value, ready],
  );
}

/**
 * Returns a function that tells whether a comment is new: written since the passage was last seen. Its answers stay the same while the
 * passage is shown; all its comments then count as seen. `comments` is null while they are being read.
 */
export function useSeen(
  passage: PassageId,
  comments: readonly Comment[] | null,
  own: PersonId | null,
): (one: Comment) => boolean {
  const { value, ready, set } = useViewState('review.seen', schema, NONE);
  const [began, setBegan] = useState<{ readonly passage: PassageId; readonly since: number } | null>(null);
  const count = comments?.length ?? null;
  const last = (comments ?? []).reduce((most, { at }) => Math.max(most, at), 0);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    if (!ready || count === null) return;
    const before = latest.current[passage];
    setBegan((now) => (now?.passage === passage ? now : { passage, since: before?.[1] ?? 0 }));
    if (count === (before?.[0] ?? 0) && last === (before?.[1] ?? 0)) return;
    const { [passage]: _, ...others } = latest.current;
    const kept = Object.entries(others).slice(-MOST + 1);
    set({ ...Object.fromEntries(kept), [passage]: [count, last] });
  }, [passage, count, last, ready, set]);
  const since = began?.passage === passage ? began.since : Number.POSITIVE_INFINITY;
  return useCallback(({ at, person }) => at > since && person !== own, [since, own]);
}

type FocusRequest = 'comment' | 'translation';

/** The editor that is to open as soon as it is mounted, or null. */
export const useFocusRequests = create<{ readonly request: FocusRequest | null }>()(() => ({ request: null }));

export const requestFocus = (request: FocusRequest): void => useFocusRequests.setState({ request });

/** Runs `begin` when a command requests this editor, whether the component was mounted before or after. */
export function useFocusRequest(what: FocusRequest, begin: () => void): void {
  const isRequested = useFocusRequests(({ request }) => request === what);
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    if (!isRequested) return;
    useFocusRequests.setState({ request: null });
    latest.current();
  }, [isRequested]);
}
