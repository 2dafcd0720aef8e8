import { foldedText, foldForSearch } from '../text/search-fold.ts';
import type { PlaceType } from './gazetteer.ts';

/**
 * What the words around a name say about it. Everything here is compared with folded text (simplified, lower case, no space
 * beside Han), so it is written or folded that way.
 */

/** Names that are also parts of other words. Chinese has no spaces: the character before or the text after tells them apart. */
export interface Guard {
  readonly before?: RegExp;
  readonly after?: RegExp;
}
const FIELD = /^(?:间|野|头|园(?!区|林)|块|埂|亩|径|畴|垄|坎|地[里头块])/u;
const AT = /[位处用忙限属由关对至在基适置立散建长生出]$/u;
const SIDE = /^(?:岸|侧|麓|坡|段|边|端|缘|面的)/u;
const GUARDS: ReadonlyMap<string, Guard> = new Map(
  Object.entries({
    和田: { after: FIELD },
    于田: { before: AT, after: FIELD },
    新和: { before: /[创更革全最翻刷维清出高]$/u, after: /^(?:平(?![原川])|谐|解|约|声|睦|美)/u },
    和静: { after: /^(?:安|态|音|电|脉|止|默|谧|物|坐|心)/u },
    和硕: { after: /^(?:士|果|大|博)/u },
    和丰: { after: /^(?:富|收|产|满|厚|润|盛|年)/u },
    和安: { after: /^(?:全|置|排|徽|装|顺|定|宁|心|保|居)/u },
    和康: { after: /^(?:复|养|乐|健)/u },
    库车: { before: /[仓车入出冷金水冰书]$/u, after: /^(?:间|辆|位|主|床)/u },
    伽师: { before: /瑜$/u },
    托里: { before: /[委依寄拜信嘱衬]$/u },
    且末: { before: /[并而暂况尚]$/u },
    海南: { before: /[沿近临渤黄东南公大出入靠]$/u },
    河南: { before: /[黄淮运沿两]$/u, after: SIDE },
    河北: { before: /[黄淮运沿两]$/u, after: SIDE },
    湖南: { after: SIDE },
    湖北: { after: SIDE },
    江西: { after: SIDE },
    山东: { before: /[仑泰祁]$/u, after: SIDE },
    山西: { before: /[仑泰祁]$/u, after: SIDE },
    广东: { before: /推$/u, after: /^西部/u },
    广西: { before: /推$/u, after: /^部/u },
    沙湾: { before: /长$/u },
    重庆: { before: /[隆郑]$/u, after: /^祝/u },
    福建: { before: /[幸造]$/u, after: /^[设立筑材]/u },
    上海: { after: /^(?:拔|合作组织)/u },
    津南: { before: /[京天]$/u },
    巴中: { after: /^(?:经济|友|关系|边)/u },
    中国: { before: /[集其当心途高初之手空年]$/u, after: /^有(?:企业|资|控股)/u },
    印度: { after: /^(?:尼西亚|洋)/u },
    俄罗斯: { after: /^族/u },
    北京: { after: /^时间/u },
    天山: { after: /^网/u },
    兵团: { before: /[第\d一二三四五六七八九十]$/u },
    自治区: { before: /[\p{sc=Han}](?<![，。；、在由经为与和向对到从报是])$/u, after: /^(?:域)/u },
    ...Object.fromEntries(
      ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'].map((number) => [
        `${number}师`,
        { before: /[同每唯统这那某第农\d一二三四五六七八九十]$/u, after: /^[傅范资生德长院友兄徒表弟]/u },
      ]),
    ),
  } satisfies Record<string, Guard>),
);

export const guardOf = (form: string): Guard | null => GUARDS.get(form) ?? null;
/** Whether a name, found between `before` and `after`, belongs to another word. */
export const isPartOfWord = (guard: Guard, before: string, after: string): boolean =>
  guard.before?.test(before) === true || guard.after?.test(after) === true;

const BANK = '(?:岸|侧|畔|部)';
/** Words that make something else of the bare Chinese name before them: a street, a township, a river, a newspaper. */
const FEATURE_ZH = new RegExp(
  `^(?:镇(?!江|政府)|乡(?!镇|村|亲|下|土|里|音|愁)|村(?!民|镇|级|里|庄)|街道|街(?!头|上|边|区|坊)|[东西南北中]?路(?!上|途|过|面|费|程|线|局|政|边)|大道|大街|` +
    `河(?!南(?!${BANK})|北(?!${BANK})|谷|西走廊)|湖(?!南(?!${BANK})|北(?!${BANK}))|农场|牧场|林场|绿洲|山脉|盆地|沙漠|王国|汗国|古国|大学|学院|师范|日报|晚报|时报|早报)`,
  'u',
);
const GOODS_ZH =
  /^(?:玉(?!米|龙|田)|香梨|大枣|红枣|灰枣|核桃|薄皮核桃|瓜(?!州|农)|甜瓜|西瓜|苹果|葡萄|小白杏|杏|石榴|地毯|小刀|烤肉|羊肉|长绒棉|棉花|棉(?!纺|织|农|田|业|企|厂|区|产))/u;
