import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted } from '../../../../electron/formats/extracted.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { pictureLayer } from '../../../../electron/formats/page/picture.ts';
import { applyStyles } from '../../../../electron/formats/page/apply-styles.ts';
import { pageStylesAnswer } from '../../../../shared/contract/page-styles.ts';
import { pendingPagePath } from '../../../../shared/contract/bytes.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { FrozenReader } from '../../../support/frozen-reader.ts';
import { ODD_PAGES } from '../../../support/odd-pages.ts';

import type {} from '../../../support/in-page/reader.ts';
import type {} from '../../../support/in-page/page-styles.ts';

let reader: FrozenReader;
let count = 0;
beforeAll(async () => {
  reader = await FrozenReader.start();
});
afterAll(() => reader.close());

const htmlOf = ({ frozen }: Extracted): string => new TextDecoder().decode(frozen ?? undefined);
const textOf = ({ layerFile }: Extracted): string => openLayerFile(layerFile).text();

/** A page as it is frozen, with its styles as a window reads them, and read again in the reader's frame. */
async function inAWindow(page: string | Uint8Array) {
  const bytes = typeof page === 'string' ? new TextEncoder().encode(page) : page;
  const extraction = freezePage(bytes, { fileName: 'p.html' });
  if (!extraction.ok) throw new Error(extraction.error.message);
  const before = extraction.value;
  const token = String(++count).padStart(32, '0');
  reader.put({ id: token, html: htmlOf(before), resources: before.resources }, `/${pendingPagePath(token)}`);
  const said = pageStylesAnswer.parse(await reader.page.evaluate((name) => window.readStyles(name), token));
  const { frozen, layerFile } = before;
  const styles = said.styles ?? [];
  const after = applyStyles({ frozen: frozen ?? new Uint8Array(), layerFile, styles, browser: said.browser });
  if (!after.ok) throw new Error(after.error.message);
  reader.put({ id: `s${token}`, html: htmlOf(after.value), resources: before.resources });
  const seen = await reader.page.evaluate(([src]) => window.reader.readFrame(src, 20), [`/frozen/s${token}/`] as const);
  return { before, said, after: after.value, seen };
}
const styled = async (css: string, body: string): Promise<string> =>
  textOf((await inAWindow(`<!doctype html><style>${css}</style><body>${body}`)).after);

