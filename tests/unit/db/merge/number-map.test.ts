import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberMap } from '../../../../electron/db/merge/number-map.ts';

it('keeps what a Map of the same numbers keeps, whatever the numbers', () => {
  const key = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 4090, max: 9000 }),
    fc.constantFrom((1 << 22) - 1, 1 << 22, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, Number.MIN_SAFE_INTEGER),
  );
  const value = fc.oneof(
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom(2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value)), fc.array(key), (pairs, asked) => {
      const [map, model] = [new NumberMap(), new Map<number, number>()];
      for (const [one, of] of pairs) {
        map.set(one, of);
        model.set(one, of);
      }
      for (const one of [...asked, ...model.keys()]) expect(map.get(one)).toBe(model.get(one));
    }),
  );
});
