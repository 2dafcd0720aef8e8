import { describe, expect, it } from 'vitest';
import { rewriteDeclarations, rewriteStyleSheet, type CssAddresses } from '../../../../electron/formats/page/css.ts';
import { seeded } from '../../../support/seeded.ts';
import { processorTime } from '../../../support/processor-time.ts';

const NOTHING = 'url("")';
const KEPT = `r/${'a'.repeat(64)}`;
const addresses = (sheets: Readonly<Record<string, string>> = {}): CssAddresses => ({
  image: (address) => (address === 'kept.png' || address === KEPT ? KEPT : null),
  sheet: (address) => (sheets[address] === undefined ? null : rewriteStyleSheet(sheets[address], addresses())),
});
const sheet = (css: string): string => rewriteStyleSheet(css, addresses());

describe('a rewritten style sheet', () => {
  it('keeps everything without an address', () => {
    const css =
      '@media (width < 600px){.a>b::before{content:"x\\201c";color:rgb(1 2 3/.5);grid-area:1/2;width:calc(1px + var(--w,2em))}}';
    expect(sheet(css)).toBe(css);
  });
  it('refers to captured resources, and to nothing else', () => {
    expect(sheet('a{background:url(kept.png)}')).toBe(`a{background:url("${KEPT}")}`);
    expect(sheet('a{background:url("https://x.test/a.png")}')).toBe(`a{background:${NOTHING}}`);
  });
  it.each([
    ['an escaped name', 'a{b:\\75\\72\\6c(https://x.test/)}', `a{b:${NOTHING}}`],
    ['an escaped name and a string', 'a{b:u\\rl("https://x.test/")}', `a{b:${NOTHING}}`],
    ['an escaped address', 'a{b:url(\\68ttps://x.test/)}', `a{b:${NOTHING}}`],
    ['src()', 'a{b:src("https://x.test/")}', `a{b:${NOTHING}}`],
    ['a string in image-set', 'a{b:image-set("https://x.test/" 1x)}', `a{b:image-set(${NOTHING} 1x)}`],
    [
      'a type in image-set',
      'a{b:image-set("kept.png" type("image/png"))}',
      `a{b:image-set(url("${KEPT}") type("image/png"))}`,
    ],
    ['a variable in image-set', 'a{b:image-set(var(--u) 1x)}', 'a{b:image-set(fz-blocked(--u) 1x)}'],
    ['an unknown function', 'a{b:fetch("https://x.test/")}', 'a{b:fz-blocked("https://x.test/")}'],
    ['a function of the page’s own', 'a{b:--f("https://x.test/")}', 'a{b:fz-blocked("https://x.test/")}'],
    ['an unknown at-rule', '@fetch url(x){a{}}', `@fz-blocked ${NOTHING}{a{}}`],
    ['an import', '@import "https://x.test/";a{}', '/**/a{}'],
    ['an escaped import', '@\\69mport url(https://x.test/);a{}', '/**/a{}'],
    ['an import before a block', '@import "x" {a{}}b{}', '/**/{a{}}b{}'],
    ['words parted by a bracket too many', 'a{b:ur)l(x)}', 'a{b:ur/**/fz-blocked(x)}'],
    ['words parted by an at-rule', 'a@import;(x)', 'a/**/(x)'],
    ['an address after a word', 'a{b:image-set(x"kept.png")}', `a{b:image-set(x/**/url("${KEPT}"))}`],
    ['markup outside strings', 'a{</style>', 'a{< /style>}'],
    ['markup in a name', 'a{\\</style>', 'a{\\< /style>}'],
    ['words parted by a comment', 'a{b:u/* */rl(x)}', 'a{b:u/**/fz-blocked(x)}'],
    ['a bad url', 'a{b:url(a b"c)}', 'a{b:/**/}'],
    ['a bad string', 'a{b:"c\nd}', 'a{b:/**/d}'],
    ['markup in a string', 'a{content:"</style><img>"}', 'a{content:"\\3c /style>\\3c img>"}'],
    ['a binding', 'a{-moz-binding:url(x);behavior:url(y)}', `a{fz-blocked:${NOTHING};fz-blocked:${NOTHING}}`],
    ['old comments of HTML', '<!-- a{} -->', '/**/ a{} /**/'],
  ])('%s', (_, css, rewritten) => {
    expect(sheet(css)).toBe(rewritten);
  });

  it('matches the links of a frozen page, which have no href', () => {
    expect(sheet('a:link,a[href^=x]:hover,a:visited,b::link{}')).toBe(
      'a[data-fz-href],a[data-fz-href^=x]:hover,a:not(*),b::link{}',
    );
  });

  it('has imported sheets in place of the rules, under their conditions', () => {
    const sheets = { 'a.css': 'p{color:red}' };
    expect(rewriteStyleSheet('@import url(a.css) layer(x) supports(display:grid) print;', addresses(sheets))).toBe(
      '/**/@layer x{@supports (display:grid){@media print{p{color:red}}}}\n',
    );
    expect(rewriteStyleSheet('a{@import "a.css";}', addresses(sheets))).toBe('a{/**/}');
    expect(rewriteDeclarations('@import "a.css";', addresses(sheets))).toBe('/**/');
  });

  it.each([
    'a{b:c',
    'a{b:"c',
    'a{b:url(x',
    'a{b:calc((1px',
    '}}}a{}',
    'a{b:c)}]',
    'a{b:c\\',
    '/* x',
    'a["b',
    "a{content:'\\",
  ])('does not extend into what follows it: %s', (css) => {
    const after = sheet(`${sheet(css)}p{background:url(https://x.test/)}`);
    expect(after.endsWith(`p{background:${NOTHING}}`)).toBe(true);
  });

  it('takes linear time for hostile sheets', () => {
    const hurt = [
      'a{b:image-set('.repeat(20_000),
      'a{'.repeat(200_000),
      'url('.repeat(100_000),
      '@import '.repeat(50_000),
      '"\\'.repeat(100_000),
      '/*'.repeat(200_000),
      'a{b:' + 'calc('.repeat(200_000),
    ];
    expect(processorTime(() => hurt.forEach((css) => sheet(css)))).toBeLessThan(20_000);
  });

  it.each(Array.from({ length: 300 }, (_, seed) => seed))(
    'is a fixed point: nothing is left to rewrite, whatever was cut out (seed %i)',
    (seed) => {
      const random = seeded(seed);
      const pieces = [
        'a',
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        ':',
        ';',
        '"',
        "'",
        '\\',
        '/*',
        '*/',
        'url(',
        'src(',
        'image-set(',
        'var(',
        '@import ',
        '@media ',
        'https://x.test/',
        ' ',
        '\n',
        '<!--',
        '-->',
        '</style',
        'href',
        'link',
        '#',
        '\\75',
        'rl(',
        ',',
        '\u0000',
        '漢',
        '-->',
        'calc(',
      ];
      const css = Array.from({ length: 60 }, () => random.pick(pieces)).join('');
      const once = sheet(css);
      expect(sheet(once)).toBe(once);
      expect(rewriteDeclarations(rewriteDeclarations(css, addresses()), addresses())).toBe(
        rewriteDeclarations(css, addresses()),
      );
      expect(once).not.toMatch(/<\/style/i);
    },
  );
});
