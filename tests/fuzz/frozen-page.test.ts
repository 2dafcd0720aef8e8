import { createHash } from 'node:crypto';
import { parse } from 'parse5';
import { writePage } from '../../electron/formats/page/fixed-point.ts';
import { describe, expect, it } from 'vitest';
import { freezePage } from '../../electron/formats/page/index.ts';
import { parsePage } from '../../electron/formats/page/parse.ts';
import { childrenOf, parse5Tree, type TreeNode } from '../../electron/formats/page/tree.ts';
import { findActive } from '../../electron/formats/page/verify.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { buildPageText } from '../../shared/text/page-text.ts';
import { PAYLOADS } from '../hostile/payloads/index.ts';
import { ODD_PAGES } from '../support/odd-pages.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { timed } from '../support/processor-time.ts';

const bytesOf = (page: string | Uint8Array): Buffer => Buffer.from(page);
const PAGES: readonly Buffer[] = [
  ...Object.values(ODD_PAGES)
    .map(bytesOf)
    .filter((page) => page.length < 30_000),
  ...PAYLOADS.map(({ html }) => bytesOf(html)),
];
const MARKUP = [
  '<',
  '>',
  '</',
  '/>',
  '"',
  "'",
  '=',
  '&',
  ';',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '\0',
  '\r',
  '\n',
  '<svg>',
  '<math>',
  '<mtext>',
  '<table>',
  '<td>',
  '<p>',
  '<style>',
  '</style>',
  '<title>',
  '<template shadowrootmode=open>',
  '</template>',
  '<select>',
  '<pre>\n',
  '<frameset>',
  '<noscript>',
  '<a href=x>',
  '<b>',
  '</b>',
  '<form>',
  '<button>',
  '<nobr>',
  '<annotation-xml encoding=text/html>',
  '<foreignObject>',
  '<br>',
  '<iframe srcdoc="<p>x">',
  'style="a:url(x)"',
  '<plaintext>',
  '<dialog open>',
  '<caption>',
  '<slot>',
  '<image>',
  '<body>',
  '<html lang=x>',
  '<li>',
  '\ufffd',
  '&#0;',
  '&lt;',
];

/** Pieces of pages, cut anywhere, stuck together, with markup in between. */
function mutated(random: Seeded): Buffer {
  const parts: Buffer[] = [];
  for (let left = random.int(1, 6); left > 0; left--) {
    const page = random.pick(PAGES);
    const from = random.chance(0.5) ? 0 : random.int(0, page.length);
    parts.push(page.subarray(from, random.chance(0.5) ? page.length : random.int(from, page.length)));
    for (let more = random.int(0, 8); more > 0; more--) parts.push(Buffer.from(random.pick(MARKUP)));
    if (random.chance(0.2)) parts.push(Buffer.from(random.bytes(random.int(1, 20))));
  }
  return Buffer.concat(parts);
}

const PER_SEED = 20;

describe('pages assembled from random pieces', () => {
  it.each(seeds(share(300)))('are each frozen to an inert, stable page in limited time (seed %i)', (seed) => {
    const random = seeded(seed);
    for (let one = 0; one < PER_SEED; one++) {
      const page = mutated(random);
      const { outcome: extraction, ms } = timed(() => freezePage(page, { fileName: 'page.html' }));
      expect(ms).toBeLessThan(5000);
      if (!extraction.ok) {
        // What begins like something else is refused by name; nothing may fail to become inert.
        expect(extraction.error.message, JSON.stringify(page.toString('latin1'))).toContain('is named as a web page');
        continue;
      }
      const { frozen, layerFile, textSha256, notes } = extraction.value;
      const html = new TextDecoder().decode(frozen ?? undefined);
      const tree = parse(html, { scriptingEnabled: false });
      expect(writePage(tree)).toBe(html);
      expect(findActive(tree)).toEqual([]);
      const text = openLayerFile(layerFile).text();
      expect(buildPageText<TreeNode>(tree, parse5Tree).text).toBe(text);
      // The pieces can form circles of references, which are left out. The layer is then named by its whole file.
      const isCut = notes.some((note) => note.startsWith('Left out: graphics or styles'));
      expect(textSha256).toBe(
        createHash('sha256')
          .update(isCut ? layerFile : text)
          .digest('hex'),
      );
    }
  });
});

/** Everything that a tree holds, node by node, each with how many are in it. */
function linesOf(root: TreeNode): string[] {
  const lines: string[] = [];
  const open: TreeNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const children = childrenOf(node);
    lines.push(JSON.stringify({ ...node, parentNode: null, content: null, childNodes: children.length }));
    open.push(...children);
    if ('content' in node) open.push(node.content);
  }
  return lines;
}

describe('reading in runs', () => {
  it.each(seeds(share(300)))('gives the same tree as parse5 letter by letter (seed %i)', (seed) => {
    const random = seeded(seed + 1_000_000);
    for (let one = 0; one < PER_SEED; one++) {
      const html = mutated(random).toString(random.chance(0.5) ? 'utf8' : 'latin1');
      expect(linesOf(parsePage(html))).toEqual(linesOf(parse(html, { scriptingEnabled: false })));
    }
  });
});

describe('hostile pages', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'x'
      : `<iframe srcdoc="${nested(depth - 1)
          .replace(/&/g, '&amp;')
          .replace(/"/g, '&quot;')}"></iframe>`;
  it.each<[string, () => string]>([
    ['100,000 nested elements', () => `${'<div>'.repeat(100_000)}x`],
    ['20,000 nested paragraphs', () => '<p><div>'.repeat(20_000)],
    ['20,000 formatting elements', () => Array.from({ length: 20_000 }, (_, i) => `<b id=${i}>x`).join('')],
    ['5,000 links in tables', () => '<a><table><tr><td>'.repeat(5000)],
    ['390,000 paragraphs', () => '<p>x'.repeat(195_000)],
    ['one attribute of 30 MB', () => `<p title="${'x'.repeat(30_000_000)}">`],
    ['200,000 attributes', () => `<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}=1`).join(' ')}>`],
    ['15 MB of style', () => `<style>${'a{background:url(x.png)}'.repeat(600_000)}</style>`],
    ['100,000 comments', () => '<!--'.repeat(100_000)],
    ['50,000 nested groups', () => `<svg>${'<g>'.repeat(50_000)}`],
    ['3,000 nested shadow trees', () => '<div><template shadowrootmode=open>'.repeat(3000)],
    ['a srcset of commas', () => `<img srcset="${' ,'.repeat(100_000)}a">`],
    ['a srcset of one word', () => `<img srcset="${'a'.repeat(1_000_000)} b c">`],
    ['50,000 nested fields', () => '<select><option>'.repeat(50_000)],
    ['10,000 unclosed metas', () => '<meta '.repeat(10_000)],
    ['frames in frames in frames', () => nested(10)],
    ['a thousand data addresses that are no pictures', () => `<img src="data:,${'%41'.repeat(1000)}">`.repeat(1000)],
  ])('%s: frozen or refused in a few seconds', { timeout: 60_000 }, (_, page) => {
    const bytes = Buffer.from(page());
    const { outcome: extraction, ms } = timed(() => freezePage(bytes, { fileName: 'page.html' }));
    expect(ms).toBeLessThan(20_000);
    if (!extraction.ok) expect(extraction.error.code).toBe('TOO_LARGE');
  });
});
