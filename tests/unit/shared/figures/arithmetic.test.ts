import { describe, expect, it } from 'vitest';
import { check, type Operand } from '../../../../shared/figures/check.ts';
import { conversionFactor } from '../../../../shared/figures/conversions.ts';
import { contains, exactly, type Interval, roundedTo } from '../../../../shared/figures/interval.ts';
import { operationOf, OPERATIONS, type OperationName } from '../../../../shared/figures/operations.ts';
import { Rational } from '../../../../shared/figures/rational.ts';
import { intervalsOf } from '../../../../shared/figures/read-interval.ts';
import { seeded } from '../../../support/seeded.ts';

const decimal = (text: string): Rational => Rational.decimal(text) ?? Rational.of(0);
const NAMES = Object.keys(OPERATIONS).filter((name): name is OperationName => name in OPERATIONS);

describe('exact fractions', () => {
  it('round half up and cut off at a step, also below zero', () => {
    const tenth = decimal('0.1');
    expect(decimal('10.95').toStep(tenth, 'rounded').toString()).toBe('11');
    expect(decimal('10.95').toStep(tenth, 'truncated').toString()).toBe('10.9');
    expect(decimal('-10.95').toStep(tenth, 'rounded').toString()).toBe('-11');
    expect(decimal('-10.95').toStep(tenth, 'truncated').toString()).toBe('-10.9');
  });

  it('print every digit of numbers too large for floats, and fractions that never end', () => {
    expect(decimal('123456789012345678901234567890.5').toString()).toBe('123456789012345678901234567890.5');
    expect(Rational.of(100, 3).toString()).toBe('100/3');
    expect(Rational.of(100, 3).toDecimal(4)).toBe('33.3333');
    expect(Rational.of(-1, 30).toDecimal(1)).toBe('0');
    expect(() => Rational.of(1, 0)).toThrow(RangeError);
  });
});

describe('conversions', () => {
  it('follow the table over several units, both ways, and nothing else', () => {
    expect(conversionFactor('sqkm', 'mu')?.toString()).toBe('1500');
    expect(conversionFactor('mu', 'hectare')?.toString()).toBe('1/15');
    expect(conversionFactor('ton', 'jin')?.toString()).toBe('2000');
    expect(conversionFactor('person', 'person-time')).toBeNull();
    expect(conversionFactor('household', 'person')).toBeNull();
  });
});

describe('intervals', () => {
  it('of every operation contain the true result, whatever the inputs and their rounding', () => {
    const seed = seeded(14);
    const random = (): number => seed.next();
    const between = (most: number): number => Math.floor(random() * most);
    for (let round = 0; round < 6000; round++) {
      const name = NAMES[between(NAMES.length)] ?? 'share';
      const operation = operationOf(name);
      const count = name === 'sum' ? 2 + between(6) : operation.takes.length;
      const truth = Array.from({ length: count }, () =>
        Rational.of(BigInt(between(2_000_000) - (round % 3 === 0 ? 1_000_000 : 0)), BigInt(1 + between(2000))),
      );
      const printed = truth.map((value): Interval => {
        const step = Rational.of(10n ** BigInt(between(5)), 100n);
        const shown = value.toStep(step, between(2) === 0 ? 'rounded' : 'truncated');
        const half = roundedTo(shown, step);
        // A number that was cut off lies up to a whole step away.
        return contains(half, value) ? half : roundedTo(shown, step.times(Rational.of(2)));
      });
      const result = operation.of(truth);
      if (result === null) continue;
      expect(contains(operation.within(printed), result), `${name} of ${truth.map(String).join(', ')}`).toBe(true);
    }
  });
});

const printedAs = (value: Rational, step: Rational, way: 'rounded' | 'truncated' = 'rounded'): Operand => {
  const shown = value.toStep(step, way);
  return {
    value: shown,
    top: null,
    step,
    qualifier: 'exact',
    ...intervalsOf({ value: shown, top: null, step, form: 'number' }, 'exact'),
  };
};
const count = (value: number): Operand => ({
  value: Rational.of(value),
  top: null,
  step: null,
  qualifier: 'exact',
  interval: { ...exactly(Rational.of(value)), reason: 'count' },
  otherwise: null,
});

