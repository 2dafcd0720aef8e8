import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../../../electron/engine/engine.ts';
import { record, response, wholeGzip } from '../../../support/warc.ts';
import { desk, folderOf } from './support.ts';

const page = (name: string) =>
  response({
    url: `https://county.example/${name}`,
    body: `<!doctype html><html lang="zh"><head><title>${name}</title></head><body><p>转移就业 ${name}</p></body></html>`,
  });

/** The bytes of a text, as a string of single bytes. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

it('What an earlier run left of an archive in the cache is not used: neither altered bytes nor a link written through', async () => {
  const one = await desk();
  const padding = record({ type: 'metadata', block: Buffer.from('x'.repeat(2 << 20)) });
  const path = join(folderOf({ 'all.warc.gz': wholeGzip([page('one'), padding, page('two')]) }), 'all.warc.gz');
  await one.engine.call('import.run', {
    job: 'job',
    paths: [path],
    shortPaths: true,
    pages: ['https://county.example/one'],
  });
  const cache = join(one.folder, 'cache', 'archives');
  const [name = ''] = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((each) => /unpacked/.test(each));
  const unpacked = join(cache, name);
  await one.engine.close();
  const bytes = readFileSync(unpacked);
  const altered = Buffer.from(bytes.toString('latin1').replaceAll(utf8('就业 two'), utf8('失业 two')), 'latin1');
  expect([altered.length, altered.equals(bytes)]).toEqual([bytes.length, false]);
  writeFileSync(unpacked, altered);
  const again = await openEngine({ folder: one.folder, person: one.person, installation: one.person.id });
  await again.call('import.run', {
    job: 'job',
    paths: [path],
    shortPaths: true,
    pages: ['https://county.example/two'],
  });
  const { sources } = await again.call('sources.list', {});
  const layer = sources.find(({ title }) => title === 'two')?.layer;
  if (layer === null || layer === undefined) throw new Error('It has text');
  expect((await again.call('layers.text', { id: layer })).text).toContain('转移就业 two');
  await again.close();
  if (process.platform === 'win32') return;

  const precious = join(folderOf({ 'precious.txt': 'precious' }), 'precious.txt');
  rmSync(unpacked, { force: true });
  for (const index of readdirSync(dirname(unpacked))) rmSync(join(dirname(unpacked), index));
  symlinkSync(precious, unpacked);
  const open = () => openEngine({ folder: one.folder, person: one.person, installation: one.person.id });
  await expect(open()).rejects.toThrow(/“cache\/archives\/.+” in its folder is a link/u);
  rmSync(unpacked);
  // A link that comes only after the project was opened.
  const last = await open();
  await last.call('import.run', { job: 'job', paths: [path], shortPaths: true, pages: ['https://county.example/one'] });
  rmSync(unpacked, { force: true });
  for (const index of readdirSync(dirname(unpacked))) rmSync(join(dirname(unpacked), index));
  symlinkSync(precious, unpacked);
  await last.call('import.run', { job: 'job', paths: [path], shortPaths: true, allPages: true });
  expect(readFileSync(precious, 'utf8')).toBe('precious');
  await last.close();
});
