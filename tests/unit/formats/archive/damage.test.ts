import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../electron/formats/archive/index.ts';
import { addresses, archived, expectNote, html, textOf } from '../../../support/archives.ts';
import { wacz } from '../../../support/wacz.ts';
import { gzippedWarc, plainWarc, record, response, wholeGzip } from '../../../support/warc.ts';

const url = (name: string): string => `http://example.org/${name}`;
const written = (name: string, fields?: Record<string, string | null>): Buffer =>
  response({ url: url(name), body: html(name), ...(fields !== undefined && { fields }) });
const three = ['a', 'b', 'c'].map((name) => written(name));
const bytes = (of: readonly Buffer[], to: number): number => of.slice(0, to).reduce((sum, one) => sum + one.length, 0);

describe('a damaged archive gives its undamaged part, and notes the rest', () => {
  it.each([
    ['plain', plainWarc(three).subarray(0, bytes(three, 2) + 300)],
    [
      'compressed',
      gzippedWarc(three).subarray(
        0,
        bytes(
          three.map((one) => gzipSync(one)),
          2,
        ) + 100,
      ),
    ],
    ['compressed as a whole', wholeGzip(three).subarray(0, -40)],
  ])('cut in its last record (%s)', async (_, cut) => {
    const list = await archived(cut).list();
    expect(addresses(list).slice(0, 2)).toEqual([url('a'), url('b')]);
    expectNote(list, /cut|damaged/);
  });

  it.each([
    ['too small', '10'],
    ['too large, over the next record', '900'],
    ['larger than the file', '99999999999'],
    ['no number', '-1'],
    ['missing', null],
  ])('a record whose length is %s does not swallow the next', async (_, length) => {
    const list = await archived(
      plainWarc([written('a'), written('b', { 'Content-Length': length }), written('c')]),
    ).list();
    expect(addresses(list)).toEqual(expect.arrayContaining([url('a'), url('c')]));
    expectNote(list, /length is wrong|belong to no record/);
  });

  it('bytes between records are skipped', async () => {
    const list = await archived(Buffer.concat([written('a'), Buffer.alloc(5000, 'x\n'), written('b')])).list();
    expect(addresses(list)).toEqual([url('a'), url('b')]);
    expectNote(list, /belong to no record/);
  });

  it('a damaged compressed record does not stop the reading', async () => {
    const [a, b, c] = three.map((one) => gzipSync(one));
    const changed = Buffer.from(b ?? '');
    changed.fill(0xff, 60, 90);
    const list = await archived(Buffer.concat([a ?? '', changed, c ?? ''].map((one) => Buffer.from(one)))).list();
    expect(addresses(list)).toEqual(expect.arrayContaining([url('a'), url('c')]));
    expectNote(list, /can’t be fully unpacked/);
  });

  it('a WARC that a WACZ’s zip can’t give any byte of is noted, and the others are read', async () => {
    const packed = await wacz({ warcs: { '1.warc': written('a'), '2.warc': written('b') }, deflated: true });
    // The signature of the second entry’s local header.
    const at = packed.lastIndexOf('PK\u0003\u0004', packed.indexOf('archive/2.warc'));
    packed.fill(0, at, at + 4);
    const list = await archived(packed).list();
    expect(addresses(list)).toEqual([url('a')]);
    expectNote(list, /2\.warc” in the WACZ can’t be fully unpacked/);
  });

  it('a record that its tool marked as truncated is noted', async () => {
    const archive = archived(written('a', { 'WARC-Truncated': 'length' }));
    expect((await archive.page(url('a'))).notes.join()).toMatch(/doesn’t have all of it/);
  });
});

