import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Capture, CapturedPart } from '../../../../electron/formats/capture.ts';
import { freezeCapture, freezePage, freezeWithFolder } from '../../../../electron/formats/page/index.ts';
import { LIMITS } from '../../../../electron/formats/page/limits.ts';
import { readSavedPage } from '../../../../electron/formats/page/saved-page.ts';
import type { Extraction } from '../../../../electron/formats/extracted.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { tempFolder } from '../../../support/temp.ts';
import { processorTime } from '../../../support/processor-time.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const OPTIONS = { fileName: 'a.wacz', charset: null };
const ADDRESS = 'https://a.example/d/page.html';

const part = (body: string | Uint8Array, type = ''): CapturedPart => ({ bytes: Buffer.from(body), type });

function capture(
  html: string | Uint8Array,
  parts: Record<string, CapturedPart> = {},
  more: Partial<Capture> = {},
): Capture {
  return {
    html: Buffer.from(html),
    charset: null,
    address: ADDRESS,
    find: (address) => parts[address] ?? null,
    record: {},
    prefilled: {},
    status: null,
    redirects: [],
    notes: [],
    ...more,
  };
}

function opened(extraction: Extraction) {
  if (!extraction.ok) throw new Error(extraction.error.message);
  const page = new TextDecoder().decode(extraction.value.frozen ?? undefined);
  return { ...extraction.value, page, text: openLayerFile(extraction.value.layerFile).text() };
}
const freeze = (...given: Parameters<typeof capture>) => opened(freezeCapture(capture(...given), OPTIONS));

