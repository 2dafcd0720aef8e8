import { describe, expect, it } from 'vitest';
import { captureOf, listArchive, pageByKey, withArchive } from '../../../../electron/formats/archive/index.ts';
import { archived, html } from '../../../support/archives.ts';
import { gzippedWarc, response, revisit } from '../../../support/warc.ts';

/** What a page of an archive finds under an address, as text; null where it finds nothing. */
async function finds(records: readonly Buffer[], addresses: readonly string[]): Promise<(string | null)[]> {
  const place = archived(
    gzippedWarc([
      ...records,
      response({ url: 'https://example.org/', date: '2024-06-01T00:00:00Z', body: html('Page') }),
    ]),
  );
  await listArchive(place);
  return withArchive(place, (archive) => {
    const page = pageByKey(archive, 'https://example.org/ 2024-06-01T00:00:00Z');
    const capture = captureOf(archive, page);
    return addresses.map((address) => {
      const part = capture.find(address);
      return part === null ? null : `${part.type}: ${Buffer.from(part.bytes).toString()}`;
    });
  });
}

const css = (url: string, date: string, body: string, status = '200 OK') =>
  response({ url, date, body, status, type: 'text/css' });

describe('a page’s resources are found', () => {
  it('by address, http or https, without fragment; and nothing that the archive does not have', async () => {
    const there = [css('http://example.org/a.css?x=1', '2024-06-01T00:00:01Z', 'a{}')];
    expect(
      await finds(there, [
        'http://example.org/a.css?x=1',
        'https://example.org/a.css?x=1#top',
        'https://example.org/a.css',
        'cid:1',
        'nonsense',
      ]),
    ).toEqual(['text/css: a{}', 'text/css: a{}', null, null, null]);
  });

  it('nearest in time, preferring those without an error status', async () => {
    const there = [
      css('https://example.org/a.css', '2020-01-01T00:00:00Z', 'old'),
      css('https://example.org/a.css', '2024-06-01T00:00:02Z', 'near'),
      css('https://example.org/a.css', '2024-06-01T00:00:01Z', 'error', '500 Error'),
      css('https://example.org/a.css', '2025-01-01T00:00:00Z', 'new'),
      css('https://example.org/gone.css', '2024-06-01T00:00:00Z', 'gone', '404 Not Found'),
    ];
    expect(await finds(there, ['https://example.org/a.css', 'https://example.org/gone.css'])).toEqual([
      'text/css: near',
      null,
    ]);
  });

  it('through redirects and revisit records', async () => {
    const there = [
      css('https://cdn.example.org/b.css', '2023-01-01T00:00:00Z', 'b{}'),
      revisit('https://cdn.example.org/b.css', '2024-06-01T00:00:00Z', { body: 'b{}' }),
      response({
        url: 'https://example.org/b.css',
        status: '302 Found',
        headers: { Location: '//cdn.example.org/b.css' },
        body: '',
      }),
      response({ url: 'https://example.org/loop', status: '302 Found', headers: { Location: '/loop' }, body: '' }),
    ];
    expect(await finds(there, ['https://example.org/b.css', 'https://example.org/loop'])).toEqual([
      'text/css: b{}',
      null,
    ]);
  });
});
