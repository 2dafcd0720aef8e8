import { describe, expect, it } from 'vitest';
import { checkFigures } from '../../../../shared/review/figures.ts';

/** `3.2万 = 32,000`, or `3.2万 ?` for one that the other text does not have. `<` before what stands in the translation. */
const told = (quote: string, translation: string): string[] =>
  checkFigures(quote, translation).map(
    ({ where, text, also }) => `${where === 'translation' ? '< ' : ''}${text} ${also === null ? '?' : `= ${also}`}`,
  );

describe('figures of a quotation and its translation', () => {
  it('are compared as numbers, however they are written', () => {
    expect(told('转移就业3.2万人次', '32,000 person-times')).toEqual(['3.2万 = 32,000', '< 32,000 = 3.2万']);
    expect(told('１２，３４５人', '12345 people')).toEqual(['１２，３４５ = 12345', '< 12345 = １２，３４５']);
    expect(told('1.5亿元', '150 million yuan')[0]).toBe('1.5亿 = 150 million');
    expect(told('2億元', '0.2 billion')[0]).toBe('2億 = 0.2 billion');
    expect(told('300余万', '3 million')[0]).toBe('300余万 = 3 million');
    expect(told('2023年5月16日', 'On May 16th, 2023')).toEqual([
      '2023 = 2023',
      '5 = May',
      '16 = 16th',
      '< 16th = 16',
      '< 2023 = 2023',
    ]);
  });

  it('are reported if the other text lacks them', () => {
    expect(told('1234人次', '1,243 person-times')).toEqual(['1234 ?', '< 1,243 ?']);
    expect(told('4.8万亩', '4,800 mu')).toEqual(['4.8万 ?', '< 4,800 ?']);
    expect(told('增长5%', 'it grew')).toEqual(['5 ?']);
  });

  it('in words match figures, but are not required', () => {
    expect(told('6个县', 'six counties, one of them large')).toEqual(['6 = six']);
    expect(told('“十四五”规划', 'the 14th Five-Year Plan')).toEqual(['< 14th = 十四五']);
    expect(told('二〇二三年三百二十人', '320 people in 2023')).toEqual(['< 320 = 三百二十', '< 2023 = 二〇二三']);
    expect(told('一是加强组织', 'First, organise better')).toEqual([]);
  });

  it('have a position in the text', () => {
    const [original, translation] = checkFigures('完成１.2万人', 'some 12,000 people');
    expect(original).toMatchObject({ text: '１.2万', start: 2, end: 6, holds: true });
    expect(translation).toMatchObject({ text: '12,000', start: 5, end: 11, holds: true });
  });
});
