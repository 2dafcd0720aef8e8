import { expect, it } from 'vitest';
import { codePointsOf } from '../../../../shared/text/code-points.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

it.each(seeds(40))('offsets in code points are those of a naive count, and back (seed %i)', (seed) => {
  const random = seeded(seed);
  const characters = Array.from({ length: random.int(0, 60) }, () => random.pick(['a', '县', '𠮷', '😀', '\n', 'ۇ']));
  const { fromUnits, toUnits } = codePointsOf(characters.join(''));
  for (let points = 0; points <= characters.length; points++) {
    const units = characters.slice(0, points).join('').length;
    expect(fromUnits(units)).toBe(points);
    expect(toUnits(points)).toBe(units);
  }
});
