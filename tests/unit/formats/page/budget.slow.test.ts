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
      'a bilingual glossary of 40,000 terms, and 9,000 lines of two languages in one element',
      `${'<dl><dt>\u0627\u0628</dt><dd>ab \u0627 3</dd></dl>'.repeat(20_000)}<pre>${'\u0627\u0628 ab\n'.repeat(9000)}</pre>`,
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
    [
      'what big pages have of effects, animations, counters and cells',
      '<style>.g{backdrop-filter:blur(9px)}.s{animation:k 1s;will-change:transform}@keyframes k{to{filter:blur(2px)}}' +
        '.m{mask-image:linear-gradient(red,blue)}*{filter:none;animation:none;will-change:auto}h2{counter-increment:h}' +
        'h2::before{content:counter(h) ". "}:where(.c,.d){content:""}</style>' +
        `${times(3000, (n) => `<div class="x${n}"><h2>x</h2></div>`)}${'<i class="g s m">x</i>'.repeat(30)}` +
        `<table><tbody>${'<tr><td>x</td><td colspan="3">y</td></tr>'.repeat(5000)}<tr><td colspan="99" rowspan="9">z</td></tr></tbody></table>`,
    ],
    [
      'charts with dashed lines and arrows',
      `<style>.d{stroke-dasharray:.5px}</style><svg><marker id="m"><path d="M0 0L9 9"></path></marker><g stroke-dasharray="4 2">${times(900, (n) => `<path d="M0 ${n}h900v5"></path>`)}</g>` +
        `${times(200, (n) => `<line class="d" x1="0" x2="9${n}" marker-end="url(&quot;#m&quot;)"></line>`)}</svg>`,
    ],
    [
      'thousands of rules with variables, layers and scopes on thousands of elements',
      `<style>@layer a,b;*,::before{${times(60, (n) => `--tw-${n}:0;`)}}${times(4000, (n) => `.c${n}:not(.d):hover{--x:${n}}`)}${times(400, (n) => `.e${n}{& > p:nth-child(${n}n+1){top:0}}`)}` +
        `${times(20, (n) => `@scope (.c${n}) to (.d){:scope p{color:red}}`)}${times(300, (n) => `:not(.f) > [class*="g${n}"]{top:0}`)}` +
        '.m{max-width:max-content;padding:1%;--w:fit-content}.g{display:grid;grid-auto-flow:row dense}</style>' +
        `${'<div class="m">'.repeat(5)}${times(6000, (n) => `<div class="c${n}"><p>x</p></div>`)}${'</div>'.repeat(5)}<div class="g">${'<p>x</p>'.repeat(2000)}</div>`,
    ],
    [
      'a novel with its readings, a log of 100,000 lines, and an initial in each of 2,000 sections',
      `<style>p::first-letter{initial-letter:3}ruby{display:ruby}</style>${'<p><ruby>字<rt>zi</rt></ruby></p>'.repeat(2000)}` +
        `<div>${'<ruby>字<rt>zi</rt></ruby>'.repeat(15_000)}</div><pre>${'x\n'.repeat(100_000)}</pre>`,
    ],
    [
      'a table of headers that stay, with shadows and marks, and lists with numbers of their own',
      '<style>th{position:sticky;text-shadow:0 1px 2px rgba(0,0,0,.5),0 -300px 9px #999}q{quotes:"«" "»"}li{list-style:"– "}h1{text-shadow:0 0 4em red}' +
        '@counter-style c{symbols:"a" "b";suffix:") "}</style><h1>x</h1>' +
        `<table><tbody><tr>${'<th>x</th>'.repeat(5000)}</tr></tbody></table><ol reversed>${'<li>x</li>'.repeat(3000)}</ol>`,
    ],
    ['what it refers to and lacks', '<svg><use href="#none"></use><rect fill="url(&quot;#gone&quot;)"></rect></svg>'],
  ])('has room for %s', (_, body) => {
    expect(budgetOf(body)).toBe(null);
  });

  it.each([
    ['brackets in a selector', `a "${'['.repeat(100_000)}"{columns:2}`],
    ['spaces in a selector', `a${' '.repeat(100_000)}b{will-change:top}i{will-change:top}`],
    ['dashes before a value', `a{${'--'.repeat(100_000)}}b{max-width:max-content}`],
    ['thousands of rules that look at all siblings', 'a~b~c~d~e~f~g{x:y}'.repeat(60_000)],
    ['thousands of rules', times(5000, (n) => `i:nth-child(${n}){will-change:top;max-width:max-content}`)],
  ])('is found without reading a style again from each place in it: %s', (_, css) => {
    const begun = process.cpuUsage().user;
    budgetOf(`<style>${css}</style>${'<i>x</i>'.repeat(3000)}`);
    expect((process.cpuUsage().user - begun) / 1e6).toBeLessThan(8);
  });

  it.each([
    ['an SVG that refers to itself', '<svg><g id="a"><use href="#a"></use></g><use href="#a"></use></svg>'],
    [
      'paints that are inherited by what is in a group',
      `<svg><pattern id="p0"><rect></rect></pattern>${times(9, (n) => `<pattern id="p${n + 1}"><g fill="url(&quot;#p${n}&quot;)">${'<rect></rect>'.repeat(20)}</g></pattern>`)}<rect fill="url(&quot;#p9&quot;)"></rect></svg>`,
    ],
    [
      'a marker on each point of a long line',
      `<svg><marker id="m">${'<circle r="9"></circle>'.repeat(50)}</marker><path marker-mid="url(&quot;#m&quot;)" d="M0 0${times(9000, (n) => `L${n} 9`)}"></path></svg>`,
    ],
    [
      'markers in markers',
      `<svg><marker id="m0"><rect></rect></marker>${times(9, (n) => `<marker id="m${n + 1}"><path d="M0 0L1 1L2 2" marker-mid="url(&quot;#m${n}&quot;)" style="marker-start:url(&quot;#m${n}&quot;)"></path></marker>`)}<path d="M0 0L9 9" marker-end="url(&quot;#m9&quot;)"></path></svg>`,
    ],
    [
      'lines of millions of dashes',
      `<style>path{stroke-dasharray:.001 .001}</style><svg>${times(30, (n) => `<path d="M0 ${n}H900V0H0"></path>`)}</svg>`,
    ],
    [
      'a dashed line of many, shown again and again',
      `<svg><g id="a"><path stroke-dasharray=".01" d="M0 0h9000"></path></g>${'<use href="#a"></use>'.repeat(90)}</svg>`,
    ],
    [
      'a line whose dashes are parts of its stated length',
      `<svg>${'<circle r="9" pathLength="9000000" style="stroke-dasharray:1"></circle>'.repeat(9)}</svg>`,
    ],
    ['selectors that look at all siblings again and again', '<style>a~b~c~d~e~f , [x="~"]{color:red}</style>'],
    ['rules in rules', `<style>${'.a,.b{'.repeat(20)}color:red${'}'.repeat(20)}</style>`],
    ['a long text in low columns', `<style>div{columns:1px 9;height:9px}</style><div>${'word '.repeat(50_000)}</div>`],
    ['columns in columns', `<style>div{columns:2}</style>${'<div>'.repeat(9)}x${'</div>'.repeat(9)}`],
    ['more shadows than anybody sees', `<p style="box-shadow:${times(200, (n) => `${n}px 0 red,`)}0 0 red">x</p>`],
    ['a paragraph of single letters', `<pre style="white-space:pre!important">${'x\n'.repeat(400_000)}</pre>`],
    ['initials one after the other', `<style>p::first-letter{initial-letter:3}</style>${'<p>word</p>'.repeat(9000)}`],
    ['ruby in ruby', `<p>${`${'<ruby>字<rt>'.repeat(90)}x${'</rt></ruby>'.repeat(90)}`.repeat(50)}</p>`],
    ['words above thousands of words', `<ruby>${'字 '.repeat(9000)}<rt>${'zi '.repeat(9000)}</rt></ruby>`],
    [
      'words above thousands of words, by a variable',
      `<style>:root{--r:ruby}i{display:var(--r)}b{display:var(--r)-text}</style><i>${'字 '.repeat(9000)}<b>zi</b></i>`,
    ],
    ['a long list that counts down', `<ol reversed>${'<li>x</li>'.repeat(15_000)}</ol>`],
    ['a list of given numbers', `<ol>${times(3000, (n) => `<li value="${n}">x</li>`)}</ol>`],
    [
      'numbers of letters',
      `<style>@counter-style c{system:cyclic;symbols:"${'x'.repeat(95)}"}</style>${'<i>x</i>'.repeat(20_000)}`,
    ],
    ['marks of thousands of letters', `<style>i{quotes:"${'x'.repeat(4000)}" "b"}</style>${'<i>x</i>'.repeat(9000)}`],
    ['text that stays in the window', `<style>i{position:sticky}</style>${'<i>x</i>'.repeat(15_000)}`],
    [
      'text in wide shadows',
      `<style>:root{--s:0 0 20em red}i{text-shadow:0 1px 1px red,var(--s)}</style>${'<i>x</i>'.repeat(300)}`,
    ],
    ['columns of a grid', '<p style="grid-template-columns:repeat(9999999,1px)">x</p>'],
    ['blurs of blurs', `<p style="filter:${'blur(9px) '.repeat(40)}">x</p>`],
    ['glass over glass', `<style>i{backdrop-filter:blur(90px)}</style>${'<i>x</i>'.repeat(600)}`],
    [
      'glass in a condition',
      `<style>p{@media all{i{backdrop-filter:blur(9px)}}}</style><p>${'<i>x</i>'.repeat(600)}</p>`,
    ],
    ['colours on colours', `<style>i{mix-blend-mode/**/:hue}</style>${'<i>x</i>'.repeat(2000)}`],
    [
      'masks, by a variable',
      `<style>:root{--m:linear-gradient(red,blue)}i{mask:var(--m)}</style>${'<i>x</i>'.repeat(2000)}`,
    ],
    [
      'shapes of many corners',
      `<style>i{clip-path:polygon(${times(5000, (n) => `${n}px 9px,`)}0 0)}</style>${'<i>x</i>'.repeat(200)}`,
    ],
    [
      'blurs in an animation',
      `<style>@keyframes k{to{filter:blur(99px)}}i{animation:k 1s}</style>${'<i>x</i>'.repeat(900)}`,
    ],
    ['thousands of animations', `<style>@keyframes k{to{left:9px}}i{animation:k 1s}</style>${'<i>x</i>'.repeat(5000)}`],
    ['thousands of layers', `<style>i{will-change:transform}</style>${'<i>x</i>'.repeat(8000)}`],
    ['places to try', `<style>i{position-try:${times(200, (n) => `--t${n},`)}--t}</style>${'<i>x</i>'.repeat(400)}`],
    [
      'long attributes as text',
      `<style>i::before{content:attr(title) attr(title)}</style>${`<i title="${'x '.repeat(4000)}">x</i>`.repeat(700)}`,
    ],
    [
      'elements anchored to each other',
      times(1000, (n) => `<i style="anchor-name:--a${n};position-anchor:--a${n - 1};left:anchor(right)">x</i>`),
    ],
    [
      'hundreds of counters on thousands of elements',
      `<style>i{counter-increment:${times(500, (n) => `c${n} `)}}</style>${'<i>x</i>'.repeat(3000)}`,
    ],
    [
      'thousands of containers asked thousands of times',
      `<style>i{container-type:inline-size}${times(2000, (n) => `@container (min-width:${n}px){b{left:0}}`)}</style>${'<i>x</i>'.repeat(4000)}`,
    ],
    [
      'cells on cells',
      `<table><tbody>${`<tr>${'<td colspan="500" rowspan="300">x</td>'.repeat(3)}</tr>`.repeat(400)}</tbody></table>`,
    ],
    [
      'a paragraph of alternating directions',
      `<p style="unicode-bidi:normal!important">${'\u0627a'.repeat(75_000)}</p>`,
    ],
    [
      'directions that alternate between the lines and elements of paragraphs',
      times(9, () => `<div>${`<b>${'\u0627a'.repeat(1000)}</b><br>`.repeat(8)}</div>`),
    ],
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
