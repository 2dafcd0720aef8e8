import type { Qualifier } from './figure.ts';
import { DIGITS, digits, form, type Form, number, type ReadNumber } from './form.ts';
import { englishNumber, ZH_NUMBER } from './numerals.ts';
import { Rational } from './rational.ts';

const DENOMINATORS: ReadonlyMap<string, number> = new Map([
  ['half', 2],
  ['third', 3],
  ['quarter', 4],
  ['fifth', 5],
  ['sixth', 6],
  ['seventh', 7],
  ['eighth', 8],
  ['ninth', 9],
  ['tenth', 10],
]);
const NUMERATORS = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** Number words of shares: “nine out of ten”, “one in twenty”. */
const PARTS = 'one|two|three|four|five|six|seven|eight|nine';
const WHOLES = 'two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty';

/** The wholes of common shares: 7 in 10, 19 out of 20. Other wholes are counts. */
const ROUND: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000]);

function share(part: Rational | null, whole: Rational | null, qualifier: Qualifier | null = null): ReadNumber | null {
  const value = whole === null ? null : (part?.times(Rational.of(100)).dividedBy(whole) ?? null);
  return value === null ? null : { value, unit: 'percent', qualifier, form: 'fraction' };
}

export const FRACTIONS: readonly Form[] = [
  form(
    '分之',
    `(?<![零一二两三四五六七八九十百千万亿])(${ZH_NUMBER}|\\d{1,3})分之(${ZH_NUMBER}|\\d{1,3})`,
    ([, whole, part]) => share(number(part), number(whole)),
  ),
  form(
    '成: tenths',
    '(?<!(?![占约近到足超逾长加少降高多仅])[\\u4e00-\\u9fff](?=[一]成)|[\\d.])(\\d(?:\\.\\d)?|[一二两三四五六七八九])成(半|[一二三四五六七八九](?![十百千万]))?(?![功为立员效果长熟绩都份分品本交就千上])',
    ([, tenths, rest]) => {
      const [value, more] = [number(tenths), rest === '半' ? Rational.of(5) : (number(rest ?? '零') ?? Rational.of(0))];
      return share(value?.plus(more.times(Rational.of(1, 10))) ?? null, Rational.of(10));
    },
  ),
  form('half', '超过半数|超半数|过半|大半|半数|一半', ([whole = '']) =>
    share(Rational.of(1), Rational.of(2), /过|超|大/.test(whole) ? 'over' : null),
  ),
  form(
    'fraction in English',
    '\\b(a|one|two|three|four|five|six|seven|eight|nine)[- ](third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\\b(?:(?<=(?:thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths))(?=.)|(?=,? (?:of|more|less|fewer|as|were|are)\\b|[.,;)]| [(]\\d)|(?<=\\bby [a-z]+[- ][a-z]+)(?= (?:in|between|from|to|over|since|within|compared|after|during|on|and|that|this|last)\\b| ?[(（]))(?! of (?:19|20)\\d\\d)',
    ([, part = '', whole = '']) =>
      share(
        Rational.of(Math.max(1, NUMERATORS.indexOf(part.toLowerCase()))),
        Rational.of(DENOMINATORS.get(whole.toLowerCase()) ?? 1),
      ),
  ),
  form(
    'half in English',
    '\\b(?:(?:one|a)[ -])?half(?:(?<=\\b(?:by|under|over|below|above|nearly|almost|than|about|roughly) half)(?= [a-z])|(?= (?:of|to|the|its|their|were|are|a million|again|as (?:many|much) again)\\b| [(]\\d|[.,;)]))(?! of (?:19|20)\\d\\d)(?<!(?:first|second|other) half)',
    () => share(Rational.of(1), Rational.of(2)),
  ),
  form(
    'one in ten',
    `\\b(\\d{1,3}|${PARTS}) (?:in|out of) (?:every )?(\\d{1,4}|${WHOLES})(?= [a-z]|[,.;:)]| [(]\\d)(?! (?:years?|months?|days?|weeks?|hours?)\\b)`,
    // “214 out of 640” is two counts.
    ([, part = '', whole = '']) =>
      Number(part) > 1 && Number(whole) > 1 && !ROUND.has(Number(whole)) ? null : partOf(part, whole),
  ),
  // “One worker in eight,” is a share; “two factories in four counties” are two numbers.
  form(
    'one worker in ten',
    `\\b(${PARTS}) [a-z]{2,16} (?:in|out of) (?:every )?(${WHOLES})(?=[,.;:)]| (?:is|was|has|had|went|said|left|did|could|would|came|who)\\b)`,
    ([, part = '', whole = '']) => partOf(part, whole),
  ),
  // 增长两倍 (“grew by two times”) means three times the earlier value.
  form(
    'growth in multiples',
    `(?<=(?:增长|增加|提高|上升|增|(?<!最)多|高)(?:了|出)?(?:近|约|超过?|逾)?)(\\d{1,3}(?:\\.\\d{1,2})?|${ZH_NUMBER})倍`,
    ([, count]) => {
      const value = number(count)?.times(Rational.of(100)) ?? null;
      return value === null ? null : { value, unit: 'percent', form: 'fraction' };
    },
  ),
];
const partOf = (part: string, whole: string): ReadNumber | null =>
  ratioOf(digits(part) ?? englishNumber(part), digits(whole) ?? englishNumber(whole));
