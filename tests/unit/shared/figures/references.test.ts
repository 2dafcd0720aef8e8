import { describe, expect, it } from 'vitest';
import { CONVERSIONS } from '../../../../shared/figures/conversions.ts';
import { Rational } from '../../../../shared/figures/rational.ts';
import { largerThan } from '../../../../shared/figures/references.ts';
import type { ReferenceValue } from '../../../../shared/model/index.ts';

const year = (number: number) => ({ from: `${number}-01-01`, to: `${number}-12-31`, text: String(number) });
const read = (text: string | null): Rational | null => (text === null ? null : Rational.read(text));

describe('a figure larger than what it is a part of', () => {
  const population = (
    place: string | null,
    period: string | null,
    value: string,
    more: Partial<ReferenceValue> = {},
  ) => ({
    quantity: 'Resident population',
    place,
    period,
    value,
    unit: 'person',
    isWhole: true,
    ...more,
  });
  const lines: Record<string, string[]> = { county: ['county', 'prefecture'], town: ['town', 'county', 'prefecture'] };
  const larger = (low: string, place: string | null, references: ReferenceValue[], more: object = {}) =>
    largerThan(
      { interval: { low: read(low), high: null, reason: 'count' }, unit: 'person', place, period: null, ...more },
      { references, table: CONVERSIONS, lineOf: (of) => lines[of] ?? [] },
    ).map(({ value }) => value);

  it('is told with the value, in its place and in those within it', () => {
    const references = [population('county', '2020', '269000'), population('prefecture', '2020', '2500000')];
    expect(larger('269000', 'county', references)).toEqual([]);
    expect(larger('269001', 'county', references)).toEqual(['269000']);
    expect(larger('300000', 'town', references)).toEqual(['269000']);
    expect(larger('3000000', 'county', references)).toEqual(['269000', '2500000']);
    expect(larger('3000000', 'elsewhere', references)).toEqual([]);
    expect(larger('3000000', null, references)).toEqual([]);
    expect(larger('9000000000', null, [population(null, '2020', '7800000000')])).toEqual(['7800000000']);
  });

  it('is set against the value whose time is nearest, in the same or a converted unit, and only where it is a part', () => {
    const both = [population('county', '2010', '250000'), population('county', '2020', '269000')];
    expect(larger('260000', 'county', both, { period: year(2019) })).toEqual([]);
    expect(larger('260000', 'county', both, { period: year(2011) })).toEqual(['250000']);
    // Without a time it has to be larger than all of them.
    expect(larger('260000', 'county', both)).toEqual([]);
    expect(larger('300000', 'county', [population('county', '2020', '269000', { isWhole: false })])).toEqual([]);
    expect(larger('300000', 'county', both, { unit: 'person-time' })).toEqual([]);
    const area = [population('county', null, '1000', { quantity: 'Farmland', unit: 'hectare' })];
    expect(larger('15001', 'county', area, { unit: 'mu' })).toEqual(['1000']);
    expect(larger('15000', 'county', area, { unit: 'mu' })).toEqual([]);
  });
});
