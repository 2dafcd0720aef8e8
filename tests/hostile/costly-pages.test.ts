import { describe, expect, it } from 'vitest';
import { freezePage } from '../../electron/formats/page/index.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { launchChromium } from '../support/browser.ts';

/** `count` levels, each of which refers twice to the level before. */
const doubling = (count: number, level: (id: number) => string): string =>
  Array.from({ length: count }, (_, id) => level(id + 1)).join('');
const svg = (content: string): string => `<p>Notice</p><svg width="900" height="600">${content}</svg><p>End</p>`;
const square = '<rect width="9" height="9"/>';
const cards = (count: number): string => '<div class="card"><i></i></div>'.repeat(count);

/** Pages that keep Chromium busy for more than ten seconds, or for ever, each in its own way. */
const COSTLY: Readonly<Record<string, string>> = {
  'use of use': svg(
    `<defs><g id="g0">${square}</g>${doubling(26, (n) => `<g id="g${n}"><use href="#g${n - 1}"/><use href="#g${n - 1}"/></g>`)}</defs><use href="#g26"/>`,
  ),
  'use of use, percent-encoded': svg(
    `<defs><g id="g0">${square}</g>${doubling(26, (n) => `<g id="g${n}"><use href="#%67${n - 1}"/><use href="#%67${n - 1}"/></g>`)}</defs><use href="#g26"/>`,
  ),
  'mask in mask': svg(
    `<mask id="m0">${square}</mask>${doubling(18, (n) => `<mask id="m${n}"><rect width="900" height="600" fill="#fff" mask="url(#m${n - 1})"/><rect width="900" height="600" mask="url(#m${n - 1})"/></mask>`)}<rect width="900" height="600" mask="url(#m18)"/>`,
  ),
  'mask in mask by style sheet and variable': svg(
    `<style>${doubling(18, (n) => `.a${n}{--m${n}:url(#m${n - 1});m\\61sk:v\\61r(--m${n})}`)}</style><mask id="m0">${square}</mask>${doubling(18, (n) => `<mask id="m${n}"><rect class="a${n}" width="900" height="600" fill="#fff"/><rect class="a${n}" width="900" height="600"/></mask>`)}<rect width="900" height="600" style="mask:url(#m18)"/>`,
  ),
  'turbulence on turbulence': svg(
    `<filter id="f" x="0" y="0" width="1" height="1"><feTurbulence numOctaves="200" baseFrequency=".7"/></filter>${`<rect width="900" height="600" filter="url(#f)"/>`.repeat(30)}`,
  ),
  'variables in variables': `<style>:root{--v0:1px 1px red${',1px 1px red'.repeat(50)};${doubling(14, (n) => `--v${n}:var(--v${n - 1}),var(--v${n - 1});`)}}i{text-shadow:var(--v9)}*{--w:var(--v14);--x:var(--v13)}</style><p>Notice</p>${'<i style="--v3:var(--v2),var(--v2)">x</i>'.repeat(2000)}`,
  'rules in rules': `<style>${'.a,.b{'.repeat(25)}color:red${'}'.repeat(25)}</style><div class="a"><p class="b">Notice</p></div>`,
  'columns in columns': `<style>div{columns:2}</style>${'<div>'.repeat(30)}<p>Notice ${'word '.repeat(2000)}</p>`,
  'shadows on shadows': `<style>p{text-shadow:${Array.from({ length: 500 }, (_, n) => `${n}px ${n}px 50px red`).join(',')}}</style><p>Notice ${'word '.repeat(2000)}</p>`,
  'dashes on lines': svg(
    `<style>path{stroke:red;stroke-width:9;stroke-dasharray:.001 .001;stroke-linecap:round;fill:none}</style>${Array.from({ length: 300 }, (_, n) => `<path d="M0 ${n}H900V0H0"/>`).join('')}`,
  ),
  'markers on points': svg(
    `<marker id="m" markerWidth="50" markerHeight="50">${'<circle r="90" cx="9" cy="9"/>'.repeat(300)}</marker><path marker-mid="url(#m)" fill="none" stroke="red" d="M0 0${Array.from({ length: 50_000 }, (_, n) => `L${n % 900} ${(n * 7) % 600}`).join('')}"/>`,
  ),
  'SVG file': `<p>Notice</p><img src="data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="g0">${square}</g>${doubling(26, (n) => `<g id="g${n}"><use href="#g${n - 1}"/><use href="#g${n - 1}"/></g>`)}<use href="#g26"/></svg>`).toString('base64')}">`,
  'cells on cells': `<p>Notice</p><table>${`<tr>${'<td colspan=500 rowspan=300>x</td>'.repeat(3)}</tr>`.repeat(400)}</table>`,
  'colours on colours': `<style>i{position:absolute;inset:0;mix-blend-mode:hue;background:#f003}</style><p>Notice</p>${'<i>x</i>'.repeat(2000)}`,
  'glass over glass': `<style>i{position:absolute;inset:0;backdrop-filter:blur(90px)}</style><p>Notice</p>${'<i>x</i>'.repeat(600)}`,
  'planes in planes': `<style>i{transform-style:preserve-3d;transform:rotateX(1deg) rotateY(1deg);position:absolute;inset:0;background:#f003}</style><p>Notice</p>${`${'<i>'.repeat(190)}x${'</i>'.repeat(190)}`.repeat(5)}`,
  'counters of counters': `<style>i{counter-reset:c}i::before{content:counters(c,"${'.'.repeat(40)}")}</style><p>Notice</p>${`${'<i>'.repeat(190)}x${'</i>'.repeat(190)}`.repeat(130)}`,
  'styles that ask for styles': `<style>${Array.from({ length: 1000 }, (_, n) => `@container style(--a:${n}){i{--b:${n}}}@container style(--b:${n}){i{--a:${n}}}`).join('')}</style><p>Notice</p>${`${'<i>'.repeat(150)}x${'</i>'.repeat(150)}`.repeat(60)}`,
  'sizes of contents in each other': `<style>div{max-width:max-content;padding:1%}</style>${'<div>'.repeat(40)}<p>Notice</p>${'</div>'.repeat(40)}`,
  'sizes of contents in each other, by variable': `<style>:root{--s:min-content}div{min-inline-size:var(--s);margin:1%}</style>${'<div>'.repeat(40)}<p>Notice</p>${'</div>'.repeat(40)}`,
  'dense grid': `<style>div{display:grid;grid-template-columns:repeat(1000,1px);grid-auto-flow:dense}p:nth-child(3n){grid-column:span 700}p:nth-child(3n+1){grid-column:span 2;grid-row:span 900}</style><div>${'<p>Notice</p>'.repeat(30_000)}</div>`,
  'scopes in scopes': `<style>${'@scope (div) to (.x){:scope p{color:red}}'.repeat(500)}</style>${'<div>'.repeat(150)}${'<p>Notice</p>'.repeat(2000)}`,
  'layers on layers': `<style>${Array.from({ length: 20_000 }, (_, n) => `@layer l${n}{p{color:red}}`).join('')}</style>${'<p>Notice</p>'.repeat(2000)}`,
  'places among siblings': `<style>${Array.from({ length: 1000 }, (_, n) => `p:nth-last-child(${n + 1} of :not(:nth-child(2n of p))){color:red}`).join('')}</style><div>${'<p>Notice</p>'.repeat(20_000)}</div>`,
  'rules for all': `<style>${Array.from({ length: 3000 }, (_, n) => `p{&:nth-last-of-type(${n + 1}n+7){color:red}}`).join('')}</style><div>${'<p>Notice</p>'.repeat(40_000)}</div>`,
  'variables on all': `<style>p{${Array.from({ length: 2000 }, (_, n) => `--x${n}:${n};`).join('')}}</style>${'<p>Notice</p>'.repeat(14_000)}`,
  'fonts of fonts': `<style>${Array.from({ length: 3000 }, (_, n) => `@font-face{font-family:f${n};src:url(data:font/woff2;base64,d09GMgABAAAAAAAA)}`).join('')}p{font-family:${Array.from({ length: 3000 }, (_, n) => `f${n},`).join('')}serif}</style>${'<p>Notice</p>'.repeat(200)}`,
  'markers of places to scroll to': `<style>div{overflow:auto;height:90px;scroll-marker-group:after;columns:1}p::scroll-marker{content:"y"}div::column::scroll-marker{content:"z"}</style><div>${'<p>Notice</p>'.repeat(20_000)}</div>`,
  ':has()': `<style>${Array.from({ length: 300 }, (_, n) => `div:has(~ div i.n${n}){color:red}`).join('')}</style><p>Notice</p>${cards(5000)}`,
};

