import { describe, expect, it } from 'vitest';
import { withinBudget } from '../../../../electron/formats/page/budget.ts';
import { checkFrozen } from '../../../../electron/formats/page/check-frozen.ts';
import { stableMarkup } from '../../../../electron/formats/page/fixed-point.ts';

const page = (body: string): string => `<html><head></head><body>${body}</body></html>`;
const budgetOf = (body: string): string | null => withinBudget(stableMarkup(page(body)).tree, new Map());
const times = (count: number, part: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => part(n)).join('');

describe('the budget of a frozen page', () => {
  it.each([
    [
      'a sprite of icons, shown 3,000 times',
      `<svg>${times(60, (n) => `<symbol id="i${n}"><g>${'<path d="M0 0h9"></path>'.repeat(9)}</g></symbol>`)}</svg>` +
        times(3000, (n) => `<svg><use href="#i${n % 60}"></use></svg>`),
    ],
    [
      'a drawing of 20,000 shapes filled with gradients',
      `<svg><linearGradient id="a"><stop></stop><stop></stop></linearGradient><linearGradient id="b" href="#a"></linearGradient>` +
        `${times(20_000, () => `<rect fill="url(&quot;#b&quot;)"></rect>`)}</svg>`,
    ],
    [
      'a hundred blurred cards, and 300 rules with :has()',
      `<style>${times(300, (n) => `.c${n % 40}:has(> .n${n}){color:red}body:has(.open${n}) .m{top:0}`)}</style>` +
        `<svg><filter id="f"><feGaussianBlur></feGaussianBlur></filter></svg>` +
        times(2000, (n) => `<div class="c${n}"><p>x</p></div>`) +
        times(100, () => `<div style="filter:url(&quot;#f&quot;)">y</div>`),
    ],
    [
      'rules in rules and columns, as pages have them',
      '<style>@media print{.a,.b{& p,& li{color:red;& b,i{color:blue}}}}.t{columns:3}</style><div class="t"><div class="t">x</div></div>',
    ],
    ['what it refers to and lacks', '<svg><use href="#none"></use><rect fill="url(&quot;#gone&quot;)"></rect></svg>'],
  ])('has room for %s', (_, body) => {
    expect(budgetOf(body)).toBe(null);
  });

  it.each([
    ['an SVG that refers to itself', '<svg><g id="a"><use href="#a"></use></g><use href="#a"></use></svg>'],
    [
      'paints that are inherited by what is in a group',
      `<svg><pattern id="p0"><rect></rect></pattern>${times(9, (n) => `<pattern id="p${n + 1}"><g fill="url(&quot;#p${n}&quot;)">${'<rect></rect>'.repeat(20)}</g></pattern>`)}<rect fill="url(&quot;#p9&quot;)"></rect></svg>`,
    ],
    ['selectors that look at all siblings again and again', '<style>a~b~c~d~e~f , [x="~"]{color:red}</style>'],
    ['rules in rules', `<style>${'.a,.b{'.repeat(20)}color:red${'}'.repeat(20)}</style>`],
    ['columns in columns', `<style>div{columns:2}</style>${'<div>'.repeat(9)}x${'</div>'.repeat(9)}`],
    ['more shadows than anybody sees', `<p style="box-shadow:${times(200, (n) => `${n}px 0 red,`)}0 0 red">x</p>`],
    ['columns of a grid', '<p style="grid-template-columns:repeat(9999999,1px)">x</p>'],
    ['blurs of blurs', `<p style="filter:${'blur(9px) '.repeat(40)}">x</p>`],
  ])('cuts %s, and what is left is a frozen page with the same text', (_, body) => {
    const before = stableMarkup(page(`<p>Words</p>${body}`));
    const cut = withinBudget(before.tree, new Map());
    expect(cut).not.toBe(null);
    const after = stableMarkup(cut ?? '');
    expect(after.html).toBe(cut);
    expect(after.text).toBe(before.text);
    expect(checkFrozen(after.html).problems).toEqual([]);
    expect(withinBudget(after.tree, new Map())).toBe(null);
  });

  it('reads a long declaration once, not from each of its places', () => {
    const begun = process.cpuUsage();
    expect(
      budgetOf(`<style>p{background:conic-gradient(${times(20_000, (n) => `hsl(${n} 50% 50%),`)}red)}</style>`) ===
        null,
    ).toBe(true);
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(4);
  });
});
