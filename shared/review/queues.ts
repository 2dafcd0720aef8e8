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
  /** Someone decided how to code it. */
  readonly decided: boolean;
  /** Coders, translators and checkers of all passages at its place, and whether one of them is translated: these are judged as a whole. */
  readonly atPlace: {
    readonly workers: readonly string[];
    readonly checkers: readonly string[];
    readonly translated: boolean;
  };
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
function waitsIn(queue: QueueName, one: Waiting, actor: Actor): boolean {
  const { shown } = one;
  const isCoded = shown === 'coded' || shown === 'second-coded';
  switch (queue) {
    case 'to-code':
      return (shown === 'draft' || shown === 'returned') && !one.tagged;
    case 'to-second-code':
      return shown === 'coded' && !one.taggers.every((who) => actor.eyes.has(who));
    case 'to-translate':
      return isCoded && !one.atPlace.translated && one.inOtherLanguage;
    case 'to-check':
      return (
        (shown === 'translated' ||
          shown === 'reopened' ||
          (isCoded && (one.atPlace.translated || !one.inOtherLanguage))) &&
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

/** The order of states: the passages furthest from release come first. Returned and reopened passages begin again. */
export const BY_PROGRESS: readonly ShownState[] = [
  'returned',
  'reopened',
  'draft',
  'coded',
  'second-coded',
  'translated',
  'checked',
  'approved',
  'released',
];
const progressOf = ({ shown }: Waiting): number => BY_PROGRESS.indexOf(shown);

/**
 * The passages at a place that decide which queue the whole place is in: those with a decision, since it holds for the place; without one,
 * those that are furthest behind. Untagged highlights do not delay passages with the same words.
 */
export function leadersOf<W extends Waiting>(place: readonly W[]): W[] {
  const decided = place.filter((one) => one.decided);
  const tagged = place.filter((one) => one.tagged || one.shown === 'returned');
  const candidates = [decided, tagged, place].find(({ length }) => length > 0) ?? [];
  const least = Math.min(...candidates.map(progressOf));
  return candidates.filter((one) => progressOf(one) === least);
}

/** The passages at a place that wait in a queue for a person. A mention or a return counts on any of them, in `mine` and `all`. */
export function waitingAt<W extends Waiting>(queue: QueueName, place: readonly W[], actor: Actor): W[] {
  return askedIn(queue, place, leadersOf(place)).filter((one) => waitsIn(queue, one, actor));
}
const askedIn = <W extends Waiting>(queue: QueueName, place: readonly W[], leaders: readonly W[]): readonly W[] =>
  queue === 'mine' || queue === 'all' ? place : leaders;

/** The queues that a place waits in for a person. */
export function queuesOf(place: readonly Waiting[], actor: Actor): QueueName[] {
  const leaders = leadersOf(place);
  return QUEUES.filter((queue) => askedIn(queue, place, leaders).some((one) => waitsIn(queue, one, actor)));
}
