import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWithMap, type LineEndHyphen } from '../../../shared/text/fold.ts';
import { share } from '../../support/share.ts';

/** Characters on which the rules meet: what each of them is for, and its neighbours. */
const ALPHABET = [
  Array.from('abAB19. ,-(é劳动力就业，。、ーいカئەمكۈش한😀𠀀'),
  ['\n', '\t', '\u00a0', '\u3000', '\u2028', '\r\n', ' ', '\n', '-\n', '- ', ' -', '‑', 'a-\nb'],
  ['\u00ad', '\u00ad\n', '\u200b', '\u202b', '\ufeff', '\u2060', '\u0640'],
  ['\u0301', '\u0308', '\u064b', '\u20dd', '\u3099', 'ﾞ', '\u1161', '\u11ab'],
  ['ﬃ', '…', '⼈', '２', 'Ａ', '：', '％', '㍿', '\ufeb7', '″', '“', '’', '–', '—', '‐', '－', '﹘', '\u1112'],
].flat();
const anyText = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 60 }).map((parts) => parts.join(''));
const anyHyphens = fc.constantFrom<LineEndHyphen>('dropped', 'kept', 'ignored');

const INVISIBLE = '[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]';
const singles = (text: string): string =>
  text
    .replace(/[‘’‚‛ʼ′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−﹘﹣－]/g, '-');
/** Stands for a hyphen as it was written, so that what is folded to one is not taken for it. */
const HYPHEN = '\ue000';

/** The same rules as sentences of their own, over the whole text, word by word and without a map. */
function naive(text: string, hyphens: LineEndHyphen): string {
  const marked = text
    .replaceAll('\ufeff', '')
    .replace(new RegExp(`(?<!\\s${INVISIBLE}*)(?<=${INVISIBLE}*)\u00ad${INVISIBLE}*(?=\\s)`, 'gu'), '\ue001')
    .replace(new RegExp(INVISIBLE, 'gu'), '')
    .replace(/[-\u2010\u2011](?!\p{M}|[\u1160-\u11ffﾞ])/gu, HYPHEN);
  const within = new RegExp(`(?<=\\p{L}\\p{M}*)${HYPHEN}(?=\\p{L})`, 'gu');
  const words = marked.split(/(\s+)/u);
  let out = '';
  let last = '';
  for (let at = 0; at < words.length; at += 2) {
    const gap = words[at - 1] ?? '';
    const whole = singles(singles(words[at] ?? '').normalize('NFKC')).replace(/\s/gu, '');
    const word = hyphens === 'ignored' ? whole.replace(within, '') : whole;
    if (word === '') continue;
    const said = out.replaceAll('\ue001', '');
    const isBroken =
      gap.includes('\n') && new RegExp(`\\p{L}\\p{M}*${HYPHEN}$`, 'u').test(last) && /^\p{L}/u.test(word);
    const isSoft = gap.includes('\n') && out.endsWith('\ue001') && /^\p{L}/u.test(word);
    if (isBroken && hyphens !== 'kept') out = said.slice(0, -1);
    else if (!isSoft && parts(last, word)) out += ' ';
    out += word;
    last = word.replaceAll('\ue001', '');
  }
  return out.replaceAll('\ue001', '').replaceAll(HYPHEN, '-');
}
const parts = (before: string, after: string): boolean =>
  /(?:[\p{L}\p{N}]\p{M}*|^\p{M}+)$/u.test(before) &&
  !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]\p{M}*$/u.test(before) &&
  /^[\p{L}\p{N}\p{M}]/u.test(after) &&
  !/^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(after);

describe('for any text', () => {
  it('folding equals applying its rules one after the other', () => {
    fc.assert(
      fc.property(anyText, anyHyphens, (text, hyphens) => {
        expect(foldWithMap(text, hyphens).text).toBe(naive(text, hyphens));
      }),
      { numRuns: share(30_000), seed: 20260101 },
    );
  });

  it('the map goes forward, stays inside the text, and never points into a character', () => {
    fc.assert(
      fc.property(anyText, anyHyphens, (text, hyphens) => {
        const folded = foldWithMap(text, hyphens);
        expect(folded.starts).toHaveLength(folded.text.length);
        let before = 0;
        for (let unit = 0; unit < folded.text.length; unit++) {
          const [start = -1, end = -1] = [folded.starts[unit], folded.ends[unit]];
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end).isWellFormed()).toBe(true);
          before = start;
        }
      }),
      { numRuns: share(10_000), seed: 20260102 },
    );
  });
});

describe('rules that only meet in whole sentences', () => {
  const fold = (text: string, hyphens?: LineEndHyphen): string => foldWithMap(text, hyphens).text;
  it('a line broken after full-width punctuation equals the line as typed', () => {
    expect(fold('2023年，\n1234人')).toBe(fold('2023年，1234人'));
    expect(fold('转移就业 （2023）')).toBe(fold('转移就业(2023)'));
  });
  it('a dash at a line’s end does not join words', () => {
    expect(fold('surplus -\nlabour')).toBe(fold('surplus - labour'));
    expect(fold('surplus –\nlabour')).toBe(fold('surplus – labour'));
    expect(fold('surplus -\nlabour')).not.toBe(fold('surpluslabour'));
  });
  it('a quotation with both kinds of hyphen is folded without any', () => {
    expect(fold('state-\nowned trans-\nfer', 'ignored')).toBe(fold('state-owned transfer', 'ignored'));
  });
});