describe('a page whose styles a real browser read', () => {
  it.each<[string, string, string, string]>([
    ['display: none hides', '.x{display:none}', 'a<p class=x>b<b>c</b></p><p>d', 'a\nd'],
    ['… and nothing in it is shown', '.x{display:none}.y{display:block}', 'a<p class=x>b<b class=y>c</b></p>', 'a'],
    ['visibility hides', '.x{visibility:hidden}', '<p>a<i class=x>b</i>c', 'ac'],
    [
      '… and what is visible again in it is shown',
      '.x{visibility:hidden}.y{visibility:visible}',
      '<div class=x>b<i class=y>c</i></div>',
      'c',
    ],
    ['content-visibility hides', '.x{content-visibility:hidden}', '<p>a</p><p class=x>b<b>c</b></p>', 'a'],
    ['hidden=until-found hides', '', '<p>a<p hidden=until-found>b', 'a'],
    ['what shows a hidden element shows it', '[hidden]{display:inline}', '<p>a<b hidden>b', 'ab'],
    ['opacity does not hide', '.x{opacity:0}', '<p>a<i class=x>b', 'ab'],
    ['clipping does not hide', '.x{clip-path:inset(50%)}', '<p>a<i class=x>b', 'ab'],
    ['no size does not hide', '.x{font-size:0}', '<p>a<i class=x>b', 'ab'],
    ['what lies off the screen is not hidden', '.x{position:absolute;left:-9999px}', '<p>a</p><p class=x>b', 'a\nb'],
    [
      'what is folded away can be unfolded, and is not hidden',
      '',
      '<details><summary>a</summary>b<p>c</details>',
      'a\nb\nc',
    ],
    ['inline divisions do not part words', 'div{display:inline}', 'a<div>b</div>c', 'abc'],
    ['block spans do', 'span{display:block}', 'a<span>b</span>c', 'a\nb\nc'],
    ['parts of a flexible box are blocks', 'nav{display:flex}', '<nav><a>a</a><a>b</a></nav>', 'a\nb'],
    ['white space is kept by pre-wrap', '.x{white-space:pre-wrap}', '<p class=x>a\n  b', 'a\n  b'],
    [
      '… but not between the parts of a table',
      'table{white-space:pre}',
      '<table>\n <tr>\n <td>a\n b</td>\n <td>c</table>',
      'a\n b\tc',
    ],
    ['… and collapses in what was preformatted', 'pre{white-space:normal}', '<pre>a\n  b', 'a b'],
    [
      'tables by style',
      '.t{display:table}.r{display:table-row}.c{display:table-cell}',
      '<div class=t><div class=r><div class=c>1</div><div class=c>2</div></div><div class=r><div class=c>3</div></div></div>',
      '1\t2\n3',
    ],
    ['a line break can be taken away', 'br{display:none}', 'a <br>b', 'a b'],
    ['words of a drawing', '.x{display:none}', '<svg><text class=x>a</text><text>b</text></svg>', 'b'],
    ['what a style of this width hides', '@media(min-width:1000px){.x{display:none}}', '<p>a<p class=x>b', 'a'],
    [
      'what fades in has come',
      '@keyframes f{from{visibility:hidden}} .x{visibility:visible;animation:f 9s steps(1,end) both}',
      '<p>a<p class=x>b',
      'a\nb',
    ],
  ])('%s', async (_, css, body, text) => {
    expect(await styled(css, body)).toBe(text);
  });

  // Large pages take seconds each to draw; frame-text.test.ts compares their text.
  it.each(Object.entries(ODD_PAGES).filter(([, page]) => page.length < 20_000))(
    'has the same text in the reader’s frame: %s',
    async (_, page) => {
      const { after, seen } = await inAWindow(page);
      expect(seen).toEqual({ text: textOf(after), wrong: [] });
    },
  );

  it('names the browser, requests nothing from the network, and leaves no frame behind', async () => {
    const { after } = await inAWindow('<p>a');
    expect(after.notes[0]).toMatch(/^Its text is what the page showed in Chromium \d+ at import/);
    expect(reader.outside).toEqual([]);
    expect(await reader.page.evaluate(() => document.querySelectorAll('body > iframe').length)).toBe(0);
  });

  it('is not read if there is no such page', async () => {
    const said = await reader.page.evaluate((name) => window.readStyles(name), 'f'.repeat(32));
    expect(said).toMatchObject({ styles: null, picture: null });
  });
});

describe('the screenshot of a page', () => {
  const RED = `<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10' fill='red'/></svg>`;
  /** Colours of a picture at these places, as `r,g,b`. */
  const coloursAt = (png: string, places: readonly (readonly [number, number])[]): Promise<string[]> =>
    reader.page.evaluate(
      async ([data, at]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return at.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3).join());
      },
      [png, places] as const,
    );

  it('is the whole page, with its images, styles and background', async () => {
    const { said } = await inAWindow(
      `<!doctype html><style>BODY{margin:0;background:#00f;overflow:hidden;height:100%} .a{height:50vh;background:lime}
       .b{height:100px;background:url("data:image/svg+xml,${encodeURIComponent(RED)}")} .none{display:none}</style>
       <div class=a></div><div class=b></div><div class=none style="height:99px"></div>
       <img style="display:block;width:100px;height:100px" src="data:image/svg+xml,${encodeURIComponent(RED)}"><div style="height:900px">`,
    );
    expect(said.picture).toMatchObject({ width: 1280, height: 1500, pageHeight: 1500 });
    const colours = await coloursAt(said.picture?.png ?? '', [
      [5, 5],
      [5, 395],
      [640, 450],
      [50, 550],
      [640, 550],
      [5, 1495],
    ]);
    expect(colours).toEqual(['0,255,0', '0,255,0', '255,0,0', '255,0,0', '0,0,255', '0,0,255']);
  });

  it('of a page that is too long shows its upper part, and says so', async () => {
    const { said } = await inAWindow('<!doctype html><body style="margin:0"><div style="height:40000px">');
    expect(said.picture).toMatchObject({ width: 1280, height: 16_000, pageHeight: 40_000 });
    const layer = said.picture === null ? null : pictureLayer(said.picture);
    expect(layer?.notes).toEqual(['The page is 40000 pixels high; the screenshot shows the top 16000.']);
  });
});

