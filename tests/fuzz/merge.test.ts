import { describe, it } from 'vitest';
import { MergeStory } from '../support/merge-story.ts';
import { isLong } from '../support/share.ts';

describe('random histories that are merged as people merge them', () => {
  const total = isLong ? 2000 : 40;
  const batch = 20;
  for (let from = 0; from < total; from += batch) {
    it(`seeds ${from} to ${Math.min(from + batch, total) - 1}`, () => {
      for (let seed = from; seed < Math.min(from + batch, total); seed++) {
        const story = new MergeStory(seed);
        try {
          for (let k = story.random.int(10, 24); k > 0; k--) story.step();
          story.finish();
        } catch (thrown) {
          throw new Error(`seed ${seed}`, { cause: thrown });
        }
      }
    });
  }
});
