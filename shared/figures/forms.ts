import {
  chineseNumber,
  chineseScale,
  EN_NUMBER,
  EN_WORD,
  englishNumber,
  englishScale,
  trailingStep,
  ZH_NUMBER,
} from './numerals.ts';
import { DIGITS, digits, type Form, form, number, type Parts, type ReadNumber } from './form.ts';
import { FRACTIONS, MULTIPLES } from './fraction-forms.ts';
import { Rational } from './rational.ts';
import { ZH_UNITS } from './units.ts';

/** A number begins here only if it is not within a longer run of digits, letters or decimals. */
const START = "(?<![A-Za-z\\d_.]|\\d[,'’])";
const PERCENT = '(?:%|percent(?!age)|per cent|pct\\b)';
const POINTS = '(?:个? ?百分点|percentage[- ]points?)';
const EN_SCALE =
  '(?:[ -]?(?:hundred|thousand|million|billion|trillion|lakh crores?|lakhs?|crores?)\\b|(?:bn|mn|m)\\b| (?:bn|mn)\\b)';
const ZH_SCALE = '(?:百万|千万|十万|万亿|[百万亿]|千(?![瓦米克卡]))';
const MONEY = '(?:US\\$ ?|HK\\$ ?|RMB ?|CNY ?|USD ?|EUR ?|GBP ?|[$€£¥])';
const ODD = '[余多来几]';
const RANGE = ' ?(?:-|~|至|到|to) ?';
/** A change with its two values in brackets: “rose 12% (340 to 381)”. */
const CHANGE_BRACKET =
  '\\b(?:increas|r[io]se|grew|grow|climb|gain|fell|fall|declin|decreas|drop|up|down)[^.;()]{0,40}(?:%|percent|per cent) ?[(]';
/** “From A to B” is a change, no range. */
const NO_CHANGE = `(?<!${CHANGE_BRACKET}|\\bfrom |\\bfrom [$€£¥]|\\bfrom (?:an?|the) (?:[a-z]+ ){1,2}of |[由从])`;
/**
 * Words before an amount of change: in “up 71,600 to 3,814,700” the second number is many times the first and is the value reached. “Up 200 to
 * 300 yuan” is a range.
 */
const CHANGED_BY = /\b(?:by|up|down|increas\w+|decreas\w+|declin\w+|fell|rose|grew|dropped)(?: about| some)? $/i;
const MANY_TIMES = Rational.of(5);
function isChangeTo({ value, top }: ReadNumber, { index = 0, input = '' }: Parts): boolean {
  if (!top || top.compare(value.times(MANY_TIMES)) < 0) return false;
  return CHANGED_BY.test(input.slice(Math.max(0, index - 24), index));
}
const ZH_WORD = ZH_UNITS.map(([word]) => word.replace(/[()]/g, '\\$&')).join('|');
const UNIT_OF = new Map(ZH_UNITS);

const MONEY_OF: ReadonlyMap<string, string> = new Map([
  ['US$', 'dollar'],
  ['$', 'dollar'],
  ['USD', 'dollar'],
  ['HK$', 'hkd'],
  ['RMB', 'yuan'],
  ['CNY', 'yuan'],
  ['¥', 'yuan'],
  ['€', 'euro'],
  ['EUR', 'euro'],
  ['£', 'pound'],
  ['GBP', 'pound'],
]);

/** The number of decimals: 2 for 3.05, 0 for 305. */
const decimalsOf = (text = ''): number => text.split('.')[1]?.length ?? 0;
const stepOf = (text = ''): Rational => Rational.of(1n, 10n ** BigInt(decimalsOf(text)));
const unitOf = (word: string | undefined): string | null => (word === undefined ? null : (UNIT_OF.get(word) ?? null));
const scaleOf = (word = ''): Rational =>
  /[a-z]/i.test(word) ? englishScale(word.replace(/[ -]/g, '')) : chineseScale(word.replace(/ /g, ''));

