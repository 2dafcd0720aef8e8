import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('writes a claim, links what speaks for and against it, answers, and says what it lacks', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), 'Work teams called on every household.');
  writeFileSync(join(folder, 'news.txt'), 'Everyone signed up of their own will.');
  await sourcebook('new', 'county');
  const added = (await sourcebook.json('add', 'county', 'report.txt', 'news.txt')).value.items;
  const passageIn = async (at: number, quote: string): Promise<string> =>
    (await sourcebook.json('highlight', 'county', added[at].source, '--quote', quote)).value.passage.id;
  const passages = [await passageIn(0, 'every household'), await passageIn(1, 'own will')];
  const { claim } = (await sourcebook.json('claim', 'county', 'add', 'Consent was not free.')).value;
  expect(claim).toMatchObject({ text: 'Consent was not free.', passages: [], origins: 0, gaps: ['noSupport'] });
  await sourcebook('claim', 'county', 'link', claim.id, passages[0] ?? '', '--as', 'supports');
  await sourcebook('claim', 'county', 'link', claim.id, passages[1] ?? '', '--as', 'contradicts');
  expect((await sourcebook.json('claims', 'county')).value.claims).toMatchObject([
    {
      id: claim.id,
      passages: [{ as: 'supports' }, { as: 'contradicts', answer: '' }],
      origins: 1,
      unanswered: 1,
      gaps: ['oneOrigin', 'contradicted', 'notApproved', 'noDate'],
    },
  ]);
  expect((await sourcebook('claims', 'county')).out).toContain('one origin; contradicted, open');
  const answered = await sourcebook.json(
    'claim',
    'county',
    'answer',
    claim.id,
    passages[1] ?? '',
    'The speaker is the employer.',
  );
  expect(answered.value.claim).toMatchObject({ unanswered: 0 });
  // What can't be done says what to write instead, and changes nothing.
  const wrong = await sourcebook.json('claim', 'county', 'link', claim.id, passages[0] ?? '');
  expect(wrong).toMatchObject({ code: 2, value: { error: { code: 'USAGE' } } });
  expect((await sourcebook.json('claim', 'county', 'prove', claim.id)).code).toBe(2);
  for (const empty of [
    ['add', ' \u200b'],
    ['change', claim.id, ''],
  ])
    expect((await sourcebook.json('claim', 'county', ...empty)).value.error).toMatchObject({
      code: 'USAGE',
      message: 'A claim can’t be empty. Write the sentence to publish.',
    });
  expect((await sourcebook.json('claim', 'county', 'unlink', claim.id, 'nowhere')).value.error.message).toBe(
    'No passage matches “nowhere” in this project. The passages command lists IDs.',
  );
  await sourcebook('claim', 'county', 'unlink', claim.id, passages[1] ?? '');
  await sourcebook('claim', 'county', 'change', claim.id, 'Consent was never free.');
  expect((await sourcebook.json('claims', 'county')).value.claims).toMatchObject([
    { text: 'Consent was never free.', passages: [{ as: 'supports' }] },
  ]);
  expect((await sourcebook.json('claim', 'county', 'remove', claim.id)).value).toEqual({ removed: claim.id });
});
