import type { Figure } from './figure.ts';
import type { Rational } from './rational.ts';

/**
 * False only where parts surely don’t come to a total, give or take `within`: in floating point, much faster than the check. Other units
 * may be converted.
 */
export function mayComeTo(parts: readonly Figure[], { unit, value }: Figure, within = 0): boolean {
  if (parts.some((part) => part.unit !== unit && part.unit !== null && unit !== null)) return true;
  const [come, total] = [parts.reduce((all, part) => all + floating(part.value), 0), floating(value)];
  // Numbers too large for floats are none, and stay.
  return !(Math.abs(come - total) > within + 1e-6 * Math.abs(total));
}

const floating = ({ numerator, denominator }: Rational): number => Number(numerator) / Number(denominator);
