/* oxlint-disable no-script-url -- these addresses are what is tested */
import { describe, expect, it } from 'vitest';
import { archived, textOf } from '../support/archives.ts';
import { png } from '../support/pictures.ts';
import { wacz } from '../support/wacz.ts';
import { gzippedWarc, plainWarc, response } from '../support/warc.ts';

const PAGE = 'https://county.example/report.html';
const ASKED = 'https://county.example/asked';
const PIXEL = png(4, 3);

/** Where a redirect in an archive may want to lead. Nothing of it is on the web. */
const TARGETS: Readonly<Record<string, string>> = {
  script: 'javascript:alert(1)',
  'script in other letters': ' JaVa\tScRiPt:alert(1)//',
  'data page': 'data:text/html,<script>alert(1)</script>words of the target',
  'data picture': `data:image/png;base64,${PIXEL.toString('base64')}`,
  file: 'file:///etc/passwd',
  'file without slashes': 'file:/etc/hostname',
  'file of another machine': 'file://evil.test/share/secret',
  blob: 'blob:https://county.example/0a9f5e3c-2f1c-4ad5-9a3a-1f7c2f0f6d11',
  'view-source': 'view-source:https://evil.test/',
  'about:srcdoc': 'about:srcdoc',
  'our own host': 'http://127.0.0.1:1/session',
};

const NOT_WEB = Object.entries(TARGETS).filter(([, location]) => !location.startsWith('http:'));
/** As the URL standard writes it, which is how records are looked up. */
const addressOf = (location: string): string => URL.parse(location)?.href ?? location;

const redirect = (url: string, location: string, status = '302 Found'): Buffer =>
  response({ url, status, headers: { Location: location }, body: '' });
/** A record that claims to be what the redirect leads to: addresses in an archive are anybody's word. */
const claims = (url: string): Buffer =>
  response({
    url,
    body: '<!doctype html><title>Target</title><p>words of the target<script>alert(1)</script>',
  });
/** Each archive, with those pages listed where it lists any. */
const CARRIERS = {
  WARC: (records: readonly Buffer[]) => Promise.resolve(archived(plainWarc(records))),
  WACZ: async (records: readonly Buffer[], listed: readonly string[]) => {
    const pages = listed.map((url) => ({ url, ts: '2024-05-06T07:08:09Z', title: 'Listed' }));
    return archived(await wacz({ warcs: { 'data.warc.gz': gzippedWarc(records) }, pages }), 'captures.wacz');
  },
};
const REPORT = response({ url: PAGE, body: '<title>Report</title><p>386 persons' });
/** An address of the web, or of a file that was captured as one. Such a record is offered under its own address, unlike all others. */
const isOfferable = (url: string): boolean => /^(?:https?|file):/.test(url);

describe.each(Object.entries(CARRIERS))('A redirect of a page in a %s', (_, carry) => {
  it.each(Object.entries(TARGETS))('leads to no capture: %s', async (_name, location) => {
    const archive = await carry([redirect(ASKED, location), REPORT], [ASKED, PAGE]);
    expect((await archive.list()).pages.map(({ url }) => url)).toEqual([PAGE]);
    expect(textOf(await archive.page(PAGE))).toBe('386 persons');
  });

  it.each(NOT_WEB)('leads to no record that claims to be there: %s', async (_name, location) => {
    const claimed = addressOf(location);
    const records = [redirect(ASKED, location), claims(claimed), REPORT];
    const archive = await carry(records, [ASKED, PAGE, claimed, location]);
    const { pages } = await archive.list();
    expect(pages.map(({ url }) => url)).not.toContain(ASKED);
    expect(pages.filter(({ url }) => !isOfferable(url))).toEqual([]);
    expect(pages.map(({ url }) => url)).toContain(PAGE);
  });
});

describe('A redirect of a page’s resource', () => {
  const html =
    '<!doctype html><title>Report</title><link rel=stylesheet href=look><p>386 persons<img src=look><iframe src=look></iframe>';

  it.each(Object.entries(TARGETS))('shows nothing, least of all from this machine: %s', async (_name, location) => {
    const records = [response({ url: PAGE, body: html }), redirect('https://county.example/look', location)];
    const page = await archived(plainWarc(records)).page(PAGE);
    expect([page.resources, textOf(page)]).toEqual([[], '386 persons']);
    expect(new TextDecoder().decode(page.frozen ?? undefined)).not.toMatch(/(?:src|href)="/);
  });

  it.each(NOT_WEB)('shows no record that claims to be there: %s', async (_name, location) => {
    const records = [
      response({ url: PAGE, body: html }),
      redirect('https://county.example/look', location),
      claims(addressOf(location)),
    ];
    expect(textOf(await archived(plainWarc(records)).page(PAGE))).toBe('386 persons');
  });

  it('is followed within the web, so that this suite shows something', async () => {
    const target = 'https://other.example/look';
    const records = [
      response({ url: PAGE, body: html }),
      redirect('https://county.example/look', target),
      claims(target),
    ];
    expect(textOf(await archived(plainWarc(records)).page(PAGE))).toContain('words of the target');
  });
});
