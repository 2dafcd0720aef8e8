import type { Wording } from './wording.ts';

/** What the words around a percentage say that it is. */
export const PAIR_CUES = ['exceeds', 'completion', 'growth', 'decline', 'share'] as const;
export type PairCue = (typeof PAIR_CUES)[number];

export interface CueWording extends Wording {
  readonly cue: PairCue;
  /** Where the words stand: patterns for what is before end at the percentage, those for what is after begin there. */
  readonly side: 'before' | 'after';
}
