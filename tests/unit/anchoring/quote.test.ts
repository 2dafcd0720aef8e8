import { describe, expect, it } from 'vitest';
import { findQuote } from '../../../shared/anchoring/quote.ts';
import { foldWithMap } from '../../../shared/text/fold.ts';
import { type Seeded, seeded, seeds } from '../../support/seeded.ts';

const quoted = (exact: string, prefix = '', suffix = '') => ({ exact, prefix, suffix });

/** The text's own slice at the place that was found, or the error's code with its number of places. */
function found(text: string, exact: string, prefix = '', suffix = ''): string {
  const result = findQuote(text, quoted(exact, prefix, suffix));
  if (result.ok) return text.slice(result.value.start, result.value.end);
  const places = result.error.context?.['places'];
  return typeof places === 'number' ? `${result.error.code} ${places}` : result.error.code;
}

describe('a quotation is found as it is on the page', () => {
  it.each([
    ['across a line broken inside a word', '农村富余劳动力转\n移就业', '劳动力转移就业', '劳动力转\n移就业'],
    ['with the spaces a browser put between lines', '转移 就业脱贫', '转移就业', '转移 就业'],
    ['in full width', '共转移２０２３人', '2023人', '２０２３人'],
    ['with curly quotes typed straight', 'the “surplus” labour', '"surplus"', '“surplus”'],
    ['with a hyphen the printer set', 'labour trans-\nfer programme', 'labour transfer', 'labour trans-\nfer'],
    ['with a hyphen that is the word’s own', 'state-\nimposed labour', 'state-imposed', 'state-\nimposed'],
    ['with a ligature at its edge', 'the ﬁnal', 'final', 'ﬁnal'],
    ['that ends inside a ligature', 'oﬃce', 'of', 'oﬃ'],
    ['in Uyghur presentation forms', 'بۇ ﺋﯩﺶ', 'ئىش', 'ﺋﯩﺶ'],
    ['with marks of direction in it', 'ئە\u200fمگەك', 'ئەمگەك', 'ئە\u200fمگەك'],
    ['with Kangxi radicals', '⼈⼝', '人口', '⼈⼝'],
    ['beyond the first plane', 'x𠀀𠀁y', '𠀀𠀁', '𠀀𠀁'],
    ['with spaces around it', 'land use', ' land\n', 'land'],
    ['with spaces around it that the page has too', 'a land b', ' land ', ' land '],
  ])('%s', (_what, text, exact, slice) => {
    expect(found(text, exact)).toBe(slice);
  });

  it.each([
    ['other case', 'Land', 'land'],
    ['other words', 'land', 'sea'],
    ['nothing but spaces', 'land use', ' \n '],
    ['nothing at all', 'land', '\u200b'],
    ['half a character', 'x𠀀y', '\ud840'],
    ['the other half', 'x𠀀y', '\udc00'],
    ['a bare letter of an accented one', 'é', 'e'],
  ])('and not for %s', (_what, text, exact) => {
    expect(found(text, exact)).toBe('NOT_FOUND');
  });
});

describe('a quotation that occurs several times', () => {
  const text = '就业是民生之本。转移就业脱贫。\n转移就\n业增收。';

  it('is reported with the number of places, and none is chosen', () => {
    expect(found(text, '就业')).toBe('AMBIGUOUS 3');
    expect(found(text, '转移就业')).toBe('AMBIGUOUS 2');
  });
  it('is found by its context', () => {
    expect(found(text, '转移就业', '', '脱贫')).toBe('转移就业');
    expect(found(text, '转移就业', '', '增收')).toBe('转移就\n业');
    expect(found(text, '就业', '', '是民生')).toBe('就业');
    expect(found(text, '就业', '脱贫。转移')).toBe('就\n业');
  });
  it('is not decided by an exact match over a folded one: either may be meant', () => {
    expect(found('surplus labour … surplus\nlabour', 'surplus labour')).toBe('AMBIGUOUS 2');
    expect(found('co-operate and co-\noperate', 'co-operate')).toBe('AMBIGUOUS 2');
  });
  it('is not found with the wrong context, and its other matches are counted', () => {
    expect(found(text, '就业', '失')).toBe('NOT_FOUND 3');
    expect(found('land', 'land', 'sea ')).toBe('NOT_FOUND 1');
  });
  it('counts overlapping places', () => {
    expect(found('aaa', 'aa')).toBe('AMBIGUOUS 2');
  });
});

