import type { ReviewState } from '../model/index.ts';
import type { EyesBroken } from './standing.ts';

/** Why a move does not count. */
export type Refused = 'signature' | 'ground' | EyesBroken | 'not approved' | 'superseded' | 'removed';

/** Whether a record was tampered with: no program of ours writes such a move, whatever its person does. */
export const isForged = (why: Refused | null): boolean => why === 'signature' || why === 'ground';

const STEP: Readonly<Partial<Record<ReviewState, string>>> = {
  'second-coded': 'second coding',
  checked: 'check',
  approved: 'approval',
  released: 'release',
};

/** Why it does not count, for anybody to read. `by`: what whoever took it back is called. */
export function whyRefused(why: Refused, state: ReviewState, name: string, by: string): string {
  const step = STEP[state] ?? 'step';
  switch (why) {
    case 'signature':
      return `${name} did not sign this.`;
    case 'ground':
      return 'It does not say what was looked at.';
    case 'coder':
      return `${name} had a hand in what this ${step} vouches for. Somebody else’s is needed.`;
    case 'only coder':
      return `${name} alone had coded the passage. Somebody else’s ${step} is needed.`;
    case 'translator':
      return `${name} had translated the passage. Somebody else’s ${step} is needed.`;
    case 'checker':
      return `${name} had checked the passage. Somebody else’s ${step} is needed.`;
    case 'not approved':
      return 'The passage was not approved as it was released.';
    case 'removed':
      return `${by} took it back: with the merge that brought it, with the passage it was on, or with a changed program.`;
    case 'superseded':
      return 'Another step was taken at the same time, and that one stands.';
  }
}
