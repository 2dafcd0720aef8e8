import { TO_SIMPLIFIED } from '../text/simplified.ts';

/**
 * The text with one code unit for each of its own, so that offsets stay right: traditional characters simplified, digits,
 * letters and signs of full width made plain, other spaces a space. Where lines were broken to fit a page, a line end is a
 * space too.
 */
export function foldUnits(text: string, lineEnds: 'hard' | 'soft'): string {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === EM_DASH && isParting(text, at)) {
      units[at] = 0x2c;
      continue;
    }
    if (
      MINUS.has(unit) &&
      isDigit(halfWidth(text.charCodeAt(at + 1))) &&
      !AFTER_NUMBER.test(text.slice(Math.max(0, at - 4), at))
    ) {
      units[at] = SIGN;
      continue;
    }
    units[at] = lineEnds === 'soft' && unit === 10 && text.charCodeAt(at + 1) !== 10 ? 32 : (TABLE[unit] ?? unit);
  }
  chinesePunctuation(units);
  for (const { index, 0: number } of text.matchAll(HELD_THOUSANDS))
    for (let at = index; at < index + number.length; at++) if (units[at] === 32) units[at] = 0x2c;
  return fromUnits(units).replace(SPACED_THOUSANDS, (number) => number.replaceAll(' ', ','));
}

/** Thousands separated by spaces, before a unit, where they can be no list: 10 851.8万元 is 10,851.8万元. */
const SPACED_THOUSANDS =
  /(?<![\d.,\-A-Za-z表图第页号])(?<!\d )(?<!(?:[Cc]hapter|[Tt]able|[Ff]igure|[Ss]ection|[Pp]age|[Pp]art|[Aa]rticle|[Gg]roup|[Pp]hase) )\d{1,3}(?: \d{3})+(?=(?:\.\d+)?(?:[万亿]|[人户元吨名件亩个]| (?:[A-Z]{3}|yuan|taka|people|persons|person-times|workers|women|men|children|households|families|hectares|tonnes|tons)\b))/g;
/** Thousands separated by a space without a break, or a narrow one: such spaces separate nothing else. */
const HELD_THOUSANDS = /(?<![\d.,\u00a0\u202f\u2009])\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)/g;

/** Minus signs before numbers below zero. Behind a number they make a range: 3月－5月 (“March to May”). */
const MINUS: ReadonlySet<number> = new Set([0x2212, 0xfe63, 0xff0d]);
const SIGN = 0x2212;
const AFTER_NUMBER = /[\d０-９%％][^，。；、：:\d０-９]{0,2}$|[A-Za-z]$/;
const halfWidth = (unit: number): number => TABLE[unit] ?? unit;

/** A dash between Latin words separates clauses, as a comma does: “1.8 million people—more than half”. Elsewhere it may join a range. */
const EM_DASH = 0x2014;
function isParting(text: string, at: number): boolean {
  if (!isLetter(text.charCodeAt(at - 1))) return false;
  const after = text.charCodeAt(at + 1);
  // “23 trillion cubic feet—12 percent of the reserves”, but “1.2 million—1.4 million”.
  return isLetter(after) || (isDigit(after) && !/(?:illion|thousand|hundred|bn|mn)$/i.test(text.slice(at - 8, at)));
}
const isLetter = (unit: number): boolean => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Makes a comma or semicolon of half width beside a Chinese character full width. Within a number it stays. */
function chinesePunctuation(units: Uint16Array): void {
  for (let at = 0; at < units.length; at++) {
    const unit = units[at];
    if ((unit !== 0x2c && unit !== 0x3b) || isInNumber(units, at)) continue;
    if (isHan(units[at - 1]) || isHan(units[at + 1]) || isHan(units[at - 2]))
      units[at] = unit === 0x2c ? 0xff0c : 0xff1b;
  }
}
/** Whether a comma stands within a number, that is between a digit and three digits: 1,186. */
const isInNumber = (units: Uint16Array, at: number): boolean =>
  isDigit(units[at - 1]) && isDigit(units[at + 1]) && isDigit(units[at + 2]) && isDigit(units[at + 3]);
const isDigit = (unit: number | undefined): boolean => unit !== undefined && unit >= 0x30 && unit <= 0x39;
const isHan = (unit: number | undefined): boolean => unit !== undefined && unit >= 0x4e00 && unit <= 0x9fff;

const TABLE = tableOf();

function tableOf(): Uint16Array {
  const table = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  const put = (from: string, to: string): void => {
    for (const [at, one] of Array.from(from).entries())
      table[one.charCodeAt(0)] = to.charCodeAt(Math.min(at, to.length - 1));
  };
  for (const [traditional, simple] of TO_SIMPLIFIED)
    if (traditional.length === 1 && simple.length === 1) put(traditional, simple);
  for (let unit = 0xff10; unit <= 0xff5a; unit++)
    if (/[\p{L}\p{Nd}]/u.test(String.fromCharCode(unit))) table[unit] = unit - 0xfee0;
  put('％．：∶＋－／～〇○￥＄', '%.::+-/~零零¥$');
  put('−‐‑‒–—―─﹣', '-');
  put('\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r', ' ');
  put('’‘＇', "'");
  // Not in the table of simplified characters, for it has other meanings.
  put('佔', '占');
  return table;
}

const CHUNK = 8192;
function fromUnits(units: Uint16Array): string {
  const parts: string[] = [];
  for (let at = 0; at < units.length; at += CHUNK) parts.push(String.fromCharCode(...units.subarray(at, at + CHUNK)));
  return parts.join('');
}
