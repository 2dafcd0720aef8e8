import { expect, it } from 'vitest';
import { placeOf, saidOf } from '../../../electron/features/drafts/marks.ts';

it('what people said of a table before its rows were sentences is said of each row, in the order in which it was said', () => {
  const [table, row] = ['| 2019 | 1,200 |\n| 2020 | 1,500 |', '| 2020 | 1,500 |'];
  const marks = new Map([
    [
      placeOf(table, 0),
      [
        { at: 1, by: 'one' },
        { at: 3, by: 'two' },
      ],
    ],
    [placeOf(row, 0), [{ at: 2, by: 'three' }]],
  ]);
  const said = saidOf(marks, { text: row, nth: 0, cutFrom: table });
  expect(said.map(({ by }) => by)).toEqual(['one', 'three', 'two']);
  expect(saidOf(marks, { text: row, nth: 0, cutFrom: null }).map(({ by }) => by)).toEqual(['three']);
});
