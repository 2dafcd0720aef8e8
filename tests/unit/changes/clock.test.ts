import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValidClock, LIMIT, nextClock, TICKS } from '../../../shared/changes/clock.ts';

const anyWall = fc.oneof(fc.integer({ min: -1e12, max: 1e13 }), fc.double({ min: -1e15, max: 1e16, noNaN: true }));
const anySeen = fc.oneof(fc.integer({ min: 0, max: LIMIT }), fc.integer({ min: LIMIT - 3, max: LIMIT + 1000 }));

describe('the hybrid clock', () => {
  it('follows the system clock where it can, and never goes back', () => {
    expect(nextClock(5, 0)).toBe(5 * TICKS);
    expect(nextClock(5, 100 * TICKS)).toBe(100 * TICKS + 1);
    expect(nextClock(-7, 0)).toBe(1);
  });

  it('gives a clock that every replica accepts, whatever the system clock says', () => {
    fc.assert(
      fc.property(anyWall, anySeen, (wall, seen) => {
        const clock = nextClock(wall, seen);
        expect(clock).toBeGreaterThan(seen);
        expect(isValidClock(clock, seen)).toBe(true);
      }),
    );
  });

  it('cannot be used up: even at the limit there is room for more steps than anyone makes', () => {
    expect(nextClock(9e15, 0)).toBe(LIMIT);
    expect(nextClock(9e15, LIMIT)).toBe(LIMIT + 1);
    expect(isValidClock(LIMIT + 1, LIMIT)).toBe(true);
    expect(isValidClock(LIMIT + 2, LIMIT)).toBe(false);
    expect(isValidClock(LIMIT + 1, 1)).toBe(false);
    expect(Number.MAX_SAFE_INTEGER - LIMIT).toBeGreaterThan(1e15);
  });

  it.each([0, -1, 1.5, NaN, 2 ** 53, 7])('does not accept %d after 7', (clock) => {
    expect(isValidClock(clock, 7)).toBe(false);
  });
});
