import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createProject } from '../../electron/db/index.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { makeMhtml } from '../support/mhtml.ts';
import { tempFolder } from '../support/temp.ts';
import { plainWarc, response } from '../support/warc.ts';
import { somebody } from '../support/project.ts';

const PAGE = 'https://county.example/report.html';
const html = (body: string): string => `<!doctype html><meta charset=utf-8><title>Report</title>${body}`;
const message = (parts: readonly string[]): Buffer =>
  makeMhtml({
    headers: { 'Snapshot-Content-Location': PAGE },
    parts: parts.map((body) => ({ headers: { 'Content-Type': 'text/html', 'Content-Location': PAGE }, body })),
  });
const warc = (...records: Parameters<typeof response>[0][]): Buffer => plainWarc(records.map(response));
const whole = warc({ url: PAGE, body: html('<p>386 persons') }, { url: `${PAGE}?2`, body: html('<p>two') });

/** Files that are broken or burdensome, each in one way. */
const FILES: Readonly<Record<string, Buffer>> = {
  'cut.warc': whole.subarray(0, whole.length - 60),
  'cut.mhtml': message([html('<p>386 persons')]).subarray(0, 150),
  'twice.mhtml': message([html('<p>first'), html('<p>second')]),
  'digest.warc': warc({ url: PAGE, body: html('<p>386'), digested: 'something else' }),
  'bomb.warc.gz': gzipSync(Buffer.concat([Buffer.from('WARC/1.1\r\n'), Buffer.alloc(64 << 20, 0x20)])),
  'loop.warc': warc(
    { url: `${PAGE}?a`, status: '302 Found', headers: { Location: `${PAGE}?b` }, body: '' },
    { url: `${PAGE}?b`, status: '302 Found', headers: { Location: `${PAGE}?a` }, body: '' },
  ),
  'deep.html': Buffer.from(html(`${'<div>'.repeat(100_000)}deep`)),
  'styles.html': Buffer.from(html(`<style>${'a{color:red}'.repeat(900_000)}</style><p>x`)),
  'large.html': Buffer.from(html('<p>x</p>'.repeat(6_500_000))),
  'picture.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
};

/** The outcome for each, and its line in the report. */
const ENDS: Readonly<Record<string, readonly ['added' | 'failed', RegExp]>> = {
  'cut.warc': ['added', /The file is cut off in or after record 2.*This page’s digest doesn’t match/s],
  'cut.mhtml': ['failed', /“cut.mhtml” has no web page: it has no parts\. Save the page again/],
  'twice.mhtml': ['added', /^/],
  'digest.warc': ['added', /This page’s digest doesn’t match: bytes were altered or lost/],
  'bomb.warc.gz': [
    'failed',
    /This archive unpacks to more than 200 times its size \(64 MB\), which no capture tool’s does, so it was rejected\. Capture the pages again/,
  ],
  'loop.warc': ['failed', /This archive has no page, PDF, image or text to import\./],
  'deep.html': ['added', /The page is deeply nested; its innermost parts were flattened\./],
  'styles.html': ['added', /more styles, images or fonts than Sourcebook stores; the rest was left out\./],
  'large.html': ['failed', /This page has more than 16 MB of text and markup/],
  'picture.png': ['failed', /This PNG’s header is damaged, so it can’t be shown\. Get a new copy\./],
};

it('broken or excessive captures end in an import with a note or a plain error', { timeout: 240_000 }, async () => {
  const folder = tempFolder();
  const options = { folder: join(folder, 'bad.sourcebook'), person: somebody('Ann') };
  createProject(options).close();
  const engine = await openEngine(options);
  const paths = Object.entries(FILES).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
  const { items } = await engine.call('import.run', { job: 'j', paths, allPages: true, shortPaths: true });
  expect(Object.keys(ENDS)).toEqual(Object.keys(FILES));
  const { failures } = await engine.call('project.verify', {});
  await engine.close();
  const outcome = (name: string) =>
    items
      .filter(({ path }) => path === name)
      .map(({ status, error, notes }) => ({ status, said: [error?.message ?? '', ...notes].join(' ') }));
  for (const [name, [status, words]] of Object.entries(ENDS)) {
    const lines = outcome(name);
    expect(lines, name).not.toEqual([]);
    for (const line of lines) expect(line.status, `${name}: ${line.said}`).toBe(status);
    expect(lines.map(({ said }) => said).join('\n'), name).toMatch(words);
  }
  expect(items.every(({ error }) => error?.code !== 'INTERNAL')).toBe(true);
  expect(failures).toEqual([]);
});
