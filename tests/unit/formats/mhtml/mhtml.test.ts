import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeQuotedPrintable } from '../../../../electron/formats/mhtml/encodings.ts';
import { decodeWords } from '../../../../electron/formats/mhtml/headers.ts';
import { readMhtml } from '../../../../electron/formats/mhtml/index.ts';
import { LIMITS } from '../../../../electron/formats/mhtml/limits.ts';
import { mailTime } from '../../../../electron/formats/mhtml/details.ts';
import { freezeCapture } from '../../../../electron/formats/page/index.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { makeMhtml, type MadeMessage, type MadePart } from '../../../support/mhtml.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const ADDRESS = 'https://news.example/2023/a.html';
const FILE = { fileName: 'saved.mhtml' };

const html = (body: string, more: Partial<MadePart> & { location?: string } = {}): MadePart => ({
  headers: { 'Content-Type': 'text/html', 'Content-Location': more.location ?? ADDRESS, ...more.headers },
  body: `<!DOCTYPE html><html><body>${body}</body></html>`,
  encoding: more.encoding ?? 'quoted-printable',
});
const picture = (headers: Record<string, string>): MadePart => ({
  headers: { 'Content-Type': 'image/png', ...headers },
  body: PNG,
  encoding: 'base64',
});

function read(message: MadeMessage | Buffer) {
  const capture = readMhtml(Buffer.isBuffer(message) ? message : makeMhtml(message), FILE);
  if (!capture.ok) throw new Error(capture.error.message);
  const frozen = freezeCapture(capture.value, { ...FILE, charset: null });
  if (!frozen.ok) throw new Error(frozen.error.message);
  return {
    ...capture.value,
    frozen: frozen.value,
    text: openLayerFile(frozen.value.layerFile).text(),
    page: new TextDecoder().decode(frozen.value.frozen ?? undefined),
  };
}
const refused = (message: MadeMessage | Buffer) => {
  const capture = readMhtml(Buffer.isBuffer(message) ? message : makeMhtml(message), FILE);
  if (capture.ok) throw new Error('it was taken');
  return capture.error;
};