/** Style sheets nested so deeply that the process of Chromium which reads them ends. */
const DEEP: Readonly<Record<string, string>> = {
  'rules without an end': 'a{'.repeat(100_000),
  'conditions in conditions': '@media all{@supports (display:grid){'.repeat(20_000),
  'selectors in selectors': `${':is('.repeat(20_000)}p${')'.repeat(20_000)}{color:red}`,
};

const bytes = (html: string): Uint8Array => new TextEncoder().encode(`<!doctype html><title>T</title>${html}`);

function frozen(html: string): { page: string; text: string; notes: readonly string[] } {
  const frozenPage = freezePage(bytes(html), { fileName: 'page.html' });
  if (!frozenPage.ok) throw new Error(frozenPage.error.message);
  const { frozen: page, layerFile, notes } = frozenPage.value;
  return { page: new TextDecoder().decode(page ?? undefined), text: openLayerFile(layerFile).text(), notes };
}

/** How long Chromium takes to show a page and to answer again, in milliseconds; `most` if it takes longer. */
async function timeToRest(page: string, most: number): Promise<number> {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await tab.route('**/*', (route) => route.fulfill({ body: page, contentType: 'text/html; charset=utf-8' }));
    const begun = performance.now();
    const shown = tab
      .goto('https://page.test/', { timeout: most })
      .then(() => tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))))
      .then(() => tab.screenshot({ timeout: most }))
      .then(() => performance.now() - begun);
    const late = new Promise<number>((done) => setTimeout(done, most, most));
    shown.catch(() => undefined);
    return await Promise.race([shown.catch(() => most), late]);
  } finally {
    await browser.close();
  }
}

const MOST = 15_000;

describe('a page that would keep the window busy', () => {
  it.each(Object.keys(COSTLY))('comes to rest once it is frozen: %s', { timeout: 60_000 }, async (name) => {
    const { page, text, notes } = frozen(COSTLY[name] ?? '');
    expect(text.startsWith('Notice')).toBe(true);
    expect(notes.some((note) => note.includes('keep a browser busy'))).toBe(true);
    expect(await timeToRest(page, MOST)).toBeLessThan(MOST);
  });

  it.each(Object.keys(DEEP))('does not end the browser’s process: %s', { timeout: 60_000 }, async (name) => {
    const { page, text, notes } = frozen(`<style>p{color:red}</style><style>${DEEP[name] ?? ''}</style><p>Notice</p>`);
    expect(text).toBe('Notice');
    expect(page).toContain('p{color:red}');
    expect(notes.some((note) => note.includes('the rest was left out'))).toBe(true);
    expect(await timeToRest(page, MOST)).toBeLessThan(MOST);
  });
});
