import { describe, expect, it } from 'vitest';
import { nearest } from '../../../shared/anchoring/approximate.ts';

const PATTERN = 'transfer of surplus labour';
/** One letter of the pattern is another. */
const LIKE = 'transfer of surplus labour'.replace('surplus', 'surplvs');
const FILLER = ' 1234567890 ';
const TEXT = LIKE + FILLER + LIKE + FILLER + LIKE;
const STARTS = [0, 1, 2].map((at) => at * (LIKE.length + FILLER.length));
const whole = { start: 0, end: TEXT.length };
const startOf = (expected: number): number | undefined => nearest(TEXT, whole, PATTERN, expected)?.start;

describe('of several equally good matches', () => {
  it.each(STARTS)('the nearest to the expected place is taken (%i)', (start) => {
    for (const near of [start - 5, start, start + 5]) expect(startOf(near)).toBe(start);
  });

  it('the first of two equally near ones is taken', () => {
    const [, second = 0, third = 0] = STARTS;
    expect(startOf((second + third) / 2)).toBe(second);
  });

  it('a better match is preferred to a nearer one', () => {
    const text = `${PATTERN}${FILLER}${LIKE}`;
    expect(nearest(text, { start: 0, end: text.length }, PATTERN, text.length)?.start).toBe(0);
  });
});
