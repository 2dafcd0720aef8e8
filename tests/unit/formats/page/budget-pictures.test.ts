import { describe, expect, it } from 'vitest';
import { mayCost } from '../../../../electron/formats/page/budget-pictures.ts';
import { costOfSvg } from '../../../../electron/formats/page/budget-svg.ts';
import { checkFrozen } from '../../../../electron/formats/page/check-frozen.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { hashOf } from '../../../../electron/formats/page/resources.ts';

const svg = (content: string, before = ''): string =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60">${content}</svg>`;
const times = (count: number, part: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => part(n)).join('');
const doubling = (count: number, copyOf = (n: number): string => `<use href="#g${n}"/>`): string =>
  `<g id="g0"><rect/></g>${times(count, (n) => `<g id="g${n + 1}">${copyOf(n)}${copyOf(n)}</g>`)}${copyOf(count)}`;
const address = (text: string): string => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
const cost = (text: string): number => costOfSvg(Buffer.from(text));
const MOST = 200_000;
const IN_PAGE = /r\/[0-9a-f]{64}/;

function nest(text: string, levels: number): string {
  return levels === 0 ? text : nest(svg(`<image href="${address(text)}"/>`), levels - 1);
}

describe('what an SVG file costs as an image', () => {
  it.each([
    ['an icon', svg('<path d="M0 0h9v9z"/><style>path{fill:red}</style>')],
    ['a map of 20,000 paths', svg(times(20_000, () => '<path d="M0 0h9"/>'))],
    [
      'a file of Illustrator’s',
      svg(
        '<g i:x="&ns_ai;"/>',
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">]>',
      ),
    ],
    [
      'a chart with gradients and a picture in it',
      svg(
        `<linearGradient id="a"/>${times(500, () => '<rect fill="url(#a)"/>')}<image xlink:href="data:image/png;base64,AAAA"/>`,
      ),
    ],
    ['a moving icon', svg('<circle r="9"><animate attributeName="r" values="1;9"/></circle>')],
  ])('is affordable: %s', (_, text) => {
    expect(cost(text)).toBeLessThan(MOST);
  });

  it.each([
    ['use of use', svg(doubling(24))],
    [
      'use of use by xlink and another prefix',
      svg(doubling(24, (n) => `<s:use xmlns:s="http://www.w3.org/2000/svg" xlink:href=' &#35;g${n} '/>`)),
    ],
    [
      'use of use by entities',
      svg(
        doubling(24, (n) => `&u;#g${n}"/>`),
        '<!DOCTYPE svg [<!ENTITY u "<use href=&#34;">]>',
      ),
    ],
    ['entities in entities', svg('<text>&b;</text>', '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>')],
    ['attributes by the document type', svg('<use/>', '<!DOCTYPE svg [<!ATTLIST use href CDATA "#g9">]>')],
    [
      'masks by a style sheet',
      svg(
        `<style><![CDATA[${times(18, (n) => `.a${n}{m\\61sk:url( '#m${n}' )}`)}]]></style><mask id="m0"/>${times(18, (n) => `<mask id="m${n + 1}"><rect class="a${n}"/><rect class="a${n}"/></mask>`)}<rect class="a17"/>`,
      ),
    ],
    [
      'a style sheet from a data address',
      svg(
        `<style>@import "data:text/css,${encodeURIComponent(times(18, (n) => `.a${n}{mask:url(%23m${n})}`))}";</style>`,
        `<?xml-stylesheet href="data:text/css,x"?>`,
      ),
    ],
    ['SVG in SVG in SVG', nest(svg('<rect/>'), 6)],
    [
      'a costly SVG, shown often',
      svg(
        `<g id="a"><image href="${address(svg(times(1000, () => '<rect/>')))}"/></g>${'<use href="#a"/>'.repeat(300)}`,
      ),
    ],
    [
      'turbulence that moves',
      svg('<filter id="f"><feTurbulence numOctaves="20"><animate/></feTurbulence></filter><rect filter="url(#f)"/>'),
    ],
    [
      'styles that look at everything',
      svg(
        `<foreignObject><style xmlns="http://www.w3.org/1999/xhtml">${times(300, (n) => `div:has(~ div i.n${n}){color:red}`)}</style>${'<div><i></i></div>'.repeat(3000)}</foreignObject>`,
      ),
    ],
    ['a charset that isn’t known', `<?xml version="1.0" encoding="x-none"?>${svg('')}`],
  ])('is not: %s', (_, text) => {
    expect(cost(text)).toBeGreaterThan(MOST);
  });

  it('is read in a time that grows with the file', () => {
    for (const piece of ['<a ', '<', '<!--', '&', '&a;', '<![CDATA[', '"', "<a b='", '</']) {
      const begun = process.cpuUsage();
      cost(svg(piece.repeat(300_000)));
      const { user } = process.cpuUsage(begun);
      expect(user / 1e6, piece).toBeLessThan(4);
    }
  });
});

