import { Rational } from './rational.ts';

const ZH_DIGITS = '零一二三四五六七八九';
const ZH_DIGIT_OF: ReadonlyMap<string, bigint> = new Map([
  ...Array.from(ZH_DIGITS, (digit, at): [string, bigint] => [digit, BigInt(at)]),
  ...Array.from('壹贰叁肆伍陆柒捌玖', (digit, at): [string, bigint] => [digit, BigInt(at + 1)]),
  ['两', 2n],
]);
const ZH_PLACE_OF: ReadonlyMap<string, bigint> = new Map([
  ['十', 10n],
  ['拾', 10n],
  ['百', 100n],
  ['佰', 100n],
  ['千', 1000n],
  ['仟', 1000n],
]);
const WAN = 10_000n;
const YI = 100_000_000n;

/** Characters that a Chinese number is written with, for patterns. */
export const ZH_NUMBER =
  '[零一二两三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{1,24}(?:点[零一二三四五六七八九]{1,12})?';

/** Reads a Chinese number: 三万五千 is 35000, 一千二百 1200, 三千五 3500, 二零二三 2023, 一点五 1.5. Returns null if the text is no number. */
export function chineseNumber(text: string): Rational | null {
  const [whole = '', decimals] = text.replaceAll('廿', '二十').replaceAll('卅', '三十').split('点');
  const number = /[十百千万亿拾佰仟]/.test(whole) ? placedNumber(whole) : digitByDigit(whole);
  if (number === null || whole === '') return null;
  if (decimals === undefined) return Rational.of(number);
  const fraction = digitByDigit(decimals);
  return fraction === null ? null : Rational.of(number).plus(Rational.of(fraction, 10n ** BigInt(decimals.length)));
}

function digitByDigit(text: string): bigint | null {
  let number = 0n;
  for (const one of text) {
    const digit = ZH_DIGIT_OF.get(one);
    if (digit === undefined) return null;
    number = number * 10n + digit;
  }
  return number;
}

function placedNumber(text: string): bigint | null {
  let [total, section, digit] = [0n, 0n, null as bigint | null];
  let place = 1n;
  for (const one of text) {
    const value = ZH_DIGIT_OF.get(one);
    const scale = ZH_PLACE_OF.get(one);
    if (value !== undefined) {
      if (digit !== null && digit !== 0n) return null;
      digit = value;
      if (value === 0n) place = 1n;
    } else if (scale !== undefined) {
      section += (digit ?? 1n) * scale;
      [digit, place] = [null, scale];
    } else {
      const large = one === '万' ? WAN : YI;
      const before = section + (digit ?? 0n);
      // In 一万亿 (10^12) the whole number so far is counted in 亿 (10^8).
      total = total !== 0n && large > WAN ? (total + before) * large : total + (before === 0n ? 1n : before) * large;
      [section, digit, place] = [0n, null, large];
    }
  }
  // A last digit without a place takes the next lower one: 三千五 is 3500.
  return total + section + (digit ?? 0n) * (place >= 100n && digit !== null ? place / 10n : 1n);
}

/** The value of a scale: 万 is 10000, 百万 1000000, 万亿 1000000000000; 1 for an empty text. */
export function chineseScale(text: string): Rational {
  let scale = 1n;
  for (const one of text) scale *= one === '万' ? WAN : one === '亿' ? YI : (ZH_PLACE_OF.get(one) ?? 1n);
  return Rational.of(scale);
}

const SMALL = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
  'eighteen nineteen',
]
  .join(' ')
  .split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const EN_SCALES: ReadonlyMap<string, bigint> = new Map([
  ['hundred', 100n],
  ['lakh', 100_000n],
  ['lakhs', 100_000n],
  ['crore', 10_000_000n],
  ['crores', 10_000_000n],
  ['lakhcrore', 1_000_000_000_000n],
  ['lakhcrores', 1_000_000_000_000n],
  ['thousand', 1000n],
  ['million', 1_000_000n],
  ['mn', 1_000_000n],
  ['m', 1_000_000n],
  ['billion', 1_000_000_000n],
  ['bn', 1_000_000_000n],
  ['trillion', 1_000_000_000_000n],
]);

const unit = SMALL.slice(1, 10).join('|');
/** One English number word, for patterns. */
export const EN_WORD = `(?:(?:${TENS.join('|')})(?:[ -](?:${unit}))?|${SMALL.slice(1).toReversed().join('|')})`;
/** A number in English words, for patterns: three, forty-five, two hundred, five thousand. */
export const EN_NUMBER = `(?:${EN_WORD}(?:[ -](?:hundred|thousand|million|billion)){0,2}(?: (?:and )?${EN_WORD}(?: hundred)?){0,2})`;

/** Reads a number in English words; null if a word belongs to no number. */
export function englishNumber(text: string): Rational | null {
  let [total, current] = [0n, 0n];
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const small = SMALL.indexOf(word);
    const tens = TENS.indexOf(word);
    const scale = EN_SCALES.get(word);
    if (small >= 0) current += BigInt(small);
    else if (tens >= 0) current += BigInt(tens * 10 + 20);
    else if (word === 'hundred') current *= 100n;
    else if (scale !== undefined) [total, current] = [total + current * scale, 0n];
    else if (word !== 'and') return null;
  }
  return Rational.of(total + current);
}

/** The value of a scale: million is 1000000; 1 for an empty text. */
export const englishScale = (word: string): Rational => Rational.of(EN_SCALES.get(word.toLowerCase()) ?? 1n);

/** What the last digit that is not 0 is worth: 100 for 600, 1000 for 12000. Null if a number does not end in 0 or is not whole. */
export function trailingStep(value: Rational): Rational | null {
  if (!value.isWhole() || value.isZero()) return null;
  const digits = value.numerator.toString();
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  return zeros === 0 ? null : Rational.of(10n ** BigInt(zeros));
}
