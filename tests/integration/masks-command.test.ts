import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('refuses an export that names a private person, masks words in one source or everywhere, and lists masks', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'news.txt'), 'The villager Zulhayat sews. Zulhayat earns 2,300.');
  writeFileSync(join(folder, 'list.txt'), 'Trainees: Zulhayat, Aygul.');
  await sourcebook('new', 'county');
  const [news, list] = (await sourcebook.json('add', 'county', 'news.txt', 'list.txt')).value.items;
  const { passage } = (await sourcebook.json('highlight', 'county', news.source, '--quote', 'Zulhayat earns 2,300'))
    .value;
  const privacy = ['dimension', 'county', passage.id, 'privacy'];
  expect((await sourcebook.json(...privacy, 'hidden')).value.error.code).toBe('NOT_FOUND');
  expect((await sourcebook(...privacy, 'official')).err).toBe('');
  expect((await sourcebook(...privacy, 'minor')).err).toContain('must be masked');
  const marked = await sourcebook.json(...privacy, 'private');
  expect(marked.value).toEqual({ passage: passage.id, dimension: 'privacy', values: ['private'] });
  const refused = await sourcebook.json('export', 'county', 'out.csv', '--format', 'csv');
  expect([refused.code, refused.value.error]).toMatchObject([
    1,
    { code: 'UNMASKED', context: { passages: [passage.id], sources: [news.source] } },
  ]);
  const toShare = ['export', 'county', 'unmasked.sbk'];
  expect((await sourcebook.json(...toShare)).value.error.code).toBe('UNMASKED');
  expect((await sourcebook.json(...toShare, '--unmasked', '--pseudonyms')).value.error.code).toBe('USAGE');
  expect((await sourcebook.json(...toShare, '--format', 'csv', '--unmasked')).value.error.code).toBe('USAGE');
  expect((await sourcebook.json(...toShare, '--unmasked')).value).toMatchObject({ masks: 0, leftOut: 0 });
  // What the team keeps for itself is not refused.
  expect((await sourcebook('snapshot', 'county', 'First')).code).toBe(0);
  expect((await sourcebook('assign', 'county', 'for-ben.sbk', '--coder', 'Ben', '--sample', 'sources')).err).toBe('');
  expect((await sourcebook.json('masks', 'county')).value).toMatchObject({
    masks: [],
    open: [{ kind: 'passage', passage: passage.id, refuses: true }],
  });
  expect((await sourcebook('masks', 'county')).out).toMatch(/must be masked\s+\S+\s+\S*Zulhayat earns 2,300/);
  const why = ['--reason', 'Private person'];
  expect((await sourcebook.json('mask', 'county', list.source, '--quote', 'Aygul', ...why)).value.mask).toMatchObject({
    source: list.source,
    number: 1,
    words: 'Aygul',
    reason: 'Private person',
  });
  expect(
    (await sourcebook.json('mask', 'county', news.source, '--quote', 'Zulhayat', ...why, '--everywhere')).value,
  ).toEqual({ added: 3, sources: 2 });
  const { masks, open } = (await sourcebook.json('masks', 'county')).value;
  expect([masks.length, open]).toEqual([4, []]);
  expect((await sourcebook('masks', 'county')).out).toMatch(/Zulhayat\S*\s+\S*Private person/);
  expect((await sourcebook('export', 'county', 'out.csv', '--format', 'csv')).code).toBe(0);
  const kept = await sourcebook('export', 'county', 'county.sbk');
  expect(kept.err).toContain('This project file keeps the originals, with everything that is masked (4 masks in it)');
  const none = await sourcebook.json('export', 'county', 'out.sbk', '--pseudonyms');
  expect(none.value.error.code).toBe('NOT_FOUND');
  expect((await sourcebook.json(...privacy)).value.values).toEqual([]);
  const missing = await sourcebook.json('mask', 'county', news.source, '--quote', 'Rena', ...why);
  expect(missing.value.error.code).toBe('NOT_FOUND');
});
