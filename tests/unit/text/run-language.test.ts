import { expect, it } from 'vitest';
import { languagesOfPage } from '../../../shared/text/run-language.ts';

it('tells the language of a run by its letters and those of its page, and of shared letters nothing', () => {
  const chinese = languagesOfPage('全县转移就业 Labour 386人');
  expect(['全县转移就业', '386人', 'Labour 386', ''].map(chinese)).toEqual(['zh', 'zh', null, null]);
  const japanese = languagesOfPage('労働 の 移動');
  expect(['労働', 'の'].map(japanese)).toEqual(['ja', 'ja']);
  expect(languagesOfPage('ئەمگەك كۈچى')('كۈچى')).toBe('ug');
  // A word without letters of its own has the language of the page.
  expect(languagesOfPage('ئەمگەك كارخانا')('كارخانا')).toBe('ug');
  expect(languagesOfPage('حقوق الناس')('حقوق')).toBe('ar');
  expect(languagesOfPage('حقوق بشر پیمان')('حقوق')).toBe('fa');
});
