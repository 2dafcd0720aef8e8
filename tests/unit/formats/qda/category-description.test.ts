import { expect, it } from 'vitest';
import { type CategoryWords, descriptionOf, wordsIn } from '../../../../electron/formats/qda/category-description.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

it.each(seeds(60))('a category’s words are read from a code’s description as they were written (seed %i)', (seed) => {
  const random = seeded(seed);
  const text = (): string =>
    Array.from({ length: random.int(0, 3) }, () => random.pick(['A line', '两行\n文字', 'One\n\nTwo', 'a: b; c'])).join(
      '\n\n',
    );
  const terms = (): string[] =>
    Array.from({ length: random.int(1, 3) }, () => random.pick(['转移就业', 'labour transfer', 'x']));
  const words: CategoryWords = {
    code: random.pick([null, 'LND.RIGHTS']),
    definition: text(),
    include: text(),
    exclude: text(),
    terms: random.pick([{}, { Chinese: terms() }, { Chinese: terms(), English: terms() }]),
  };
  expect(wordsIn(descriptionOf(words))).toEqual(words);
});

it('all of another program’s description is the definition', () => {
  expect(wordsIn('thoughts about breakfast')).toMatchObject({ definition: 'thoughts about breakfast', code: null });
  expect(wordsIn(null)).toMatchObject({ definition: '', terms: {} });
});
