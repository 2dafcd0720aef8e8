import type { Check } from './check.ts';
import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';

export const RELATION_KINDS = [
  'share',
  'growth',
  'difference',
  'exceeds',
  'completion',
  'ratio',
  'sum',
  'repeat',
  'rounding',
  'implied',
] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export const WARNINGS = ['unit', 'period', 'plan-against-actual', 'part-larger-than-whole'] as const;
export type Warning = (typeof WARNINGS)[number];

/** A computation between figures. It is a suggestion: figures may belong together by chance. */
export interface Relation {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly Figure[];
  /** The figure that prints the result; null: the text prints none, and the value is implied. */
  readonly printed: Figure | null;
  readonly check: Check;
  /** The same with round integers taken to be rounded; null if that changes nothing. */
  readonly rounded: Check | null;
  /** What suggests it: words that name the inputs, or numbers that agree. */
  readonly by: 'wording' | 'numbers';
  readonly warnings: readonly Warning[];
}
