import type { KeptReference } from '../../../shared/contract/measures.ts';
import { type Conversion, conversionFactor } from '../../../shared/figures/conversions.ts';
import type { Rational } from '../../../shared/figures/rational.ts';
import { largerThan, type SetAgainst } from '../../../shared/figures/references.ts';
import type { ReferenceId } from '../../../shared/model/index.ts';

/** The fields of a figure that are compared with reference values; only the lower end of its interval counts. */
export interface SetAgainstLow extends Pick<SetAgainst, 'unit' | 'place' | 'period'> {
  readonly interval: { readonly low: Rational | null };
}

/** Returns a function that finds the reference values a figure is larger than; null if no reference value is a whole. */
export function largerFinder(
  references: readonly KeptReference[],
  conversions: readonly Conversion[],
  lineOf: (place: string) => readonly string[],
): ((one: SetAgainstLow) => ReferenceId[]) | null {
  const wholes = references.filter(({ isWhole }) => isWhole);
  if (wholes.length === 0) return null;
  // For each unit, the reference values that can be converted to it. Most units have none.
  const ofUnit = new Map<string, readonly KeptReference[]>();
  const convertedTo = (unit: string): readonly KeptReference[] => {
    const known = ofUnit.get(unit) ?? wholes.filter((one) => conversionFactor(one.unit, unit, conversions) !== null);
    ofUnit.set(unit, known);
    return known;
  };
  return ({ interval: { low }, unit, place, period }) => {
    if (low === null || unit === null) return [];
    const limits = convertedTo(unit);
    if (limits.length === 0) return [];
    const interval = { low, high: null, reason: 'count' } as const;
    return largerThan({ interval, unit, place, period }, { references: limits, table: conversions, lineOf }).map(
      ({ id }) => id,
    );
  };
}
