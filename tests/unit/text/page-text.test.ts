import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { parse5Tree, type TreeNode } from '../../../electron/formats/page/tree.ts';
import { buildPageText, fromDom, fromGap, toDom, type PageText } from '../../../shared/text/page-text.ts';
import { seeded } from '../../support/seeded.ts';

const read = (html: string): PageText<TreeNode> => buildPageText<TreeNode>(parse(html), parse5Tree);
const textOf = (html: string): string => read(html).text;

describe('the text of a page', () => {
  it.each([
    ['blocks stand on lines of their own', '<h1>a</h1><p>b</p><div>c<div>d</div>e</div>', 'a\nb\nc\nd\ne'],
    [
      'inline elements do not part words',
      '<p>tr<b>ans</b>fer <i>of</i> wor<span>kers</span></p>',
      'transfer of workers',
    ],
    ['white space collapses, also over elements', '<p>  a \n <b> b</b>\t c  </p>', 'a b c'],
    ['white space at the ends of a line is none', '<p> a </p> <p> b </p>', 'a\nb'],
    ['a no-break space is a character', '<p>a&nbsp; b</p>', 'a\u00a0 b'],
    ['an ideographic space is a character', '<p>甲\u3000乙</p>', '甲\u3000乙'],
    ['br ends a line', '<p>a<br>b</p>', 'a\nb'],
    ['br at the end of a block adds nothing', '<p>a<br></p><p>b</p>', 'a\nb'],
    ['two br leave an empty line', '<p>a<br><br>b</p>', 'a\n\nb'],
    ['br between blocks leaves an empty line', '<div>a</div><br><div>b</div>', 'a\n\nb'],
    ['br before all text is nothing', '<br><br><p>a', 'a'],
    ['spaces around br go', '<p>a <br> b</p>', 'a\nb'],
    ['cells are parted by tabs, rows by lines', '<table><tr><td>a<td>b<tr><td>c<td>d</table>e', 'a\tb\nc\td\ne'],
    [
      'a paragraph in a cell does not end the row',
      '<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>',
      'a\tb',
    ],
    ['an empty cell leaves no second tab', '<table><tr><td>a<td><td>b</table>', 'a\tb'],
    ['pre keeps what it has', '<pre>a\n  b\tc\n\nd</pre>', 'a\n  b\tc\n\nd'],
    ['the line end at the end of pre is not doubled', '<pre>a\n</pre><p>b', 'a\nb'],
    ['lists are lines', '<ul><li>a<ul><li>b</ul><li>c</ul>', 'a\nb\nc'],
    ['hidden elements say nothing', '<p>a<span hidden>b</span>c<p hidden>d', 'ac'],
    ['a dialog says something only when open', '<dialog>a</dialog><dialog open>b</dialog>', 'b'],
    ['folded text counts', '<details><summary>a</summary><p>b</details>', 'a\nb'],
    ['ruby is read in order, without its parentheses', '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字', '漢kan字'],
    ['fields and titles are not text', '<title>t</title><select><option>o</select><progress>p</progress>a', 'a'],
    ['text of drawings and formulas counts', '<svg><text>a</text></svg> <math><mi>x</mi></math>', 'a x'],
    ['styles are not text', '<style>p{}</style>a<svg><style>b{}</style></svg>', 'ab{}'],
    ['nothing gives nothing', '', ''],
    ['white space alone gives nothing', '<p> \n\t </p>\n', ''],
  ])('%s', (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('never begins or ends with a separator', () => {
    expect(textOf('<div><p></p><p>a</p><p></p><br></div>')).toBe('a');
  });

  it('reads 100,000 nested elements without recursion', () => {
    let node: { kids: unknown[]; data: string | null } = { kids: [], data: 'deep' };
    for (let depth = 0; depth < 100_000; depth++) node = { kids: [node], data: null };
    type Node = typeof node;
    const text = buildPageText<Node>(node, {
      children: (n) => n.kids as Node[],
      text: (n) => n.data,
      name: () => 'div',
      isHtml: () => true,
      attribute: () => null,
    });
    expect(text.text).toBe('deep');
  });
});

describe('offsets and places', () => {
  const page = read('<p>one  two</p><p>three<br>four</p><pre>a\nb</pre>');
  const place = (offset: number, side: 'start' | 'end') => {
    const found = toDom(page, offset, side);
    return found === null || !('value' in found.node) ? null : `${found.node.value.slice(0, found.offset)}|`;
  };

  it('a place is before a character, or after the one before', () => {
    expect(page.text).toBe('one two\nthree\nfour\na\nb');
    expect(place(4, 'start')).toBe('one  |');
    expect(place(3, 'end')).toBe('one|');
    expect(place(7, 'end')).toBe('one  two|');
  });
  it('in a separator, start goes on and end goes back', () => {
    expect(place(7, 'start')).toBe('|');
    expect(place(8, 'end')).toBe('one  two|');
  });
  it('beyond the ends stops at the ends', () => {
    expect(place(-5, 'start')).toBe('|');
    expect(place(999, 'end')).toBe('a\nb|');
    expect(toDom(read(''), 0, 'start')).toBeNull();
  });
  it('a place in dropped white space belongs to the text beside it', () => {
    const spaces = read('<p>   a   </p>   <p>b</p>');
    expect(fromDom(spaces, 0, 1, 'start')).toBe(0);
    expect(fromDom(spaces, 0, 6, 'end')).toBe(1);
    expect(fromGap(spaces, 1, 'end')).toBe(1);
    expect(fromGap(spaces, 1, 'start')).toBe(2);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('every offset of a random page comes back from its place (seed %i)', (seed) => {
    const random = seeded(seed);
    const pieces = [
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      ' ',
      '\n',
      'word',
      '漢字',
      '𠀀',
      '<br>',
      '<td>',
      '<pre>',
      '</pre>',
      '<table>',
      '\u00a0',
      '<li hidden>',
      '</li>',
    ];
    const random_ = read(Array.from({ length: 120 }, () => random.pick(pieces)).join(''));
    const numbers = new Map(random_.nodes.map((node, number) => [node, number]));
    for (let offset = 0; offset <= random_.text.length; offset++) {
      for (const side of ['start', 'end'] as const) {
        const there = toDom(random_, offset, side);
        if (there === null) continue;
        const number = numbers.get(there.node);
        const back = fromDom(random_, number ?? -1, there.offset, side);
        // Only separators lie between an offset and where it comes back.
        const [from, to] = back < offset ? [back, offset] : [offset, back];
        expect(random_.text.slice(from, to)).toMatch(/^[\n\t]*$/);
        if (side === 'start') expect(back).toBeGreaterThanOrEqual(Math.min(offset, random_.text.length - 1));
        else expect(back).toBeLessThanOrEqual(Math.max(offset, 1));
      }
    }
  });

  it('the data of each run’s node equals its text, apart from white space', () => {
    const { text, nodes, runs } = read('<p>a  b <i> c</i>\n d</p><pre>x\n y</pre><p>漢 𠀀</p>');
    for (const [i, start] of runs.start.entries()) {
      const node = nodes[runs.node[i] ?? -1];
      const data = node !== undefined && 'value' in node ? node.value : '';
      const raw = runs.raw[i] ?? 0;
      const length = runs.length[i] ?? 0;
      expect(data.slice(raw, raw + length).replace(/\s/g, ' ')).toBe(
        text.slice(start, start + length).replace(/\s/g, ' '),
      );
    }
  });
});
