import { describe, expect, it, test } from 'vitest';
import { categoryId, type CategoryId } from '../../../../shared/model/index.ts';
import { foldedTerm, termFinder } from '../../../../shared/suggest/find-terms.ts';
import { foldForSearch } from '../../../../shared/text/search-fold.ts';
import { seeded } from '../../../support/seeded.ts';
import { share } from '../../../support/share.ts';

const idOf = (digit: number): CategoryId => categoryId.parse(`0190a000-0000-7000-8000-00000000000${String(digit)}`);
const [LND, TRF, GRA] = [idOf(1), idOf(2), idOf(3)] as const;
const category = (id: CategoryId, zh: readonly string[], en: readonly string[] = [], more = {}) => ({
  id,
  parent: null,
  termsZh: zh.map((term) => ({ term, origin: '' })),
  termsEn: en.map((term) => ({ term, origin: '' })),
  deleted: false,
  archived: false,
  ...more,
});
const finder = termFinder([
  category(LND, ['土地流转', '流转'], ['land transfer', 'person-times (人次)']),
  category(TRF, ['转移就业', '劳务协作', '流转']),
  category(GRA, ['驻村工作队'], ['village work team']),
]);
const words = (text: string): string[] => finder.find(text).map(({ start, end }) => text.slice(start, end));

describe('terms of the codebook in a text', () => {
  it('are found in every writing that search takes for the same, and cut from the text as it stands', () => {
    expect(words('全县土地流轉4.8万亩，Ｌａｎｄ\nTransfer')).toEqual(['土地流轉', 'Ｌａｎｄ\nTransfer']);
  });
  it('are the longest that fit, and say over how many they were chosen', () => {
    expect(finder.find('推进土地流转')).toMatchObject([
      { start: 2, end: 6, term: '土地流转', categories: [LND], over: 1 },
    ]);
  });
  it('belong to every category that has them', () => {
    expect(finder.find('流转后')).toMatchObject([{ term: '流转', categories: [LND, TRF] }]);
  });
  it('are suggested for the lowest category that has them, not for those above it as well', () => {
    const tree = termFinder([category(LND, ['流转', '土地']), category(TRF, ['流转'], [], { parent: LND })]);
    expect(tree.find('土地，流转').map(({ categories }) => categories)).toEqual([[LND], [TRF]]);
    expect(tree.termAt('流转', LND)).toBe('流转');
  });
  it('end where words end, in scripts that have words', () => {
    expect(words('highland transfer, land transfers, land transfer以后')).toEqual(['land transfer']);
  });
  it('are known without the Chinese that explains them', () => {
    expect(finder.find('12,600 person-times')).toMatchObject([{ term: 'person-times (人次)' }]);
    expect(finder.termAt('人次', LND)).toBeNull();
    expect(finder.termAt('Person-Times', LND)).toBe('person-times (人次)');
  });
  it('of one character, of archived categories and of those in the trash are not looked for', () => {
    const none = termFinder([
      category(LND, ['亩', ' ', '']),
      category(TRF, ['转移'], [], { archived: true }),
      category(GRA, ['就业'], [], { deleted: true }),
    ]);
    expect(none.terms).toBe(0);
    expect(none.find('转移就业，4.8万亩')).toEqual([]);
  });
});

/** Looks for each term at each place, then takes the longest of what overlaps: what the finder does, without its machinery. */
function naive(terms: readonly string[], text: string): string[] {
  const { text: folded, starts } = foldForSearch(text);
  const isLetter = (at: number): boolean => /[a-z]/.test(folded[at] ?? '');
  const all = [...new Set(terms.map(foldedTerm))].flatMap((term) =>
    Array.from({ length: folded.length }, (_, start) => ({ start, end: start + term.length, term })).filter(
      ({ start, end }) =>
        folded.startsWith(term, start) &&
        !(isLetter(start) && isLetter(start - 1)) &&
        !(isLetter(end - 1) && isLetter(end)),
    ),
  );
  const won: typeof all = [];
  for (const one of all.toSorted((a, b) => b.term.length - a.term.length || a.start - b.start))
    if (won.every(({ start, end }) => one.end <= start || end <= one.start)) won.push(one);
  return won.toSorted((a, b) => a.start - b.start).map(({ start, term }) => `${String(starts[start])} ${term}`);
}

test('random terms in random texts are those that a plain search for each finds', () => {
  const letters = Array.from('土地流转就业ab c');
  for (let seed = 0; seed < share(3000); seed += 1) {
    const random = seeded(seed);
    const text = (least: number, most: number): string =>
      Array.from({ length: random.int(least, most) }, () => random.pick(letters)).join('');
    const terms = Array.from({ length: 12 }, () => text(2, 5).trim()).filter((term) => Array.from(term).length > 1);
    const source = text(0, 200).replace(/\s+/g, ' ').trim();
    const found = termFinder([category(LND, terms)]).find(source);
    expect([seed, found.map(({ start, term }) => `${String(start)} ${foldedTerm(term)}`)]).toEqual([
      seed,
      naive(terms, source),
    ]);
  }
});
