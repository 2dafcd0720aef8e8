import type { CueWording } from './cue-wording.ts';

/** “8,094, 1.4 percent or 111 more”, “(5.0 percent) fewer”. */
const OR_SO_MANY = '[)]?(?:,? or (?:[a-z]+ ){0,2}[£$€]?\\d[\\d,.]*(?: [a-z]+){0,2})? ';

export const OR_SO_MANY_MORE: CueWording = {
  cue: 'growth',
  side: 'after',
  name: 'or 111 more',
  example: '8,094 men, § or 111 more than in 2019',
  pattern: new RegExp(`^${OR_SO_MANY}(?:more|higher|greater)\\b`, 'i'),
};

export const OR_SO_MANY_FEWER: CueWording = {
  cue: 'decline',
  side: 'after',
  name: 'or 111 fewer',
  example: '8,094 men, § or 111 fewer than in 2019',
  pattern: new RegExp(`^${OR_SO_MANY}(?:less|fewer|lower)\\b`, 'i'),
};