/** Reads a number with its scale, such as 百 (hundred) in 百万 (million). Only a scaled number or one with decimals has a last digit that is rounded. */
function scaled(text: string | undefined, scale: string | undefined): Pick<ReadNumber, 'value' | 'step'> | null {
  const value = number(text);
  if (value === null || text === undefined) return null;
  const by = scaleOf(scale);
  const rounds = /^\d/.test(text) && (text.includes('.') || (scale ?? '').trim() !== '');
  return { value: value.times(by), step: rounds ? stepOf(text).times(by) : null };
}

function range(
  low: string | undefined,
  high: string | undefined,
  [lowScale, highScale]: readonly [string | undefined, string | undefined],
  unit: string | null,
): ReadNumber | null {
  const from = scaled(low, lowScale ?? highScale);
  const to = scaled(high, highScale);
  if (from === null || to === null || to.value.compare(from.value) <= 0) return null;
  return { value: from.value, top: to.value, step: from.step ?? null, unit, form: 'number' };
}

const PERCENTS: readonly Form[] = [
  form(
    'range of percents',
    `${NO_CHANGE}${START}(${DIGITS}) ?(?:%|个?百分点|percent|per cent)?${RANGE}(${DIGITS}) ?(${PERCENT}|${POINTS}|‰)`,
    ([, low, high, unit = '']) => range(low, high, [undefined, undefined], shareUnit(unit)),
  ),
  form('percent or points', `${START}([-−]?${DIGITS})[ -]?(${POINTS}|${PERCENT}|‰)`, ([, text = '', unit = '']) => {
    const value = digits(text);
    return value === null ? null : { value, step: stepOf(text), unit: shareUnit(unit), form: 'number' };
  }),
  form(
    'half a point',
    '\\b(half|(?:a|one) quarter|three[- ]quarters) (?:of )?an? (percentage[- ]point|percent(?!age)|per cent)\\b',
    ([, part = '', unit = '']) => {
      const value = /^h/i.test(part) ? Rational.of(1, 2) : Rational.of(/^t/i.test(part) ? 3 : 1, 4);
      return { value, step: null, unit: shareUnit(unit), form: 'word' };
    },
  ),
  // Points without a percentage: “a gain of 7.1 points” is of a value that was given in percent.
  form(
    'points alone',
    `(?<=(?:%|percent|per cent).{0,60}(?:gain|rise|increase|fall|drop|decline|of|by|up|down) )(${DIGITS}) points?\\b`,
    ([, text = '']) => {
      const value = digits(text);
      return value === null ? null : { value, step: stepOf(text), unit: 'point', form: 'number' };
    },
  ),
  form(
    'points in Chinese numerals',
    `(?<![零一二两三四五六七八九十百千万亿点]|零·)(${ZH_NUMBER})个?百分点`,
    ([, text]) => inWords(number(text), 'point'),
  ),
  form('百分之', `(千|百)分之(${ZH_NUMBER}|${DIGITS})`, ([, of, text = '']) => {
    const value = text === '百' ? Rational.of(100) : number(text);
    const step = Rational.of(1n, 10n ** BigInt(text.split(/[点.]/)[1]?.length ?? 0));
    return value === null ? null : { value, step, unit: of === '千' ? 'permille' : 'percent', form: 'number' };
  }),
  form(
    'percent in words',
    `\\b(${EN_NUMBER}) (percent(?!age)|per cent|percentage points?)`,
    ([, text = '', unit = '']) => inWords(englishNumber(text), shareUnit(unit)),
  ),
];

const shareUnit = (word: string): string =>
  word === '‰' ? 'permille' : /百分点|point/i.test(word) ? 'point' : 'percent';
const inWords = (value: Rational | null, unit: string | null): ReadNumber | null =>
  value === null ? null : { value, step: Rational.of(1), unit, form: 'word' };

const EN_ORDERS: ReadonlyMap<string, number> = new Map([
  ['dozens', 12],
  ['scores', 20],
  ['tens', 10],
  ['hundreds', 100],
  ['thousands', 1000],
  ['millions', 1_000_000],
  ['billions', 1_000_000_000],
]);
/** The range of an order of magnitude, from twice the order to just below the next one: 数万 (“tens of thousands”) is 20,000 to 99,999. */
function order(base: Rational, times10 = 10): ReadNumber {
  const top = base.times(Rational.of(times10)).minus(Rational.of(1));
  return { value: base.times(Rational.of(2)), top, qualifier: 'several', form: 'magnitude' };
}

