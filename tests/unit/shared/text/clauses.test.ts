import { describe, expect, it } from 'vitest';
import { HIT_UNITS, unitFinder } from '../../../../shared/text/clauses.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

/** What a hit on these words becomes. */
function madeOf(text: string, words: string, unit: 'clause' | 'sentence'): string {
  const start = text.indexOf(words);
  const { start: from, end } = unitFinder(text, 'hard')({ start, end: start + words.length }, unit);
  return text.slice(from, end);
}

describe('a hit as a clause or a sentence', () => {
  it('is cut at ，；： in Chinese, but not at 、 or inside a number', () => {
    const text =
      '（三）推进土地流转。全县流转土地4.8万亩，成立合作社37家、企业5家；流转后的劳动力由合作社统一登记，按月发放。';
    expect(madeOf(text, '流转后', 'clause')).toBe('流转后的劳动力由合作社统一登记');
    expect(madeOf(text, '合作社37', 'clause')).toBe('成立合作社37家、企业5家');
    expect(madeOf(text, '土地4.8', 'clause')).toBe('全县流转土地4.8万亩');
    expect(madeOf(text, '土地4.8', 'sentence')).toBe(
      '全县流转土地4.8万亩，成立合作社37家、企业5家；流转后的劳动力由合作社统一登记，按月发放。',
    );
  });

  it('is cut at , ; : in English, but not inside 4,800 or 10:30', () => {
    const text = 'By 10:30, 4,800 workers had left; the others stayed. Nobody asked.';
    expect(madeOf(text, '800', 'clause')).toBe('4,800 workers had left');
    expect(madeOf(text, 'others', 'clause')).toBe('the others stayed.');
    expect(madeOf(text, '800', 'sentence')).toBe('By 10:30, 4,800 workers had left; the others stayed.');
  });

  it('is cut at ، and ؛ in Uyghur', () => {
    const text = 'يەر ئۆتۈنۈپ بېرىلدى، ئەمگەك كۈچى ئىشقا چىقتى؛ كىرىم ئاشتى۔ باشقىلار قالدى۔';
    expect(madeOf(text, 'ئەمگەك', 'clause')).toBe('ئەمگەك كۈچى ئىشقا چىقتى');
    expect(madeOf(text, 'ئەمگەك', 'sentence')).toBe('يەر ئۆتۈنۈپ بېرىلدى، ئەمگەك كۈچى ئىشقا چىقتى؛ كىرىم ئاشتى۔');
  });

  it('spans what the hit spans: two clauses, two sentences, or its words alone', () => {
    const text = '甲乙，丙丁，戊己。庚辛。';
    expect(madeOf(text, '乙，丙', 'clause')).toBe('甲乙，丙丁');
    expect(madeOf(text, '己。庚', 'sentence')).toBe('甲乙，丙丁，戊己。庚辛。');
    expect(unitFinder(text, 'hard')({ start: 1, end: 2 }, 'hit')).toEqual({ start: 1, end: 2 });
  });

  it('always holds the hit, lies in its text, and a clause lies in its sentence', () => {
    const pieces = ['流转', '，', '。', ' ', '\n', 'a', ', ', '4,800', '“', '”', '؛', 'كۈچى', '۔', '😀', '：', ';'];
    for (const seed of seeds(400)) {
      const random = seeded(seed);
      const text = Array.from({ length: random.int(1, 30) }, () => random.pick(pieces)).join('');
      const start = random.int(0, text.length - 1);
      const hit = { start, end: random.int(start + 1, text.length) };
      const find = unitFinder(text, random.pick(['hard', 'soft'] as const));
      const [own, clause, sentence] = HIT_UNITS.map((unit) => find(hit, unit));
      expect(own).toEqual(hit);
      for (const one of [clause, sentence]) {
        expect(one?.start).toBeLessThanOrEqual(hit.start);
        expect(one?.end).toBeGreaterThanOrEqual(hit.end);
        expect(one?.start).toBeGreaterThanOrEqual(0);
        expect(one?.end).toBeLessThanOrEqual(text.length);
      }
      expect(sentence?.start, text).toBeLessThanOrEqual(clause?.start ?? 0);
      expect(sentence?.end, text).toBeGreaterThanOrEqual(clause?.end ?? 0);
    }
  });
});
