import { describe, expect, it } from 'vitest';
import { addresses, archived, expectNote, html, textOf } from '../../../support/archives.ts';
import { describeCorpus, corpusPath } from '../../../support/corpus.ts';
import { readFileSync } from 'node:fs';
import { gzippedWarc, plainWarc, response, warcinfo } from '../../../support/warc.ts';
import { signingKey, wacz, zipped, type WaczToWrite } from '../../../support/wacz.ts';

const at = '2024-05-06T07:08:09Z';
const url = (name: string): string => `http://example.org/${name}`;
const page = (name: string, date = at): Buffer => response({ url: url(name), date, body: html(name) });
const redirect = response({ url: url(''), date: at, status: '302 Found', headers: { Location: '/a' }, body: '' });
const records = [warcinfo('A crawler'), redirect, page('a'), page('b'), page('frame')];
const pages = [
  { url: url('b'), ts: at, title: 'As it was listed' },
  { url: url(''), ts: at },
];
const open = async (given: Partial<WaczToWrite> = {}) =>
  archived(await wacz({ warcs: { 'data.warc.gz': gzippedWarc(records) }, pages, ...given }), 'captures.wacz');

describe('a WACZ is read', () => {
  it.each([
    ['its WARCs compressed record by record', {}],
    ['its WARCs plain', { warcs: { 'data.warc': plainWarc(records) } }],
    ['its WARCs deflated in the zip', { deflated: true }],
    ['its WARCs deflated twice', { warcs: { 'data.warc.gz': gzippedWarc(records) }, deflated: true }],
  ])('%s: listed pages first, in their order', async (_, given) => {
    const archive = await open(given);
    const { archive: facts, pages: found } = await archive.list();
    expect(facts).toEqual({
      format: 'wacz',
      software: 'Sourcebook tests 1.0',
      records: 5,
      digests: 'held',
      signature: null,
      notes: [],
    });
    expect(found.map((one) => [one.url, one.title, one.listed])).toEqual([
      [url('b'), 'As it was listed', true],
      [url(''), 'a', true],
      [url('frame'), 'frame', false],
    ]);
    expect(textOf(await archive.page(url('b')))).toBe('The text of b.');
  });

  it('a package of so many values that reading it would take a worker’s memory is not read', async () => {
    const archive = await open({ about: { more: Array<number>(1_000_001).fill(0) } });
    const { archive: facts, pages: found } = await archive.list();
    expect(facts.software).toBe('A crawler');
    expect(found).toHaveLength(3);
    expectNote(await archive.list(), /Can’t read the WACZ’s datapackage\.json/);
  });

  it('a page whose listed address redirects keeps that address, and has the body the redirect leads to', async () => {
    const read = await (await open()).page(url(''));
    expect(textOf(read)).toBe('The text of a.');
    expect(read.redirects).toEqual([{ url: url(''), status: 302 }]);
    expect(read.record.capture).toEqual({ url: url(''), time: at, tool: 'Sourcebook tests 1.0' });
    expect(read.prefilled).toMatchObject({ captureUrl: 'pages.jsonl', captureTool: 'datapackage.json' });
  });

  it('several WARCs in one file are one archive', async () => {
    const warcs = { '1.warc.gz': gzippedWarc([redirect]), '2.warc': plainWarc([page('a')]) };
    const archive = await open({ warcs, pages: [{ url: url(''), ts: at }] });
    expect(textOf(await archive.page(url('')))).toBe('The text of a.');
  });

  it('extra pages are listed too; unreadable lines and missing pages are noted', async () => {
    const archive = await open({
      pages: [{ url: url('b'), ts: at }, '{"url":', { url: url('nowhere'), ts: at }],
      extraPages: [{ url: url('a'), ts: Date.parse(at) }],
    });
    const list = await archive.list();
    expect(list.pages.filter(({ listed }) => listed).map((one) => one.url)).toEqual([url('b'), url('a')]);
    expectNote(list, /1 line of the WACZ’s page list can’t be read/);
    expectNote(list, /1 page is listed but not in the archive/);
  });
});

