import { expect, it } from 'vitest';
import { queryFault } from '../../../electron/cli/search.ts';
import { parseInput } from '../../../electron/engine/contract.ts';
import { readQuery } from '../../../shared/query/parse.ts';

it('a query at fault is explained in sentences, with what would mend it', () => {
  const told = (query: string): string => queryFault(query, readQuery(query).faults).message;
  expect(told('(land')).toBe('The bracket before land is never closed. Close it after land, or remove it.');
  expect(told('land AND')).toBe('AND needs something after it. Remove it, or find the word AND.');
});

it('of several faults each has a line and says where it is; of very many the first are told', () => {
  const told = (query: string): string[] => queryFault(query, readQuery(query).faults).message.split('\n');
  // Characters are counted as people see them: 𠀀 is one.
  expect(told('𠀀) lang:')).toEqual([
    'Several things are wrong with the query.',
    'Character 2: The closing bracket has no opening one before it. Remove it.',
    expect.stringMatching(/^Character 4: lang: /),
  ]);
  const many = told('a AND OR '.repeat(20));
  expect(many).toHaveLength(7);
  expect(many.at(-1)).toBe('And 15 more. Mend these first.');
});

it('one that is too long is told in one sentence', () => {
  expect(() => parseInput('search.query', { query: 'a'.repeat(10_001) })).toThrow(
    /^This query has more than 10,000 characters\. Shorten it\.$/,
  );
  expect(() => parseInput('copies.confirm', { sources: [] })).toThrow(
    /^Copies are two sources or more\. Name another one\.$/,
  );
});
