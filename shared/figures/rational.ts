/** An exact fraction. Checks of percentages depend on the border of a rounding, where floating point is wrong. */
export class Rational {
  /** In lowest terms; the denominator is positive. */
  readonly numerator: bigint;
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** Returns numerator/denominator. Throws RangeError if the denominator is 0. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const [n, d] = [BigInt(numerator), BigInt(denominator)];
    if (d === 0n) throw new RangeError('A fraction with the denominator 0');
    const divisor = commonDivisor(n, d) * (d < 0n ? -1n : 1n);
    return new Rational(n / divisor, d / divisor);
  }

  /** A decimal number without separators: 12600, 3.05, -0.8. Null for anything else. */
  static decimal(text: string): Rational | null {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (parts === null) return null;
    const [, sign = '', whole = '', decimals = ''] = parts;
    return Rational.of(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length));
  }

  /** What {@link toString} prints: a decimal number, or numerator/denominator. Null for anything else. */
  static read(text: string): Rational | null {
    const [numerator = '', denominator, ...more] = text.split('/');
    const one = Rational.decimal(numerator);
    if (one === null || denominator === undefined) return one;
    const other = /^\d+$/.test(denominator) ? Rational.decimal(denominator) : null;
    return more.length > 0 || other === null || !one.isWhole() ? null : one.dividedBy(other);
  }

  plus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }
  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }
  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }
  /** The quotient; null if the divisor is 0. */
  dividedBy(other: Rational): Rational | null {
    if (other.isZero()) return null;
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }
  negated(): Rational {
    return new Rational(-this.numerator, this.denominator);
  }
  absolute(): Rational {
    return this.numerator < 0n ? this.negated() : this;
  }

  /** Negative, 0 or positive, as for sorting. */
  compare(other: Rational): number {
    if (this.denominator === other.denominator)
      return this.numerator < other.numerator ? -1 : this.numerator > other.numerator ? 1 : 0;
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }
  isZero(): boolean {
    return this.numerator === 0n;
  }
  isWhole(): boolean {
    return this.denominator === 1n;
  }

  /** The nearest multiple of a positive step. `rounded`: half a step goes away from zero; `truncated`: towards zero. */
  toStep(step: Rational, way: 'rounded' | 'truncated'): Rational {
    const steps = this.absolute().times(Rational.of(step.denominator, step.numerator));
    const whole = steps.numerator / steps.denominator;
    const rest = steps.numerator % steps.denominator;
    const up = way === 'rounded' && rest * 2n >= steps.denominator ? 1n : 0n;
    const result = Rational.of(whole + up).times(step);
    return this.numerator < 0n ? result.negated() : result;
  }

  /** The decimal number if it ends, else numerator/denominator. */
  toString(): string {
    const places = decimalPlaces(this.denominator);
    if (places === null) return `${this.numerator}/${this.denominator}`;
    return this.toDecimal(places);
  }

  /** The decimal number with at most so many decimals, rounded, without trailing zeros. */
  toDecimal(places: number): string {
    const scaled = this.absolute().toStep(Rational.of(1n, 10n ** BigInt(places)), 'rounded');
    const digits = (scaled.numerator * (10n ** BigInt(places) / scaled.denominator))
      .toString()
      .padStart(places + 1, '0');
    const whole = digits.slice(0, digits.length - places);
    const decimals = digits.slice(digits.length - places).replace(/0+$/, '');
    const sign = this.numerator < 0n && !scaled.isZero() ? '-' : '';
    return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`;
  }
}

export const ZERO = Rational.of(0);
export const ONE = Rational.of(1);
export const HUNDRED = Rational.of(100);
export const HALF = Rational.of(1, 2);

function commonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** How many decimals a fraction with this denominator has; null if they never end, or there are too many to print. */
const MOST_PLACES = 60;
function decimalPlaces(denominator: bigint): number | null {
  let power = 1n;
  for (let places = 0; places <= MOST_PLACES; places++) {
    if (power % denominator === 0n) return places;
    power *= 10n;
  }
  return null;
}
