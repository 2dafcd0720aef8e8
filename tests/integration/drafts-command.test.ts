import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it('drafts opens a draft into a project, accepts and returns its sentences, and says what stands against its release', async () => {
  writeFileSync(join(folder, 'draft.md'), '# One\n\nIt was so.\nNobody asked them.\n');
  await sourcebook('person', 'add', 'Nour');
  await sourcebook('new', 'county');
  const bare = await sourcebook.json('drafts', 'county', 'open', 'draft.md');
  expect(bare.value).toMatchObject({ error: { code: 'USAGE' } });
  const day = ['--published', '2024-06-03', '--author', 'A. Lindqvist'];
  const opened = await sourcebook.json('drafts', 'county', 'open', 'draft.md', ...day);
  expect(opened).toMatchObject({ code: 0, value: { draft: { title: 'One', version: 1 }, counts: { open: 2 } } });
  const id = String(opened.value.draft.id);
  expect((await sourcebook.json('drafts', 'county', 'accept', id, '1')).value).toMatchObject({ counts: { once: 1 } });
  await sourcebook.json('drafts', 'county', 'accept', id, '2', '--nothing');
  const sentBack = await sourcebook.json('drafts', 'county', 'return', id, '1', '--comment', 'When?');
  expect(sentBack.value).toMatchObject({ counts: { returned: 1, nothing: 1 } });
  expect((await sourcebook.json('drafts', 'county', 'release', id)).value).toMatchObject({
    error: { code: 'DRAFT_OPEN', context: { why: ['returned'], sentences: ['1'] } },
  });
  expect((await sourcebook('drafts', 'county')).out).toContain('1 of 2 open');
  const style = ['--style', 'author-year -captions separators=/'];
  const changed = await sourcebook.json('drafts', 'county', 'change', id, '--title', 'Quotas', ...style);
  expect(changed.value).toMatchObject({ draft: { title: 'Quotas', style: 'author-year -captions separators=/' } });
  expect((await sourcebook.json('drafts', 'county', 'change', id)).value).toMatchObject({ error: { code: 'USAGE' } });
  expect((await sourcebook.json('drafts', 'county', 'change', id, '--style', 'chicago')).code).toBe(2);
  // By title or file name, of the newest version; refused with names where two drafts have it.
  for (const name of ['Quotas', 'draft.md'])
    expect((await sourcebook.json('drafts', 'county', 'show', name)).value).toMatchObject({ draft: { id } });
  writeFileSync(join(folder, 'draft.md'), 'It was otherwise.\n');
  const other = await sourcebook.json('drafts', 'county', 'open', 'draft.md', ...day, '--title', 'Otherwise');
  const meant = await sourcebook.json('drafts', 'county', 'show', 'draft.md');
  expect(meant.value).toMatchObject({ error: { code: 'AMBIGUOUS', context: { draft: 'draft.md' } } });
  for (const name of ['Quotas', 'Otherwise', id, String(other.value.draft.id)])
    expect(meant.value.error.message).toContain(name);
  expect((await sourcebook.json('drafts', 'county', 'show', 'Nothing')).value).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  expect((await sourcebook.json('drafts', 'county', 'remove', id)).value).toMatchObject({ removed: id });
});