const LETTERS = ['a', 'b', 'c', '转', '移', '就', '业', 'ﬁ', '”', '２', 'ئ', 'ە', '𠀀'];
const randomPage = (random: Seeded, length: number): string =>
  Array.from({ length }, () => (random.chance(0.15) ? random.pick([' ', '\n', ' \n']) : random.pick(LETTERS))).join('');

/** What a person or another program makes of a quotation: other spaces, other forms, soft hyphens. */
const noisy = (random: Seeded, exact: string): string =>
  [...exact]
    .map((one) => {
      if (/\s/.test(one)) return random.pick([' ', '\n', '\u00a0', '  ']);
      const form = random.chance(0.3) ? one.normalize('NFKC') : one;
      return random.chance(0.1) ? `${form}\u200b` : form;
    })
    .join('');

/** Every span of the text that folds to the quotation and cannot be made smaller, by trying them all. */
function naivePlaces(text: string, exact: string): string[] {
  const wanted = foldWithMap(exact).text;
  const cuts = [...text].reduce<number[]>((all, one) => [...all, (all.at(-1) ?? 0) + one.length], [0]);
  const fits = (start: number, end: number): boolean => foldWithMap(text.slice(start, end)).text === wanted;
  const spans = cuts.flatMap((start) =>
    cuts.filter((end) => end > start && fits(start, end)).map((end) => [start, end] as const),
  );
  return spans
    .filter(([start, end]) => !spans.some(([from, to]) => from >= start && to <= end && to - from < end - start))
    .map(([start, end]) => `${start}-${end}`);
}

describe('compared with trying every span', () => {
  it.each(seeds(150))('finds what occurs once, and reports what occurs more often (seed %i)', (seed) => {
    const random = seeded(seed);
    const text = randomPage(random, random.int(4, 28));
    const characters = [...text];
    const from = random.int(0, characters.length - 1);
    const exact = characters.slice(from, random.int(from + 1, Math.min(characters.length, from + 8))).join('');
    const places = naivePlaces(text, exact);
    const result = findQuote(text, quoted(noisy(random, exact)));
    if (exact.trim() === '') expect(result.ok).toBe(exact.length > 0 && result.ok);
    else if (result.ok) {
      const { start, end } = result.value;
      const trimmed = text.slice(start, end);
      const core = `${start + trimmed.length - trimmed.trimStart().length}-${end - (trimmed.length - trimmed.trimEnd().length)}`;
      expect(places).toEqual([core]);
    } else {
      expect(result.error.code).toBe('AMBIGUOUS');
      expect(places).toHaveLength(Number(result.error.context?.['places']));
    }
  });

  it.each(seeds(150, 500))('finds any span by its words and context (seed %i)', (seed) => {
    const random = seeded(seed);
    const text = randomPage(random, 120);
    const cuts = [...text].reduce<number[]>((all, one) => [...all, (all.at(-1) ?? 0) + one.length], [0]);
    const from = random.int(0, cuts.length - 2);
    const start = cuts[from] ?? 0;
    const end = cuts[random.int(from + 1, Math.min(cuts.length - 1, from + 20))] ?? 0;
    const result = findQuote(text, quoted(text.slice(start, end), text.slice(0, start), text.slice(end)));
    if (text.slice(start, end).trim() !== '') expect(result).toEqual({ ok: true, value: { start, end } });
  });
});
