import type { CommitHash, ReviewState } from '../model/index.ts';
import type { Basis } from './basis.ts';

/** A review step of a passage, from the log. Steps are judged in the order of their commits. */
export interface Move {
  readonly id: string;
  readonly commit: CommitHash;
  readonly state: ReviewState;
  readonly comment: string;
  /** Null if it is missing or invalid. */
  readonly basis: Basis | null;
  /** For a second coding: tags of others that its person confirmed. */
  readonly confirmed: readonly Confirmed[];
  /** The person it names. */
  readonly person: string;
  /** Epoch ms. */
  readonly at: number;
  /** Whether it was signed with that person's key. */
  readonly genuine: boolean;
  /** Who undid it, if not the person themselves; null if no one did. */
  readonly removedBy: string | null;
  /** What its person had contributed when they made it, beyond what its basis shows. */
  readonly contributed: ReadonlySet<ContributionKind>;
  /** What they contributed after it. The step then no longer vouches only for the work of others. */
  readonly contributedAfter: ReadonlySet<ContributionKind>;
  /** Absent: nothing. */
  readonly surroundings?: Surroundings;
}

/** What four eyes also look at: the other passages at the same place, and the keys of the same installation. */
export interface Surroundings {
  /** What the person contributed to the other passages. */
  readonly beside: ReadonlySet<ContributionKind>;
  /** Who checked those. */
  readonly checkedBeside: ReadonlySet<string>;
  /** People who count as one with them, since their keys signed on one installation. */
  readonly sharing: ReadonlySet<string>;
  /** What these contributed to this passage and the others. */
  readonly bySharing: ReadonlySet<ContributionKind>;
}

/** A part of a passage that a person contributed to: their key signed it, or they are named as its author. */
export type ContributionKind = 'place' | 'tags' | 'settings' | 'decision' | 'translation';

/** Someone else's tag: ids of category and person. */
export type Confirmed = readonly [category: string, person: string];

/** `installation`: only because keys of one installation count as one person. */
export type FourEyesViolation = 'coder' | 'only coder' | 'translator' | 'checker' | 'installation';

/** Why a move does not count. */
export type NotCounted = 'signature' | 'no basis' | FourEyesViolation | 'not approved' | 'superseded' | 'removed';

/** Whether a record was tampered with: our programs never write such a step. */
export const isForged = (why: NotCounted | null): boolean => why === 'signature' || why === 'no basis';

const STEP: Readonly<Partial<Record<ReviewState, string>>> = {
  'second-coded': 'second coding',
  checked: 'check',
  approved: 'approval',
  released: 'release',
};

/** Why it does not count, for people to read. `by`: the name of the person who undid it. */
export function whyNotCounted(why: NotCounted, state: ReviewState, name: string, by: string): string {
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
    case 'installation':
      return `${name}’s key was used on the same installation as that of someone who worked on this. It counts once people on other installations have confirmed both keys.`;
    case 'not approved':
      return 'The passage wasn’t approved in this form.';
    case 'removed':
      return `${by} undid it: with its merge, with its passage, or with a modified program.`;
    case 'superseded':
      return 'Another step was taken at the same time, and that one counts.';
  }
}
