import { describe, expect, it } from 'vitest';
import {
  type Coefficient,
  cohenKappa,
  fleissKappa,
  krippendorffAlpha,
  type Pattern,
  percentAgreement,
} from '../../../../shared/agreement/coefficients.ts';
import { seeded, seeds } from '../../../support/seeded.ts';
import { cohen, fleiss, isRatio, krippendorff, type Matrix, numberOf, percent } from './oracle.ts';

const valuesOf = (matrix: Matrix) => [...new Set(matrix.flat().filter((one) => one !== null))];
/** One pattern a unit, as the definitions look at them. */
function patternsOf(matrix: Matrix): Pattern[] {
  const values = valuesOf(matrix);
  return (matrix[0] ?? []).map((_, unit) => ({
    weight: 1,
    counts: values.map((value) => matrix.filter((coder) => coder[unit] === value).length),
  }));
}
function tableOf(matrix: Matrix): number[][] {
  const values = valuesOf(matrix);
  return values.map((one) =>
    values.map(
      (other) => (matrix[0] ?? []).filter((given, unit) => given === one && matrix[1]?.[unit] === other).length,
    ),
  );
}
function near(found: Coefficient, wanted: Coefficient): void {
  if (wanted === 'undefined' || found === 'undefined') expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThan(1e-12);
}
const row = (text: string): (string | null)[] => text.split(' ').map((one) => (one === '.' ? null : one));

describe('published values', () => {
  it('Krippendorff 2011, A: binary, two observers: 0.095', () => {
    const matrix = [row('0 1 0 0 0 0 0 0 1 0'), row('1 1 1 0 0 1 0 0 0 0')];
    expect(isRatio(krippendorff(matrix), 2, 21)).toBe(true);
    near(krippendorffAlpha(patternsOf(matrix)), 2 / 21);
    expect((2 / 21).toFixed(3)).toBe('0.095');
  });

  it('Krippendorff 2011, B: nominal, two observers: 0.692', () => {
    const matrix = [row('a a b b d c c c e d d a'), row('b a b b b c c c e d d d')];
    const alpha = krippendorffAlpha(patternsOf(matrix));
    near(alpha, numberOf(krippendorff(matrix)));
    expect(Number(alpha).toFixed(3)).toBe('0.692');
    expect(isRatio(krippendorff(matrix), 155, 224)).toBe(true);
    near(alpha, 155 / 224);
  });

  it('Krippendorff 2011, C: nominal, four observers, missing data: 0.743', () => {
    const matrix = [
      row('1 2 3 3 2 1 4 1 2 . . .'),
      row('1 2 3 3 2 2 4 1 2 5 . 3'),
      row('. 3 3 3 2 3 4 2 2 5 1 .'),
      row('1 2 3 3 2 4 4 1 2 5 1 .'),
    ];
    const alpha = krippendorffAlpha(patternsOf(matrix));
    near(alpha, numberOf(krippendorff(matrix)));
    expect(Number(alpha).toFixed(3)).toBe('0.743');
    expect(isRatio(krippendorff(matrix), 113, 152)).toBe(true);
    near(alpha, 113 / 152);
  });

  it('Fleiss 1971: 30 patients, six psychiatrists, five diagnoses: 0.430', () => {
    const counts = DIAGNOSES.map((unit) => unit.split(' ').map(Number));
    expect([0, 1, 2, 3, 4].map((value) => counts.reduce((total, unit) => total + (unit[value] ?? 0), 0))).toEqual([
      26, 26, 30, 55, 43,
    ]);
    const kappa = fleissKappa(counts.map((unit) => ({ weight: 1, counts: unit })));
    expect(Number(kappa).toFixed(3)).toBe('0.430');
    near(kappa, numberOf(fleiss(matrixOf(counts))));
  });

  it('Fleiss’ kappa in Wikipedia: ten subjects, fourteen raters: 0.210', () => {
    const counts = SUBJECTS.map((unit) => unit.split(' ').map(Number));
    const kappa = fleissKappa(counts.map((unit) => ({ weight: 1, counts: unit })));
    expect(Number(kappa).toFixed(3)).toBe('0.210');
    near(kappa, numberOf(fleiss(matrixOf(counts))));
  });

  it.each([
    [20, 5, 10, 15, 2, 5, '0.4000'],
    [45, 15, 25, 15, 3, 23, '0.1304'],
    [25, 35, 5, 35, 7, 27, '0.2593'],
  ])('Cohen’s kappa in Wikipedia: %d %d %d %d', (a, b, c, d, over, under, printed) => {
    const kappa = cohenKappa([
      [a, b],
      [c, d],
    ]);
    near(kappa, over / under);
    expect(Number(kappa).toFixed(4)).toBe(printed);
    const matrix = [
      [a, b, c, d].flatMap((n, at) => repeat(at < 2 ? 'y' : 'n', n)),
      [a, b, c, d].flatMap((n, at) => repeat(at % 2 === 0 ? 'y' : 'n', n)),
    ];
    expect(isRatio(cohen(matrix), over, under)).toBe(true);
    near(cohenKappa(tableOf(matrix)), over / under);
  });
});

