import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('lists terms, how often each stands in the sources, and what was learned', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), '推进土地流转。土地流轉，劳务协作。');
  await sourcebook('new', 'county');
  await sourcebook('add', 'county', 'report.txt');
  const listed = await sourcebook.json('suggest', 'county');
  expect(listed.value.suggestions.map(({ term, code }: { term: string; code: string }) => [term, code])).toEqual([
    ['土地流转', 'LND.RIGHTS'],
    ['土地流转', 'LND.RIGHTS'],
    ['劳务协作', 'TRF.PAIR'],
  ]);

  const { value } = await sourcebook.json('suggest', 'county', '--terms');
  const of = (wanted: string) =>
    value.terms.find(({ term, code }: { term: string; code: string }) => `${code} ${term}` === wanted);
  expect(of('LND.RIGHTS 土地流转')).toEqual({
    term: '土地流转',
    code: 'LND.RIGHTS',
    places: 2,
    sources: 1,
    accepted: 0,
    rejected: 0,
    never: 0,
    former: false,
  });
  expect(value.terms.filter(({ places }: { places: number }) => places === 0).length).toBeGreaterThan(100);
  expect((await sourcebook('suggest', 'county', '--terms')).out).toMatch(/劳务协作\S*\s+1\s+0 accepted/u);

  // Nothing is tagged: nothing is learned, and that is said.
  const learned = await sourcebook.json('suggest', 'county', '--learned');
  expect(learned.value).toEqual({ model: expect.stringMatching(/^[0-9a-f]{64}$/), learned: [], suggestions: [] });
  expect((await sourcebook('suggest', 'county', '--learned')).err).toContain('20 passages in 5 sources');
  expect((await sourcebook.json('suggest', 'county', '--terms', '--learned')).value.error.code).toBe('USAGE');
});