describe('the screenshot of a page in a script this machine may have no font for', () => {
  const FONTS = join(import.meta.dirname, '../../../../node_modules/@fontsource-variable');
  const SERIF = readFileSync(join(FONTS, 'noto-serif-sc/files/noto-serif-sc-119-wght-normal.woff2'), 'base64');
  /** The app’s fonts as the app has them: served, and named in its own style sheet. */
  beforeAll(async () => {
    for (const family of ['noto-sans-sc', 'noto-sans-arabic']) {
      const put = (file: string, type: string): void =>
        reader.serve(`/fonts/${family}/${file}`, {
          body: readFileSync(join(FONTS, family, file)),
          headers: { 'content-type': type },
        });
      put('index.css', 'text/css');
      for (const file of readdirSync(join(FONTS, family, 'files'))) put(`files/${file}`, 'font/woff2');
      await reader.page.evaluate(async (href) => {
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
        await new Promise((loaded) => {
          link.addEventListener('load', loaded);
          document.head.append(link);
        });
      }, `/fonts/${family}/index.css`);
    }
  });

  /** The ink of each character, set one below the other in squares of 100 pixels: the shades of its rows. */
  const inkOf = async (css: string, pieces: readonly string[]): Promise<string[]> => {
    const { said } = await inAWindow(
      `<!doctype html><style>body{margin:0;font:80px/100px sans-serif} p{margin:0;height:100px} ${css}</style>${pieces.join('')}`,
    );
    return reader.page.evaluate(
      async ([data, count]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        const rowsOf = (at: number): number[][] =>
          Array.from({ length: 100 }, (_, row) => [
            ...(context?.getImageData(0, at * 100 + row, 100, 1).data.filter((_value, index) => index % 4 === 0) ?? []),
          ]);
        // Fonts have different baselines, so rows without ink are left out of the comparison.
        const isInk = (row: readonly number[]): boolean => row.some((value) => value < 255);
        return Array.from({ length: count }, (_, at) => rowsOf(at).filter(isInk).join('\n'));
      },
      [said.picture?.png ?? '', pieces.length] as const,
    );
  };

  it('shows each character as itself, in any element, not as one box for all', async () => {
    const nothing = '<p></p>';
    const pieces = ['<p>就', '<p>业', '<p><b>人</b>', '<p class=c>', '<p>ئ', '<p>ې', '<p>\u0378', nothing];
    const ink = await inkOf('.c::before{content:"民"}', pieces);
    expect(new Set(ink).size).toBe(pieces.length);
  });

  it('leaves characters that the page’s own font has to that font', async () => {
    const css = `@font-face{font-family:Own;src:url(data:font/woff2;base64,${SERIF})} .own{font-family:Own,sans-serif}`;
    // This file of the font has the first character, and not the second.
    const [plain, own, plainToo, notOwn] = await inkOf(css, ['<p>的', '<p class=own>的', '<p>就', '<p class=own>就']);
    expect(own).not.toBe(plain);
    expect(notOwn).toBe(plainToo);
  });
});
