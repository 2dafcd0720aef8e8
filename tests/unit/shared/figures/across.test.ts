import { describe, expect, it } from 'vitest';
import { type AcrossFigure, acrossSources } from '../../../../shared/figures/across.ts';
import { CONVERSIONS } from '../../../../shared/figures/conversions.ts';
import { Converter } from '../../../../shared/figures/converter.ts';
import { overlap } from '../../../../shared/figures/interval.ts';
import { Rational } from '../../../../shared/figures/rational.ts';
import { seeded } from '../../../support/seeded.ts';

const YEAR = { from: '2023-01-01', to: '2023-12-31' };
const figure = (id: string, source: string, value: number, rest: Partial<AcrossFigure> = {}): AcrossFigure => ({
  id,
  source,
  value: Rational.of(value),
  interval: { low: Rational.of(value), high: Rational.of(value) },
  unit: 'person-time',
  qualifier: 'exact',
  kind: 'actual',
  period: YEAR,
  place: 'xj-keriya',
  subject: '',
  ...rest,
});
const about = (value: number, half: number) => ({
  interval: { low: Rational.of(value - half), high: Rational.of(value + half) },
});
const found = (...figures: AcrossFigure[]) =>
  acrossSources(figures, new Converter(CONVERSIONS)).pairs.map(
    ({ operation, first, second, by }) => `${operation} ${first.id} ${second.id} ${by}`,
  );

describe('figures of two sources', () => {
  it('that agree are a repeat, the coarser one printed; without a subject only large numbers are', () => {
    expect(found(figure('a', 's', 12_600, about(12_600, 50)), figure('b', 't', 12_640))).toEqual(['same b a numbers']);
    expect(found(figure('a', 's', 600), figure('b', 't', 600))).toEqual([]);
    expect(found(figure('a', 's', 600, { subject: 'Women' }), figure('b', 't', 600, { subject: 'women' }))).toEqual([
      'same a b wording',
    ]);
    const over = { interval: { low: Rational.of(12_000), high: null }, qualifier: 'over' as const };
    expect(found(figure('a', 's', 12_000, over), figure('b', 't', 98_765))).toEqual([]);
  });

  it('that can’t both be right are a difference where people wrote one subject, the larger first, also in other units', () => {
    const subject = '农村劳动力';
    expect(found(figure('a', 's', 100, { subject }), figure('b', 't', 120, { subject }))).toEqual([
      'difference b a wording',
    ]);
    expect(found(figure('a', 's', 100), figure('b', 't', 120))).toEqual([]);
    expect(found(figure('a', 's', 5000, { subject: '妇女' }), figure('b', 't', 5000, { subject }))).toEqual([]);
    const land = { subject: '流转土地' };
    expect(
      found(figure('a', 's', 1600, { ...land, unit: 'hectare' }), figure('b', 't', 24_000, { ...land, unit: 'mu' })),
    ).toEqual(['same a b wording']);
  });

  it('that nobody named are of one thing where the same words stand before them, or those that a person wrote of one', () => {
    const words = (text: string) => ({ words: text });
    const differ = (one: Partial<AcrossFigure>, other: Partial<AcrossFigure>) =>
      found(figure('a', 's', 100, one), figure('b', 't', 120, other));
    expect(differ(words('于田县转移就业'), words('全县累计转移就业'))).toEqual(['difference b a wording']);
    expect(differ(words('于田县新增就业'), words('全县累计转移就业'))).toEqual([]);
    expect(differ(words('labour transfers of '), words('in all labour transfers of '))).toEqual([
      'difference b a wording',
    ]);
    expect(differ(words('with '), words('with '))).toEqual([]);
    expect(differ({ subject: '转移就业' }, words('全县累计转移就业'))).toEqual(['difference b a wording']);
    expect(differ({ subject: '妇女' }, words('全县累计转移就业'))).toEqual([]);
    expect(differ({ subject: '妇女', words: '转移就业' }, { subject: '就业', words: '转移就业' })).toEqual([]);
  });

  it('of other places, times, kinds, units or of one source are set beside nothing', () => {
    const one = figure('a', 's', 12_345);
    for (const other of [
      figure('b', 's', 12_345),
      figure('b', 't', 12_345, { place: null }),
      figure('b', 't', 12_345, { place: 'xj-hotan' }),
      figure('b', 't', 12_345, { period: null }),
      figure('b', 't', 12_345, { kind: 'quota' }),
      figure('b', 't', 12_345, { unit: 'person' }),
    ])
      expect(found(one, other)).toEqual([]);
  });

  it('are those that a look at every pair finds, over random figures', () => {
    const seed = seeded(77);
    const pick = (most: number): number => Math.floor(seed.next() * most);
    for (let round = 0; round < 200; round++) {
      const figures = Array.from({ length: 12 }, (_, n) => {
        const value = 1000 + 37 * pick(8);
        return figure(String(n), `s${String(pick(3))}`, value, {
          ...about(value, 10 * pick(4)),
          subject: ['', 'women', 'men'][pick(3)] ?? '',
          place: pick(2) === 0 ? 'p' : 'q',
        });
      });
      const naive = figures.flatMap((one, at) =>
        figures.slice(at + 1).filter((other) => {
          if (one.source === other.source || one.place !== other.place) return false;
          const named = one.subject !== '' && other.subject !== '';
          if (named) return one.subject === other.subject;
          return (
            overlap(one.interval, other.interval) && [one, other].every(({ value }) => !/^\d0*$/.test(String(value)))
          );
        }),
      );
      expect(found(...figures)).toHaveLength(naive.length);
    }
  });

  it('are bounded: of 20,000 for one place and year the first are looked at, and it says that there are more', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => figure(String(n), `s${String(n)}`, 12_345));
    const { pairs, more } = acrossSources(many, new Converter(CONVERSIONS));
    expect(more).toBe(true);
    expect(pairs.length).toBeLessThanOrEqual(1000);
  });
});