describe('the images of a page', () => {
  const bomb = svg(doubling(24));
  const icon = svg('<path d="M0 0h9"/>');
  const freeze = (body: string): { html: string; notes: readonly string[]; resources: readonly Uint8Array[] } => {
    const result = freezePage(Buffer.from(`<!doctype html><title>T</title>${body}`), { fileName: 'page.html' });
    if (!result.ok) throw new Error(result.error.message);
    return {
      html: Buffer.from(result.value.frozen ?? []).toString(),
      notes: result.value.notes,
      resources: result.value.resources,
    };
  };
  const isCut = (notes: readonly string[]): boolean => notes.some((note) => note.includes('keep a browser busy'));

  it.each([
    ['an image', (one: string) => `<img src="${one}">`],
    ['a background', (one: string) => `<style>p{background:url("${one}")}</style><p>x</p>`],
    ['a style of an element', (one: string) => `<p style="list-style-image:url('${one}')">x</p>`],
    ['an image in a drawing', (one: string) => `<svg><image xlink:href="${one}"></image></svg>`],
  ])('are left out if they cost too much, and stay if they don’t: %s', (_, body) => {
    const kept = freeze(body(address(icon)));
    expect([kept.html.includes(`r/${hashOf(Buffer.from(icon))}`), isCut(kept.notes)]).toEqual([true, false]);
    const cut = freeze(body(address(bomb)));
    expect([IN_PAGE.test(cut.html), isCut(cut.notes)]).toEqual([false, true]);
  });

  it('are counted as often as they are shown', () => {
    const drawing = svg(times(1000, () => '<rect/>'));
    expect(isCut(freeze(`<img src="${address(drawing)}">`.repeat(100)).notes)).toBe(false);
    expect(isCut(freeze(`<img src="${address(drawing)}">`.repeat(1000)).notes)).toBe(true);
    const rule = `<style>.i:not(:first-child)::before{content:url("${address(drawing)}")}</style>`;
    expect(isCut(freeze(`${rule}${'<p>x</p>'.repeat(1000)}`).notes)).toBe(false);
    expect(isCut(freeze(`${rule}${'<p class="i">x</p>'.repeat(1000)}`).notes)).toBe(true);
  });

  it('of a stored page are left out when it is shown', () => {
    const { html, resources } = freeze(`<p>x</p><img src="${address(icon)}">`);
    const bytes = Buffer.from(bomb);
    const stored = html.replace(hashOf(resources[0] ?? new Uint8Array()), hashOf(bytes));
    const { shown = '', isCut: cut, text } = checkFrozen(stored, [{ hash: hashOf(bytes), bytes }]);
    expect([IN_PAGE.test(shown), cut, text]).toEqual([false, true, 'x']);
  });

  it('of more pixels than Sourcebook reads are left out', () => {
    const gif = (side: number): Buffer => {
      const head = Buffer.from('GIF89a\0\0\0\0', 'latin1');
      head.writeUInt16LE(side, 6);
      head.writeUInt16LE(side, 8);
      return head;
    };
    expect([mayCost(gif(5000)), mayCost(gif(50_000))]).toEqual([false, true]);
    expect(freeze(`<img src="data:image/gif;base64,${gif(50_000).toString('base64')}">x`).html).not.toMatch(IN_PAGE);
  });
});
