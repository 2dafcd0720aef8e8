import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import iconv from 'iconv-lite';
import { freezePage, PAGE_ENGINE_VERSION } from '../../../../electron/formats/page/index.ts';
import { LIMITS } from '../../../../electron/formats/page/limits.ts';
import { WITHOUT_STYLES } from '../../../../shared/model/layer-notes.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PNG_URL = `data:image/png;base64,${PNG.toString('base64')}`;
const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function freeze(page: string | Uint8Array) {
  const extraction = freezePage(typeof page === 'string' ? Buffer.from(page) : page, { fileName: 'page.html' });
  if (!extraction.ok) throw new Error(extraction.error.message);
  const { value } = extraction;
  const html = new TextDecoder().decode(value.frozen ?? undefined);
  return {
    ...value,
    html,
    body: /<body[^>]*>([^]*)<\/body>/.exec(html)?.[1] ?? '',
    layer: openLayerFile(value.layerFile),
  };
}
const refused = (page: Uint8Array) => {
  const extraction = freezePage(page, { fileName: 'page.html' });
  if (extraction.ok) throw new Error('it was taken');
  return extraction.error;
};

describe('a saved page becomes a layer', () => {
  it('with its text, its frozen page and its resources, by hash', () => {
    const page = freeze(`<title>T</title><p>one<img src="${PNG_URL}"><img src="${PNG_URL}"><p>two`);
    expect(page).toMatchObject({ engine: 'frozen-page', version: PAGE_ENGINE_VERSION, length: 7, hasText: true });
    expect(page.pages).toEqual([{ page: 1, start: 0, end: 7, box: [0, 0, 0, 0], rotation: 0, failed: false }]);
    expect(page.textSha256).toBe(sha('one\ntwo'));
    expect(page.resources.map(sha)).toEqual([sha(PNG)]);
    expect(page.layer).toMatchObject({
      engine: 'frozen-page',
      version: PAGE_ENGINE_VERSION,
      frozen: sha(page.frozen ?? ''),
      resources: [sha(PNG)],
      pages: page.pages,
    });
    expect(page.layer.text()).toBe('one\ntwo');
    expect(page.layer.geometry(1)).toBeNull();
    expect(page.body).toBe(`<p>one<img src="r/${sha(PNG)}"><img src="r/${sha(PNG)}"></p><p>two</p>`);
  });

  it('the same bytes give the same bytes', () => {
    const page = `<style>a{background:url(${PNG_URL})}</style><p class=b data-x=1 style="color:red">a<img srcset="${PNG_URL} 2x">`;
    const { layer: _, ...first } = freeze(page);
    expect(freeze(page)).toMatchObject(first);
    expect(first.resources).toHaveLength(1);
  });

  it('notes that hidden words are included in the text, and what resources are missing', () => {
    expect(freeze('<p>x').notes).toEqual([WITHOUT_STYLES]);
    const notes = freeze(
      '<link rel=stylesheet href=a.css><img src=b.png><img src=b.png><img src=c.png><iframe src=d.html></iframe><video></video>',
    ).notes;
    expect(notes).toContain('Not in this file: 2 images or fonts, 1 style sheet, 1 embedded page.');
    expect(notes).toContain('Left out: 1 film, sound or drawing.');
  });

  it('without words has no text, but is still a page', () => {
    expect(freeze(`<img src="${PNG_URL}">`)).toMatchObject({ hasText: false, length: 0 });
  });

  it.each([
    ['a PDF', '%PDF-1.7\n'],
    ['a ZIP archive', 'PK\u0003\u0004x'],
    ['a picture', '\u0089PNG\r\n'],
    ['an MHTML archive', 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n'],
  ])('rejects %s named as a page', (kind, bytes) => {
    expect(refused(Buffer.from(bytes, 'latin1'))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(kind),
    });
  });
  it('rejects what is too large, with the limit', () => {
    expect(refused(new Uint8Array(LIMITS.html + 1))).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('64 MB'),
    });
    expect(refused(Buffer.from('<p>'.repeat(LIMITS.nodes + 1)))).toMatchObject({ code: 'TOO_LARGE' });
    expect(refused(Buffer.alloc(LIMITS.markup + 1, 'words '))).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('16 MB'),
    });
  });
  it('does not count embedded images as markup', () => {
    const picture = Buffer.concat([PNG, Buffer.alloc(LIMITS.markup)]).toString('base64');
    expect(freeze(`<p>x<img src="data:image/png;base64,${picture}">`).resources).toHaveLength(1);
  });
});