const repeat = (value: string, times: number): string[] => Array.from({ length: times }, () => value);
/** Coders that would have given these counts. */
const matrixOf = (counts: readonly (readonly number[])[]): Matrix => {
  const units = counts.map((unit) => unit.flatMap((count, value) => repeat(String(value), count)));
  return (units[0] ?? []).map((_, coder) => units.map((unit) => unit[coder] ?? null));
};

describe('random matrices', () => {
  const matrixFor = (seed: number): Matrix => {
    const random = seeded(seed);
    const coders = random.int(2, 5);
    const units = random.int(0, 14);
    const values = random.int(1, 4);
    const missing = random.pick([0, 0, 0.3]);
    return Array.from({ length: coders }, () =>
      Array.from({ length: units }, () => (random.chance(missing) ? null : random.int(1, values))),
    );
  };

  it.each(seeds(60))('agree with the definitions (seed %d)', (seed) => {
    const matrix = matrixFor(seed);
    const patterns = patternsOf(matrix);
    near(percentAgreement(patterns), numberOf(percent(matrix)));
    near(krippendorffAlpha(patterns), numberOf(krippendorff(matrix)));
    near(fleissKappa(patterns.filter(({ counts }) => counts.some((one) => one > 0))), numberOf(fleiss(matrix)));
    near(cohenKappa(tableOf(matrix)), numberOf(cohen(matrix.slice(0, 2))));
  });

  it.each(seeds(20))(
    'do not depend on the order of coders, units or values, nor on missing coders (seed %d)',
    (seed) => {
      const matrix = matrixFor(seed);
      const random = seeded(seed + 1000);
      const order = random.shuffle((matrix[0] ?? []).map((_, unit) => unit));
      const turned = random.shuffle(matrix).map((coder) => order.map((unit) => coder[unit] ?? null));
      const renamed = turned.map((coder) => coder.map((one) => (one === null ? null : `value ${String(one)}`)));
      const absent = [...renamed, (renamed[0] ?? []).map(() => null)];
      for (const coefficient of [percentAgreement, krippendorffAlpha, fleissKappa])
        near(coefficient(patternsOf(absent)), coefficient(patternsOf(matrix)));
      near(cohenKappa(tableOf([matrix[1] ?? [], matrix[0] ?? []])), cohenKappa(tableOf(matrix)));
    },
  );

  it.each(seeds(20))('count identical units as one pattern with a weight (seed %d)', (seed) => {
    const matrix = matrixFor(seed);
    const tripled = matrix.map((coder) => [...coder, ...coder, ...coder]);
    const weighted = patternsOf(matrix).map((one) => ({ ...one, weight: 3 }));
    for (const coefficient of [percentAgreement, krippendorffAlpha, fleissKappa])
      near(coefficient(weighted), coefficient(patternsOf(tripled)));
  });
});

describe('nothing to measure', () => {
  it('is undefined: no units, one judge, one value', () => {
    for (const patterns of [[], [{ weight: 5, counts: [1, 0] }]])
      for (const coefficient of [percentAgreement, krippendorffAlpha, fleissKappa])
        expect(coefficient(patterns)).toBe('undefined');
    const same = [{ weight: 7, counts: [2, 0] }];
    expect([percentAgreement(same), krippendorffAlpha(same), fleissKappa(same)]).toEqual([
      100,
      'undefined',
      'undefined',
    ]);
    expect([
      cohenKappa([]),
      cohenKappa([
        [9, 0],
        [0, 0],
      ]),
    ]).toEqual(['undefined', 'undefined']);
  });

  it('is undefined for Fleiss’ kappa unless all units have as many judges', () => {
    expect(
      fleissKappa([
        { weight: 1, counts: [2, 1] },
        { weight: 1, counts: [1, 1] },
      ]),
    ).toBe('undefined');
  });
});

/** J. L. Fleiss, 1971, table 1: depression, personality disorder, schizophrenia, neurosis, other. */
const DIAGNOSES = `0 0 0 6 0
0 3 0 0 3
0 1 4 0 1
0 0 0 0 6
0 3 0 3 0
2 0 4 0 0
0 0 4 0 2
2 0 3 1 0
2 0 0 4 0
0 0 0 0 6
1 0 0 5 0
1 1 0 4 0
0 3 3 0 0
1 0 0 5 0
0 2 0 3 1
0 0 5 0 1
3 0 0 1 2
5 1 0 0 0
0 2 0 4 0
1 0 2 0 3
0 0 0 0 6
0 1 0 5 0
0 2 0 1 3
2 0 0 4 0
1 0 0 4 1
0 5 0 1 0
4 0 0 0 2
0 2 0 4 0
1 0 5 0 0
0 0 0 0 6`.split('\n');
const SUBJECTS = `0 0 0 0 14
0 2 6 4 2
0 0 3 5 6
0 3 9 2 0
2 2 8 1 1
7 7 0 0 0
3 2 6 3 0
2 5 3 2 2
6 5 2 1 0
0 2 2 3 7`.split('\n');