const FEATURE_LATIN =
  /^ (?:township|town|village|river|seas?|mountains?|mts|lake|basin|desert|road|street|avenue|university|college|daily|evening news|railway|pass|glacier|canal|kingdom|khanate|dynasty)(?![\p{L}\p{N}])/u;
const GOODS_LATIN =
  /^ (?:jade|melons?|cotton|dates?|pears?|raisins?|walnuts?|apples?|grapes?|silk|carpets?|rugs?|knives|lamb|tomato(?:es)?)(?![\p{L}\p{N}])/u;

/** The first characters of such words. Checked first, since nine of ten names are followed by something else. */
export const MAY_QUALIFY = new Set(
  Array.from(
    ' 农牧林绿王汗古镇乡村街东西南北中路大河湖山盆沙学师日晚时早玉香红灰核薄瓜甜苹葡小杏石地烤羊长棉州县市区',
    (one) => one.charCodeAt(0),
  ),
);
/** A company named after a place: it may be anywhere. */
const COMPANY =
  /^(?:\p{sc=Han}{1,10}(?:集团|有限公司|股份)| (?:\p{L}+ ){0,3}(?:co|ltd|inc|group|company|corporation|holdings|textiles?|chemical|fibres?|fibers?)(?!\p{L}))/u;
export const isCompany = (after: string): boolean => COMPANY.test(after);

/** The length of the words that make a street, township, river or newspaper of a bare name; 0 if there are none. */
export const featureAfter = (after: string): number =>
  (FEATURE_ZH.exec(after) ?? FEATURE_LATIN.exec(after))?.[0].length ?? 0;
/** The length of the words that make goods of it; 0 if there are none. */
export const goodsAfter = (after: string): number => (GOODS_ZH.exec(after) ?? GOODS_LATIN.exec(after))?.[0].length ?? 0;

/**
 * Bare names that are also common words, surnames or names of much else, beyond those the gazetteer marks. They are taken only
 * beside their prefecture or in a list with its counties.
 */
const fold = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split('; ')).map((name) => foldForSearch(name).text));
export const ONLY_IN_CONTEXT = fold(
  '新市区; 古城; 建筑工程师',
  'Manas; Lop Nur; Emin; Bay; Jing; Gucheng; Fuyuan',
  'باي; ئاۋات; ئارال; ئارىشاڭ; جىڭ',
);
/** Likewise, but less common as words: always taken, but sure only in a text that names other places of Xinjiang. */
export const SURE_IN_XINJIANG = fold(
  '东山区; East Turkestan; East Turkistan; شەرقىي تۈركىستان',
  "Wenquan; Minfeng; Hekang; Hean; He'an; Xinyuan; Yumin; Fuhai; Beitun; Shuanghe; Xinxing; Baiyang; Caohu",
  'Bay County; Mori; Gashi; Cele; Shaya; Yuli; Saven; Yili; Faizabad; Usu; Kaba; Qaba; Toli; Guma; Bohu; Lop; Yakan',
);
/** Latin names that are words too in lower case; so are all of up to four letters. */
export const CAPITALISED = fold('china; manas');

/** Case endings of Uyghur and what may stand between them and the name; folded like everything else. */
const endings = (list: string): string =>
  list
    .split(' ')
    .map((ending) => foldForSearch(ending).text)
    .join('|');
export const UYGHUR_ENDINGS = new RegExp(
  `^(?:${endings('لىق لىك لۇق لۈك')})?(?:${endings('لار لەر')})?(?:${endings('ى سى')})?(?:${endings(
    'دىكى تىكى دىن تىن نىڭكى نىڭ نى دا دە تا تە غىچە گىچە قىچە كىچە غا گە قا كە دەك تەك چە',
  )})?(?:${endings('مۇ')})?(?![\\p{L}\\p{M}\\p{N}])`,
  'u',
);

/** The same in Latin script, where the name that bears them is Uyghur: Korlada, Xoten wilayitining. */
export const UYGHUR_LATIN_ENDINGS =
  /^(?:li[kq])?(?:l[ae]r)?(?:si|i)?(?:diki|tiki|din|tin|ning|ni|d[ae]|t[ae]|ghiche|giche|qiche|kiche|gh?[ae]|[kq][ae])(?:mu)?(?![\p{L}\p{M}\p{N}])/u;

/** A person follows: Dr Aksu Yilmaz. */
export const TITLE_OF_PERSON = /(?:^|[^\p{L}])(?:dr|mr|mrs|ms|prof|professor|sir)\.? $/u;
/** A newspaper named after a place, whatever the place: China Daily. */
export const isPaper = (after: string): boolean =>
  /^ (?:daily|evening news|morning post)(?![\p{L}\p{N}])/u.test(after) || /^(?:日报|晚报|早报|时报)/u.test(after);

/**
 * A bare name with an administrative word that makes no name of the gazetteer: another unit (吉林市 is no province), or one of
 * another time. `other`: certainly another (海南州, Hainan Tibetan Autonomous Prefecture).
 */
