import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/reader.ts';

let reader: FrozenReader;
beforeAll(async () => {
  reader = await FrozenReader.start();
});
afterAll(() => reader.close());

let pages = 0;
/** The hidden words of “Workers were not forced”, in a page with this markup. */
async function unseen(markup: string, quote = 'Workers were not forced'): Promise<string[] | null> {
  const id = `hidden-${++pages}`;
  const filler = '<p>Line after line of the long report goes on and on.</p>'.repeat(60);
  const fixture = frozen(id, `<!doctype html><title>A notice</title>${markup}${filler}`);
  reader.put(fixture);
  const start = fixture.text.indexOf(quote);
  expect(start).toBeGreaterThanOrEqual(0);
  const found = await reader.page.evaluate(
    ([layer, from, exact]) => window.reader.hiddenOnPage(layer, { start: from, end: from + exact.length }, exact),
    [id, start, quote] as const,
  );
  return found?.map((one) => quote.slice(one.start, one.end)) ?? null;
}
const styled = (style: string, around = ''): string =>
  `<p style="${around}">Workers were <span style="${style}">not</span> forced to go.</p>`;

describe('words that a saved page has in its text and doesn’t show', () => {
  it.each([
    ['opacity', styled('opacity:0')],
    ['a filter', styled('filter:opacity(0%)')],
    ['a tiny font', styled('font-size:0.5px')],
    ['no size at all', styled('font-size:0')],
    ['no ink', styled('color:transparent')],
    ['a fill without colour', styled('-webkit-text-fill-color:rgba(0,0,0,0)')],
    ['white on white', styled('color:#fff')],
    ['nearly the ground’s colour', styled('color:rgb(8 8 8)', 'background:#000;color:#fff')],
    ['white on white, out of the flow', styled('position:absolute;color:#fff;pointer-events:none')],
    ['cut off', styled('display:inline-block;width:0;overflow:hidden;white-space:nowrap')],
    ['a clip', styled('position:absolute;clip:rect(0,0,0,0)')],
    ['a clip path', styled('display:inline-block;clip-path:inset(50%)')],
    ['beside the page', styled('position:absolute;left:-9999px')],
    ['above the page', styled('position:absolute;top:-500px')],
    ['an indent', styled('display:inline-block;text-indent:-9999px;overflow:hidden')],
    ['a scale of nothing', styled('display:inline-block;transform:scale(0)')],
    ['visibility', styled('visibility:hidden')],
    ['display', styled('display:none')],
    [
      'something on top',
      `<p style="position:relative">Workers were <span>not</span> forced to go.<span style="position:absolute;left:0;top:0;width:100%;height:100%;background:#fff"></span></p>`,
    ],
    [
      'something on top that takes no clicks',
      `<p style="position:relative">Workers were <span>not</span> forced to go.<span style="position:absolute;left:0;top:0;width:100%;height:100%;background:#fff;pointer-events:none!important"></span></p>`,
    ],
  ])('are told: %s', async (what, markup) => {
    const all = what.startsWith('something on top');
    expect(await unseen(markup)).toEqual(all ? ['Workers were not forced'] : ['not']);
  });

  it('are told word by word, also far down the page and in Chinese', async () => {
    const far = '<div style="height:5000px"></div>';
    const page = `${far}<p>工人<span style="opacity:0">不是</span>被迫的，自愿参加。</p>`;
    expect(await unseen(page, '工人不是被迫的，自愿参加')).toEqual(['不是']);
  });

  it.each([
    ['as they come', styled('')],
    ['grey, small and bold', styled('color:#767676;font-size:9px;font-weight:bold')],
    ['white on a dark ground', styled('color:#fff', 'background:#123')],
    ['white on a picture', styled('color:#fff', 'background:linear-gradient(#000,#333)')],
    ['white with a shadow', styled('color:#fff;text-shadow:0 0 3px #000')],
    [
      'white out of the flow, on something dark',
      `<div style="position:relative;height:60px"><div style="position:absolute;inset:0;background:#123"></div>${styled('', 'position:absolute;left:0;top:0;color:#fff')}</div>`,
    ],
    ['in a box that scrolls', `<div style="height:40px;overflow:auto"><p>Long</p><p>Long</p>${styled('')}</div>`],
    ['in closed details', `<details><summary>More</summary>${styled('')}</details>`],
    ['far down the page', `<div style="height:5000px"></div>${styled('')}`],
    [
      'under a banner that stays at the bottom',
      `<div style="position:fixed;left:0;bottom:0;width:100%;height:300px;background:#fff">News</div><div style="height:700px"></div>${styled('')}`,
    ],
    [
      'far down a page that scrolls smoothly',
      `<style>html{scroll-behavior:smooth}</style><div style="height:5000px"></div>${styled('')}`,
    ],
    ['faded in', `<style>@keyframes in{from{opacity:0}} p{animation:in 60s linear}</style>${styled('')}`],
    ['half seen through', styled('opacity:0.6')],
    ['in a page from right to left', `<div dir="rtl">${styled('')}</div>`],
    ['in a table', `<table><tr><td style="overflow:hidden">${styled('')}</td></tr></table>`],
  ])('are not what is shown: %s', async (_what, markup) => {
    expect(await unseen(markup)).toEqual([]);
  });

  it('are not looked for where the page has other words', async () => {
    const fixture = frozen('other', '<!doctype html><p>Workers were paid.</p>');
    reader.put(fixture);
    const found = await reader.page.evaluate(() =>
      window.reader.hiddenOnPage('other', { start: 0, end: 7 }, 'Farmers'),
    );
    expect(found).toBeNull();
  });
});
