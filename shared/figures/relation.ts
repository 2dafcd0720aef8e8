import type { Check } from './check.ts';
import type { UsedConversion } from './converted.ts';
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

export const WARNINGS = [
  'unit',
  'period',
  'plan-against-actual',
  'part-larger-than-whole',
  'larger-than-reference',
] as const;
export type Warning = (typeof WARNINGS)[number];

/** The properties of a figure that a computation needs. */
export type Term = Pick<
  Figure,
  'id' | 'value' | 'top' | 'step' | 'form' | 'interval' | 'otherwise' | 'unit' | 'qualifier' | 'kind' | 'period'
> & { readonly source: Pick<Figure['source'], 'period'> };

/** A computation between figures. It is a suggestion: figures may belong together by chance. */
export interface Relation {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly Figure[];
  /** The figure that prints the result; null if the text prints none, and the value is implied. */
  readonly printed: Figure | null;
  readonly check: Check;
  /** Both readings of counts that may be rounded; null if none of the inputs is such a count. */
  readonly readings: { readonly exact: Check; readonly rounded: Check } | null;
  /** Why it is suggested: words name the inputs, or numbers agree. */
  readonly by: 'wording' | 'numbers';
  readonly warnings: readonly Warning[];
  /** Which inputs were computed in another unit than they are printed in. */
  readonly conversions: readonly UsedConversion[];
}

/**
 * Whether a relation may be shown green: exact or rounds under the reading taken, not wide, every figure in it confirmed by a
 * person, and nothing to warn of. Everything else is a matter for a person.
 */
export function isGreen(
  { verdict, wide }: Pick<Check, 'verdict' | 'wide'>,
  warnings: readonly Warning[],
  isEveryFigureConfirmed: boolean,
): boolean {
  return (verdict === 'exact' || verdict === 'rounds') && !wide && isEveryFigureConfirmed && warnings.length === 0;
}
