import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { addresses, archived, expectNote, html, textOf } from '../../../support/archives.ts';
import {
  chunked,
  digest,
  gzippedWarc,
  plainWarc,
  record,
  request,
  response,
  revisit,
  warcinfo,
  wholeGzip,
} from '../../../support/warc.ts';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082',
  'hex',
);
const page = html('County report');
const records = [
  warcinfo('Sourcebook tests 1.0'),
  request('https://example.org/report'),
  response({ url: 'https://example.org/report', body: page }),
  response({ url: 'https://example.org/logo.png', type: 'image/png', body: PNG }),
];

describe('a WARC is read', () => {
  it.each([
    ['plain', plainWarc],
    ['compressed record by record', gzippedWarc],
    ['compressed as a whole', wholeGzip],
  ])('%s', async (_, write) => {
    const archive = archived(write(records));
    const { archive: facts, pages } = await archive.list();
    expect(facts).toEqual({
      format: 'warc',
      software: 'Sourcebook tests 1.0',
      records: 4,
      digests: 'held',
      signature: null,
      notes: [],
    });
    expect(pages).toEqual([
      {
        key: 'https://example.org/report 2024-05-06T07:08:09Z',
        url: 'https://example.org/report',
        title: 'County report',
        time: '2024-05-06T07:08:09Z',
        status: 200,
        bytes: page.length,
        kind: 'page',
        listed: false,
        digest: 'held',
      },
    ]);
    expect(textOf(await archive.page('https://example.org/report'))).toBe('The text of County report.');
  });

  it('of version 1.0, with brackets around addresses', async () => {
    const old = archived(plainWarc([response({ url: 'http://example.org/', body: page, version: '1.0' })]));
    expect(addresses(await old.list())).toEqual(['http://example.org/']);
    expect(textOf(await old.page('http://example.org/'))).toContain('County report');
  });

  it('with lines that end with LF alone, and folded fields', async () => {
    const written = response({ url: 'http://example.org/', body: page, fields: { 'X-Long': 'one\r\n two' } });
    const at = written.indexOf('\r\n\r\n');
    const careless = Buffer.concat([
      Buffer.from(written.toString('utf8', 0, at + 4).replaceAll('\r\n', '\n')),
      written.subarray(at + 4),
    ]);
    expect(addresses(await archived(careless).list())).toEqual(['http://example.org/']);
  });
});

