import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { RandomHistory } from '../support/random-history.ts';
import { share } from '../support/share.ts';

describe('random histories', () => {
  const total = share(2000);
  const batch = 50;
  for (let from = 0; from < total; from += batch) {
    it(`seeds ${from} to ${Math.min(from + batch, total) - 1}`, async () => {
      for (let seed = from; seed < Math.min(from + batch, total); seed++) {
        const history = new RandomHistory(seed);
        try {
          for (let k = history.random.int(12, 32); k > 0; k--) history.step();
          history.exchangeAll();
          history.finish();
        } catch (thrown) {
          throw new Error(`seed ${seed}`, { cause: thrown });
        }
        // V8 frees what a closed database held only between turns of the event loop.
        await setImmediate();
      }
    });
  }
});
