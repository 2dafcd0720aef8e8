import { describe, expect, it } from 'vitest';
import { placeCodes } from '../../../renderer/viewer/passages/margin.ts';
import { seeded, seeds } from '../../support/seeded.ts';
import { share } from '../../support/share.ts';

const HEIGHT = 20;
const code = (id: string, top: number) => ({ id, top });

describe('codes in the margin', () => {
  it('are placed at their passages where there is room', () => {
    expect(placeCodes([code('a', 10), code('b', 300)], HEIGHT, 0, 1000)).toEqual([
      { top: 10, ids: ['a'] },
      { top: 300, ids: ['b'] },
    ]);
  });

  it('move to both sides of a line with several passages', () => {
    const placed = placeCodes([code('a', 100), code('b', 100), code('c', 100)], HEIGHT, 0, 1000);
    expect(placed.map(({ top }) => top)).toEqual([80, 100, 120]);
  });

  it('stay on the page', () => {
    const placed = placeCodes([code('a', -30), code('b', 995), code('c', 996)], HEIGHT, 0, 1000);
    expect(placed.map(({ top }) => top)).toEqual([0, 960, 980]);
  });

  it('share a place where there are too many, with the current passage first', () => {
    const placed = placeCodes([code('a', 0), code('b', 1), code('c', 2), code('d', 70)], HEIGHT, 0, 40, 'c');
    expect(placed).toEqual([
      { top: 0, ids: ['c', 'a', 'b'] },
      { top: 20, ids: ['d'] },
    ]);
  });

  it.each(seeds(share(500)))('never overlap, never leave the page, and lose no passage (seed %i)', (seed) => {
    const random = seeded(seed);
    const max = random.int(HEIGHT, 900);
    const wanted = Array.from({ length: random.int(1, 120) }, (_, at) => code(`p${at}`, random.next() * max));
    const placed = placeCodes(wanted, HEIGHT, 0, max);
    expect(placed.flatMap(({ ids }) => ids).sort()).toEqual(wanted.map(({ id }) => id).sort());
    for (const [at, { top }] of placed.entries()) {
      expect(top).toBeGreaterThanOrEqual(-1e-6);
      expect(top + HEIGHT).toBeLessThanOrEqual(max + 1e-6);
      if (at > 0) expect(top - (placed[at - 1]?.top ?? 0)).toBeGreaterThanOrEqual(HEIGHT - 1e-6);
    }
  });
});
