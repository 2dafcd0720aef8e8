import { foldForSearch } from '../text/search-fold.ts';

/** A figure of one text compared with the other text. */
interface FigureCheck {
  readonly where: 'original' | 'translation';
  /** As written, with its unit of ten thousands or millions, and its place (UTF-16 code units, end exclusive). */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether the other text has the same number. */
  readonly holds: boolean;
  /** How the other text writes it. */
  readonly also: string | null;
}

interface Figure {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** Written as a word. */
  readonly isWord: boolean;
}

/** Units written after a figure, in both languages. */
const TIMES: Readonly<Record<string, number>> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  万亿: 1e12,
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};
const list = (words: string): readonly string[] => words.split(' ');
const MONTHS = list('january february march april may june july august september october november december');
const CARDINALS = list(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
);
const ORDINALS = list('zeroth first second third fourth fifth sixth seventh eighth ninth tenth');
const TENS = list('zero ten twenty thirty forty fifty sixty seventy eighty ninety');

const NUMBER = String.raw`\d+(?:,\d{3}(?!\d))*(?:\.\d+)?`;
/** 1, a number; 2, its unit; or 3, a number in characters. */
const CHINESE = new RegExp(
  `(${NUMBER})(?:\\s*[多余]?\\s*(万亿|千万|百万|亿|万|千|百))?|([零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*)`,
  'gu',
);
const UNIT = 'hundred|thousand|million|billion|trillion';
/** 1 and 2 as above, or 3, a word that may be a number or a month, and 4, its unit. */
const ENGLISH = new RegExp(
  `(?<![\\p{L}\\d])(${NUMBER})(?:st|nd|rd|th)?(?:[\\s-]*(${UNIT}|万亿|亿|万)(?!\\p{L}))?|(?<!\\p{L})(\\p{L}+)(?:[\\s-]+(${UNIT})(?!\\p{L}))?`,
  'giu',
);

/**
 * Each figure of a quotation and of its English translation, with whether the other has it: digits, in Chinese with 万 and 亿,
 * in English with million and the like. Years are figures too. Numbers in words or Chinese characters (six, May, 十四) are not
 * required, but match a figure of the other text. The results are warnings: a rounded figure, or a date written differently,
 * may be right.
 */
export function checkFigures(quote: string, translation: string): FigureCheck[] {
  const there = chineseFigures(quote);
  const here = englishFigures(translation);
  const held = (where: FigureCheck['where'], one: Figure, others: readonly Figure[]): FigureCheck => {
    const other = others.find((each) => isSame(one, each));
    const { text, start, end } = one;
    return { where, text, start, end, holds: other !== undefined, also: other?.text ?? null };
  };
  return [
    ...there.filter(({ isWord }) => !isWord).map((one) => held('original', one, here)),
    // A word alone is not a figure: “one” and “first” have many other meanings.
    ...here.filter(({ isWord }) => !isWord).map((one) => held('translation', one, there)),
  ];
}

const isSame = (a: Figure, b: Figure): boolean => Math.abs(a.value - b.value) <= 1e-9 * Math.max(a.value, b.value);

function chineseFigures(quote: string): Figure[] {
  const { text, starts, ends } = foldForSearch(quote);
  return Array.from(text.matchAll(CHINESE), (match): Figure | null => {
    const { 0: whole, 1: number, 2: unit, 3: characters, index } = match;
    const value = number === undefined ? charactersValue(characters ?? '') : valueOf(number, unit);
    const [start, end] = [starts[index] ?? 0, ends[index + whole.length - 1] ?? 0];
    const isWord = number === undefined;
    return value === null ? null : { text: quote.slice(start, end), start, end, value, isWord };
  }).filter((one) => one !== null);
}

const DIGITS = '零一二三四五六七八九';
/**
 * Reads a number in Chinese characters: 二〇二三, 十四, 三百二十. Returns null if it is not a single number. Of 十四五 (“the 14th five-year plan”) it reads
 * 14.
 */
function charactersValue(written: string): number | null {
  const characters = Array.from(written.replaceAll('〇', '零').replaceAll('两', '二'));
  if (characters.every((one) => DIGITS.includes(one)))
    return characters.reduce((sum, one) => sum * 10 + DIGITS.indexOf(one), 0);
  let [sum, section, digit]: [number, number, number | null] = [0, 0, null];
  for (const one of characters) {
    const times = one === '十' ? 10 : TIMES[one];
    if (times === undefined) {
      if (digit !== null && digit !== 0) break;
      digit = DIGITS.indexOf(one);
    } else if (times < 1e4) {
      section += (digit ?? 1) * times;
      digit = null;
    } else {
      sum = (sum + section + (digit ?? 0)) * times;
      [section, digit] = [0, null];
    }
  }
  return sum + section + (digit ?? 0);
}

function englishFigures(translation: string): Figure[] {
  return Array.from(translation.matchAll(ENGLISH), (match): Figure | null => {
    const { 0: text, 1: number, 2: unit, 3: word, 4: wordUnit, index: start } = match;
    const value = number === undefined ? wordValue(word ?? '', wordUnit) : valueOf(number, unit);
    const end = start + text.length;
    return value === null ? null : { text, start, end, value, isWord: number === undefined };
  }).filter((one) => one !== null);
}

const valueOf = (number: string, unit: string | undefined): number =>
  Number(number.replaceAll(',', '')) * (unit === undefined ? 1 : (TIMES[unit.toLowerCase()] ?? 1));

/** “twelve”, “third”, “May”, “six million”; null for any other word. */
function wordValue(written: string, unit: string | undefined): number | null {
  const word = written.toLowerCase();
  const found = [CARDINALS.indexOf(word), ORDINALS.indexOf(word), MONTHS.indexOf(word) + 1, TENS.indexOf(word) * 10];
  const value = found.find((one) => one > 0);
  return value === undefined ? null : value * (unit === undefined ? 1 : (TIMES[unit.toLowerCase()] ?? 1));
}
