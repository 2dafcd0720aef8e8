import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { checkFrozen } from '../../../../electron/formats/page/check-frozen.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { applyStyles } from '../../../../electron/formats/page/apply-styles.ts';
import { isElement, parse5Tree, walk, type TreeNode } from '../../../../electron/formats/page/tree.ts';
import type { Extracted } from '../../../../electron/formats/extracted.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { buildPageText, hiddenTexts } from '../../../../shared/text/page-text.ts';
import { buildPageText as buildPageText1 } from '../../../support/page-text-1.ts';
import { ODD_PAGES } from '../../../support/odd-pages.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

const freeze = (html: string | Uint8Array): Extracted => {
  const extraction = freezePage(typeof html === 'string' ? new TextEncoder().encode(html) : html, {
    fileName: 'p.html',
  });
  if (!extraction.ok) throw new Error(extraction.error.message);
  return extraction.value;
};
const htmlOf = ({ frozen }: Extracted): string => new TextDecoder().decode(frozen ?? undefined);
const textOf = ({ layerFile }: Extracted): string => openLayerFile(layerFile).text();
const elements = (html: string) => [...walk(parse(html, { scriptingEnabled: false }))].filter(isElement);

/** A page with its styles written into it, from what `say` makes of each element by its id; what has none is what its name says. */
function styled(html: string, say: Readonly<Record<string, string>>) {
  const extracted = freeze(html);
  const styles = elements(htmlOf(extracted)).map(
    ({ attrs }) => say[attrs.find(({ name }) => name === 'id')?.value ?? ''] ?? '',
  );
  const { frozen, layerFile } = extracted;
  return applyStyles({ frozen: frozen ?? new Uint8Array(), layerFile, styles, browser: 'Chromium 156' });
}
function styledPage(html: string, say: Readonly<Record<string, string>>): Extracted {
  const outcome = styled(html, say);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

describe('a page whose styles a window has read', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['hidden words are out', '<p>a<span id=x>b</span>c</p>', { x: 'h' }, 'ac'],
    ['a hidden block parts nothing', '<span>a</span><div id=x>b</div><span>c</span>', { x: 'h' }, 'ac'],
    [
      'what is shown within what is hidden counts',
      '<div>a<div id=x>b<p id=y>c</p>d</div></div>',
      { x: 'h', y: 'b' },
      'a\nc',
    ],
    ['… also inline', '<b>a</b><div id=x>b<i id=y>c</i>d</div><b>e</b>', { x: 'h', y: 'i' }, 'a\nc\ne'],
    ['what is not hidden any more counts', '<p>a<span id=x hidden>b</span></p>', { x: 'i' }, 'ab'],
    ['an inline division does not part words', 'a<div id=x>b</div>c', { x: 'i' }, 'abc'],
    ['a block span stands on a line of its own', 'a<span id=x>b</span>c', { x: 'b' }, 'a\nb\nc'],
    ['a list in one line', '<ul><li id=x>a</li> <li id=y>b</li></ul>', { x: 'i', y: 'i' }, 'a b'],
    ['white space is kept where styles keep it', '<div id=x>a\n  b</div>', { x: 'bp' }, 'a\n  b'],
    ['… and below', '<div id=x>a <b>c\n d</b></div>', { x: 'bp' }, 'a c\n d'],
    ['… and collapses in what was preformatted', '<pre id=x>a\n  b</pre>', { x: 'b' }, 'a b'],
    [
      'tables made of divisions',
      '<div id=t><div id=r><i id=a>1</i><i id=b>2</i></div><div id=s><i id=c>3</i></div></div>',
      { t: 'r', r: 'r', s: 'r', a: 't', b: 't', c: 't' },
      '1\t2\n3',
    ],
    ['cells that stand below each other', '<table><tr><td id=x>1<td id=y>2</table>', { x: 'b', y: 'b' }, '1\n2'],
    ['a drawing can be hidden', '<svg id=x><text>a</text></svg>b', { x: 'h' }, 'b'],
  ])('%s', (_, html, say, text) => {
    const page = styledPage(html, say);
    expect(textOf(page)).toBe(text);
    // As a project that comes from elsewhere is checked.
    expect(checkFrozen(htmlOf(page))).toEqual({ text, problems: [] });
  });

  it('states how its text was made, and how many words were left out', () => {
    const page = styledPage('<p>a</p><p id=x>two words 三个字</p><p id=y>more</p>', { x: 'h', y: 'h' });
    expect(page.notes).toEqual([
      'Its text is what the page showed in Chromium 156 at import; 6 words its styles hide were left out.',
    ]);
    expect(page.version).toBe('4+2+styles');
    expect(openLayerFile(page.layerFile)).toMatchObject({ version: page.version, notes: page.notes });
  });

  it('stamps only elements whose name does not already say it, so that most of a page stays as it is', () => {
    const page = styledPage('<div id=x>a<b id=y>b</b></div><table><tr><td id=z>c</table>', { x: 'b', y: 'i', z: 't' });
    expect(htmlOf(page)).toBe(htmlOf(freeze('<div id=x>a<b id=y>b</b></div><table><tr><td id=z>c</table>')));
  });

  it('is another layer if other words are hidden around the same text', () => {
    const html = '<p id=x>a</p><p id=y>a</p>';
    const [first, second] = [styledPage(html, { x: 'h' }), styledPage(html, { y: 'h' })];
    expect(textOf(first)).toBe(textOf(second));
    expect(first.textSha256).not.toBe(second.textSha256);
    expect(first.textSha256).not.toBe(freeze(html).textSha256);
    expect(styledPage(html, { x: 'h' }).textSha256).toBe(first.textSha256);
  });

  it('stays as it is if its styles hide everything, or belong to another page', () => {
    expect(styled('<div id=x>a</div>', { x: 'h' })).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
    const { frozen, layerFile } = freeze('<p>a');
    const other = { frozen: frozen ?? new Uint8Array(), layerFile, styles: ['', ''], browser: 'Chromium 156' };
    expect(applyStyles(other)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('a different page') },
    });
  });
});

