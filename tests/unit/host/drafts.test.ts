import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf } from '../../support/project.ts';
import { testHost } from '../../support/host.ts';

const DETAILS = {
  published: '2024-06-03',
  author: 'A. Lindqvist',
  writer: null,
  style: 'publisher-date',
  replaces: null,
} as const;

test('a file that was chosen is opened as a draft; one that is refused stays on offer', async () => {
  const host = testHost();
  const window = 'main-1';
  await host.calls['app.newProject'](window, { title: 'Liuquan', codebook: 'empty' });
  const path = join(host.folder, 'quota.md');
  writeFileSync(path, 'It was so.\n');
  host.answers.sources = [path];
  const { offers } = await host.calls['app.pickSources'](window, { what: 'draft' });
  const [offer] = offers.map(({ token }) => token);
  if (offer === undefined) throw new Error('No file was offered');
  expect(await codeOf(host.calls['app.openDraft'](window, { offer, ...DETAILS, published: '2024-02-30' }))).toBe(
    'BAD_INPUT',
  );
  expect(await host.calls['app.openDraft'](window, { offer, ...DETAILS })).toMatchObject({
    title: 'quota',
    fileName: 'quota.md',
    version: 1,
  });
  expect(await codeOf(host.calls['app.openDraft'](window, { offer, ...DETAILS }))).toBe('NOT_FOUND');
});