const CHINESE_ORDER: Form = form(
  '数万',
  `(?<![十百千万])[数几好](十万|百万|千万|[十百千万亿])(?:余|多)?(?:(${ZH_WORD}))?`,
  ([, scale = '', unit]) => ({ ...order(chineseScale(scale)), unit: unitOf(unit) }),
);

const ENGLISH_ORDERS: readonly Form[] = [
  form(
    'tens of thousands',
    '\\b(tens|dozens|hundreds|scores) of (thousands|millions|billions)(?= of\\b)',
    ([, of = '', scale = '']) =>
      order(Rational.of((EN_ORDERS.get(of.toLowerCase()) ?? 1) * (EN_ORDERS.get(scale.toLowerCase()) ?? 1))),
  ),
  form('hundreds', '\\b(dozens|scores|hundreds|thousands|millions|billions)(?= of\\b)', ([, of = '']) => {
    const base = EN_ORDERS.get(of.toLowerCase()) ?? 1;
    return order(Rational.of(base), base < 100 ? 8 : base < 1000 ? 10 : 1000);
  }),
];

const RANGE_OF_COUNTS: Form = form(
  'range',
  `${NO_CHANGE}${START}(${MONEY})?(${DIGITS})(${ZH_SCALE})?(?:${RANGE}|[、])(${MONEY})?(${DIGITS})(${ZH_SCALE}|${EN_SCALE})? ?(${ZH_WORD})?(?!\\d|[-/]\\d)`,
  (parts) => {
    const [all = '', money, low, lowScale, , high, highScale, unit] = parts;
    // 3、5人 may be a list (“3 and 5 people”), and a plain pair of numbers may be anything.
    if (
      all.includes('、') ||
      (unit === undefined &&
        money === undefined &&
        highScale === undefined &&
        /[-~]/.test(all) &&
        !/[,，]/.test(all) &&
        Number(high) < 20)
    )
      return null;
    const read = range(low, high, [lowScale, highScale], unitOf(unit) ?? moneyOf(money));
    return read === null || isChangeTo(read, parts) ? null : read;
  },
);
/** A range with the unit after both ends: 1800元至2500元 (“1,800 yuan to 2,500 yuan”). */
const RANGE_WITH_UNITS: Form = form(
  'range with both units',
  `(?<![由从][^，。；\\d]{0,8})${START}(${DIGITS})(${ZH_SCALE})?(${ZH_WORD})(?:-|~|至|到)(${DIGITS})(${ZH_SCALE})?\\3`,
  ([, low, lowScale, unit, high, highScale]) =>
    // 3月至5月 (“March to May”) and 2018年至2020年 (“2018 to 2020”) are times.
    /^[年月日天]$/.test(unit ?? '') ? null : range(low, high, [lowScale, highScale], unitOf(unit)),
);

const TERM: Form = form(
  'a term in words',
  `(?<![\\w-])(${EN_NUMBER}|\\d{1,3})-(year|month|week|day|hour)s?(?![\\w-]*-old)\\b`,
  ([, text = '', unit = '']) => {
    const value = digits(text) ?? englishNumber(text);
    return value === null ? null : { value, step: null, unit: unit.toLowerCase(), form: 'word' };
  },
);

