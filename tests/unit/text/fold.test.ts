import { describe, expect, it } from 'vitest';
import { foldWithMap } from '../../../shared/text/fold.ts';
import { type Seeded, seeded, seeds } from '../../support/seeded.ts';

const folded = (text: string, hyphen?: 'dropped' | 'kept'): string => foldWithMap(text, hyphen).text;

describe('text as typed and text as on a page fold to the same', () => {
  it.each([
    ['a line broken inside a Chinese word', '转移\n就业', '转移就业'],
    ['a line broken after Chinese punctuation', '就业，\n  富余', '就业，富余'],
    ['a number at the start of a Chinese line', '培训\n2,000人', '培训2,000人'],
    ['full-width letters and digits', 'Ｘｉｎｊｉａｎｇ　２０２３', 'Xinjiang 2023'],
    ['ligatures', 'ﬁnal eﬀort', 'final effort'],
    ['Kangxi radicals, as browsers print them', '⼈⼝', '人口'],
    ['curly quotes', '“surplus” labourers’', '"surplus" labourers\''],
    ['guillemets', '«surplus»', '"surplus"'],
    ['kinds of dashes', '2016–2019 — re‑education', '2016-2019 - re-education'],
    ['runs and kinds of white space', 'land\u00a0use \n\t rights\u2003transfer', 'land use rights transfer'],
    ['soft hyphens and zero-width marks', 'coer\u00adcive\u200b la\u2060bour', 'coercive labour'],
    ['marks of direction', '\u2067ئەمگەك\u2069\u200f', 'ئەمگەك'],
    ['Arabic presentation forms', 'ﺋﯩﺶ ﻋﻤﻞ', 'ئىش عمل'],
    ['hamza written apart', 'ي\u0654ە', 'ئە'],
    ['a word stretched with tatweel', 'ئە\u0640\u0640مگەك', 'ئەمگەك'],
    ['accents written apart', 'e\u0301tat', 'état'],
    ['a printed hyphen at a line’s end', 'transfer-\nring', 'transferring'],
    ['a soft hyphen at a line’s end', 'transfer\u00ad\nring', 'transferring'],
  ])('%s', (_what, page, typed) => {
    expect(folded(page)).toBe(folded(typed));
  });

  it.each([
    ['case', 'Land', 'land'],
    ['accents', 'état', 'etat'],
    ['words run together', 'is land', 'island'],
    ['full-width words run together', 'Ａ　Ｂ', 'ＡＢ'],
    ['traditional and simplified', '勞動', '劳动'],
    ['a hyphen inside a line', 're-education', 'reeducation'],
  ])('but not %s', (_what, one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });

  it('keeps a line-end hyphen that belongs to the word, if told to', () => {
    expect(folded('state-\nimposed', 'kept')).toBe('state-imposed');
    expect(folded('state-\nimposed', 'dropped')).toBe('stateimposed');
    // Numbers are not words: a dash between two years stays.
    expect(folded('2016-\n2019')).toBe('2016-2019');
  });

  it('leaves nothing at the edges of a text', () => {
    expect(folded(' \n land \u200b ')).toBe('land');
    expect(folded(' \u00ad\u200b ')).toBe('');
    expect(folded('')).toBe('');
  });
});

const PIECES = [
  'a',
  'b',
  'é',
  'e\u0301',
  'ﬁ',
  'Ａ',
  '２',
  '转',
  '就',
  '⼈',
  '，',
  '“',
  '—',
  '-',
  '-\n',
  ' ',
  '\n',
  '\u00a0',
];
const HARD = ['\u00ad', '\u00ad\n', '\u200b', 'ئ', 'ﻪ', '\u0640', '👩\u200d🌾', '𠀀', '\u0301', '㎏'];
const randomText = (random: Seeded, length: number): string =>
  Array.from({ length }, () => random.pick(random.chance(0.8) ? PIECES : HARD)).join('');

describe('the map back', () => {
  it.each(seeds(200))('always points to what a character came from (seed %i)', (seed) => {
    const random = seeded(seed);
    const text = randomText(random, random.int(1, 60));
    for (const hyphen of ['dropped', 'kept'] as const) {
      const { text: out, starts, ends } = foldWithMap(text, hyphen);
      expect(starts).toHaveLength(out.length);
      expect(ends).toHaveLength(out.length);
      for (let at = 0; at < out.length; at++) {
        const [start = -1, end = -1] = [starts[at], ends[at]];
        const [before = 0, beforeStart = 0] = [ends[at - 1], starts[at - 1]];
        // Pieces come in order; the units of one piece share its place.
        expect(start === beforeStart || start >= before).toBe(true);
        expect(end).toBeGreaterThan(start);
        const piece = text.slice(start, end);
        expect(piece.isWellFormed()).toBe(true);
        // A piece folded alone gives the units it gave here; white space and hyphens depend on what is around them.
        const alone = /^\s+$/u.test(piece) ? ' ' : folded(piece, hyphen);
        const from = starts.indexOf(start);
        expect(out.slice(from, from + alone.length)).toBe(alone);
      }
    }
  });

  it.each(seeds(100, 1000))('folding twice changes nothing more (seed %i)', (seed) => {
    const random = seeded(seed);
    // A combining mark after a line break belongs to no letter. Without the break it would join the letter before it.
    const text = randomText(random, 40).replace(/(?<!e)\u0301/gu, '');
    const once = folded(text, 'kept');
    expect(folded(once, 'kept')).toBe(once);
  });
});
