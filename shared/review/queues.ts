import { QUEUES, type QueueName } from '../contract/review.ts';
import type { ReviewState, ShownState } from '../model/index.ts';

/** What determines the queues a passage is in. People are ids. */
export interface Waiting {
  readonly shown: ShownState;
  /** The state that `reopened` replaces. */
  readonly state: ReviewState;
  readonly tagged: boolean;
  /** Not in English: by its source's details, else by its letters. */
  readonly inOtherLanguage: boolean;
  readonly translated: boolean;
  /** Who highlighted, tagged or decided it. */
  readonly taggers: readonly string[];
  /** The taggers, and everyone else who contributed to it except to its translations. */
  readonly coders: readonly string[];
  readonly translators: readonly string[];
  readonly checkers: readonly string[];
  /** Coders, translators and checkers of all passages at its place: four eyes judge these as a whole. */
  readonly atPlace: { readonly workers: readonly string[]; readonly checkers: readonly string[] };
  /** Roles and people mentioned in threads that are not resolved. */
  readonly mentioned: readonly string[];
  /** Everyone who ever moved it. */
  readonly movers: readonly string[];
  readonly comments: number;
  /** Whether anyone moved it. */
  readonly moved: boolean;
}

export interface Actor {
  readonly id: string;
  /** They, and those who count as one with them (electron/project/people/installations.ts). */
  readonly eyes: ReadonlySet<string>;
  readonly roles: readonly string[];
}

/**
 * Whether a passage waits in a queue for a person. Passages they may not check or approve, since these are their own work,
 * are left out. A reopened passage waits to be checked again, a returned one to be coded or translated.
 */
export function waitsIn(queue: QueueName, one: Waiting, actor: Actor): boolean {
  const { shown } = one;
  const isCoded = shown === 'coded' || shown === 'second-coded';
  switch (queue) {
    case 'to-code':
      return (shown === 'draft' || shown === 'returned') && !one.tagged;
    case 'to-second-code':
      return shown === 'coded' && !one.taggers.every((who) => actor.eyes.has(who));
    case 'to-translate':
      return isCoded && !one.translated && one.inOtherLanguage;
    case 'to-check':
      return (
        (shown === 'translated' || shown === 'reopened' || (isCoded && (one.translated || !one.inOtherLanguage))) &&
        !one.atPlace.workers.some((who) => actor.eyes.has(who))
      );
    case 'to-approve':
      return (
        shown === 'checked' && ![...one.atPlace.workers, ...one.atPlace.checkers].some((who) => actor.eyes.has(who))
      );
    case 'to-release':
      return shown === 'approved';
    case 'mine':
      return (
        (shown === 'returned' && isInvolved(one, actor.id)) ||
        (shown === 'reopened' && (isInvolved(one, actor.id) || one.movers.includes(actor.id))) ||
        one.mentioned.some((who) => who === actor.id || actor.roles.includes(who))
      );
    case 'all':
      return one.moved || one.translated || one.comments > 0;
  }
}

const OTHER_LETTERS = /[\p{sc=Han}\p{sc=Arabic}\p{sc=Cyrillic}\p{sc=Tibetan}\p{sc=Mongolian}]/u;

/** Whether a quotation is not in English, by its source's language, else by its letters. Only such passages are to be translated. */
export const isInOtherLanguage = (language: string | null, quote: string | null): boolean =>
  language === null ? OTHER_LETTERS.test(quote ?? '') : !/^en(-|$)/i.test(language);

const isInvolved = (one: Waiting, person: string): boolean =>
  [one.coders, one.translators, one.checkers].some((people) => people.includes(person));

/** The number of items in each queue. Passages with one key are one item. */
export function countsOf<W extends Waiting>(
  all: Iterable<W>,
  actor: Actor,
  keyOf: (one: W) => string,
): Record<QueueName, number> {
  const keys = new Map(QUEUES.map((queue) => [queue, new Set<string>()]));
  for (const one of all) for (const [queue, there] of keys) if (waitsIn(queue, one, actor)) there.add(keyOf(one));
  const countOf = (queue: QueueName): number => keys.get(queue)?.size ?? 0;
  return {
    'to-code': countOf('to-code'),
    'to-second-code': countOf('to-second-code'),
    'to-translate': countOf('to-translate'),
    'to-check': countOf('to-check'),
    'to-approve': countOf('to-approve'),
    'to-release': countOf('to-release'),
    mine: countOf('mine'),
    all: countOf('all'),
  };
}
