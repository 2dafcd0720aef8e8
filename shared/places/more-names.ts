import type { Confidence } from './gazetteer.ts';

/**
 * Names that the gazetteer lacks. The first are parts and other spellings of official names. The Uyghur names of provinces and countries are
 * from memory, so that they are never sure; see the gazetteer’s README on confidence.
 */
const PARTS: readonly (readonly [place: string, name: string])[] = [
  ['cn-xinjiang', '维吾尔自治区'],
  ['xj-kizilsu-ap', 'Kizilsu Kirghiz Autonomous Prefecture'],
  ['xj-kizilsu-ap', 'Kizilsu Kyrgyz Autonomous Prefecture'],
];
const FROM_MEMORY: readonly (readonly [place: string, name: string])[] = [
  ['cn-beijing', 'بېيجىڭ'],
  ['cn-tianjin', 'تيەنجىن'],
  ['cn-hebei', 'خېبېي'],
  ['cn-inner-mongolia', 'ئىچكى موڭغۇل'],
  ['cn-liaoning', 'لياۋنىڭ'],
  ['cn-jilin', 'جىلىن'],
  ['cn-heilongjiang', 'خېيلوڭجياڭ'],
  ['cn-shanghai', 'شاڭخەي'],
  ['cn-jiangsu', 'جياڭسۇ'],
  ['cn-zhejiang', 'جېجياڭ'],
  ['cn-anhui', 'ئەنخۇي'],
  ['cn-fujian', 'فۇجيەن'],
  ['cn-jiangxi', 'جياڭشى'],
  ['cn-shandong', 'شەندۇڭ'],
  ['cn-henan', 'خېنەن'],
  ['cn-hubei', 'خۇبېي'],
  ['cn-hunan', 'خۇنەن'],
  ['cn-guangdong', 'گۇاڭدۇڭ'],
  ['cn-guangxi', 'گۇاڭشى'],
  ['cn-hainan', 'خەينەن'],
  ['cn-chongqing', 'چوڭچىڭ'],
  ['cn-sichuan', 'سىچۈەن'],
  ['cn-guizhou', 'گۇيجۇ'],
  ['cn-yunnan', 'يۈننەن'],
  ['cn-gansu', 'گەنسۇ'],
  ['cn-qinghai', 'چىڭخەي'],
  ['cn-shenzhen', 'شېنجېن'],
  ['cn-shenzhen', 'شېنجېن شەھىرى'],
  ['cn-ningbo', 'نىڭبو شەھىرى'],
  ['cn-foshan', 'فوشەن شەھىرى'],
  ['cn-xiamen', 'شيامېن شەھىرى'],
  ['country-kz', 'قازاقىستان'],
  ['country-kg', 'قىرغىزىستان'],
  ['country-tj', 'تاجىكىستان'],
  ['country-af', 'ئافغانىستان'],
  ['country-pk', 'پاكىستان'],
  ['country-in', 'ھىندىستان'],
  ['country-mn', 'موڭغۇلىيە'],
  ['country-ru', 'رۇسىيە'],
];
/** Those of the list above that are no provinces: their names take another word, or none. */
const NO_PROVINCE =
  /^country-|^cn-(?:beijing|tianjin|shanghai|chongqing|inner-mongolia|guangxi|shenzhen|ningbo|foshan|xiamen)$/;
const CITY = /^cn-(?:beijing|tianjin|shanghai|chongqing)$/;
const WITH_WORD: typeof FROM_MEMORY = [
  ...FROM_MEMORY.filter(([place]) => CITY.test(place)).map(([place, name]) => [place, `${name} شەھىرى`] as const),
  ...FROM_MEMORY.filter(([place]) => !NO_PROVINCE.test(place)).map(
    ([place, name]) => [place, `${name} ئۆلكىسى`] as const,
  ),
];

export const MORE_NAMES: readonly { readonly place: string; readonly text: string; readonly confidence: Confidence }[] =
  [
    ...PARTS.map(([place, text]) => ({ place, text, confidence: 'medium' as const })),
    ...[...FROM_MEMORY, ...WITH_WORD].map(([place, text]) => ({ place, text, confidence: 'low' as const })),
  ];
