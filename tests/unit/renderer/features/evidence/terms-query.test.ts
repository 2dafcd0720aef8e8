import { expect, it } from 'vitest';
import { termsQuery } from '../../../../../renderer/features/evidence/UnreadTerms.tsx';
import { readQuery } from '../../../../../shared/query/parse.ts';
import { fakeCodebook } from '../../../../support/shell/fixtures.ts';

const [first] = fakeCodebook().categories;
if (first === undefined) throw new Error('The codebook has categories');
const terms = (...all: string[]) => all.map((term) => ({ term, origin: '' }));
const category = (id: string, parent: string | null, zh: string[] = [], en: string[] = [], archived = false) => ({
  ...first,
  id: first.id.replace(/.$/, id) as typeof first.id,
  parent: parent === null ? null : (first.id.replace(/.$/, parent) as typeof first.id),
  name: `Category ${id}`,
  archived,
  termsZh: terms(...zh),
  termsEn: terms(...en),
});

it('the terms of a category and of those below it are looked for, each once, and archived ones are not', () => {
  const all = [
    category('1', null, ['转移就业'], ['labour transfer']),
    category('2', '1', ['转移就业', '外出务工']),
    category('3', '2', [], ['a "quoted" term']),
    category('4', '1', ['过时'], [], true),
    category('5', null, ['土地']),
  ];
  const query = termsQuery(all, all[0]?.id ?? '');
  expect(query).toBe('"转移就业" OR "labour transfer" OR "外出务工" OR "a \\"quoted\\" term"');
  expect(readQuery(query, []).faults).toEqual([]);
});

it('without terms its name is looked for', () => {
  expect(termsQuery([category('1', null)], category('1', null).id)).toBe('"Category 1"');
});

it('more terms than a search may have are left out, none of them in half', () => {
  const many = Array.from({ length: 2000 }, (_, at) => `term${String(at)}`);
  const query = termsQuery([category('1', null, many)], category('1', null).id);
  expect(query.length).toBeLessThanOrEqual(10_000);
  expect(query).toMatch(/^"term0" OR .*"term\d+"$/);
});
