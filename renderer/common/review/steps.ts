import type { QueueName, ReviewDetail } from '../../../shared/contract/review.ts';
import { REVIEW_STATES, type ReviewState, type Role, type ShownState } from '../../../shared/model/index.ts';
import type { Tone } from '../../ui/Badge.tsx';

/** The way of a passage, in order. */
export const WAY = ['coded', 'second-coded', 'translated', 'checked', 'approved', 'released'] as const;
export type WayState = (typeof WAY)[number];
export const isOnWay = (state: ShownState): state is WayState => WAY.some((one) => one === state);

/** How far a state is on the way; -1 for those outside of it. */
export const rankOf = (state: ShownState): number => WAY.findIndex((one) => one === state);

export type Step = ReviewDetail['steps'][number];

const TARGETS: Readonly<Record<QueueName, WayState | null>> = {
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

/** The one step that is to be taken next: what the queue is for, else what follows the state. Null where nothing follows. */
export function mainStep(detail: Stands, queue: QueueName): Step | null {
  const target = TARGETS[queue];
  const isAhead = target !== null && rankOf(target) > rankOf(detail.state);
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

/** The queue a person begins with, by what they do in the project; null where no role says it. */
export function ownQueue(roles: readonly Role[]): QueueName | null {
  const has = (role: Role): boolean => roles.includes(role);
  if (has('checker')) return 'to-check';
  if (has('editor')) return 'to-approve';
  if (has('translator')) return 'to-translate';
  return has('coder') || has('analyst') ? 'to-code' : null;
}

/** The queues shown as tabs: one's own, the one after it, and what concerns oneself; another chosen one takes the middle. */
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