describe('a frozen page', () => {
  it.each([
    [
      'keeps what is allowed',
      '<p class=a id=b lang=zh title=t aria-label=l data-x=y>x</p>',
      '<p class="a" id="b" lang="zh" title="t" aria-label="l" data-x="y">x</p>',
    ],
    [
      'drops scripts, handlers and unknown attributes',
      '<p onclick=x foo=y nonce=z>x<script>y</script></p>',
      '<p>x</p>',
    ],
    [
      'makes forms boxes and fields dead',
      '<form action=x><input name=a value=v><button>b</button><textarea>t</textarea></form>',
      '<fz-form><fz-input value="v" type="text"></fz-input><fz-button>b</fz-button><fz-textarea style="--fz-w:calc(round(up,20*1.0005ch,1px) + 15px);--fz-h:2lh;">t</fz-textarea></fz-form>',
    ],
    ['never keeps a password', '<input type=password value=secret>', '<fz-input type="text"></fz-input>'],
    ['does not take our own marks from a page', '<a data-fz-href=x data-fz-host=1>y</a>', '<a>y</a>'],
    [
      'keeps where a link went as inert data',
      '<a href="https://x.test/a?b=1#c">y</a>',
      '<a data-fz-href="https://x.test/a?b=1#c">y</a>',
    ],
    ['keeps no address that runs', '<a href="java&#9;script:alert(1)">y</a>', '<a data-fz-href="">y</a>'],
    [
      'keeps a relative address as it is written, where the page’s own is not known',
      '<a href="../a.html">y</a>',
      '<a data-fz-href="../a.html">y</a>',
    ],
    ['shows an unknown element as a box', '<nonsense>x</nonsense>', '<fz-unknown>x</fz-unknown>'],
    ['shuts popovers', '<div popover>x</div>', '<div hidden="">x</div>'],
    [
      'puts a link of a drawing out of action',
      '<svg><a href=x><circle r=1></circle></a></svg>',
      '<svg><g><circle r="1"></circle></g></svg>',
    ],
    [
      'keeps references within a drawing only',
      '<svg><use href=#a /><use href=b.svg#a /></svg>',
      '<svg><use href="#a"></use><use></use></svg>',
    ],
    [
      'drops what leads from drawings back to HTML',
      '<svg><foreignObject><p>x</p></foreignObject><text>y</text></svg>',
      '<svg><text>y</text></svg>',
    ],
    [
      'knows no shadow trees in formulas (fuzz seed 164)',
      '<math><mtext><template shadowrootmode=open>x</template>y</mtext></math>',
      '<math><mtext>y</mtext></math>',
    ],
    ['marks a picture that is not there', '<img src=a.png alt=b>', '<img alt="b" data-fz-missing="">'],
    [
      'takes the picture that a picture element holds',
      `<picture><source srcset="a.png, ${PNG_URL} 2x"><img src=b.png></picture>`,
      `<picture><img src="r/${sha(PNG)}"></picture>`,
    ],
    [
      'shows a declarative shadow tree with its slots filled',
      '<div><template shadowrootmode=open><b><slot></slot></b></template>x</div>',
      '<div data-fz-host="1"><b><fz-slot>x</fz-slot></b></div>',
    ],
    [
      'shows what a frame held, as a part of the page',
      '<iframe srcdoc="<p>x" width=100></iframe>',
      '<fz-frame width="100" style="--fz-w:100px;" data-fz-host="1"><fz-html><fz-body><p>x</p></fz-body></fz-html></fz-frame>',
    ],
  ])('%s', (_, html, body) => {
    expect(freeze(html).body).toBe(body);
  });

  it('resolves links against the address it was saved from', () => {
    const page = freeze(
      '<!-- saved from url=(0021)https://x.test/a/b.html --><html><a href=../c>y</a><a href=#d>z</a><a href=https://x.test/a/b.html#e>w</a>',
    );
    expect([...page.body.matchAll(/data-fz-href="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      'https://x.test/c',
      '#d',
      '#e',
    ]);
  });

  it('has stable markup for links nested deeper than reading can move them (fuzz seed 1193)', () => {
    expect(freeze(`<a href=x>${'<div>'.repeat(80)}<a href=y></div><li>text`).layer.text()).toBe('text');
  });

  it('keeps the mode in which the page is laid out', () => {
    expect(freeze('<!doctype html><p>x').html).toMatch(/^<!DOCTYPE html><html>/);
    expect(freeze('<p>x').html).toMatch(/^<html>/);
  });

  it('keeps an image by its bytes, not by its declared type', () => {
    expect(freeze('<img src="data:image/png,<script>x</script>">').resources).toEqual([]);
    expect(freeze(`<img src="${PNG_URL.replace('image/png', 'text/html')}">`).resources).toHaveLength(1);
  });

  it('keeps the text of drawings that are nested too deeply, without their markup', () => {
    const page = freeze(
      `${'<div>'.repeat(300)}<math><mtext>formula</mtext></math><svg><text>drawing</text></svg>after`,
    );
    expect(page.layer.text()).toContain('formula');
    // The link of a drawing is one of its parts (fuzz seed 53).
    expect(page.layer.text()).toContain('drawing');
    expect(page.layer.text()).toContain('after');
    expect(page.notes).toContainEqual(expect.stringContaining('deeply nested'));
  });
});

describe('the details found in the file, and where', () => {
  const SINGLEFILE = `<!DOCTYPE html> <html lang=zh-CN><!--
 Page saved with SingleFile
 url: https://www.example.gov.cn/2023/01/05/content_1.htm
 saved date: Thu Mar 02 2023 09:30:05 GMT+0800 (China Standard Time)
--><meta charset=utf-8><title> 转移就业
 工作 </title>`;

  it('SingleFile’s comment, title and language', () => {
    const { record, prefilled } = freeze(SINGLEFILE);
    expect(record).toEqual({
      title: '转移就业 工作',
      language: 'zh-CN',
      dateOfCapture: { edtf: '2023-03-02', implied: false },
      capture: {
        url: 'https://www.example.gov.cn/2023/01/05/content_1.htm',
        time: '2023-03-02T09:30:05+08:00',
        tool: 'SingleFile',
      },
    });
    expect(prefilled).toEqual({
      title: 'title element',
      language: 'lang attribute',
      dateOfCapture: 'SingleFile comment',
      captureUrl: 'SingleFile comment',
      captureTime: 'SingleFile comment',
      captureTool: 'SingleFile comment',
    });
  });

  it.each([
    ['meta author', '<meta name=author content="A. B.">', { author: 'A. B.' }],
    ['meta SiteName', '<meta name=SiteName content="柳泉县人民政府">', { publisher: '柳泉县人民政府' }],
    ['meta og:site_name', '<meta property=og:site_name content=News>', { publisher: 'News' }],
    [
      'meta PubDate',
      '<meta name=PubDate content="2023-01-05 10:20">',
      { dateOfPublication: { edtf: '2023-01-05', implied: false } },
    ],
    [
      'meta article:published_time',
      '<meta property=article:published_time content=2023-11-07T23:30:00-05:00>',
      { dateOfPublication: { edtf: '2023-11-07', implied: false } },
    ],
    [
      'JSON-LD',
      '<script type=application/ld+json>{"@graph":[{"@type":"NewsArticle","author":[{"name":"A"},{"name":"B"}],"datePublished":"2023年1月5日"}]}</script>',
      { author: 'A; B', dateOfPublication: { edtf: '2023-01-05', implied: false } },
    ],
  ])('%s', (_, html, record) => {
    expect(freeze(html).record).toEqual({ ...record, capture: {} });
  });

  it.each([
    ['nothing', '<p>x'],
    ['a date that is none', '<meta name=PubDate content="2023-02-30">'],
    [
      'a date that is not written out',
      '<meta name=PubDate content="3 days ago"><meta name=PubDate content="01/02/2023">',
    ],
    ['an address in place of a name', '<meta property=article:author content="https://social.test/a">'],
    ['a language that is none', '<html lang="not a language!">'],
    ['JSON that is none', '<script type=application/ld+json>{"@type":"Article",</script>'],
    ['JSON about something else', '<script type=application/ld+json>{"@type":"Person","author":"x"}</script>'],
    [
      'a comment elsewhere in the page',
      '<p><!-- Page saved with SingleFile\n url: https://x.test/\n saved date: 2023-01-01T00:00:00Z --></p>',
    ],
    ['an address that runs', '<!-- saved from url=(0019)javascript:alert(1) -->'],
    ['a title longer than any', `<title>${'x'.repeat(2001)}</title>`],
  ])('are a gap if there is %s', (_, html) => {
    expect(freeze(html)).toMatchObject({ record: { capture: {} }, prefilled: {} });
    expect(Object.keys(freeze(html).record)).toEqual(['capture']);
  });
});

describe('its encoding', () => {
  const chinese = '农村劳动力转移就业工作，有组织地输出到外省务工。';
  const page = (declared: string): string => `<html><head>${declared}<title>x</title></head><p>${chinese}</p>`;
  it.each([
    ['declared GB2312', iconv.encode(page('<meta charset=gb2312>'), 'gb18030'), []],
    [
      'declared the old way',
      iconv.encode(page('<meta http-equiv=Content-Type content="text/html; charset=GBK">'), 'gbk'),
      [],
    ],
    ['a byte order mark over a declaration', Buffer.from(`\ufeff${page('<meta charset=gbk>')}`), []],
    ['UTF-16 by its mark', Buffer.from(`\ufeff${page('')}`, 'utf16le'), []],
    ['nothing declared, UTF-8', Buffer.from(page('')), []],
    [
      'nothing declared, GB18030',
      iconv.encode(page(''), 'gb18030'),
      ['The page doesn’t state its encoding; it was read as gb18030.'],
    ],
    [
      'nothing declared, Big5',
      iconv.encode(page('').replace(chinese, '農村勞動力轉移就業工作，有組織地輸出到外省務工。'), 'big5'),
      ['The page doesn’t state its encoding; it was read as big5.'],
    ],
    [
      'declared GBK, and UTF-8',
      Buffer.from(page('<meta charset=gbk>')),
      ['The page says its encoding is gb18030, but it’s UTF-8 and was read as UTF-8.'],
    ],
    ['a declaration in a comment', Buffer.from(page('<!--<meta charset=gbk>-->')), []],
  ])('%s', (name, bytes, notes) => {
    const read = freeze(bytes);
    const expected = name.includes('Big5') ? '農村勞動力轉移就業工作，有組織地輸出到外省務工。' : chinese;
    expect(read.layer.text()).toBe(expected);
    expect(read.notes.slice(0, -1)).toEqual(notes);
  });
  it('keeps 500 attributes of a page’s own naming on an element, and says so', () => {
    const begun = process.cpuUsage();
    const many = Array.from({ length: 200_000 }, (_, n) => `data-a${n}=x`).join(' ');
    const { html, notes } = freeze(`<p ${many} class=last>x</p>`);
    expect(html.match(/data-a\d+=/g)).toHaveLength(500);
    expect(html).toContain('class="last"');
    expect(notes.join()).toContain('more than 500 attributes of its own naming');
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(5);
  });

  it('reports how many characters could not be decoded', () => {
    expect(freeze(Buffer.from('<meta charset=utf-8><p>a\xffb\xfec', 'latin1')).notes).toContain(
      '2 characters couldn’t be read and are shown as �.',
    );
  });
});
