import { describe, expect, it } from 'vitest';
import { parse } from 'edtf';
import fc from 'fast-check';
import { z } from 'zod';
import { dateOrder, dateProblem, drawDate, explainDateProblem, precisionOf } from '../../../shared/model/dates.ts';

const drawn = (edtf: string | null): string =>
  drawDate(edtf)
    .map(({ text, gap }) => (gap ? `[${text}]` : text))
    .join('');
const two = (n: number): string => String(n).padStart(2, '0');
/** Year, month and day as the parser reads them. */
const valuesOf = (text: string): number[] | null => {
  try {
    return z.object({ values: z.array(z.number()) }).parse(parse(text, { level: 0 })).values;
  } catch {
    return null;
  }
};

describe('a date', () => {
  it('is shown whole, with a dot for each unknown digit', () => {
    expect(drawn('2024-01-18')).toBe('2024-01-18');
    expect(drawn('2023-05')).toBe('2023-05-[··]');
    expect(drawn('2023')).toBe('2023-[··]-[··]');
    expect(drawn('2023-XX-XX')).toBe('2023-[··]-[··]');
    expect(drawn('201X')).toBe('201[·]-[··]-[··]');
    expect(drawn(null)).toBe('[····]-[··]-[··]');
    expect(drawn('-0044')).toBe('-0044-[··]-[··]');
  });

  it('keeps its mark of uncertainty', () => {
    expect(drawn('2023?')).toBe('2023-[··]-[··]?');
    expect(drawn('2023-05~')).toBe('2023-05-[··]~');
  });

  it('is shown as written if it is an interval, a season or a time', () => {
    for (const text of ['2019/2022', '../2022', '2023-21', '2024-01-18T10:00:00Z']) expect(drawn(text)).toBe(text);
  });

  it('says how much of it is known', () => {
    const known = {
      '2024-01-18': 'day',
      '2023-05': 'month',
      '2023': 'year',
      '2023?': 'year',
      '2023-XX-XX': 'year',
      '201X': 'decade',
      XXXX: 'unknown',
      '2019/2022': 'interval',
      '2022/..': 'interval',
      '2023-21': 'season',
      '2024-01-18T10:00:00Z': 'time',
    };
    for (const [text, precision] of Object.entries(known)) expect([text, precisionOf(text)]).toEqual([text, precision]);
    expect(precisionOf(null)).toBe('unknown');
  });

  it('is rejected with the problem and how to write it', () => {
    expect(dateProblem('2023-13')).toEqual({ kind: 'month', month: '13', year: '2023' });
    expect(dateProblem('2023-02-30')).toEqual({ kind: 'day', day: '30', month: '2023-02' });
    for (const text of ['2023-5', 'May 2023', '2023年5月', '18/01/2024', '2023-05-1X', '[2019,2020]'])
      expect([text, dateProblem(text)]).toEqual([text, { kind: 'form' }]);
    expect(dateProblem(' ')).toEqual({ kind: 'empty' });
    expect(explainDateProblem({ kind: 'month', month: '13', year: '2023' })).toBe(
      'Month 13 doesn’t exist. Enter 2023 if you only know the year.',
    );
    for (const kind of ['empty', 'form'] as const) expect(explainDateProblem({ kind })).not.toBe('');
  });

  it('is accepted whenever the calendar has it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
          const real = new Date(`${text}T00:00:00Z`);
          const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text);
          expect([text, dateProblem(text) === null]).toEqual([text, exists]);
        },
      ),
      { seed: 20250603, numRuns: 400 },
    );
  });

  it('is read without the parser exactly as by the parser, for whole days, months and years', () => {
    const days = Array.from({ length: 13 * 33 }, (_, n) => `2023-${two(Math.floor(n / 33))}-${two(n % 33)}`);
    const others = ['2023', '0000', '9999', '2023-00', '2023-01', '2023-12', '2023-13', '2024-02-29', '2024-02-30'];
    for (const text of [...days, ...others]) {
      const [year = 0, month = 0, day = 1] = valuesOf(text) ?? [];
      expect([text, dateOrder(text)]).toEqual([text, valuesOf(text) === null ? null : year * 372 + month * 31 + day]);
    }
  });

  it('never breaks the display, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const joined = drawDate(text)
          .map((part) => part.text)
          .join('');
        expect(typeof joined).toBe('string');
        if (dateProblem(text) !== null && !/^-?[\dX]{4}/.test(text)) expect(joined).toBe(text);
      }),
      { seed: 20250603, numRuns: 500 },
    );
  });

  it('sorts by its earliest day; without a known day it has no order', () => {
    const dates = ['2024-01-18', '2023', '201X', '2023-05', '../2022', '2023-21', '2019/2022'];
    const sorted = [...dates].sort((a, b) => (dateOrder(a) ?? 0) - (dateOrder(b) ?? 0));
    expect(sorted).toEqual(['201X', '2019/2022', '../2022', '2023', '2023-21', '2023-05', '2024-01-18']);
    expect(dateOrder(null)).toBeNull();
    expect(dateOrder('XXXX')).toBeNull();
    expect(dateOrder('nonsense')).toBeNull();
  });
});