describe('the hidden words of a page', () => {
  const hidden = (page: Extracted) =>
    hiddenTexts<TreeNode>(parse(htmlOf(page), { scriptingEnabled: false }), parse5Tree);

  it('are listed with the place they would have', () => {
    const page = styledPage('<p>one</p><p id=x>two <b>three</b></p><p>four<i hidden>five</i></p>', { x: 'h' });
    expect(textOf(page)).toBe('one\nfour');
    expect(hidden(page)).toEqual({
      passages: [
        { text: 'two three', at: 3 },
        { text: 'five', at: 8 },
      ],
      count: 2,
    });
  });

  it('are limited in number and length, and still counted', () => {
    const found = hidden(freeze(`a<p hidden>${'x'.repeat(9000)}</p>${'<i hidden>y</i>'.repeat(1500)}`));
    expect(found.count).toBe(1501);
    expect(found.passages).toHaveLength(1000);
    expect(found.passages[0]?.text).toHaveLength(4000);
  });
});

describe('stamps', () => {
  it('are never copied from a page', () => {
    const html = htmlOf(
      freeze('<p data-fz-s=h DATA-FZ-S="b" data-fz-sx=1>a<svg data-fz-s=h><text data-fz-s=h>b</text></svg>'),
    );
    expect(html).not.toContain('data-fz-s');
  });

  it.each([
    ['<p data-fz-s="x">a', true],
    ['<p data-fz-s="hp">a', true],
    ['<p data-fz-s="">a', true],
    ['<svg data-fz-s="b"></svg>', true],
    ['<svg data-fz-s="h"></svg>', false],
    ['<p data-fz-s="ip">a', false],
  ])('of a stored page must be valid: %s', (html, isProblem) => {
    expect(checkFrozen(html).problems.some((problem) => problem.includes('data-fz-s'))).toBe(isProblem);
  });

  it('are not needed: pages without any give the same text as before', () => {
    for (const page of Object.values(ODD_PAGES)) {
      const tree = parse(htmlOf(freeze(page)), { scriptingEnabled: false });
      expect(buildPageText<TreeNode>(tree, parse5Tree)).toEqual(version1(tree));
    }
  });

  const PIECES =
    '<p>|</p>|<div>|</div>|<pre>|</pre>|<td>|<tr>|<table>|</table>|<br>|<b>|</b>|<i hidden>|</i>|<div hidden>|<dialog>|</dialog>|<dialog open>|<select>|</select>|<li>|<svg><text>|</svg>|<rp>|</rp>|a|b c| |\n|甲|<ul>|</ul>|<fz-textarea>|<title>|</title>'.split(
      '|',
    );
  it.each(seeds(40))('… whatever they are (seed %i)', (seed) => {
    const random = seeded(seed);
    for (let one = 0; one < 25; one++) {
      const html = Array.from({ length: random.int(1, 60) }, () => random.pick(PIECES)).join('');
      const tree = parse(html, { scriptingEnabled: false });
      expect(buildPageText<TreeNode>(tree, parse5Tree), html).toEqual(version1(tree));
    }
  });
});

const version1 = (tree: TreeNode) =>
  buildPageText1<TreeNode>(tree, { ...parse5Tree, has: (node, name) => parse5Tree.attribute(node, name) !== null });
