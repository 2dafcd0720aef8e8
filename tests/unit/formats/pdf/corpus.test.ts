import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { seeded } from '../../../support/seeded.ts';
import { boxAround, errorOf, readLayer } from './read.ts';

/** As two texts are compared that differ in layout: without white space, in compatibility forms, without marks of direction. */
const folded = (text: string): string =>
  text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

/** Edits from one text to the other, by Myers' greedy diff up to `limit`: near texts are compared in no time. */
function distance(a: readonly string[], b: readonly string[], limit: number): number {
  const reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= limit; edits++) {
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (reach.get(k - 1) ?? 0) < (reach.get(k + 1) ?? 0));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return edits;
    }
  }
  return Infinity;
}

describeCorpus('PDFs of the corpus', () => {
  // The PDFs number their lists, the reference texts do not: 64 characters more, and not one that differs.
  it.each(['udhr-eng', 'udhr-cmn_hans', 'udhr-uig_arab'])('%s agrees with its reference text', async (folder) => {
    const read = Array.from(folded((await readLayer(corpusPath(folder, 'page.pdf'))).text()));
    const reference = Array.from(folded(readFileSync(corpusPath(folder, 'text.txt'), 'utf8')));
    const more = 64;
    expect(read).toHaveLength(reference.length + more);
    expect(distance(read, reference, 2 * more)).toBe(more);
  });

  it('reads Arabic in reading order, including letters of ligatures', async () => {
    const layer = await readLayer(corpusPath('pdf', 'ArabicCIDTrueType.pdf'));
    expect(layer.pageText(1).split('\n')[0]).toBe('انواع الخطوط العربية');
    const run = layer.geometry(1)?.runs[0];
    expect(run?.rightToLeft).toBe(true);
    // The first word in reading order is to the right of the last.
    const [firstLeft = 0] = boxAround(layer, 1, 'انواع');
    const [, , lastRight = 0] = boxAround(layer, 1, 'العربية');
    expect(firstLeft).toBeGreaterThan(lastRight);
  });

  it('keeps two columns apart', async () => {
    const layer = await readLayer(corpusPath('pdf', 'tracemonkey.pdf'));
    expect(layer.pages).toHaveLength(14);
    const [left = 0, , right = 0] = boxAround(layer, 1, 'Dynamic languages such as');
    expect(right - left).toBeLessThan(260);
  });

  it('reads rotated pages', async () => {
    const layer = await readLayer(corpusPath('pdf', 'rotation.pdf'));
    expect(layer.pages.map((page) => page.rotation)).toContain(90);
    expect(layer.pageText(1)).toContain('This is my first page');
  });

  it('reports a damaged file as an error', async () => {
    expect(await errorOf(corpusPath('pdf', 'bug1020226.pdf'))).toBe('DAMAGED');
  });

  it('draws every span within its page', async () => {
    // Two points for rounding and for fonts that claim to be higher than they are.
    const slack = 2;
    const random = seeded(5);
    for (const folder of ['udhr-eng', 'udhr-cmn_hans', 'udhr-uig_arab']) {
      const layer = await readLayer(corpusPath(folder, 'page.pdf'));
      for (let round = 0; round < 50; round++) {
        const { page, start, end, box } = random.pick(layer.pages);
        const text = layer.pageText(page);
        const at = random.int(0, end - start - 1);
        const piece = text.slice(at, Math.min(text.length, at + random.int(1, 200)));
        if (piece.trim() === '') continue;
        const [left = 0, bottom = 0, right = 0, top = 0] = boxAround(layer, page, piece);
        expect(left).toBeGreaterThanOrEqual(box[0] - slack);
        expect(bottom).toBeGreaterThanOrEqual(box[1] - slack);
        expect(right).toBeLessThanOrEqual(box[2] + slack);
        expect(top).toBeLessThanOrEqual(box[3] + slack);
      }
    }
  });
});