const ratioOf = (part: Rational | null, whole: Rational | null): ReadNumber | null =>
  part === null || whole === null || part.compare(whole) >= 0 ? null : share(part, whole);

const FOLDS: ReadonlyMap<string, Rational> = new Map([
  ['doubl', Rational.of(2)],
  ['tripl', Rational.of(3)],
  ['trebl', Rational.of(3)],
  ['quadrupl', Rational.of(4)],
  ['quintupl', Rational.of(5)],
  ['halv', Rational.of(1, 2)],
]);
const WORDS_OF: ReadonlyMap<string, Rational> = new Map([
  ['half', Rational.of(1, 2)],
  ['twice', Rational.of(2)],
  ['double', Rational.of(2)],
  ['thrice', Rational.of(3)],
  ['triple', Rational.of(3)],
]);
const times = (value: Rational | null, qualifier: Qualifier | null): ReadNumber | null =>
  value === null ? null : { value, unit: 'times', qualifier, form: 'multiple' };

export const MULTIPLES: readonly Form[] = [
  form('翻番', '翻了?([一两二三四五]|\\d)?番', ([, count = '一']) => times(power(number(count)), null)),
  form('减半', '减半', () => times(Rational.of(1, 2), null)),
  form('in one word', '\\b(doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|ing)\\b', ([, stem = '']) =>
    times(FOLDS.get(stem.toLowerCase()) ?? null, null),
  ),
  // “Twice as many” and “double the number” are multiples; “came twice a week” and “a double room” are not.
  form(
    'twice',
    '\\b(twice|thrice|double|triple|half)(?= as (?:many|much|large|high|big|long|often)\\b(?! again))|\\b(twice|thrice|double|triple)(?:,? (?:the|that|those|what|its|their)\\b)|(?<=\\b(?:easily|nearly|almost|than|shy of|about|roughly) )(double|triple)(?=[.,;)])',
    ([, before = '', after = '', alone = '']) =>
      times(WORDS_OF.get((before + after + alone).toLowerCase()) ?? null, null),
  ),
  form('half that number', '\\bhalf(?= (?:that|this) (?:number|figure|amount|total|many|much|sum)\\b)', () =>
    times(Rational.of(1, 2), null),
  ),
  form('and a half times', `\\b(${PARTS}|a) and a half times\\b`, ([, count = '']) =>
    times((count === 'a' ? Rational.of(1) : englishNumber(count))?.plus(Rational.of(1, 2)) ?? null, null),
  ),
  form('-fold', `\\b(${PARTS}|ten|twelve|twenty|hundred|${DIGITS})-?fold\\b`, ([, count = '']) =>
    times(digits(count) ?? englishNumber(count), 'about'),
  ),
];
const power = (count: Rational | null): Rational | null =>
  count === null ? null : Rational.of(2n ** (count.numerator > 20n ? 20n : count.numerator));