const COUNTS: readonly Form[] = [
  // The scale is printed once for both numbers: “between 3 and 5 million”, “from 1.1 to 1.5 million”.
  form(
    'one scale for two',
    `(?<=\\b(?:between|from) )(${DIGITS})(?= (?:and|to) (${DIGITS})(${EN_SCALE}))`,
    ([, text, other, scale]) => {
      const [read, top] = [scaled(text, scale), digits(other)];
      return read === null || top === null || (digits(text)?.compare(top) ?? 1) > 0
        ? null
        : { ...read, form: 'number' };
    },
  ),
  // The scale of the first number also holds for the one in brackets, if both have as many decimals: “1,931.2 million (1,734.8)”.
  form(
    'one scale before brackets',
    `(?<=(?<![\\d,.])(${DIGITS})(${EN_SCALE}) ?[(])(${DIGITS})(?=[)])`,
    ([, before = '', scale, text = '']) => {
      const read = scaled(text, scale);
      const isAlike = text.includes('.') && decimalsOf(text) === decimalsOf(before);
      return read === null || !isAlike ? null : { ...read, form: 'number' };
    },
  ),
  // Digits after 万 (10,000) are added: 1万963例 is 10,963 cases.
  form(
    '万 and digits below it',
    `(?<![\\d.,])(\\d{1,4})万(\\d{3,4}|零\\d{1,3})(?![\\d.,万亿%]) ?(${ZH_WORD})?`,
    ([, wan, rest, unit]) => ({
      value: Rational.of(Number(wan) * 10_000 + Number(rest?.replace('零', ''))),
      unit: unitOf(unit),
      form: 'number',
    }),
  ),
  form(
    'digits',
    `${START}(${MONEY})?(${DIGITS})(?!\\.?\\d|['’]\\d{3})(?:( ?${ZH_SCALE}| ?${ODD}(?=[万亿]))|(${EN_SCALE}))?( ?${ODD})?([万亿])? ?(?:(${ZH_WORD})|(?=.))?(余|多(?!少|\\d))?`,
    (parts) => {
      const [, money, text, zhScale = '', enScale = '', odd = '', more = '', unit, after = ''] = parts;
      const inner = new RegExp(ODD).test(zhScale) ? '' : zhScale;
      const read = scaled(text, enScale === '' ? `${inner}${more}` : enScale);
      if (read === null) return null;
      const isOver = odd.trim() !== '' || after !== '' || inner !== zhScale;
      return { ...read, unit: unitOf(unit) ?? moneyOf(money), qualifier: isOver ? 'over' : null, form: 'number' };
    },
  ),
  // The scale is printed once: 三至五万人 (“30,000 to 50,000 people”). But 从三万到五万 is a change (“from 30,000 to 50,000”) and 一至三月 a time (“January to
  // March”).
  form(
    'range in Chinese numerals',
    `(?<![零一二两三四五六七八九十百千万亿第点由从])([一二两三四五六七八九十]{1,3})(?:至|到|-|~)([一二两三四五六七八九十]{1,3})(百万|千万|十万|[百千万亿])(?:余|多)? ?(${ZH_WORD})`,
    ([, low, high, scale, unit]) => {
      const by = chineseScale(scale ?? '');
      const [value, top] = [number(low)?.times(by) ?? null, number(high)?.times(by) ?? null];
      return value === null || top === null || top.compare(value) <= 0
        ? null
        : { value, top, step: null, unit: unitOf(unit), form: 'word' };
    },
  ),
  form(
    'Chinese numeral',
    `(?<![零一二两三四五六七八九十百千万亿第点]|零·)(${ZH_NUMBER})(${ODD})?([万亿])? ?(${ZH_WORD})(余|多(?!少))?`,
    ([, text = '', odd, more = '', unit = '', after]) => {
      const value = chineseNumber(`${text}${more}`);
      if (value === null || !isCount(text, unit)) return null;
      const step = /[万亿]$/.test(`${text}${more}`) ? trailingStep(value) : null;
      return {
        value,
        step,
        unit: unitOf(unit),
        qualifier: odd === undefined && after === undefined ? null : 'over',
        form: 'word',
      };
    },
  ),
  // A range in words: “three to five officials”.
  form(
    'range in English words',
    `(?<![\\w-])(${EN_WORD}) to (${EN_WORD})(?= (?:[a-z-]+ ){0,2}?(?:people|women|men|children|[a-z][\\w-]*[a-rt-z]s)\\b)`,
    ([, low = '', high = '']) => {
      const [value, top] = [englishNumber(low), englishNumber(high)];
      return value === null || top === null || top.compare(value) <= 0
        ? null
        : { value, top, step: null, form: 'word' };
    },
  ),
  form(
    'a dozen',
    `(?<![\\w-])(a|${EN_WORD}) dozen(?= (?!(?:of|or)\\b)(?:[\\w’-]+ ){0,2}?(?:people|women|men|children|[a-z][\\w-]*[a-rt-z]s)\\b)`,
    ([, count = '']) => {
      const value = (count === 'a' ? Rational.of(1) : englishNumber(count))?.times(Rational.of(12)) ?? null;
      return value === null ? null : { value, step: null, form: 'word' };
    },
  ),
  form(
    'number in English words',
    `(?<![\\w-])(${EN_NUMBER})(?= of (?:the|them|these|those|whom|which)\\b| (?!(?:of|or|and|to|in|by|the|a|is|was|were|are|other|more|another)\\b)(?:[\\w’'-]+ ){0,2}?(?:people|women|men|children|staff|mu|per(?:son|cent)|[a-z][\\w-]*[a-rt-z]s)\\b)`,
    ([, text = '']) => {
      const value = englishNumber(text);
      if (value === null || value.equals(Rational.of(1))) return null;
      return { value, step: null, form: 'word' };
    },
  ),
  // An average in words: “five per household”, “an average of five”.
  form(
    'average in English words',
    `(?<![\\w-])(${EN_WORD})(?= (?:per [a-z]|(?:each|apiece|on average)\\b))|(?<=\\baverage of )(${EN_WORD})(?=[.,;:)]| )`,
    ([, before = '', after = '']) => {
      const value = englishNumber(before + after);
      return value === null || value.equals(Rational.of(1)) ? null : { value, step: null, form: 'word' };
    },
  ),
  // A number in words after a bound: “those who brought in fewer than ten”.
  form(
    'number in English words after a bound',
    `(?<=\\b(?:(?:more|fewer|less) than|at least|as many as|no more than|up to) )(${EN_WORD})(?=[.,;)]| (?:had|were|was|have|did|could|would|of)\\b)`,
    ([, text = '']) => {
      const value = englishNumber(text);
      return value === null || value.equals(Rational.of(1)) ? null : { value, step: null, form: 'word' };
    },
  ),
  form(
    'one person',
    '\\bone(?= (?:[a-z]+ ){0,2}?(?:person|worker|labou?rer|member|job|household|family|village)\\b)(?<=(?:at least|only|no more than|than|exactly) one)',
    () => ({ value: Rational.of(1), step: null, form: 'word' }),
  ),
];

