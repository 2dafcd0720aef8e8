import type { OperationName } from './operations.ts';

const WORDS: Readonly<Record<OperationName, string>> = {
  share: 'share',
  completion: 'completion of quota',
  growth: 'growth',
  decline: 'decline',
  exceeds: 'excess over quota',
  growthByIncrease: 'growth by an increase',
  declineByDecrease: 'decline by a decrease',
  difference: 'difference',
  ratio: 'ratio',
  same: 'repeat',
  sum: 'sum',
  earlierByGrowth: 'earlier value by growth',
  earlierByDecline: 'earlier value by decline',
  part: 'part by share',
  whole: 'whole by share',
};

/** What a computation is called in sentences of ours, and for the computations of other versions what the log has. */
export const operationWords = (operation: string): string =>
  Object.entries(WORDS).find(([name]) => name === operation)?.[1] ?? operation;
