import { describe, expect, it } from 'vitest';
import { periodWords, valueWords } from '../../../../../renderer/common/figures/words.ts';
import { axisOf, comparedOf } from '../../../../../renderer/features/figures-table/compared.ts';
import { type FigureRow, figureRow } from '../../../../../shared/contract/figures-table.ts';
import { CONVERSIONS } from '../../../../../shared/figures/conversions.ts';
import { Converter } from '../../../../../shared/figures/converter.ts';
import { FIGURE_KINDS } from '../../../../../shared/figures/figure.ts';
import { numberWords } from '../../../../../shared/figures/reading-words.ts';
import { seeded } from '../../../../support/seeded.ts';

const units = new Converter(CONVERSIONS);
const ID = '0192f0c1-0000-7000-8000-000000000001';
let made = 0;
function row(year: number | null, value: string, more: Partial<FigureRow> = {}): FigureRow {
  made += 1;
  return figureRow.parse({
    id: `row ${made}`,
    source: ID,
    sourceTitle: 'Yearbook',
    publisher: null,
    grade: null,
    language: 'zh',
    passage: null,
    layer: ID,
    start: 0,
    end: 4,
    page: 1,
    before: '',
    text: value,
    after: '',
    value,
    low: value,
    high: value,
    qualifier: 'exact',
    unit: 'mu',
    kind: 'actual',
    isGuessed: false,
    period: year === null ? null : { from: `${year}-01-01`, to: `${year}-12-31`, text: String(year) },
    place: 'xj-yutian-co',
    placeName: 'Yutian County',
    state: 'found',
    against: null,
    followed: null,
    larger: [],
    ...more,
  });
}

describe('figures side by side', () => {
  it('have a column for each year, also one that no source speaks of, and other units beside them', () => {
    const rows = [
      row(2019, '900'),
      row(2021, '1000', { against: 'conflict' }),
      row(2021, '80', { unit: 'hectare', against: 'conflict' }),
      row(2021, '50', { unit: 'person' }),
      row(2022, '1500', { kind: 'quota' }),
      row(2022, '200', { kind: 'comparison' }),
      row(null, '7000'),
    ];
    const { unit, columns, leftOut } = comparedOf(rows, 'years', units);
    expect(unit).toBe('mu');
    expect(
      columns.map(({ label, points, isGap, isConflict }) => [
        label,
        points.map(({ value }) => value),
        isGap,
        isConflict,
      ]),
    ).toEqual([
      ['2019', [900], false, false],
      ['2020', [], true, false],
      ['2021', [1000, 1200, 50], false, true],
      ['2022', [1500], true, false],
    ]);
    expect(columns[2]?.points.map(({ isOtherUnit }) => isOtherUnit)).toEqual([false, false, true]);
    expect(leftOut).toBe(1);
  });

  it('are counted as a person would count them', () => {
    const seed = seeded(9);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(seed.next() * all.length)] ?? (all[0] as T);
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: Math.floor(seed.next() * 30) }, () =>
        row(pick([2018, 2019, 2023, null]), String(Math.floor(seed.next() * 5000)), {
          kind: pick(FIGURE_KINDS),
          unit: pick(['mu', 'person', null]),
        }),
      );
      const { columns, leftOut } = comparedOf(rows, 'years', units);
      const counted = rows.filter(({ kind }) => kind !== 'comparison');
      for (const year of ['2018', '2019', '2020', '2023']) {
        const own = counted.filter(({ period }) => period?.from.startsWith(year) === true);
        const column = columns.find(({ key }) => key === year);
        expect(column?.points.length ?? 0).toBe(own.length);
        if (column !== undefined && !column.isGap) expect(own.some(({ kind }) => kind === 'actual')).toBe(true);
      }
      expect(leftOut).toBe(counted.filter(({ period }) => period === null).length);
      const values = columns.flatMap(({ points }) => points.map(({ value }) => value));
      const axis = axisOf(values);
      for (const value of values) expect(value >= axis.from && value <= axis.to, JSON.stringify(axis)).toBe(true);
      expect((axis.to - axis.from) / axis.step).toBeLessThanOrEqual(8);
    }
  });

  it('are written as people read them', () => {
    expect(numberWords('1234567.25')).toBe('1,234,567.25');
    expect(numberWords('-1000')).toBe('-1,000');
    expect(numberWords('100/3')).toBe('33.333333…');
    expect(valueWords({ qualifier: 'over', value: '12000' })).toBe('> 12,000');
    const period = (from: string, to: string) => periodWords({ from, to });
    expect(period('2021-01-01', '2021-12-31')).toBe('2021');
    expect(period('2019-01-01', '2021-12-31')).toBe('2019–2021');
    expect(period('2021-05-01', '2021-05-31')).toBe('2021-05');
    expect(period('2021-05-03', '2021-05-03')).toBe('2021-05-03');
    expect(period('2024-02-01', '2024-02-29')).toBe('2024-02');
    expect(period('2021-05-01', '2021-05-10')).toBe('2021-05-01 to 2021-05-10');
    expect(period('2021-05-03', '2021-06-03')).toBe('2021-05-03 to 2021-06-03');
  });
});
