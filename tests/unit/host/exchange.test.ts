import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf } from '../../support/project.ts';
import { testHost } from '../../support/host.ts';

const NOTHING_SAID = { answers: { codes: {}, coders: {} }, files: {} };
const CODES = `<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another program"><Codes>
  <Code guid="11111111-1111-4111-8111-111111111111" name="Land" isCodable="true"/></Codes></CodeBook>`;

test('a file of another program is previewed, stopped, brought in once, and the project goes out in that format', async () => {
  const host = testHost();
  const window = 'main-1';
  await host.calls['app.newProject'](window, { title: 'Liuquan', codebook: 'empty' });
  const path = join(host.folder, 'codes.qdc');
  writeFileSync(path, CODES);
  host.answers.sources = [path];
  const { offers } = await host.calls['app.pickSources'](window, { what: 'exchange' });
  const [offer] = offers.map(({ token }) => token);
  if (offer === undefined) throw new Error('No file was offered');
  const preview = await host.calls['app.previewExchange'](window, { offer, ...NOTHING_SAID });
  expect(preview).toMatchObject({ name: 'codes.qdc', program: 'Another program', lines: [{ found: 1, added: 1 }] });

  // Only one at a time, and stopping leaves the project as it was and the file on offer.
  const stopped = codeOf(host.calls['app.importExchange'](window, { offer, ...NOTHING_SAID }));
  expect(await codeOf(host.calls['app.previewExchange'](window, { offer, ...NOTHING_SAID }))).toBe('NOT_ALLOWED');
  await host.calls['app.cancelExchange'](window, {});
  expect(await stopped).toBe('CANCELLED');
  expect(await host.calls['app.importExchange'](window, { offer, ...NOTHING_SAID })).toEqual(preview);
  expect(await codeOf(host.calls['app.importExchange'](window, { offer, ...NOTHING_SAID }))).toBe('NOT_FOUND');

  host.answers.exportTo = null;
  expect(
    await host.calls['app.exportExchange'](window, { format: 'qdc', only: NONE, pseudonyms: false }),
  ).toMatchObject({ done: false });
  host.answers.exportTo = join(host.folder, 'out.qdc');
  const made = await host.calls['app.exportExchange'](window, { format: 'qdc', only: NONE, pseudonyms: false });
  expect(made).toMatchObject({ done: true, name: 'out.qdc', notCarried: [] });
  expect(existsSync(join(host.folder, 'out.qdc'))).toBe(true);
});
const NONE = { sources: [], categories: [], people: [], states: [] };