describe('a page with captured resources', () => {
  it('shows the resource the capture has at the address in the page', () => {
    const { resources, page } = freeze(
      '<base href="/e/"><img src=" p.png#part "><div style="background:url(q.png)"><svg><image href="r.png"/></svg><img src=gone.png>',
      {
        'https://a.example/e/p.png': part(PNG),
        'https://a.example/e/q.png': part(Buffer.concat([PNG, Buffer.from('q')])),
        'https://a.example/e/r.png': part(Buffer.concat([PNG, Buffer.from('r')])),
      },
    );
    expect(resources).toHaveLength(3);
    expect(page.match(/data-fz-missing/g)).toHaveLength(1);
  });

  it('requests nothing that is not used, and each address once', () => {
    const asked: string[] = [];
    freeze(
      '<a href=x.html>y</a><script src=s.js></script><img src=p.png><img src=p.png>',
      {},
      {
        find: (address) => {
          asked.push(address);
          return null;
        },
      },
    );
    expect(asked).toEqual(['https://a.example/d/p.png']);
  });

  it('includes style sheets, each relative to its own address and in its own encoding', () => {
    const { page, resources, notes } = freeze(
      '<meta charset=gbk><link rel=stylesheet href=//b.example/s/one.css><p>x',
      {
        'https://b.example/s/one.css': {
          ...part(iconv.encode('@import url(two.css); p::after{content:"农"}', 'gbk'), 'text/css'),
          // It was redirected.
          address: 'https://c.example/t/one.css',
        },
        'https://c.example/t/two.css': part(
          '@charset "big5";b{background:url(p.png)}@import "two.css";',
          'text/css; charset=utf-8',
        ),
        'https://c.example/t/p.png': part(PNG),
      },
    );
    expect(resources).toHaveLength(1);
    expect(page).toContain('p::after{content:"农"}');
    expect(notes.filter((note) => note.startsWith('Not '))).toEqual([]);
  });

  it('ends circular imports', () => {
    const sheets = {
      'https://a.example/d/a.css': part('@import "b.css";i{}'),
      'https://a.example/d/b.css': part('@import "a.css";b{}'),
    };
    expect(freeze('<link rel=stylesheet href=a.css>', sheets).page).toMatch(/b\{\}\s*i\{\}/);
    // Each import has another address, and the capture holds something at every one.
    const endless = freeze(
      '<link rel=stylesheet href=?0>',
      {},
      {
        find: (address) => part(`@import "?${Number(address.split('?')[1]) + 1}";p{}@import "?${Math.random()}"`),
      },
    );
    expect(endless.page.match(/p\{\}/g)).toHaveLength(2 ** LIMITS.importDepth - 1);
  });

  it('shows framed pages, and those within them, at their places', () => {
    const { text, resources } = freeze('<p>a<iframe src=f/one.html></iframe><iframe src=p.png></iframe>', {
      'https://a.example/d/f/one.html': part(
        iconv.encode('<p>农村<img src=p.png><iframe src=two></iframe>', 'gbk'),
        'text/html; charset=gbk',
      ),
      'https://a.example/d/f/two': part('<!doctype html><p>three'),
      'https://a.example/d/f/p.png': part(PNG),
      'https://a.example/d/p.png': part(PNG),
    });
    expect(text).toBe('a\n农村\nthree');
    expect(resources).toHaveLength(1);
  });

  it('shows the frames of a frameset in order', () => {
    const { text } = freeze(
      '<frameset cols="1,2"><frame src=a.html><frameset><frame src=b.html></frameset></frameset>',
      {
        'https://a.example/d/a.html': part('<frameset><frame src=c.html></frameset>', 'text/html'),
        'https://a.example/d/b.html': part('<body>b', 'text/html'),
        'https://a.example/d/c.html': part('<body>c', 'text/html'),
      },
    );
    expect(text).toBe('c\nb');
  });

  it('limits frames that contain themselves or each other', () => {
    const itself = part(`<p>x<iframe src="${ADDRESS}"></iframe><iframe src=b.html></iframe>`, 'text/html');
    const both = { [ADDRESS]: itself, 'https://a.example/d/b.html': itself };
    expect(freeze(itself.bytes, both).text).toBe('x\nx');
    let asked = 0;
    const endless = freeze(
      '<iframe src=0></iframe>',
      {},
      {
        find: () =>
          part(
            `<p>x${'<iframe src=?A></iframe><iframe src=?B></iframe>'.replace(/[AB]/g, () => String(asked++))}`,
            'text/html',
          ),
      },
    );
    expect(endless.text.match(/x/g)?.length).toBeLessThanOrEqual(LIMITS.frames);
    expect(endless.notes).toContainEqual(expect.stringContaining('embedded pages'));
  });

  it('includes framed pages only while together they are no longer than one page may be', () => {
    const long = part(`<!doctype html><p>${'x'.repeat(LIMITS.markup / 2)}`, 'text/html');
    const found = freezeCapture(
      capture('<iframe src=a></iframe><iframe src=b></iframe>', {}, { find: () => long }),
      OPTIONS,
    );
    expect(opened(found).length).toBeLessThan(LIMITS.markup);
  });

  it('hashes a large resource once, however many fragments refer to it', () => {
    const large = Buffer.concat([PNG, Buffer.alloc(8 << 20)]);
    const page = Array.from({ length: 2000 }, (_, i) => `<img src="p.png#${i}">`).join('');
    const freezeIt = (): void =>
      expect(freeze(page, { 'https://a.example/d/p.png': { bytes: large, type: '' } }).resources).toHaveLength(1);
    // Hashed each time, it would be 16 GB.
    expect(processorTime(freezeIt)).toBeLessThan(5000);
  });
});

describe('the details of a captured page', () => {
  const SAID = {
    record: { title: 'From outside', capture: { url: ADDRESS, time: '2023-01-05T23:30:00Z', tool: 'Tool 1' } },
    prefilled: { title: 'T', captureUrl: 'U', captureTime: 'C', captureTool: 'S' },
  };
  const SINGLEFILE =
    '<html><!--\n Page saved with SingleFile\n url: https://b.example/\n saved date: Thu Mar 02 2023 09:30:05 GMT+0800\n--><title>Own</title>';

  it('come from the format for address, time and tool, and from the page for the rest', () => {
    const { record, prefilled } = freeze(SINGLEFILE, {}, SAID);
    expect(record).toEqual({
      title: 'Own',
      dateOfCapture: { edtf: '2023-01-05', implied: false },
      capture: SAID.record.capture,
    });
    expect(prefilled).toEqual({ ...SAID.prefilled, title: 'title element', dateOfCapture: 'C' });
  });

  it('come from either one if the other has none', () => {
    expect(freeze('<p>x', {}, SAID)).toMatchObject({ record: SAID.record, prefilled: SAID.prefilled });
    expect(freeze(SINGLEFILE)).toMatchObject({
      record: { capture: { url: 'https://b.example/', time: '2023-03-02T09:30:05+08:00' } },
      prefilled: { captureUrl: 'SingleFile comment', dateOfCapture: 'SingleFile comment' },
    });
  });

  it('include status, redirects and the archive’s notes', () => {
    const redirects = [{ url: 'https://old.example/', status: 301 }];
    const page = freeze('<p>x', {}, { status: 404, redirects, notes: ['The archive is cut.'] });
    expect(page).toMatchObject({ status: 404, redirects });
    expect(page.notes[0]).toBe('The archive is cut.');
  });
});