describe('checks', () => {
  it('of results computed from true values never fail, however inputs and result are rounded', () => {
    const seed = seeded(41);
    const random = (): number => seed.next();
    for (let round = 0; round < 4000; round++) {
      const name = NAMES[Math.floor(random() * NAMES.length)] ?? 'share';
      const length = name === 'sum' ? 4 : operationOf(name).takes.length;
      const truth = Array.from({ length }, () =>
        Rational.of(1 + Math.floor(random() * 5_000_000), 1 + Math.floor(random() * 50)),
      );
      const result = operationOf(name).of(truth);
      if (result === null) continue;
      const steps = [Rational.of(1, 10), Rational.of(1), Rational.of(100), Rational.of(1000)];
      const inputs = truth.map((value) => printedAs(value, steps[Math.floor(random() * 4)] ?? Rational.of(1)));
      for (const reading of ['printed', 'rounded'] as const) {
        const { verdict } = check(name, inputs, printedAs(result, Rational.of(1, 10)), reading);
        expect(verdict, `${name} of ${truth.map(String).join(', ')}, ${reading}`).not.toBe('fails');
      }
    }
  });

  it('of rounded counts say rounds only where every value that they allow gives the printed result', () => {
    const round = (value: number): Operand => ({
      ...count(value),
      ...intervalsOf({ value: Rational.of(value), top: null, step: null, form: 'number' }, 'exact'),
    });
    const percent = printedAs(decimal('108'), decimal('1'));
    const inputs = [round(12_600), count(11_600)];
    expect(check('completion', inputs, percent, 'exact')).toMatchObject({ verdict: 'truncates', off: 0.62 });
    expect(check('completion', inputs, percent, 'rounded')).toMatchObject({ verdict: 'within-precision', wide: false });
    const certain = [round(12_600), count(12_000)];
    expect(check('ratio', certain, printedAs(decimal('1'), decimal('1')), 'rounded')).toMatchObject({
      verdict: 'rounds',
    });
  });

  it('say exact, rounds, truncates, within precision or fails, and how far off', () => {
    const percent = (text: string): Operand => printedAs(decimal(text), decimal(text.includes('.') ? '0.1' : '1'));
    expect(check('share', [count(300), count(1000)], percent('30'))).toMatchObject({
      verdict: 'exact',
      off: 0,
      wide: false,
    });
    expect(check('share', [count(1902), count(2415)], percent('78.8'))).toMatchObject({ verdict: 'rounds', off: 0.42 });
    expect(check('share', [count(1902), count(2415)], percent('78.7'))).toMatchObject({ verdict: 'truncates' });
    expect(check('share', [count(600), count(2000)], percent('31'))).toMatchObject({ verdict: 'fails', off: 1 });
    expect(check('share', [count(600), count(0)], percent('31'))).toMatchObject({
      verdict: 'not-checkable',
      off: null,
    });
    const scaled = (text: string): Operand => printedAs(decimal(text), decimal('100000'));
    const within = check('growth', [scaled('1200000'), scaled('1100000')], percent('8.0'));
    expect(within).toMatchObject({ verdict: 'within-precision', wide: true });
  });

  it('never call a result exact that an input “over” or “about” went into', () => {
    const over: Operand = {
      ...count(600),
      qualifier: 'over',
      ...intervalsOf({ value: Rational.of(600), top: null, step: null, form: 'number' }, 'over'),
    };
    const percent = printedAs(Rational.of(60), Rational.of(1));
    expect(check('share', [over, count(1000)], percent)).toMatchObject({ verdict: 'within-precision', wide: true });
    expect(check('share', [over, count(1000)], printedAs(Rational.of(40), Rational.of(1)))).toMatchObject({
      verdict: 'fails',
    });
  });
});
