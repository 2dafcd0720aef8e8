import { describe, expect, it } from 'vitest';
import {
  type CardReadings,
  type Check,
  EACH_ALONE,
  isCurrent,
  READINGS,
  saysSame,
  stateFrom,
} from '../../../../shared/figures/card.ts';
import { FIGURE_KINDS, QUALIFIERS } from '../../../../shared/figures/figure.ts';
import { Rational } from '../../../../shared/figures/rational.ts';
import { readingWords } from '../../../../shared/figures/reading-words.ts';
import { seeded } from '../../../support/seeded.ts';

const BYS = ['printed', 'inherited', 'cue-word', 'outside-clause', 'person', null] as const;
const VERDICTS = ['confirmed', 'returned', 'dismissed'] as const;

function randomCards(at: number) {
  const seed = seeded(at);
  const pick = <T>(from: readonly T[]): T => seed.pick(from);
  const card = (): CardReadings => ({
    value: { value: pick(['1', '12600', '100/3']), low: pick([null, '1']), high: null, reason: 'count', by: pick(BYS) },
    unit: { unit: pick(['person', 'person-time', null]), by: pick(BYS) },
    qualifier: { qualifier: pick(QUALIFIERS), by: pick(BYS) },
    kind: { kind: pick(FIGURE_KINDS), by: pick(BYS) },
    period: { period: pick([null, { from: '2023-01-01', to: '2023-12-31', text: '全年' }]), by: pick(BYS) },
    place: { place: pick([null, 'xj-yutian-co']), by: pick(BYS) },
    subject: pick(['', 'labourers']),
  });
  return { pick, card };
}

describe('where a card stands', () => {
  it('follows from the words said of its present readings, in any order, and two people make a review', () => {
    const { pick, card } = randomCards(20);
    for (let round = 0; round < 500; round++) {
      const now = card();
      const other = { ...now, unit: { unit: 'household', by: null } };
      const checks = Array.from({ length: pick([0, 1, 2, 3, 4]) }, (_, at): Check => {
        const { subject, ...basis } = pick([now, now, other]);
        return { person: `p${at}`, verdict: pick(VERDICTS), reason: '', basis, subject };
      });
      const stateOf = (all: readonly Check[]) =>
        stateFrom(
          all.map((one) => ({ ...one, current: isCurrent(now, one) })),
          EACH_ALONE,
        );
      const state = stateOf(checks);
      expect(stateOf(checks.toReversed())).toBe(state);
      // The same by counting.
      const said = checks.filter(({ basis }) => basis?.unit.unit !== 'household').map(({ verdict }) => verdict);
      const count = (verdict: string): number => said.filter((one) => one === verdict).length;
      const expected =
        checks.length === 0
          ? 'found'
          : said.length === 0
            ? 'reopened'
            : count('dismissed') > 0
              ? count('confirmed') > 0
                ? 'disputed'
                : 'dismissed'
              : count('returned') > 0
                ? 'returned'
                : count('confirmed') > 1
                  ? 'reviewed'
                  : 'confirmed';
      expect(state).toBe(expected);
    }
  });

  it('does not change with what a reading rests on, and does with each reading and with of whom it is', () => {
    const { card } = randomCards(21);
    for (let round = 0; round < 100; round++) {
      const now = card();
      const { subject, ...basis } = now;
      const elsewhere = Object.fromEntries(READINGS.map((one) => [one, { ...basis[one], by: 'person' }]));
      expect(isCurrent({ ...now, ...elsewhere }, { basis, subject })).toBe(true);
      expect(isCurrent({ ...now, subject: `${subject}!` }, { basis, subject })).toBe(false);
      expect(isCurrent({ ...now, value: { ...now.value, value: '7' } }, { basis, subject })).toBe(false);
      expect(isCurrent(now, { basis: null, subject })).toBe(false);
    }
  });

  it('is the same reading in whatever order its fields are written, and another if one of them differs at any depth', () => {
    const period = { from: '2023-01-01', to: '2023-12-31', text: '全年' };
    const turned = { text: '全年', to: '2023-12-31', from: '2023-01-01' };
    expect(saysSame({ period, by: 'printed' }, { by: 'person', period: turned })).toBe(true);
    for (const other of [null, { ...period, to: '2023-06-30' }, { ...period, text: '' }])
      for (const [one, two] of [
        [period, other],
        [other, period],
      ] as const)
        expect(saysSame({ period: one, by: null }, { period: two, by: null })).toBe(false);
    expect(saysSame({ period: null, by: null }, { period: null, by: 'person' })).toBe(true);
    // The same word, but of something else.
    expect(saysSame({ unit: 'count', by: null }, { place: 'count', by: null })).toBe(false);
  });
});

describe('an exact number in a card', () => {
  it('is read back as it was printed, whatever its size', () => {
    const seed = seeded(22);
    const whole = (digits: number): bigint => BigInt(Math.floor(seed.next() * 10 ** digits));
    for (let round = 0; round < 500; round++) {
      const value = Rational.of(whole(15) * whole(15) - whole(15), whole(6) + 1n);
      expect(Rational.read(value.toString())?.equals(value)).toBe(true);
    }
    for (const wrong of ['', '1/0', '1.5/3', '1/2/3', '1e5', '0x10', ' 1', '1/-2'])
      expect([wrong, Rational.read(wrong)]).toEqual([wrong, null]);
  });

  it('is said with its interval in words, and nothing is said of what this version did not write', () => {
    const value = { value: '12600', low: '12550', high: '12650', reason: 'last-digit', by: 'printed' };
    expect(readingWords('value', value)).toBe('12,600 (12,550 to 12,650), printed');
    expect(readingWords('value', { ...value, low: null })).toBe('12,600 (up to 12,650), printed');
    expect(readingWords('value', { value: '100/3', low: '100/3', high: '100/3', reason: 'count', by: null })).toBe(
      '33.333333…',
    );
    expect(readingWords('value', { value: 'twelve' })).toBeNull();
    expect(readingWords('anchor', value)).toBeNull();
  });
});
