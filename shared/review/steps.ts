import { REVIEW_STATES, type ReviewState, type ShownState } from '../model/index.ts';
import type { Basis } from './basis.ts';
import { approvalOf, type EyesBroken, eyesBroken, type Move, rankOf, type Standing, type Touch } from './standing.ts';

/** Everything that decides which steps somebody may take with a passage. */
export interface Situation {
  /** Who acts. */
  readonly person: string;
  readonly shown: ShownState;
  readonly standing: Standing;
  /** What there is to look at now. */
  readonly basis: Basis;
  readonly valid: readonly Move[];
  /** What the acting person ever had a hand in. */
  readonly touched: ReadonlySet<Touch>;
  readonly removed: boolean;
}

export interface Refusal {
  readonly code: 'FOUR_EYES' | 'NOT_ALLOWED';
  /** For the acting person to read. */
  readonly why: string;
}
export interface Step {
  readonly to: ReviewState;
  readonly refusal: Refusal | null;
}

/** Every state with whether the acting person may move the passage there now. The same that refuses the move itself. */
export const stepsOf = (situation: Situation): Step[] =>
  REVIEW_STATES.map((to) => ({ to, refusal: refusalOf(to, situation) }));

/** Why this person may not move the passage there; null where they may. A return needs a comment besides. */
export function refusalOf(to: ReviewState, situation: Situation): Refusal | null {
  const why = unfit(to, situation);
  if (why !== null) return { code: 'NOT_ALLOWED', why };
  const broken = eyesBroken(situation.person, to, situation.basis, situation.valid, situation.touched);
  return broken === null ? null : { code: 'FOUR_EYES', why: sentence(broken, to, situation) };
}

/** States as a sentence names them. */
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

/** What is wrong with the step whoever takes it; null where nothing is. */
function unfit(to: ReviewState, { shown, standing, basis, removed }: Situation): string | null {
  if (removed) return 'This passage was removed. Restore it before reviewing it.';
  if (shown === to) {
    // One is coded by its tags alone; saying so is a move still.
    if (standing.move !== null || to !== 'coded') return `This passage is ${NAMES[to]} already.`;
  } else if (to !== 'returned' && shown !== 'reopened' && rankOf(to) < rankOf(shown))
    return `This passage is ${NAMES[shown]} already. Return it with a comment to take it back.`;
  switch (to) {
    case 'coded':
    case 'second-coded':
      return basis.tags.length === 0 ? 'This passage carries no tag yet. Tag it first.' : null;
    case 'translated':
      return basis.translations.length === 0 ? 'This passage has no translation yet. Write it first.' : null;
    case 'released':
      return approvalOf(standing.line, basis) === null
        ? 'Nobody has approved this passage as it stands. It has to be approved before it is released.'
        : null;
    case 'draft':
    case 'checked':
    case 'approved':
    case 'returned':
      return null;
  }
}

const MUST: Readonly<Partial<Record<ReviewState, string>>> = {
  'second-coded': 'code it a second time',
  checked: 'check it',
  approved: 'approve it',
};
function sentence(broken: EyesBroken, to: ReviewState, { person, basis, touched }: Situation): string {
  const what: Readonly<Record<EyesBroken, string>> = {
    coder: basis.tags.some(([, by]) => by === person)
      ? 'You coded this passage.'
      : basis.person === person
        ? 'You marked this passage.'
        : basis.decided?.person === person || touched.has('decision')
          ? 'You decided how this passage is coded.'
          : basis.settings.some(([, , by]) => by === person) || touched.has('settings')
            ? 'You set an attribute of this passage.'
            : touched.has('tags')
              ? 'You changed a tag of this passage.'
              : 'You changed the place of this passage.',
    'only coder': 'You alone coded this passage.',
    translator: 'You translated this passage.',
    checker: 'You checked this passage.',
  };
  return `${what[broken]} Somebody else must ${MUST[to] ?? 'do this'}.`;
}