describe('the encoding of a captured page', () => {
  const gbk = iconv.encode('<meta charset=utf-8><p>农村劳动力', 'gbk');
  it('is what a person set, before everything else', () => {
    const page = { ...capture(gbk), charset: 'utf-8' };
    expect(opened(freezeCapture(page, { ...OPTIONS, charset: 'gb2312' })).text).toBe('农村劳动力');
    expect(opened(freezePage(gbk, { fileName: 'a.html', charset: 'GBK' })).text).toBe('农村劳动力');
  });
  it('is what the transport declares, before the page', () => {
    expect(freeze(gbk, {}, { charset: 'gbk' }).text).toBe('农村劳动力');
  });
  it('is rejected if unknown, and nothing is guessed', () => {
    const refused = freezeCapture(capture(gbk), { ...OPTIONS, charset: 'klingon' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  });
});

describe('a saved page with its folder', () => {
  const SAVED = '<!-- saved from url=(0025)https://a.example/d/x.html --><html>';
  const files = (given: Record<string, string | Uint8Array>) =>
    new Map(Object.entries(given).map(([path, body]) => [path, new Uint8Array(Buffer.from(body))]));

  it('shows the folder’s files by the paths in the page', () => {
    const { resources, page, text } = opened(
      freezeWithFolder(
        Buffer.from(
          `${SAVED}<meta charset=utf-8><link rel=stylesheet href="./报告_files/a.css?v=3"><a href=../y.html>l</a>` +
            '<img src="%E6%8A%A5%E5%91%8A_files/p%20q.png"><iframe src="报告_files/f.html"></iframe>',
        ),
        files({
          '报告_files/a.css': 'p{background:url(bg.png)}',
          '报告_files/bg.png': Buffer.concat([PNG, Buffer.from('b')]),
          '报告_files/p q.png': PNG,
          '报告_files/f.html': '<p>framed<img src="f_files/i.png">',
          '报告_files/f_files/i.png': Buffer.concat([PNG, Buffer.from('i')]),
        }),
        OPTIONS,
      ),
    );
    expect(resources).toHaveLength(3);
    expect(text).toBe('l\nframed');
    // Links lead to where the page was saved from.
    expect(page).toContain('data-fz-href="https://a.example/y.html"');
  });

  it.each([
    ['in another case', 'X_FILES/p.png'],
    ['out of the folder', '../x_files/p.png'],
    ['at the top of the disk', '/x_files/p.png'],
    ['with broken escapes', 'x_files/%zz.png'],
    ['on the web', 'https://a.example/x_files/p.png'],
  ])('finds nothing %s', (_, address) => {
    const { resources, notes } = opened(
      freezeWithFolder(Buffer.from(`${SAVED}<img src="${address}">`), files({ 'x_files/p.png': PNG }), OPTIONS),
    );
    expect(resources).toEqual([]);
    expect(notes).toContain('Not saved with it: 1 image or font.');
  });

  it('is read from the disk', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'page'), '<img src="x_files/p.png">');
    writeFileSync(join(folder, 'part'), PNG);
    const page = { path: join(folder, 'page'), ...OPTIONS };
    const parts = [{ path: 'x_files/p.png', file: join(folder, 'part') }];
    expect(opened(await readSavedPage({ ...page, parts })).resources).toEqual([new Uint8Array(PNG)]);
    expect(opened(await readSavedPage({ ...page, parts: [] })).resources).toEqual([]);
  });
});
