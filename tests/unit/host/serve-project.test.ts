import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offer } from '../../../shared/contract/app.ts';
import type { LayerId, Source } from '../../../shared/model/index.ts';
import { decodePagePayload } from '../../../shared/text/page-payload.ts';
import { png } from '../../support/pictures.ts';
import { response } from '../../support/warc.ts';
import { ServedHost } from '../../support/served.ts';
import { lessScryptWork } from '../../support/scrypt.ts';

lessScryptWork();

const SAMPLE = join(import.meta.dirname, '../../../electron/sample/files');

let host: ServedHost;
let pdf: Source;
let page: Source;
let illustrated: Source;
let archived: Source;
const PHOTO = png(4, 3);

/** The smallest PNG there is, in a page. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==';
const ILLUSTRATED = `<!doctype html><title>Illustrated</title><p>One dot: <img alt="a dot" src="data:image/png;base64,${PIXEL}"></p>`;

const layerOf = (source: Source): LayerId => {
  if (source.layer === null) throw new Error(`${source.fileName} has no layer`);
  return source.layer;
};

beforeAll(async () => {
  host = await ServedHost.start();
  await host.enter();
  await host.call('app.newProject', { title: '柳泉 ../x', codebook: 'empty' });
  const imported = host.told('import.done');
  const tokens: string[] = [];
  const uploads = [
    { name: 'work-report.pdf', bytes: readFileSync(join(SAMPLE, 'work-report.pdf')) },
    { name: 'news-page.html', bytes: readFileSync(join(SAMPLE, 'news-page.html')) },
    { name: 'illustrated.html', bytes: Buffer.from(ILLUSTRATED) },
    { name: 'photo.warc', bytes: response({ url: 'https://county.example/a.png', type: 'image/png', body: PHOTO }) },
  ];
  for (const { name, bytes } of uploads) {
    const { body } = await host.upload(`../../${name}`, bytes);
    tokens.push(offer.parse(JSON.parse(body).value).token);
  }
  await host.call('app.importSources', { offers: tokens });
  await imported;
  const { sources } = await host.call('sources.list', {});
  const named = (name: string): Source => {
    const found = sources.find(({ fileName }) => fileName === name);
    if (found === undefined) throw new Error(`${name} was not imported`);
    return found;
  };
  pdf = named('work-report.pdf');
  page = named('news-page.html');
  illustrated = named('illustrated.html');
  archived = named('photo.warc');
});
afterAll(() => host.end());

test('a new project is in the projects folder, under a name without path separators', () => {
  expect(readdirSync(join(host.folder, 'home', 'projects'))).toEqual(['柳泉 .. x.sourcebook']);
});

test('uploads are removed once they are imported', () => {
  const exchange = join(host.folder, 'home', 'exchange');
  const [mine = ''] = readdirSync(exchange);
  expect(readdirSync(join(exchange, mine))).toEqual([]);
});

test('a PDF is sent as received, in ranges, as a file and never as a page', async () => {
  const whole = await host.get(`original/${pdf.id}`);
  const bytes = readFileSync(join(SAMPLE, 'work-report.pdf'));
  expect(whole.bytes.equals(bytes)).toBe(true);
  expect(whole.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringContaining('attachment; filename="work-report.pdf"'),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'accept-ranges': 'bytes',
  });
  const part = await host.get(`original/${pdf.id}`, { range: 'bytes=100-199' });
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 100-199/${bytes.length}`]);
  expect(part.bytes.equals(bytes.subarray(100, 200))).toBe(true);
  const tail = await host.get(`original/${pdf.id}`, { range: 'bytes=-10' });
  expect(tail.bytes.equals(bytes.subarray(-10))).toBe(true);
  expect((await host.get(`original/${pdf.id}`, { range: `bytes=${bytes.length}-` })).status).toBe(416);
});

test('the original of a page is bytes to save, so that nothing in it can run', async () => {
  const answer = await host.get(`original/${page.id}`);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringContaining('attachment'),
    'content-security-policy': "default-src 'none'; sandbox",
  });
});

test('a source’s content is sent by its type, in ranges: PDFs, images by their bytes, all else as bytes', async () => {
  const shown = await host.get(`content/${pdf.id}`, { range: 'bytes=0-4' });
  expect([shown.status, shown.headers['content-type'], shown.body]).toEqual([206, 'application/pdf', '%PDF-']);
  const photo = await host.get(`content/${archived.id}`);
  expect(photo.bytes.equals(PHOTO)).toBe(true);
  expect(photo.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const original = await host.get(`original/${archived.id}`, { range: 'bytes=0-4' });
  expect([original.headers['content-type'], original.body]).toEqual(['application/octet-stream', 'WARC/']);
  expect((await host.get(`content/${page.id}`)).headers['content-type']).toBe('application/octet-stream');
});

test('a saved page that is dropped with its folder is imported with it, although a browser sends the files one by one', async () => {
  const imported = host.told('import.done');
  const tokens: string[] = [];
  for (const [name, bytes] of [
    ['drop/saved.html', Buffer.from('<title>saved</title><p>x<img src="saved_files/dot.png">')],
    ['drop/saved_files/dot.png', PHOTO],
    ['drop/note.txt', Buffer.from('beside it')],
  ] as const) {
    const { body } = await host.upload(name, bytes);
    tokens.push(offer.parse(JSON.parse(body).value).token);
  }
  await host.call('app.importSources', { offers: tokens });
  await imported;
  const { sources } = await host.call('sources.list', {});
  expect(sources.find(({ fileName }) => fileName === 'saved.html')?.parts).toMatchObject([
    { path: 'saved_files/dot.png', bytes: PHOTO.length },
  ]);
  expect(sources.map(({ fileName }) => fileName)).toContain('note.txt');
  expect(sources.map(({ fileName }) => fileName)).not.toContain('dot.png');
});

test('a page of a layer is sent with its text and geometry', async () => {
  const { bytes } = await host.get(`layer/${layerOf(pdf)}/page/1`);
  const { text: expected } = await host.call('layers.text', { id: layerOf(pdf), page: 1 });
  const decoded = decodePagePayload(bytes);
  expect(decoded.text).toBe(expected);
  expect(decoded.geometry).not.toBeNull();
  expect((await host.get(`layer/${layerOf(pdf)}/page/99`)).status).toBe(404);
  expect((await host.get(`layer/${layerOf(pdf)}/page/0`)).status).toBe(404);
});

test('a frozen page is sent with its security headers', async () => {
  const answer = await host.get(`frozen/${layerOf(page)}/`);
  expect(answer.status).toBe(200);
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toMatch(/sandbox allow-same-origin$/);
  for (const wall of ["default-src 'none'", "script-src 'none'", "form-action 'none'", "frame-ancestors 'self'"]) {
    expect(policy).toContain(wall);
  }
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body).not.toMatch(/<script/i);
});

test('a frozen page’s resources are served, and no other file of the project', async () => {
  const { sha256 } = await host.call('layers.get', { id: layerOf(page) });
  expect((await host.get(`frozen/${layerOf(page)}/r/${sha256}`)).status).toBe(404);
  expect((await host.get(`frozen/${layerOf(pdf)}/`)).status).toBe(404);
  const html = (await host.get(`frozen/${layerOf(illustrated)}/`)).body;
  const [path = ''] = /r\/[0-9a-f]{64}/.exec(html) ?? [];
  const resource = await host.get(`frozen/${layerOf(illustrated)}/${path}`);
  expect([resource.status, resource.headers['content-type']]).toEqual([200, 'image/png']);
  expect(resource.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  expect((await host.get(`frozen/${layerOf(page)}/${path}`)).status).toBe(404);
});

test('an export is a download', async () => {
  const done = await host.call('app.exportProject', {});
  expect(done).toMatchObject({
    done: true,
    name: '柳泉 .. x.sbk',
    download: expect.stringMatching(/^download\/[0-9a-f]{32}$/),
  });
  const answer = await host.get(done.download ?? '');
  expect(answer.bytes).toHaveLength(done.bytes);
  expect(answer.bytes.subarray(0, 2).toString()).toBe('PK');
  expect(answer.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('柳泉 .. x.sbk')}`);
});

test('an export that is encrypted and signed is two downloads, each with the ending of its kind', async () => {
  const done = await host.call('app.exportProject', { protection: { passphrase: 'a phrase of words', sign: true } });
  expect(done).toMatchObject({ name: '柳泉 .. x.sbk.age', signature: { name: '柳泉 .. x.sbk.age.minisig' } });
  const encrypted = await host.get(done.download ?? '');
  expect(encrypted.bytes).toHaveLength(done.bytes);
  expect(encrypted.bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  const signature = await host.get(done.signature?.download ?? '');
  expect(signature.body).toContain('trusted comment: ');
  expect(signature.headers['content-disposition']).toContain('.minisig');
});

test('a report is a download', async () => {
  await host.call('passages.create', {
    source: page.id,
    layer: layerOf(page),
    marked: { kind: 'text', start: 0, end: 4 },
  });
  const done = await host.call('app.writeReport', { format: 'html' });
  expect(done).toMatchObject({ done: true, name: '柳泉 .. x.html' });
  const answer = await host.get(done.download ?? '');
  expect(answer.body).toMatch(/^<!doctype html>/);
  expect(answer.headers['content-type']).toBe('application/octet-stream');
});

test('the rows of the evidence are a download; of a query that is wrong there is none', async () => {
  const done = await host.call('app.writeEvidence', { columns: ['quote'] });
  expect(done).toMatchObject({ done: true, name: '柳泉 .. x.csv', rows: 1 });
  expect((await host.get(done.download ?? '')).body).toContain('quote,passage id,source id');
  expect(await host.call('app.writeEvidence', { query: 'category:(' })).toMatchObject({ done: false, download: null });
});

test('a figure is a download: as drawn, and as numbers that no spreadsheet calculates', async () => {
  const svg = await host.call('app.writeChart', { format: 'svg', name: 'timeline', text: '<svg/>' });
  expect(svg).toMatchObject({ done: true, name: '柳泉 .. x, timeline.svg', bytes: 6 });
  expect((await host.get(svg.download ?? '')).body).toBe('<svg/>');
  const rows = [['=1+1', 3]];
  const csv = await host.call('app.writeChart', {
    format: 'csv',
    name: 'matrix',
    columns: ['Category', '2023'],
    rows,
  });
  expect((await host.get(csv.download ?? '')).body).toContain("'=1+1,3");
  const columns = [
    { name: 'printed', means: 'The words.', kind: 'text' as const },
    { name: 'value', means: 'The number.', kind: 'number' as const },
  ];
  const xlsx = await host.call('app.writeChart', { format: 'xlsx', name: 'figures', columns, rows });
  expect(xlsx).toMatchObject({ done: true, name: '柳泉 .. x, figures.xlsx' });
  expect((await host.get(xlsx.download ?? '')).status).toBe(200);
  const png = await host.call('app.writeChart', { format: 'png', name: 'matrix', base64: 'AAEC' });
  expect(png).toMatchObject({ bytes: 3 });
});

test('a request for a time stamp is a download, and waits for its answer', async () => {
  const { id } = await host.call('snapshots.make', { name: 'Submitted' });
  const done = await host.call('app.writeStampRequest', { snapshot: id });
  expect(done).toMatchObject({ done: true, name: 'Submitted.tsq' });
  expect((await host.get(done.download ?? '')).status).toBe(200);
  const { timestamps } = await host.call('timestamps.list', {});
  expect(timestamps).toMatchObject([{ snapshot: id, standing: 'waiting' }]);
});

test('a missing original is reported with what to do', async () => {
  const { sha256, id } = pdf;
  const path = join(host.folder, 'home', 'projects', '柳泉 .. x.sourcebook', 'originals', sha256.slice(0, 2), sha256);
  renameSync(path, `${path}.away`);
  try {
    for (const address of [`original/${id}`, `content/${id}`]) {
      const { error } = JSON.parse((await host.get(address)).body);
      expect(error).toMatchObject({
        code: 'DAMAGED',
        message:
          'The original of “work-report.pdf” is missing from the project’s folder. Restore it from a backup or a colleague’s project file.',
      });
    }
  } finally {
    renameSync(`${path}.away`, path);
  }
});

test('nothing is served once it is closed', async () => {
  await host.call('app.closeProject', {});
  for (const path of [`original/${pdf.id}`, `layer/${layerOf(pdf)}/page/1`, `frozen/${layerOf(page)}/`]) {
    expect((await host.get(path)).status).toBe(404);
  }
});