describe('a WACZ’s hashes are checked', () => {
  it.each([
    [
      'a file is another',
      { 'pages/pages.jsonl': Buffer.from('{"url":"http://example.org/x"}') },
      /“pages\/pages.jsonl” has .* bytes/,
    ],
    ['a file of the same length is another', { 'archive/data.warc.gz': altered() }, /its hash is different/],
    ['a file is missing', { 'pages/pages.jsonl': null }, /is listed in the WACZ but missing/],
    [
      'the list of files is another',
      { 'datapackage.json': Buffer.from('{"resources":[]}') },
      /file list .* was altered/,
    ],
  ] as const)('%s', async (_, changes, words) => {
    const list = await (await open({ altered: changes })).list();
    expect(list.archive.digests).toBe('wrong');
    expectNote(list, words);
  });

  it('a WACZ without a list of files is read, with a note', async () => {
    const list = await (await open({ altered: { 'datapackage.json': null } })).list();
    expect(addresses(list)).toContain(url('b'));
    expectNote(list, /no datapackage.json/);
  });
});

/** The same WARC with another time in its gzip header: every record is as it was, the file is not. */
function altered(): Buffer {
  const bytes = gzippedWarc(records);
  bytes[4] = 1;
  return bytes;
}

describe('a signature is checked', () => {
  it('a signature that matches its key is valid, and names the key', async () => {
    const { archive } = await (await open({ signedBy: signingKey() })).list();
    expect(archive.signature).toMatchObject({ state: 'valid', at: '2024-05-06T07:10:00Z' });
    expect(archive.signature?.by).toMatch(/^key [0-9a-f]{64}$/);
  });

  it('a signature of another list of files is invalid', async () => {
    const datapackage = Buffer.from('{"resources":[]}');
    const { archive } = await (
      await open({ signedBy: signingKey(), altered: { 'datapackage.json': datapackage } })
    ).list();
    expect(archive.signature?.state).toBe('invalid');
  });
});

describe('a file that is not a WACZ, or is hostile, is rejected with an explanation', () => {
  const files = (...names: readonly string[]) => zipped(new Map(names.map((name) => [name, Buffer.from('x')])));
  it.each([
    ['a zip without WARCs', () => files('readme.txt'), 'DAMAGED', /no WARC/],
    ['several WACZ in one', () => files('archive/a.warc', 'b.wacz'), 'UNSUPPORTED', /other WACZ/],
    ['two files of one name', () => files('archive/a.warc', 'archive/A.WARC'), 'BAD_INPUT', /two of its files/],
    [
      'a zip that is cut',
      async () => (await files('archive/a.warc')).subarray(0, 60),
      'DAMAGED',
      /isn’t a complete zip/,
    ],
    [
      'a file that wants to be written elsewhere',
      async () =>
        Buffer.from(
          (await files('archive/a.warc')).toString('latin1').replaceAll('archive/a.warc', '../../../a.txt'),
          'latin1',
        ),
      'BAD_INPUT',
      /outside its folder/,
    ],
    [
      'a zip bomb',
      () => zipped(new Map([['archive/a.warc', Buffer.alloc(65 << 20)]]), () => true),
      'TOO_LARGE',
      /unpacks to/,
    ],
  ] as const)('%s', async (_, make, code, words) => {
    const error = await archived(await make(), 'captures.wacz').error();
    expect(error.message).toMatch(words);
    expect(error.code).toBe(code);
  });
});

describeCorpus('archives made by other programs', () => {
  it.each([
    ['dupes.warc.gz', 25, 2],
    ['iana.warc.gz', 343, 16],
    ['valid_example_1.wacz', 4, 1],
  ])('%s', async (name, records, count) => {
    const archive = archived(readFileSync(corpusPath('captures', name)), name);
    const list = await archive.list();
    expect([list.archive.records, list.archive.digests, list.pages.length]).toEqual([records, 'held', count]);
    const [first] = list.pages;
    expect(textOf(await archive.page(first?.url ?? ''))).toMatch(/Example Domain|Internet Assigned Numbers/);
  });
});
