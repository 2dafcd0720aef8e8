import type { Figure } from './figure.ts';
import type { Rational } from './rational.ts';

/**
 * Whether parts could add up to a total, give or take `within`. False is certain; true may be wrong, since other units may be converted.
 * Computes in floating point, which is much faster than the check.
 */
export function couldSumTo(parts: readonly Figure[], { unit, value }: Figure, within = 0): boolean {
  if (parts.some((part) => part.unit !== unit && part.unit !== null && unit !== null)) return true;
  const [sum, total] = [parts.reduce((all, part) => all + floating(part.value), 0), floating(value)];
  // Numbers too large for floating point give NaN, and the answer is then true.
  return !(Math.abs(sum - total) > within + 1e-6 * Math.abs(total));
}

const floating = ({ numerator, denominator }: Rational): number => Number(numerator) / Number(denominator);
