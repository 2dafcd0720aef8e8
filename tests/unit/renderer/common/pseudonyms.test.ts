import { expect, it } from 'vitest';
import { pseudonymsOf, withoutNames } from '../../../../renderer/common/charts/pseudonyms.ts';

const coder = (letter: string): string => `Coder ${letter}`;
const PEOPLE = [
  { id: 'a', name: 'Lindqvist' },
  { id: 'b', name: 'A. Lindqvist' },
];

it('every person has a pseudonym of their own, also beyond Z', () => {
  const names = pseudonymsOf(
    Array.from({ length: 800 }, (_, at) => String(at)),
    coder,
  );
  expect(['0', '25', '26', '51', '52', '701', '702'].map((id) => names.get(id))).toEqual(
    ['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'].map(coder),
  );
  expect(new Set(names.values()).size).toBe(800);
});

it('a filter in words keeps its conditions and loses the names, also parts of them', () => {
  const without = (filter: string): string =>
    withoutNames(
      filter,
      PEOPLE,
      pseudonymsOf(
        PEOPLE.map(({ id }) => id),
        coder,
      ),
    );
  expect(without('category:LND person:"A. Lindqvist"')).toBe('category:LND person:"Coder B"');
  expect(without('Land mechanism, Lindqvist')).toBe('Land mechanism, Coder A');
  expect(without('person:lind OR person:(lind OR x) land')).toBe('person:… OR person:… land');
  expect(without('category:LND')).toBe('category:LND');
});
