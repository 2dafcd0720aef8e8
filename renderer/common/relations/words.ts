import { Rational } from '../../../shared/figures/rational.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import type { RelationCard, RelationChecked } from '../../../shared/contract/relations.ts';

/** A number under a line, rounded for display. */
export const formatDecimal = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : SHOWN }).format(value);

/** Decimals shown of a computed value; the engine gives six. */
const SHOWN = 3;
export const computedWords = ({ computed }: RelationChecked): string =>
  computed === null ? '–' : numberWords(Rational.decimal(computed)?.toDecimal(SHOWN) ?? computed);

const SIGNS: Readonly<Record<RelationCard['operation'], string>> = {
  share: '÷',
  completion: '÷',
  ratio: '÷',
  growth: '→',
  decline: '→',
  exceeds: '÷',
  growthByIncrease: '+',
  declineByDecrease: '−',
  difference: '−',
  sum: '+',
  same: '=',
  earlierByGrowth: '÷',
  earlierByDecline: '÷',
  part: '×',
  whole: '÷',
};
/** The sign between the figures in a formula. The arrow of growth goes from the earlier to the later figure. */
export const signOf = (operation: RelationCard['operation']): string => SIGNS[operation];

const PERCENT: ReadonlySet<RelationCard['operation']> = new Set([
  'share',
  'completion',
  'growth',
  'decline',
  'exceeds',
  'growthByIncrease',
  'declineByDecrease',
]);
/** A percent sign after what an operation computes, or nothing. */
export const percentSign = (operation: RelationCard['operation']): string => (PERCENT.has(operation) ? '%' : '');
