import { expect, it } from 'vitest';
import { explained } from '../../../electron/cli/search.ts';
import { parseInput } from '../../../electron/engine/contract.ts';
import { readQuery } from '../../../shared/query/parse.ts';

it('a query at fault is explained in sentences, with what would mend it', () => {
  const told = (query: string): string[] => readQuery(query).faults.map((fault) => explained(fault));
  expect(told('(land')).toEqual(['The bracket before land is never closed. Close it after land, or remove it.']);
  expect(told('land AND')).toEqual(['AND needs something after it. Remove it, or find the word AND.']);
});

it('one that is too long is told in one sentence', () => {
  expect(() => parseInput('search.query', { query: 'a'.repeat(10_001) })).toThrow(
    '“query” isn’t valid: it has more than 10,000 characters. Shorten it. (Call search.query.)',
  );
});
