import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../shared/text/detect-language.ts';
import { statedDate } from '../../../shared/text/stated-dates.ts';
import { titleLine } from '../../../shared/text/title-line.ts';
import { textIn } from '../../support/languages.ts';

describe('the language of a text', () => {
  it.each([
    ['zh-Hans', '今年以来，全县转移农村富余劳动力12350人次，组织开展职业技能培训。'],
    ['zh-Hant', '今年以來，全縣轉移農村富餘勞動力12350人次，組織開展職業技能培訓。'],
    ['zh', '本文中心小大人口手足日月水火山石田土木禾米'],
    ['ug', 'بۇ يىل ناھىيەمىزدە ئون ئىككى مىڭدىن ئارتۇق ئېشىنچا ئەمگەك كۈچى يۆتكەلدى، كەسپىي ماھارەت كۇرسى ئېچىلدى.'],
    ['ar', 'يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم'],
    ['fa', 'تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان هستند'],
    ['kk', 'Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді.'],
    ['ru', 'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом'],
    [
      'ug-Latn',
      'Bu yil nahiyimizde emgek küchliri yötkeldi we ular üchün kurs ëchildi, bolup bolghan dep bilen xizmet qilip',
    ],
    ['en', 'The county moved 3,000 surplus workers to factories, and the land of the village was transferred to them.'],
    ['de', 'Die Arbeiter wurden von der Regierung in das Werk gebracht, und das ist nicht im Bericht.'],
    ['ja', 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。'],
    ['ko', '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로'],
    ['bo', 'འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌།'],
  ])('is %s', (language, text) => expect(detectLanguage(text)).toBe(language));

  it.each([
    ['a few words', 'Notice'],
    ['numbers', '2022 5 28 12,350 48,000 386'],
    ['two languages in equal parts', `${'转移就业'.repeat(8)} ${'the county and the work of labour '.repeat(3)}`],
    ['words of no language', 'Lorkwe mastu fenik oprad stulen wikan brosta velink atrup noskel timbarg'],
  ])('is not guessed from %s', (_, text) => expect(detectLanguage(text)).toBeNull());

  it('is found in whole texts, and in their presentation forms', () => {
    expect(detectLanguage(textIn('simplified'))).toBe('zh-Hans');
    expect(detectLanguage(textIn('traditional'))).toBe('zh-Hant');
    expect(detectLanguage(textIn('uyghur'))).toBe('ug');
    expect(detectLanguage(textIn('russian'))).toBe('ru');
    // ئۇيغۇر in isolated presentation forms, as some PDFs have it.
    expect(detectLanguage('ﺋﯘﻳﻐﯘﺭ ﺋﯧﻠﻰ ﺋﺎﺧﺒﺎﺭﺍﺗﻰ ﯞە ﺋﯧﻠﯧﻜﺘﺮ ﻛﯜﭺ ﺋﯚﻳﻰ ﺋﯧﺸﻰ')).toBe('ug');
  });
});

describe('the date at the beginning of a text', () => {
  const dateOf = (text: string) => statedDate(text)?.edtf ?? null;

  it.each([
    ['2022年5月28日', '2022-05-28'],
    ['２０２２ 年 5 月 28 日', '2022-05-28'],
    ['二〇二二年五月二十八日', '2022-05-28'],
    ['二○一九年十二月十日', '2019-12-10'],
    ['二零二〇年十月', '2020-10'],
    ['2022年5月', '2022-05'],
    ['2023-05-17', '2023-05-17'],
    ['2023/5/7 12:30', '2023-05-07'],
    ['2023.11.07', '2023-11-07'],
    ['28 May 2022', '2022-05-28'],
    ['May 3rd, 2022', '2022-05-03'],
    ['Sept. 1, 2021', '2021-09-01'],
    ['March 2024', '2024-03'],
    ['2023-يىلى 5-ئاينىڭ 16-كۈنى', '2023-05-16'],
  ])('%s', (text, edtf) => expect(dateOf(`Title\n${text}\nBody`)).toBe(edtf));

  it.each([
    ['a day that does not exist', '2022年2月30日'],
    ['a month that does not exist', '2023-13-01'],
    ['numbers', '2022-05-28-0017 12350'],
    ['no date', 'Work report of Liuquan county'],
    [
      'a date in a sentence',
      '自2019年3月1日起，全县各乡镇组织富余劳动力转移就业，累计转移一万二千余人次，培训三千余人，实现稳定就业增收。',
    ],
  ])('is not found in %s', (_, text) => expect(dateOf(text)).toBeNull());

  it('says what its line says it is of, and such a line comes first', () => {
    const text = '柳泉县\n2022年5月1日\n来源：柳泉融媒 发布时间：2022-05-28 10:11\n正文';
    expect(statedDate(text)).toMatchObject({ edtf: '2022-05-28', of: 'publication' });
    expect(statedDate('成文日期：2021年12月3日')).toMatchObject({ of: 'document', line: '成文日期:2021年12月3日' });
    expect(statedDate(`${'x\n'.repeat(60)}2022年5月28日`)).toBeNull();
  });
});

describe('the title of a text', () => {
  it.each([
    [
      '柳泉县人民政府文件\n柳政发〔2022〕5号\n关于做好2023年农村土地经营权\n流转工作的通知\n各乡镇：',
      '关于做好2023年农村土地经营权流转工作的通知',
    ],
    [
      'Page 1\n2022年5月28日\nSeasonal transfers in oasis counties\nThe county moved workers.',
      'Seasonal transfers in oasis counties',
    ],
    // A title over two lines.
    [
      'County labour transfer and the\nland of those transferred\nby A. Author',
      'County labour transfer and the land of those transferred',
    ],
    [
      'Labour transfer in Liuquan County\nunder the plan of 2023\nText.',
      'Labour transfer in Liuquan County under the plan of 2023',
    ],
    ['柳泉县人力资源和社会保障局\n2023年工作总结\n一、主要工作', '柳泉县人力资源和社会保障局2023年工作总结'],
    ['柳泉县印发《转移就业\n实施方案》\n正文', '柳泉县印发《转移就业实施方案》'],
    ['Two annual reports\nLiuquan County\nText.', 'Two annual reports'],
    ['12\n\n34', null],
    ['This is a sentence, and no title.', null],
  ])('%j', (text, title) => expect(titleLine(text)).toBe(title));
});
