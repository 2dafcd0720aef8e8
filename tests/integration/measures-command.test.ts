import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it('conversions and reference values are listed, set, turned off and taken back from the command line', async () => {
  await sourcebook('new', 'county');
  const factorOf = async (from: string, to: string, ...more: readonly string[]) => {
    const { code, value } = await sourcebook.json('conversions', 'county', ...more);
    expect(code, JSON.stringify(value)).toBe(0);
    const all: { from: string; to: string; factor: string | null }[] = value.conversions;
    return all.find((one) => one.from === from && one.to === to)?.factor;
  };
  expect(await factorOf('hectare', 'mu')).toBe('15');
  expect(await factorOf('hectare', 'mu', '--set', 'hectare', 'mu', '14.5', '--by', 'Old survey')).toBe('14.5');
  expect(await factorOf('hectare', 'mu', '--off', 'hectare', 'mu')).toBeNull();
  expect(await factorOf('hectare', 'mu', '--reset', 'mu', 'hectare')).toBe('15');
  const wrong = async (...words: readonly string[]) => (await sourcebook.json(...words)).value.error.code;
  expect(await wrong('conversions', 'county', '--reset', 'mu', 'hectare')).toBe('NOT_FOUND');
  expect(await wrong('conversions', 'county', '--set', 'hectare', 'mu')).toBe('USAGE');
  expect(await wrong('conversions', 'county', '--off', 'kg', 'jin', '--reset', 'mu', 'hectare')).toBe('USAGE');

  const options = ['--place', 'xj-yutian-co', '--period', '2020', '--citation', 'Seventh census'];
  const added = await sourcebook.json(
    'reference',
    'county',
    'add',
    'Resident population',
    '269000',
    'person',
    ...options,
  );
  const [population] = added.value.references;
  expect(population).toMatchObject({
    quantity: 'Resident population',
    value: '269000',
    unit: 'person',
    place: 'xj-yutian-co',
    period: '2020',
    isWhole: true,
    citation: 'Seventh census',
  });
  const listed = await sourcebook('reference', 'county');
  expect(listed.out).toContain('269000 person');
  expect(await wrong('reference', 'county', 'add', 'Resident population', '269000')).toBe('USAGE');
  expect(await wrong('reference', 'county', 'list', '--period', '2020')).toBe('USAGE');
  const removed = await sourcebook.json('reference', 'county', 'remove', String(population.id).slice(0, 20));
  expect(removed).toMatchObject({ code: 0, value: { references: [] } });
});
