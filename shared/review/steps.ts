import { REVIEW_STATES, type ReviewState, type ShownState } from '../model/index.ts';
import type { Basis } from './basis.ts';
import { approvalOf, fourEyesViolation, stateRank, type ReviewPosition } from './status.ts';
import type { ContributionKind, FourEyesViolation, Move, Surroundings } from './move.ts';

/** Everything that determines which steps someone may take with a passage. */
export interface Situation {
  /** The acting person. */
  readonly person: string;
  readonly shown: ShownState;
  readonly position: ReviewPosition;
  /** The present basis. */
  readonly basis: Basis;
  readonly valid: readonly Move[];
  /** Everything the acting person ever contributed. */
  readonly contributed: ReadonlySet<ContributionKind>;
  readonly surroundings: Surroundings;
  readonly removed: boolean;
}

export interface Rejection {
  readonly code: 'FOUR_EYES' | 'NOT_ALLOWED';
  /** For the acting person to read. */
  readonly why: string;
}
export interface Step {
  readonly to: ReviewState;
  readonly rejection: Rejection | null;
}

/**
 * Every state with whether the acting person may move the passage there now; the move itself is checked by the same function.
 */
export const stepsOf = (situation: Situation): Step[] =>
  REVIEW_STATES.map((to) => ({ to, rejection: rejectionOf(to, situation) }));

/** Why this person may not move the passage there; null if they may. A return also needs a comment. */
export function rejectionOf(to: ReviewState, situation: Situation): Rejection | null {
  const why = unfit(to, situation);
  if (why !== null) return { code: 'NOT_ALLOWED', why };
  const { person, basis, valid, contributed, surroundings } = situation;
  const broken = fourEyesViolation(person, to, basis, valid, contributed, surroundings);
  return broken === null ? null : { code: 'FOUR_EYES', why: sentence(broken, to, situation) };
}

/** The names of states within a sentence. */
const NAMES: Readonly<Record<ShownState, string>> = {
  draft: 'a draft',
  coded: 'coded',
  'second-coded': 'second-coded',
  translated: 'translated',
  checked: 'checked',
  approved: 'approved',
  released: 'released',
  returned: 'returned',
  reopened: 'reopened',
};

/** What is wrong with the step, whoever takes it; null if nothing is. */
function unfit(to: ReviewState, { shown, position, basis, removed }: Situation): string | null {
  if (removed) return 'This passage is in the trash. Restore it before you review it.';
  if (shown === to) {
    // A passage is coded by its tags alone, but the step can still be taken.
    if (position.move !== null || to !== 'coded') return `This passage is already ${NAMES[to]}.`;
  } else if (to !== 'returned' && shown !== 'reopened' && stateRank(to) < stateRank(shown))
    return `This passage is already ${NAMES[shown]}. To send it back, return it with a comment.`;
  switch (to) {
    case 'coded':
    case 'second-coded':
      return basis.tags.length === 0 ? 'This passage has no tags yet. Tag it first.' : null;
    case 'translated':
      return basis.translations.length === 0 ? 'This passage has no translation yet. Add one first.' : null;
    case 'released':
      return approvalOf(position.line, basis) === null
        ? 'No one has approved this version of the passage. It must be approved before release.'
        : null;
    case 'draft':
    case 'checked':
    case 'approved':
    case 'returned':
      return null;
  }
}

const MUST: Readonly<Partial<Record<ReviewState, string>>> = {
  'second-coded': 'second-code it',
  checked: 'check it',
  approved: 'approve it',
};
function sentence(
  broken: FourEyesViolation,
  to: ReviewState,
  { person, basis, valid, contributed, surroundings }: Situation,
): string {
  if (broken === 'installation')
    return `Someone who worked on this passage used a key on the same installation as you. Someone else must ${MUST[to] ?? 'do this'}, or people on other installations must first confirm both keys (Team > People).`;
  const isBeside = contributed.size === 0 && surroundings.beside.size > 0;
  const what: Readonly<Record<Exclude<FourEyesViolation, 'installation'>, string>> = {
    coder: basis.tags.some(([, by]) => by === person)
      ? 'You coded this passage.'
      : basis.person === person
        ? 'You highlighted this passage.'
        : basis.decided?.person === person || contributed.has('decision')
          ? 'You decided how to code this passage.'
          : basis.settings.some(([, , by]) => by === person) || contributed.has('settings')
            ? 'You set a dimension of this passage.'
            : contributed.has('tags')
              ? 'You edited a tag on this passage.'
              : isBeside
                ? 'You coded the same words.'
                : 'You adjusted this passage.',
    'only coder': 'You’re the only coder of this passage.',
    translator: isBeside ? 'You translated the same words.' : 'You translated this passage.',
    checker: valid.some((one) => one.person === person && one.state === 'checked')
      ? 'You checked this passage.'
      : 'You checked the same words.',
  };
  return `${what[broken]} Someone else must ${MUST[to] ?? 'do this'}.`;
}
