import { describe, expect, it, vi } from 'vitest';
import { bench, median, verdict } from '../../bench/harness.ts';

describe('the bench', () => {
  it('takes the middle of an odd number, and the mean of the middle two of an even one', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 4, 9])).toBe(3);
    expect(() => median([])).toThrow(RangeError);
  });

  it('runs the warm-up without counting it', async () => {
    const said = vi.spyOn(console, 'log').mockReturnValue();
    let runs = 0;
    await bench('count', () => runs++, { warmUp: 2, runs: 3 });
    expect(runs).toBe(5);
    expect(said.mock.calls[0]?.[0]).toContain('3 runs');
    said.mockRestore();
  });

  it('says whether a goal is reached', () => {
    expect(verdict(49, { atMost: 50 })).toContain('reached');
    expect(verdict(51, { atMost: 50 })).toContain('MISSED');
    expect(verdict(249, { atLeast: 250 })).toContain('MISSED');
    expect(verdict(1, {})).toBe('');
  });
});
