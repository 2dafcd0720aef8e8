import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listArchive, readPage, writeContent } from '../../electron/formats/archive/index.ts';
import { archiveFacts, pageOfArchive } from '../../shared/contract/sources.ts';
import { html } from '../support/archives.ts';
import { mutate } from '../support/mutate.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { wacz } from '../support/wacz.ts';
import {
  chunked,
  gzippedWarc,
  plainWarc,
  record,
  request,
  response,
  revisit,
  warcinfo,
  wholeGzip,
} from '../support/warc.ts';

let folder = '';
let whole: readonly Buffer[] = [];

const at = '2024-05-06T07:08:09Z';
const records = [
  warcinfo('A crawler'),
  response({ url: 'http://example.org/', date: at, status: '302 Found', headers: { Location: '/a' }, body: '' }),
  request('http://example.org/a'),
  response({ url: 'http://example.org/a', date: at, body: html('A', '<link rel="stylesheet" href="a.css"><p>Text') }),
  response({ url: 'http://example.org/a.css', type: 'text/css', body: 'p{color:red}' }),
  response({
    url: 'http://example.org/b',
    headers: { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' },
    body: chunked(gzipSync(html('B'))),
  }),
  revisit('http://example.org/c', '2024-06-01T00:00:00Z', { body: html('B'), url: 'http://example.org/a', date: at }),
  record({ type: 'conversion', url: 'http://example.org/d.doc', block: '%PDF-1.4 nothing' }),
  response({ url: 'http://example.org/notice.txt', type: 'text/plain', body: 'Notice' }),
];

beforeAll(async () => {
  folder = makeFolder();
  const packed = await wacz({
    warcs: { '1.warc.gz': gzippedWarc(records), '2.warc': plainWarc(records.slice(3, 5)) },
    pages: [{ url: 'http://example.org/', ts: at, title: 'Listed' }],
  });
  const deflated = await wacz({ warcs: { '1.warc': plainWarc(records) }, deflated: true });
  whole = [plainWarc(records), gzippedWarc(records), wholeGzip(records), packed, deflated];
});
afterAll(() => removeFolder(folder));

/** Failures that a person can do something about; anything else is a defect of the reader. */
const FORESEEN = ['BAD_INPUT', 'DAMAGED', 'TOO_LARGE', 'UNSUPPORTED'];

describe('a damaged archive', () => {
  it.each(seeds(share(600)))(
    'gives readable pages or says why not, within limits of memory and time (seed %i)',
    async (seed) => {
      const random: Seeded = seeded(seed);
      const place = { path: join(folder, `${seed}.warc`), index: join(folder, `${seed}.index`) };
      writeFileSync(place.path, mutate(random.pick(whole), random));
      const listed = await listArchive(place);
      if (!listed.ok) {
        expect(FORESEEN).toContain(listed.error.code);
        expect(listed.error.message).toMatch(/^[A-Z].*\.$/s);
        return;
      }
      expect(archiveFacts.safeParse(listed.value.archive).success).toBe(true);
      const { pages } = listed.value;
      expect(new Set(pages.map(({ key }) => key)).size).toBe(pages.length);
      for (const page of pages) {
        expect(pageOfArchive.safeParse(page).success).toBe(true);
        const to = join(folder, `${seed}.content`);
        const read =
          page.kind === 'page' || page.kind === 'text'
            ? await readPage(place, { key: page.key, fileName: 'captures.warc', charset: null })
            : await writeContent(place, page.key, to);
        if (!read.ok) expect(FORESEEN).toContain(read.error.code);
        rmSync(to, { force: true });
      }
    },
    20_000,
  );
});