describe('a file that is not an archive, or is hostile, is rejected with an explanation', () => {
  const arc = Buffer.from('filedesc://IA.arc 0.0.0.0 20000101000000 text/plain 76\n1 0 InternetArchive\n');
  it.each([
    ['an ARC file', arc, 'UNSUPPORTED', /ARC file/],
    ['a compressed ARC file', gzipSync(arc), 'UNSUPPORTED', /ARC file/],
    ['nothing', Buffer.alloc(0), 'BAD_INPUT', /empty/],
    ['something else', Buffer.from('Dear colleague, …'), 'BAD_INPUT', /isn’t a valid WARC/],
    ['something else, compressed', gzipSync('Dear colleague, …'), 'BAD_INPUT', /isn’t a valid WARC/],
    [
      'a gzip bomb',
      gzipSync(Buffer.alloc(LIMITS.ratioFrom + (1 << 20))),
      'TOO_LARGE',
      /more than 200 times its size \(64 MB\).*Capture the pages again/,
    ],
  ] as const)('%s', async (_, content, code, words) => {
    const error = await archived(content).error();
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  it('a body that unpacks to more than a page may have is left out, and does not hang', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(LIMITS.body + 1));
    const archive = archived(
      plainWarc([
        response({ url: url('a'), body: html('a', '<img src="/bomb.png"><p>Text') }),
        response({ url: url('bomb.png'), headers: { 'Content-Encoding': 'zstd' }, body: bomb }),
      ]),
    );
    expect(textOf(await archive.page(url('a')))).toBe('Text');
  });

  it('a page that is packed twice, or unpacks to a multiple of what is read, is left out, and its note says what to do', async () => {
    const page = Buffer.from(html('a'));
    const packed = response({
      url: url('twice'),
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync(gzipSync(page)),
    });
    const bomb = response({
      url: url('bomb'),
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(LIMITS.body + 1)),
    });
    const list = await archived(plainWarc([packed, bomb, written('b')])).list();
    expect(addresses(list)).toEqual([url('b')]);
    expectNote(list, /^1 page is compressed more often than the archive says, and left out\. Unpack/m);
    expectNote(list, /1 page unpacks to far more than the 64 MB .* ask who captured them/);
  });

  it('a header that does not end', async () => {
    const long = Buffer.from(`WARC/1.1\r\n${'X: y\r\n'.repeat(20_000)}`);
    expect(addresses(await archived(Buffer.concat([long, written('a')])).list())).toEqual([url('a')]);
  });

  it('a record that is too large is left out, and those after it are read', async () => {
    const large = record({
      type: 'resource',
      url: url('large'),
      block: Buffer.alloc(LIMITS.block + 1),
      fields: { 'WARC-Block-Digest': null },
    });
    const list = await archived(plainWarc([large, written('a')])).list();
    expect(addresses(list)).toEqual([url('a')]);
    expectNote(list, /larger than 64 MB, the most Sourcebook reads of one.*add it as a file/);
  });
});

describe('the index', () => {
  const archive = () => archived(gzippedWarc(three));

  it('is stored, and gives the same answer when it is read again', async () => {
    const one = archive();
    const before = await one.list();
    const stored = readFileSync(one.index);
    expect(await one.list()).toEqual(before);
    expect(readFileSync(one.index)).toEqual(stored);
  });

  it.each([
    ['gone', (index: string) => rmSync(index)],
    ['damaged', (index: string) => writeFileSync(index, readFileSync(index).fill(7, 200, 220))],
    ['cut', (index: string) => writeFileSync(index, readFileSync(index).subarray(0, -5))],
    ['something else', (index: string) => writeFileSync(index, 'hello')],
  ])('is rebuilt when it is %s', async (_, spoil) => {
    const one = archive();
    const before = await one.list();
    spoil(one.index);
    // Two others push it out of memory, where it would be found whole.
    for (const other of [archive(), archive()]) await other.list();
    expect(await one.list()).toEqual(before);
    expect(textOf(await one.page(url('b')))).toBe('The text of b.');
  });

  it('of an earlier file with the same name is not used', async () => {
    const one = archive();
    await one.list();
    writeFileSync(one.path, plainWarc([written('d')]));
    expect(addresses(await one.list())).toEqual([url('d')]);
  });

  it('of several WARCs is rejected if together they unpack to far more than their size, although none does so alone', async () => {
    const zeros = plainWarc([written('a'), record({ type: 'metadata', block: Buffer.alloc(40 << 20) })]);
    const bomb = await wacz({ warcs: { '1.warc': zeros, '2.warc': zeros }, deflated: true });
    expect(await archived(bomb, 'bomb.wacz').error()).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('leaves only unpacked files beside it, which are made again if missing', async () => {
    const padding = record({ type: 'metadata', block: Buffer.from(html('x').repeat(12_000)) });
    const one = archived(wholeGzip([written('a'), padding, written('b')]));
    await one.list();
    expect(readdirSync(dirname(one.index)).sort()).toEqual(['captures.warc', 'index', 'index.unpacked-10000']);
    rmSync(`${one.index}.unpacked-10000`);
    expect(textOf(await one.page(url('b')))).toBe('The text of b.');
  });
});