describe('an MHTML file as Chromium saves it', () => {
  const CHROMIUM: MadeMessage = {
    headers: {
      From: '<Saved by Blink>',
      'Snapshot-Content-Location': ADDRESS,
      Subject: '=?utf-8?Q?=E5=B7=A5=E4=BD=9C?=\r\n =?utf-8?Q?=E6=8A=A5=E5=91=8A?=',
      Date: 'Thu, 2 Mar 2023 09:30:05 +0800',
    },
    parts: [
      html(
        '<link rel=stylesheet href=s/a.css><p>农村 =3D<img src="../p.png#x"><iframe src="cid:frame-1@mhtml.blink"></iframe>',
      ),
      {
        headers: { 'Content-Type': 'text/css', 'Content-Location': 'https://news.example/2023/s/a.css' },
        body: '@import "b.css"; p{color:red}',
        encoding: 'quoted-printable',
      },
      {
        headers: { 'Content-Type': 'text/css', 'Content-Location': 'https://news.example/2023/s/b.css' },
        body: 'p{background:url(../../p.png)}',
        encoding: 'quoted-printable',
      },
      picture({ 'Content-Location': 'https://news.example/p.png' }),
      html('<i>framed<img src=p2.png></i>', {
        location: 'https://other.example/f/',
        headers: { 'Content-ID': '<frame-1@mhtml.blink>' },
      }),
      picture({ 'Content-Location': 'https://other.example/f/p2.png' }),
    ],
  };

  it('gives its page with its images, style sheets and frames, each by its own address', () => {
    const { text, page, frozen, notes } = read(CHROMIUM);
    expect(text).toBe('农村 =3D\nframed');
    expect(page.match(/<img src="r\/[0-9a-f]{64}">/g)).toHaveLength(2);
    expect(page).toMatch(/p\{background:url\("r\/[0-9a-f]{64}"\)\}\s*\/\*\*\/ p\{color:red\}|p\{background:url\("r/);
    expect(page).toContain('p{color:red}');
    expect(frozen.resources).toHaveLength(1);
    expect(notes).toEqual([]);
    expect(frozen.notes.filter((note) => note.startsWith('Not '))).toEqual([]);
  });

  it('gives where, when and with what it was saved, and in which header', () => {
    const { frozen } = read(CHROMIUM);
    expect(frozen.record).toEqual({
      title: '工作报告',
      dateOfCapture: { edtf: '2023-03-02', implied: false },
      capture: { url: ADDRESS, time: '2023-03-02T09:30:05+08:00', tool: 'Chromium (Blink)' },
    });
    expect(frozen.prefilled).toEqual({
      title: 'MHTML header Subject',
      dateOfCapture: 'MHTML header Date',
      captureUrl: 'MHTML header Snapshot-Content-Location',
      captureTime: 'MHTML header Date',
      captureTool: 'MHTML header From',
    });
    expect(frozen).toMatchObject({ status: null, redirects: [] });
  });

  it('has the page’s own title', () => {
    const titled = { ...CHROMIUM, parts: [html('<title>Own</title>x')] };
    expect(read(titled).frozen).toMatchObject({ record: { title: 'Own' }, prefilled: { title: 'title element' } });
  });
});

describe('an MHTML file of another program', () => {
  it('Internet Explorer’s: its encoding in the header, relative locations, 8-bit text', () => {
    const body = iconv.encode('<html><body>农村劳动力<img src="a.files/p.png"></body></html>', 'gbk');
    const { frozen, text } = read({
      headers: {
        From: '<Saved by Microsoft Internet Explorer 5>',
        Subject: '=?gb2312?B?xanStQ==?=',
        'X-MimeOLE': 'Produced By Microsoft MimeOLE V6.00.2900.2180',
      },
      newline: '\n',
      parts: [
        {
          headers: {
            'Content-Type': 'text/html;\n\tcharset="gb2312"',
            'Content-Location': 'file://C:\\My Documents\\a.htm',
          },
          body,
          encoding: '8bit',
        },
        picture({ 'Content-Location': 'a.files/p.png' }),
      ],
    });
    expect(text).toBe('农村劳动力');
    expect(frozen.resources).toHaveLength(1);
    expect(frozen.record).toMatchObject({ title: '农业', capture: { tool: 'Microsoft Internet Explorer 5' } });
  });

  it('a mail’s: nested parts, the page by `start`, images by their ids', () => {
    const inner = makeMhtml({
      boundary: 'made', // begins like the outer one
      headers: { 'Content-Type': 'multipart/alternative; boundary=made' },
      parts: [
        { headers: { 'Content-Type': 'text/plain' }, body: 'plain' },
        {
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-ID': '<root@x>' },
          body: '<html>mail<img src="cid:p%40x">',
        },
      ],
    });
    const { text, frozen } = read({
      boundary: 'made-outer',
      headers: {
        'Content-Type': 'multipart/related; start="<root@x>"; boundary="made-outer"',
        'X-Mailer': 'Some Mail 1.0',
      },
      parts: [html('not this'), inner, picture({ 'Content-ID': '<p@x>' })],
    });
    expect(text).toBe('mail');
    expect(frozen.resources).toHaveLength(1);
    expect(frozen.record.capture).toEqual({ tool: 'Some Mail 1.0' });
  });

  it('one without any address: relative addresses match', () => {
    const { frozen, address } = read({
      parts: [
        { headers: { 'Content-Type': 'text/html' }, body: '<html><a href=b.html><img src="p/a%20b.png">' },
        picture({ 'Content-Location': 'p/a b.png' }),
      ],
    });
    expect(address).toBeNull();
    expect(frozen.resources).toHaveLength(1);
  });

  it('locations relative to a Content-Base, of the part or of all', () => {
    const { frozen } = read({
      headers: { 'Content-Base': 'https://a.example/x/' },
      parts: [
        html('<img src=1.png><img src="https://b.example/y/2.png">', { location: 'page.html' }),
        picture({ 'Content-Location': '1.png' }),
        {
          ...picture({ 'Content-Location': '2.png', 'Content-Base': 'https://b.example/y/' }),
          body: Buffer.concat([PNG, PNG]),
        },
      ],
    });
    expect(frozen.resources).toHaveLength(2);
    expect(frozen.record.capture?.url).toBe('https://a.example/x/page.html');
  });

  it('no parts at all: the message is the page', () => {
    const { text } = read(Buffer.from('MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>农</p>'));
    expect(text).toBe('农');
  });
});

describe('a malformed MHTML file', () => {
  const whole = makeMhtml({
    parts: [html('<p>one</p>'), picture({ 'Content-Location': 'https://news.example/p.png' })],
  });

  it('that is cut is read as far as possible, with a note', () => {
    const { text, notes } = read(whole.subarray(0, whole.length - 90));
    expect(text).toBe('one');
    expect(notes).toEqual([expect.stringContaining('is cut off before its last part ends')]);
  });

  it.each([
    ['declares no boundary', (text: string) => text.replace(/; boundary="[^"]*"/, '')],
    ['declares another boundary', (text: string) => text.replace(/boundary="[^"]*"/, 'boundary=other')],
    ['has no header', (text: string) => text.slice(text.indexOf('\r\n--') + 2)],
  ])('that %s is taken apart by what looks like one', (_, damage) => {
    const { text, notes } = read(Buffer.from(damage(whole.toString('latin1')), 'latin1'));
    expect(text).toBe('one');
    expect(notes).toContain('The file doesn’t say how its parts are divided; Sourcebook detected it.');
  });

  it('with two parts at one address uses the first, with a note', () => {
    const twice = [
      picture({ 'Content-Location': 'https://news.example/p.png' }),
      { ...picture({ 'Content-Location': 'https://news.example/p.png' }), body: 'no picture' },
    ];
    const { frozen, notes } = read({ parts: [html('<img src=/p.png>'), ...twice] });
    expect(frozen.resources).toEqual([new Uint8Array(PNG)]);
    expect(notes).toEqual([expect.stringContaining('the first was used')]);
  });

  it('whose page is not where it says uses the first page, with a note', () => {
    const { text, notes } = read({
      headers: { 'Content-Type': 'multipart/related; start="<gone>"; boundary="----MultipartBoundary--made----"' },
      parts: [html('<p>there')],
    });
    expect(text).toBe('there');
    expect(notes).toEqual([expect.stringContaining('The main page this file names is missing')]);
  });

  it.each([
    ['a picture', [picture({})], 'a picture'],
    ['a PDF that is called a page', [{ headers: { 'Content-Type': 'text/html' }, body: '%PDF-1.7' }], 'a PDF'],
    ['words', [{ headers: { 'Content-Type': 'text/plain' }, body: 'words' }], 'text/plain'],
    ['nothing', [], 'no parts'],
  ])('that contains %s and no page is rejected, and named for what it is', (_, parts, said) => {
    expect(refused({ parts })).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(said),
      context: { fileName: 'saved.mhtml' },
    });
  });

  it('with too many parts is rejected', () => {
    const many = Buffer.from(`Content-Type: multipart/related; boundary=b\n\n${'--b\n'.repeat(LIMITS.parts + 1)}`);
    expect(refused(many)).toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining('20000') });
  });

  it('that frames itself shows itself once', () => {
    const { text } = read({
      parts: [
        html(`<p>x<iframe src="cid:me"></iframe><iframe src="${ADDRESS}"></iframe>`, {
          headers: { 'Content-ID': '<me>' },
        }),
        html('<p>y<iframe src="https://f.example/"></iframe>', { location: 'https://f.example/' }),
      ],
    });
    expect(text).toBe('x');
  });
});

describe('old headers', () => {
  it.each([
    ['=?UTF-8?B?5Yac5p2R?=', '农村'],
    ['=?utf-8?q?a_b=3F?= plain', 'a b? plain'],
    // A character that is cut between two words.
    [
      `=?gb2312?B?${Buffer.from([0xc5]).toString('base64')}?= =?gb2312?B?${Buffer.from([0xa9]).toString('base64')}?=`,
      '农',
    ],
    ['=?none?Q?x?=', 'x'],
    ['a =?utf-8*en?Q?b?= c', 'a b c'],
    [Buffer.from('农村劳动力', 'utf8').toString('latin1'), '农村劳动力'],
    ['=?broken', '=?broken'],
  ])('%j is “%s”', (written, words) => {
    expect(decodeWords(written)).toBe(words);
  });

  it.each([
    ['Mon, 17 Dec 2018 11:28:18 -0000', '2018-12-17T11:28:18Z'],
    ['2 Mar 2023 09:30 +0545', '2023-03-02T09:30+05:45'],
    ['Tue, 24 Nov 2026 22:49:51 GMT', '2026-11-24T22:49:51Z'],
    ['Fri, 1 Jan 2010 10:00:00 EST (x)', '2010-01-01T10:00:00-05:00'],
    ['Fri, 30 Feb 2010 10:00:00 GMT', null],
    ['Fri, 1 Jan 2010 25:00:00 GMT', null],
    ['Fri, 1 Jan 2010 10:00:00', null],
    ['Fri, 1 Jan 2010 10:00:00 XYZ', null],
    ['yesterday', null],
  ])('the time %j is %s', (written, time) => {
    expect(mailTime(written)).toBe(time);
  });

  it.each([
    ['a=3Db', 'a=b'],
    ['a=\r\nb=\nc= \t\r\nd', 'abcd'],
    ['a  \r\nb\t', 'a\r\nb'],
    ['a=20\r\nb', 'a \r\nb'],
    ['a=ZZ=4', 'a=ZZ=4'],
    ['a=', 'a'],
  ])('quoted-printable %j is %j', (written, bytes) => {
    expect(Buffer.from(decodeQuotedPrintable(Buffer.from(written))).toString()).toBe(bytes);
  });
});
