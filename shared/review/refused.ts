import type { ReviewState } from '../model/index.ts';
import type { Refused } from './move.ts';

/** Whether a record was tampered with: no program of ours writes such a move, whatever its person does. */
export const isForged = (why: Refused | null): boolean => why === 'signature' || why === 'no basis';

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
      return `${name} didn’t sign this.`;
    case 'no basis':
      return 'It doesn’t say what was reviewed.';
    case 'coder':
      return `${name} worked on what this ${step} covers. Someone else’s is needed.`;
    case 'only coder':
      return `${name} was the only coder of this passage. Someone else’s ${step} is needed.`;
    case 'translator':
      return `${name} translated this passage. Someone else’s ${step} is needed.`;
    case 'checker':
      return `${name} checked this passage. Someone else’s ${step} is needed.`;
    case 'not approved':
      return 'The passage wasn’t approved in this form.';
    case 'removed':
      return `${by} undid it: with its merge, with its passage, or with a modified program.`;
    case 'superseded':
      return 'Another step was taken at the same time, and that one counts.';
  }
}
