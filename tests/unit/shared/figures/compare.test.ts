import { describe, expect, it } from 'vitest';
import { type Against, type ComparedFigure, Comparison, type Conflict } from '../../../../shared/figures/compare.ts';
import { CONVERSIONS, conversionTable } from '../../../../shared/figures/conversions.ts';
import { Converter } from '../../../../shared/figures/converter.ts';
import { FIGURE_KINDS } from '../../../../shared/figures/figure.ts';
import { type Interval, overlap } from '../../../../shared/figures/interval.ts';
import { Rational } from '../../../../shared/figures/rational.ts';
import { areMixed } from '../../../../shared/figures/units.ts';
import { seeded } from '../../../support/seeded.ts';

const units = new Converter(CONVERSIONS);
/** How each figure stands to the others, by its id; the counts say the same. */
function againstOthers(figures: readonly ComparedFigure[], table: Converter): Map<string, Against> {
  const comparison = new Comparison(figures, table);
  const found = new Map(figures.map((one): [string, Against] => [one.id, comparison.of(one)]));
  const count = (how: Against): number => [...found.values()].filter((one) => one === how).length;
  expect(comparison.counts()).toEqual({ conflict: count('conflict'), unit: count('unit') });
  return found;
}
const conflictsIn = (figures: readonly ComparedFigure[], table: Converter): Conflict<ComparedFigure>[] =>
  new Comparison(figures, table).conflicts();
const year = (number: number) => ({ from: `${number}-01-01`, to: `${number}-12-31`, text: String(number) });
const read = (text: string | null): Rational | null => (text === null ? null : Rational.read(text));

function figure(
  id: string,
  source: string,
  low: string | null,
  high: string | null,
  more: Partial<ComparedFigure> = {},
) {
  return {
    id,
    source,
    interval: { low: read(low), high: read(high) },
    unit: 'person-time',
    kind: 'actual' as const,
    period: year(2021),
    place: 'xj-yutian-co',
    ...more,
  };
}

describe('figures of one quantity from several sources', () => {
  it('agree where their intervals meet, and are in conflict where they do not', () => {
    const figures = [
      figure('yearbook', 'y', '10980', '10980'),
      figure('media', 'm', '12000', '13000'),
      figure('report', 'r', '10950', '11050'),
      figure('other-year', 'm', '9000', '9000', { period: year(2020) }),
      figure('plan', 'm', '20000', null, { kind: 'plan' }),
    ];
    expect([...againstOthers(figures, units)]).toEqual([
      ['yearbook', 'conflict'],
      ['media', 'conflict'],
      ['report', 'conflict'],
      ['other-year', null],
      ['plan', null],
    ]);
    const [conflict, ...more] = conflictsIn(figures, units);
    expect(more).toEqual([]);
    expect([conflict?.lower.id, conflict?.higher.id, conflict?.apart.toString()]).toEqual([
      'yearbook',
      'media',
      '1020',
    ]);
  });

  it('in other units are converted by the table alone; what has no way there is no conflict, but another unit', () => {
    const land = [
      figure('mu', 'a', '150000', '150000', { unit: 'mu' }),
      figure('hectare', 'b', '10000', '10000', { unit: 'hectare' }),
      figure('acre', 'c', '10000', '10000', { unit: 'acre' }),
    ];
    expect([...againstOthers(land, units).values()]).toEqual(['conflict', 'conflict', 'conflict']);
    expect([...againstOthers(land.slice(0, 2), units).values()]).toEqual(['agrees', 'agrees']);
    const none = new Converter(conversionTable([{ from: 'hectare', to: 'mu', factor: null, by: '' }]));
    expect([...againstOthers(land.slice(0, 2), none).values()]).toEqual(['unit', 'unit']);
    const people = [
      figure('times', 'a', '11900', '11900'),
      figure('persons', 'b', '11900', '11900', { unit: 'person' }),
    ];
    expect([...againstOthers(people, units).values()]).toEqual(['unit', 'unit']);
  });

  it('are those that a count of every pair finds, whatever the figures', () => {
    const seed = seeded(51);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(seed.next() * all.length)] ?? (all[0] as T);
    for (let round = 0; round < 150; round++) {
      const figures = Array.from({ length: Math.floor(seed.next() * 14) }, (_, at): ComparedFigure => {
        const low = Math.floor(seed.next() * 40);
        return {
          ...figure(
            String(at),
            pick(['a', 'b', 'c']),
            pick([String(low), null]),
            pick([String(low + pick([0, 3, 30])), null]),
          ),
          unit: pick(['mu', 'hectare', 'person', 'person-time', null]),
          kind: pick(FIGURE_KINDS),
          period: pick([year(2020), year(2021), null]),
          place: pick(['xj', 'xj-yutian-co', null]),
        };
      });
      const found = againstOthers(figures, units);
      for (const one of figures) expect(found.get(one.id), JSON.stringify([round, one.id])).toBe(naive(one, figures));
      const ids = new Set(conflictsIn(figures, units).flatMap((conflict) => [conflict.lower.id, conflict.higher.id]));
      for (const id of ids) expect(found.get(id)).toBe('conflict');
      for (const { apart: inUnit, lower, figures: all } of conflictsIn(figures, units)) {
        const apart = inUnit.times(Rational.of(lower.unit === 'hectare' ? 15 : 1));
        const gaps = all.flatMap((one) =>
          all.flatMap((other) => {
            const [{ high }, { low }] = [inMu(one), inMu(other)];
            return one.source === other.source || high === null || low === null ? [] : [low.minus(high)];
          }),
        );
        expect(gaps.every((gap) => gap.compare(apart) <= 0) && gaps.some((gap) => gap.equals(apart))).toBe(true);
      }
      expect(ids.size > 0).toBe([...found.values()].includes('conflict'));
    }
  });
});

const inMu = ({ interval: { low, high }, unit }: ComparedFigure): Interval => {
  const factor = Rational.of(unit === 'hectare' ? 15 : 1);
  return { low: low?.times(factor) ?? null, high: high?.times(factor) ?? null };
};
function naive(one: ComparedFigure, all: readonly ComparedFigure[]) {
  const land = (unit: string | null): boolean => unit === 'mu' || unit === 'hectare';
  const same = all.filter(
    (other) =>
      one.place !== null &&
      one.period !== null &&
      one.unit !== null &&
      other.kind === one.kind &&
      other.place === one.place &&
      other.period?.from === one.period.from,
  );
  const others = same.filter(
    (other) => other.source !== one.source && (other.unit === one.unit || (land(other.unit) && land(one.unit))),
  );
  if (others.some((other) => !overlap(inMu(one), inMu(other)))) return 'conflict';
  if (others.length > 0) return 'agrees';
  const mixed = same.some(({ unit }) => areMixed(one.unit, unit) && !(land(unit) && land(one.unit)));
  return mixed ? 'unit' : null;
}