export function unknownUnit(after: string): 'maybe' | 'other' | null {
  if (/^州(?![市])|^ (?:\p{L}+ ){0,3}autonomous (?:prefecture|county|region)/u.test(after)) return 'other';
  const isUnit =
    /^(?:县(?!域|级)|市(?!场|民|区|级|价|委|政|容|里|面|值)|区(?!域|内|别|间|块|划|外|位)|市区)/u.test(after) ||
    /^ (?:city|county|prefecture|district)(?!\p{L})/u.test(after);
  return isUnit ? 'maybe' : null;
}

/** Kinds of units. `added`: a team’s own place. */
export type UnitTypes = readonly (PlaceType | 'added')[];
const PREFECTURES = /^[两二三四五]地区/u;
const WITH_PLURAL = '(prefecture|city|county|district)';
const PLURAL = new RegExp(`^ ${WITH_PLURAL.replace('city', 'citie').replace('county', 'countie')}s(?![\\p{L}])`, 'u');

/** What kind of unit the word at the end of an English list says: Hotan and Kashgar prefectures. */
export function typesShared(after: string): UnitTypes | null {
  const shared = PLURAL.exec(after)?.[1];
  return shared === undefined ? null : (TYPES[shared] ?? null);
}
export const arePrefectures = (after: string): boolean => PREFECTURES.test(after);

const TYPES: Readonly<Record<string, UnitTypes>> = {
  prefecture: ['prefecture', 'autonomous_prefecture', 'prefecture_city'],
  city: ['county_city', 'prefecture_city'],
  citie: ['county_city', 'prefecture_city'],
  county: ['county', 'autonomous_county'],
  countie: ['county', 'autonomous_county'],
  district: ['district'],
};

const NUMERALS = '零一二三四五六七八九';
const COUNTED =
  /^(?<more>等)?(?<count>[两二三四五六七八九]|十[一二三四]?|\d{1,2})个?(?<kind>地[州区]|县市|[州县市区])(?<cities>[一两二三四]市)?(?![场民容域别间])/u;
const COUNTED_KINDS: Readonly<Record<string, readonly string[]>> = {
  地州: ['prefecture'],
  地区: ['prefecture'],
  州: ['prefecture'],
  县市: ['county', 'city'],
  县: ['county'],
  市: ['city'],
  区: ['district'],
};

/** What a list ends with, if it counts its members: 四地州, 等三县. `more`: it names only some of them. */
export function countedAfter(after: string): { count: number; more: boolean; types: UnitTypes } | null {
  const { more, count = '', kind = '', cities } = COUNTED.exec(after)?.groups ?? {};
  if (kind === '') return null;
  const kinds = [...(COUNTED_KINDS[kind] ?? []), ...(cities === undefined ? [] : ['city'])];
  return { count: numberOf(count), more: more !== undefined, types: kinds.flatMap((one) => TYPES[one] ?? []) };
}
function numberOf(count: string): number {
  if (/^\d/.test(count)) return Number(count);
  const units = NUMERALS.indexOf(count.replace('两', '二').slice(-1));
  return count.startsWith('十') ? 10 + Math.max(0, units) : units;
}

const UYGHUR_WORDS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^ (?:${foldedText('ۋىلايەت')}|${foldedText('ۋىلايىت')})`, 'u'), 'prefecture'],
  [new RegExp(`^ (?:${foldedText('شەھەرلىك')}|${foldedText('شەھىر')})`, 'u'), 'city'],
  [new RegExp(`^ (?:${foldedText('ناھىيىلىك')}|${foldedText('ناھىيە')}|${foldedText('ناھىيىس')})`, 'u'), 'county'],
];

/** The first characters of such words. Checked first, since most names have none beside them. */
const MAY_SAY = new Set("行专地两二三四五州' ");
/** What the words after a name say it is: a prefecture, a city. */
export function typesAfter(after: string): UnitTypes | null {
  if (!MAY_SAY.has(after.charAt(0))) return null;
  if (/^(?:行署|专署|地委|行政公署)/u.test(after) || PREFECTURES.test(after)) return ['prefecture'];
  if (/^(?:州委|州政府|州党委)/u.test(after)) return ['autonomous_prefecture'];
  const own = /^(?:'s)? (prefecture|city|county|district)(?![\p{L}])/u.exec(after)?.[1];
  if (own !== undefined) return TYPES[own] ?? null;
  if (/^ (?:prefectural|municipal) /u.test(after))
    return after.startsWith(' p') ? ['prefecture', 'autonomous_prefecture'] : (TYPES['city'] ?? null);
  const shared = typesShared(after);
  if (shared !== null) return shared;
  const uyghur = UYGHUR_WORDS.find(([word]) => word.test(after))?.[1];
  return uyghur === undefined ? null : (TYPES[uyghur] ?? null);
}

export function typesBefore(before: string): UnitTypes | null {
  const word = /(?:^|[^\p{L}])(prefecture|city|county|district) of $/u.exec(before)?.[1];
  return word === undefined ? null : (TYPES[word] ?? null);
}
