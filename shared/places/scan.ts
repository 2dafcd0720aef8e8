import { foldForSearch } from '../text/search-fold.ts';
import type { Form, Forms } from './forms.ts';
import {
  featureAfter,
  goodsAfter,
  isCompany,
  isPaper,
  isPartOfWord,
  MAY_QUALIFY,
  TITLE_OF_PERSON,
  unknownUnit,
  UYGHUR_ENDINGS,
  UYGHUR_LATIN_ENDINGS,
} from './words.ts';

/** A name found in the folded text, with where it stands in the original. */
export interface Mention {
  readonly form: Form;
  /** Not sure whatever the name: goods named by where they come from (新疆棉花), or a unit the gazetteer does not know (吉林市). */
  readonly isUnsure: boolean;
  /** In the folded text. */
  readonly from: number;
  readonly to: number;
  /** In the original, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

export interface Scanned {
  readonly folded: string;
  readonly mentions: readonly Mention[];
}

/** How much of the surrounding text the rules about words look at. */
const NEAR = 40;
const BEFORE = 4;

/**
 * All names in a text, longest first from left to right, each once. What reads like a place and is none is passed over as a
 * whole, so that no name is found inside it. Time grows with the text alone: at each character at most the longest name is read.
 */
export function scan(text: string, forms: Forms): Scanned {
  const { text: folded, starts, ends } = foldForSearch(text);
  const mentions: Mention[] = [];
  for (let at = 0; at < folded.length;) {
    const match = mayStart(folded, starts, at) ? longestAt(folded, text, starts, ends, at, forms) : null;
    if (match === null) {
      at++;
      continue;
    }
    const to = at + match.form.text.length;
    if (match.form.candidates.length > 0 && !match.dropped)
      mentions.push({
        form: match.form,
        isUnsure: match.isUnsure,
        from: at,
        to,
        start: starts[at] ?? 0,
        end: ends[to - 1] ?? 0,
      });
    at = match.next;
  }
  return { folded, mentions };
}

interface Match {
  readonly form: Form;
  readonly next: number;
  readonly dropped: boolean;
  readonly isUnsure: boolean;
}

function longestAt(
  folded: string,
  text: string,
  starts: Uint32Array,
  ends: Uint32Array,
  at: number,
  forms: Forms,
): Match | null {
  const found = formsAt(folded, at, forms);
  for (const form of found.toReversed()) {
    const to = at + form.text.length;
    // A character that folds to several (a ligature) is inside the name or outside of it.
    if (to < folded.length && starts[to] === starts[to - 1] && ends[to] === ends[to - 1]) continue;
    if (!fits(form, folded, to) || (form.capitalised && !isCapital(text, starts[at] ?? 0))) continue;
    if (form.candidates.length === 0) {
      if (crossed(folded, at, to, forms)) continue;
      return { form, next: to, dropped: true, isUnsure: false };
    }
    if (
      form.guard !== null &&
      isPartOfWord(form.guard, folded.slice(Math.max(0, at - BEFORE), at), folded.slice(to, to + NEAR))
    )
      continue;
    return qualified(form, folded, at, to, forms);
  }
  return null;
}

/** A name and the words after it, which can make something else of it. */
function qualified(form: Form, folded: string, at: number, to: number, forms: Forms): Match {
  const isTitle =
    isTitled(folded, at, to) ||
    (isLatin(folded, at) &&
      (isPaper(folded.slice(to, to + NEAR)) || TITLE_OF_PERSON.test(folded.slice(Math.max(0, at - NEAR), at))));
  const isNear = (form.bare || isCountry(form, forms)) && (folded.charCodeAt(to) === 0x20 || isHan(folded, to));
  const named = isNear && isCompany(folded.slice(to, to + NEAR));
  if (!form.bare || !MAY_QUALIFY.has(folded.charCodeAt(to)))
    return { form, next: to, dropped: isTitle, isUnsure: named };
  const after = folded.slice(to, to + NEAR);
  const feature = featureAfter(after);
  if (feature > 0) return { form, next: to + feature, dropped: true, isUnsure: false };
  const goods = goodsAfter(after) > 0;
  // A unit's word in English or Chinese belongs to no name in Uyghur: it begins the next one.
  const unit = isArabicScript(folded, to - 1) ? null : unknownUnit(after);
  const dropped = isTitle || unit === 'other' || (goods && !form.candidates.some(({ place }) => isWide(place, forms)));
  const isUnknown = unit === 'maybe' && form.candidates.length === 1 && !isCity(form, forms);
  return { form, next: to, dropped, isUnsure: goods || isUnknown || named };
}

const isWide = (place: string, { units }: Forms): boolean => {
  const level = units.get(place)?.level;
  return level === 'province' || level === 'country' || level === 'macro_region';
};
const isCountry = ({ candidates }: Form, { units }: Forms): boolean =>
  candidates.every(({ place }) => units.get(place)?.level === 'country');
/** Beijing city is Beijing. */
const isCity = ({ candidates }: Form, { units }: Forms): boolean =>
  candidates.every(({ place }) => units.get(place)?.type === 'municipality');
/** 《玛纳斯》 is a work, not the county. */
const isTitled = (folded: string, at: number, to: number): boolean =>
  (folded.charAt(at - 1) === '《' && folded.charAt(to) === '》') || folded.endsWith('史诗', at);

/** The forms that start here, from the shortest to the longest. */
function formsAt(folded: string, at: number, { root }: Forms): Form[] {
  const found: Form[] = [];
  let node = root.next.get(folded.charCodeAt(at));
  for (let to = at + 1; node !== undefined; to++) {
    if (node.form !== null) found.push(node.form);
    node = to < folded.length ? node.next.get(folded.charCodeAt(to)) : undefined;
  }
  return found;
}

/** Whether a name of a place starts inside `at` to `to` and goes beyond: 京和 in 南京和田地区 is no name. */
function crossed(folded: string, at: number, to: number, forms: Forms): boolean {
  if (!isHan(folded, at)) return false;
  for (let inside = at + 1; inside < to; inside++) {
    if (formsAt(folded, inside, forms).some((form) => form.candidates.length > 0 && inside + form.text.length > to))
      return true;
  }
  return false;
}

const isLatin = (folded: string, at: number): boolean => {
  const code = folded.charCodeAt(at);
  return code >= 0x61 && code <= 0x7a;
};
const isArabicScript = (folded: string, at: number): boolean => {
  const code = folded.charCodeAt(at);
  return code >= 0x600 && code <= 0x6ff;
};

const WORD = /[\p{L}\p{M}\p{N}_]/u;
const isHanCode = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;
const isHan = (folded: string, at: number): boolean => isHanCode(folded.charCodeAt(at));
/** Whether the character belongs to a script that separates its words. */
const isWord = (folded: string, at: number): boolean => {
  if (at < 0 || at >= folded.length || isHan(folded, at)) return false;
  const code = folded.charCodeAt(at);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
  // Of a pair, the high half stands for the whole.
  return WORD.test(String.fromCodePoint(folded.codePointAt(at) ?? 0)) || (code >= 0xdc00 && code <= 0xdfff);
};
/** Hiragana and katakana stand beside Han without a space, as Han does. */
const mayStart = (folded: string, starts: Uint32Array, at: number): boolean => {
  if (at > 0 && starts[at] === starts[at - 1]) return false;
  return isHan(folded, at) || !isWord(folded, at - 1);
};

function fits(form: Form, folded: string, to: number): boolean {
  if (isHan(folded, to - 1)) return true;
  if (!isWord(folded, to)) return !form.inflected;
  if (form.uyghurLatin) return UYGHUR_LATIN_ENDINGS.test(folded.slice(to, to + NEAR));
  if (!isArabicScript(folded, to - 1)) return false;
  const ending = UYGHUR_ENDINGS.exec(folded.slice(to, to + NEAR))?.[0].length ?? 0;
  return ending > 0;
}

/** The letter in the text, not its folded one. */
function isCapital(text: string, at: number): boolean {
  const letter = text
    .slice(at, at + 2)
    .normalize('NFKC')
    .charAt(0);
  return letter !== letter.toLowerCase();
}
