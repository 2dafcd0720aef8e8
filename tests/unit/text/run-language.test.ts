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

it('follows the language recorded for the source where letters do not decide, and never against them', () => {
  const of = (page: string, recorded: string | null) => languagesOfPage(page, recorded)(page);
  expect(of('労働移動', 'ja')).toBe('ja');
  expect(of('劳动力转移', 'zh-Hans')).toBe('zh-Hans');
  expect(of('حقوق', 'ug')).toBe('ug');
  expect(of('ئەمگەك', 'ar')).toBe('ug');
  expect(of('حقوق بشر پیمان', 'ur')).toBe('ur');
  expect(of('の', 'zh')).toBe('ja');
  expect(of('Arbeit und Umsiedlung', 'de')).toBe('de');
  expect(of('трудовая миграция', 'ru')).toBe('ru');
  // English words in a Chinese report are not Chinese; a number is read in the language of the report.
  expect(['GDP growth', '2024'].map(languagesOfPage('劳动 GDP 2024', 'zh'))).toEqual([null, 'zh']);
  expect(of('Labour', '')).toBeNull();
  expect(of('Labour', 'not a tag')).toBe('not a tag');
});
