import { readFileSync, statSync, writeFileSync } from 'node:fs';
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

test('the report on a draft is written where the person says', async () => {
  const host = testHost();
  const window = 'main-1';
  await host.calls['app.newProject'](window, { title: 'Liuquan', codebook: 'empty' });
  const path = join(host.folder, 'quota.md');
  writeFileSync(path, 'They moved 4,200 people (Liuquan Daily, 3 May 2024).\n');
  host.answers.sources = [path];
  const { offers } = await host.calls['app.pickSources'](window, { what: 'draft' });
  const [offer] = offers.map(({ token }) => token);
  if (offer === undefined) throw new Error('No file was offered');
  const { id } = await host.calls['app.openDraft'](window, { offer, ...DETAILS });
  host.answers.exportTo = null;
  expect(await host.calls['app.writeDraftReport'](window, { id, format: 'csv' })).toMatchObject({ done: false });
  for (const format of ['html', 'docx', 'csv'] as const) {
    const saved = join(host.folder, `quota, report.${format}`);
    host.answers.exportTo = saved;
    const written = await host.calls['app.writeDraftReport'](window, { id, format });
    expect(written).toMatchObject({ done: true, name: `quota, report.${format}` });
    expect(statSync(saved).size).toBe(written.bytes);
  }
  expect(readFileSync(join(host.folder, 'quota, report.csv'), 'utf8')).toContain('4,200 people');
});