describe('a body is decoded from its transfer and content encodings', () => {
  const packed: readonly (readonly [string, Buffer])[] = [
    ['gzip', gzipSync(page)],
    ['br', brotliCompressSync(page)],
    ['zstd', zstdCompressSync(page)],
    ['deflate', deflateSync(page)],
  ];
  it.each([
    ...packed,
    ['deflate', deflateRawSync(page)] as const,
    ['gzip, br', brotliCompressSync(gzipSync(page))] as const,
  ])('Content-Encoding: %s, in chunks', async (encoding, body) => {
    const headers = { 'Content-Encoding': encoding, 'Transfer-Encoding': 'chunked' };
    const archive = archived(gzippedWarc([response({ url: 'http://example.org/', headers, body: chunked(body) })]));
    const { pages } = await archive.list();
    expect(pages).toMatchObject([
      { title: 'County report', kind: 'page', digest: 'held', bytes: chunked(body).length },
    ]);
    expect(textOf(await archive.page('http://example.org/'))).toBe('The text of County report.');
  });

  it('a body that the tool had unpacked is kept although the header says gzip', async () => {
    const archive = archived(
      response({
        url: 'http://example.org/',
        headers: { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' },
        body: page,
      }),
    );
    expect(textOf(await archive.page('http://example.org/'))).toContain('County report');
  });

  it('its charset is that of the Content-Type; the title is read with it', async () => {
    const body = Buffer.from('<html><title>\xca\xa1</title><body>\xca\xa1</body>', 'latin1');
    const archive = archived(response({ url: 'http://example.org/', type: 'text/html; charset="gb2312"', body }));
    expect((await archive.list()).pages).toMatchObject([{ title: '省' }]);
    expect(textOf(await archive.page('http://example.org/'))).toBe('省');
  });
});

describe('digests are checked', () => {
  const body = gzipSync(page);
  const sent = chunked(body);
  const headers = { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' };
  it.each([
    ['as sent', sent],
    ['without chunks', body],
    ['unpacked', page],
  ])('over the body %s, since tools differ', async (_, digested) => {
    const { archive, pages } = await archived(
      response({ url: 'http://example.org/', headers, body: sent, digested }),
    ).list();
    expect([archive.digests, pages[0]?.digest]).toEqual(['held', 'held']);
  });

  it.each([
    ['sha256 in hex', 'sha256:8c8b77b0e1f2d0b5'],
    ['sha1 in base32', digest(Buffer.from('another'))],
  ])('one that does not match is reported for the archive and the page (%s)', async (_, wrong) => {
    const good = response({ url: 'http://example.org/good', body: page });
    const bad = response({ url: 'http://example.org/bad', body: page, fields: { 'WARC-Payload-Digest': wrong } });
    const archive = archived(plainWarc([good, bad]));
    const list = await archive.list();
    expect(list.archive.digests).toBe('wrong');
    expect(list.pages.map((one) => one.digest)).toEqual(['held', 'wrong']);
    expectNote(list, /digests of 1 record do not match/);
    expect((await archive.page('http://example.org/bad')).notes.join()).toMatch(/This page’s digest doesn’t match/);
  });

  it('a missing digest is not a failure', async () => {
    const { archive } = await archived(
      response({ url: 'http://example.org/', body: page, digested: null, fields: { 'WARC-Block-Digest': null } }),
    ).list();
    expect(archive.digests).toBe('none');
  });
});

describe('what is offered as a page', () => {
  it('web pages and PDFs, recognised by their bytes, but no responses to POST, resources, images or redirects', async () => {
    const list = await archived(
      plainWarc([
        response({ url: 'http://example.org/a', type: 'image/png', body: page }),
        response({ url: 'http://example.org/b.html', type: 'text/html', body: '%PDF-1.7 …' }),
        response({ url: 'http://example.org/logo.html', type: 'text/html', body: PNG }),
        response({ url: 'http://example.org/data', type: 'text/html', body: '{"html":"<p>"}' }),
        response({ url: 'http://example.org/style.css', type: 'text/css', body: 'body{}' }),
        response({ url: 'http://example.org/robots.txt', type: 'text/plain', body: 'User-agent: *' }),
        response({ url: 'http://example.org/posted', body: page, date: '2024-01-01T00:00:00Z' }),
        request('http://example.org/posted', 'POST', '2024-01-01T00:00:00Z'),
        response({ url: 'http://example.org/part', status: '206 Partial Content', body: page }),
        response({ url: 'http://example.org/old', status: '301 Moved', headers: { Location: '/a' }, body: page }),
        record({
          type: 'resource',
          url: 'urn:pageinfo:http://example.org/',
          block: page,
          fields: { 'Content-Type': 'text/html' },
        }),
        record({ type: 'metadata', url: 'http://example.org/a', block: 'outlink: x' }),
      ]),
    ).list();
    expect(list.pages.map(({ url, kind }) => [url, kind])).toEqual([
      ['http://example.org/a', 'page'],
      ['http://example.org/b.html', 'pdf'],
    ]);
  });

  it('images and plain texts if there is nothing else', async () => {
    const archive = archived(
      plainWarc([
        response({
          url: 'http://example.org/notice.txt',
          type: 'text/plain; charset=gbk',
          body: Buffer.from([0xca, 0xa1]),
        }),
        response({ url: 'http://example.org/scan.png', type: 'image/png', body: PNG }),
      ]),
    );
    expect((await archive.list()).pages.map(({ kind }) => kind)).toEqual(['text', 'image']);
    expect(await archive.content('http://example.org/scan.png')).toEqual(PNG);
    const text = await archive.page('http://example.org/notice.txt');
    expect([text.engine, textOf(text), text.record.capture?.url]).toEqual([
      'plain-text',
      '省',
      'http://example.org/notice.txt',
    ]);
  });

  it('in order of time, error statuses last; equal keys are numbered', async () => {
    const at = (url: string, date: string, status = '200 OK') =>
      response({ url, date, status, body: html(`${url} ${date}`) });
    const list = await archived(
      plainWarc([
        at('http://example.org/gone', '2020-01-01T00:00:00Z', '404 Not Found'),
        at('http://example.org/b', '2022-01-01T00:00:00Z'),
        at('http://example.org/a', '2021-01-01T00:00:00Z'),
        at('http://example.org/a', '2021-01-01T00:00:00Z'),
      ]),
    ).list();
    expect(list.pages.map(({ key, status }) => [key, status])).toEqual([
      ['http://example.org/a 2021-01-01T00:00:00Z', 200],
      ['http://example.org/a 2021-01-01T00:00:00Z #2', 200],
      ['http://example.org/b 2022-01-01T00:00:00Z', 200],
      ['http://example.org/gone 2020-01-01T00:00:00Z', 404],
    ]);
  });

  it('resource and conversion records, with a note', async () => {
    const archive = archived(
      plainWarc([
        record({
          type: 'resource',
          url: 'http://example.org/made',
          block: page,
          fields: { 'Content-Type': 'text/html' },
        }),
        record({
          type: 'conversion',
          url: 'http://example.org/old.doc',
          block: '%PDF-1.4 …',
          fields: { 'Content-Type': 'application/pdf' },
        }),
      ]),
    );
    expect((await archive.list()).pages).toMatchObject([
      { url: 'http://example.org/made', kind: 'page', status: null },
      { url: 'http://example.org/old.doc', kind: 'pdf', status: null },
    ]);
    expect((await archive.content('http://example.org/old.doc')).toString()).toBe('%PDF-1.4 …');
  });
});

describe('redirects to a page', () => {
  it('are listed with it, in order', async () => {
    const archive = archived(
      plainWarc([
        response({
          url: 'http://example.org/',
          date: '2024-01-01T00:00:01Z',
          status: '301 Moved',
          headers: { Location: 'https://example.org/' },
          body: '',
        }),
        response({
          url: 'https://example.org/',
          date: '2024-01-01T00:00:02Z',
          status: '302 Found',
          headers: { Location: '/zh/' },
          body: '',
        }),
        response({ url: 'https://example.org/zh/', date: '2024-01-01T00:00:03Z', body: page }),
      ]),
    );
    const { status, redirects, record: said, prefilled } = await archive.page('https://example.org/zh/');
    expect(redirects).toEqual([
      { url: 'http://example.org/', status: 301 },
      { url: 'https://example.org/', status: 302 },
    ]);
    expect(status).toBe(200);
    expect(said.capture).toEqual({ url: 'https://example.org/zh/', time: '2024-01-01T00:00:03Z' });
    expect(said.dateOfCapture).toEqual({ edtf: '2024-01-01', implied: false });
    expect(prefilled).toMatchObject({
      captureUrl: 'WARC-Target-URI',
      captureTime: 'WARC-Date',
      dateOfCapture: 'WARC-Date',
    });
  });

  it('in a loop end, and are not offered as a page', async () => {
    const to = (url: string, location: string) =>
      response({ url, status: '302 Found', headers: { Location: location }, body: page });
    const list = await archived(
      plainWarc([to('http://example.org/a', '/b'), to('http://example.org/b', '/a'), to('http://example.org/c', '/c')]),
    ).list();
    expect(list.pages).toEqual([]);
  });

  it('a revisit record has the body of its original, with a note', async () => {
    const archive = archived(
      gzippedWarc([
        response({ url: 'http://example.org/', date: '2023-01-01T00:00:00Z', body: page }),
        revisit('http://example.org/', '2024-01-01T00:00:00Z', { body: page }),
        response({
          url: 'http://example.org/other',
          date: '2023-01-01T00:00:00Z',
          body: html('Another'),
          digested: null,
        }),
        revisit('http://example.org/same', '2024-01-01T00:00:00Z', {
          body: 'unknown',
          url: 'http://example.org/other',
          date: '2023-01-01T00:00:00Z',
        }),
        revisit('http://example.org/lost', '2024-01-01T00:00:00Z', { body: 'lost' }),
      ]),
    );
    const list = await archive.list();
    expect(list.pages.map(({ url, time, title }) => [url, time, title])).toEqual([
      ['http://example.org/', '2023-01-01T00:00:00Z', 'County report'],
      ['http://example.org/other', '2023-01-01T00:00:00Z', 'Another'],
      ['http://example.org/', '2024-01-01T00:00:00Z', 'County report'],
      ['http://example.org/same', '2024-01-01T00:00:00Z', 'Another'],
    ]);
    expectNote(list, /1 capture says only that nothing had changed/);
    const same = await archive.page('http://example.org/same');
    expect(textOf(same)).toBe('The text of Another.');
    expect(same.notes.join()).toMatch(/unchanged since 2023-01-01/);
  });

  it('revisit records that refer to each other end the search', async () => {
    const list = await archived(
      plainWarc([
        revisit('http://example.org/a', '2024-01-01T00:00:00Z', {
          body: 'x',
          url: 'http://example.org/b',
          date: '2024-01-01T00:00:00Z',
        }),
        revisit('http://example.org/b', '2024-01-01T00:00:00Z', {
          body: 'x',
          url: 'http://example.org/a',
          date: '2024-01-01T00:00:00Z',
        }),
      ]),
    ).list();
    expect(list.pages).toEqual([]);
  });
});