const moneyOf = (sign: string | undefined): string | null => MONEY_OF.get(sign?.trim().toUpperCase() ?? '') ?? null;

/** Phrases that are words more often than counts: 一个 (“a”), 一次 (“once”), 一年 (“a year”), and 一月, which is January. */
const MOSTLY_WORDS = new Set([
  '个',
  '次',
  '种',
  '类',
  '项',
  '条',
  '位',
  '场',
  '批',
  '件',
  '家',
  '名',
  '期',
  '支',
  '份',
  '座',
  '所',
  '处',
  '张',
  '点',
  '村',
  '站',
  '组',
  '队',
  '班',
  '层',
  '片',
  '起',
  '年',
  '员',
  '市',
  '县',
  '省',
  '区',
  '乡',
  '镇',
  '校',
  '院',
  '双',
  '顶',
  '户',
  '天',
  '周',
]);
const isCount = (text: string, unit: string): boolean =>
  !(text === '一' && MOSTLY_WORDS.has(unit)) && !(/^[十百千万亿]$/.test(text) && /^[点员级分]$/.test(unit));

/** All forms in the order in which they are tried, longest and most specific first: words that one form has taken are not tried again. */
export const FORMS: readonly Form[] = [
  CHINESE_ORDER,
  ...PERCENTS,
  ...FRACTIONS,
  ...MULTIPLES,
  RANGE_WITH_UNITS,
  RANGE_OF_COUNTS,
  TERM,
  ...COUNTS,
  ...ENGLISH_ORDERS,
];
