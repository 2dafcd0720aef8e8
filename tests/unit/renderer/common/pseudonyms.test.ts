import { expect, it } from 'vitest';
import { pseudonymsOf, withoutNames } from '../../../../renderer/common/charts/pseudonyms.ts';

const PEOPLE = [
  { id: 'a', name: 'Lindqvist' },
  { id: 'b', name: 'A. Lindqvist' },
];
const pseudonyms = pseudonymsOf(
  PEOPLE.map(({ id }) => id),
  (number) => `Coder ${number}`,
);

it('people are numbered in the order in which they joined, as in a pseudonymous project file', () => {
  expect([...pseudonyms]).toEqual([
    ['a', 'Coder 1'],
    ['b', 'Coder 2'],
  ]);
});

it('a filter in words keeps its conditions and loses the names, also parts of them', () => {
  const without = (filter: string): string => withoutNames(filter, PEOPLE, pseudonyms);
  expect(without('category:LND person:"A. Lindqvist"')).toBe('category:LND person:"Coder 2"');
  expect(without('Land mechanism, Lindqvist')).toBe('Land mechanism, Coder 1');
  expect(without('person:lind OR person:(lind OR x) land')).toBe('person:… OR person:… land');
  expect(without('category:LND')).toBe('category:LND');
});
