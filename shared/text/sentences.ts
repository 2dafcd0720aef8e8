import { type LineEnds, paragraphsOf, type Stretch, cutAt } from './blocks.ts';

/**
 * The sentences of a text in Chinese, English, Uyghur or a mixture: ranges that cover it from beginning to end without
 * gaps, each with the white space after it. The end of a paragraph (blocks.ts) ends a sentence; within a paragraph the
 * marks 。！？!?؟۔ and the full stop do, with closing quotes and brackets. Line ends within a sentence are ignored, also
 * inside Chinese words. Not `Intl.Segmenter`, whose data differ between Node and Electron and change over the years: a
 * sample must be the same everywhere.
 */
export function sentencesOf(text: string, lineEnds: LineEnds): Stretch[] {
  return paragraphsOf(text, lineEnds).flatMap((paragraph) => cutAt(text, paragraph, sentenceEnds(text, paragraph)));
}

/** Marks that always end a sentence. */
const ALWAYS = '。｡！？؟۔‼⁇⁈⁉';
/** Marks that end a sentence unless the same word, number or address continues. */
const SOMETIMES = '.!?．';
const STOPS = new Set(ALWAYS + SOMETIMES);
const CLOSERS = new Set('”’»›」』】〗〙〛）)]］｝}》〉〞＂');
/** Straight quotes do not show whether they open or close: one closes a quotation that is open. */
const STRAIGHT = new Set('"\'');
const FOOTNOTE = /\[\^?\d{1,3}\]/y;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function sentenceEnds(text: string, { start: from, end: to }: Stretch): number[] {
  const ends: number[] = [];
  let begin = from;
  let straight = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charAt(at);
    if (unit === '"') straight++;
    if (!STOPS.has(unit)) continue;
    let last = at + 1;
    while (last < to && STOPS.has(text.charAt(last))) last++;
    const stops = text.slice(at, last);
    const end = closed(text, last, to, straight % 2 === 1);
    straight += text.slice(last, end).split('"').length - 1;
    if (end < to && isEnd(text, begin, at, stops, end)) {
      ends.push(end);
      begin = end;
      straight = 0;
    }
    at = end - 1;
  }
  return ends;
}

/** End of the closing quotes, brackets and footnote marks after a sentence. */
function closed(text: string, from: number, to: number, isQuoted: boolean): number {
  let at = from;
  let quoted = isQuoted;
  while (at < to) {
    const unit = text.charAt(at);
    FOOTNOTE.lastIndex = at;
    const mark = FOOTNOTE.exec(text);
    if (mark !== null) at += mark[0].length;
    else if (CLOSERS.has(unit)) at++;
    else if (STRAIGHT.has(unit) && (quoted || closesWord(text, at + 1))) {
      at++;
      quoted = false;
    } else break;
  }
  return Math.min(at, to);
}
const closesWord = (text: string, at: number): boolean => at >= text.length || /\s/u.test(text.charAt(at));

function isEnd(text: string, begin: number, at: number, stops: string, end: number): boolean {
  if ([...stops].some((stop) => ALWAYS.includes(stop))) return true;
  const next = nextWord(text, end);
  const beforeUnit = text.charAt(at - 1);
  if (stops === '．') return !/[\d\uff10-\uff19]/.test(beforeUnit);
  if (!next.isApart) return HAN.test(next.word) && (stops !== '.' || /\p{Ll}|\p{Script=Arabic}/u.test(beforeUnit));
  if (/^\p{Ll}/u.test(next.word)) return false;
  return stops !== '.' || !isAbbreviating(text, begin, at, next.word);
}

/** The next word, and whether white space comes before it. */
function nextWord(text: string, from: number): { readonly word: string; readonly isApart: boolean } {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at++;
  const isApart = at > from || at >= text.length;
  let last = at;
  while (last < text.length && last - at < 24 && !/\s/u.test(text.charAt(last))) last++;
  return { word: text.slice(at, last).replace(/^[\p{Ps}\p{Pi}"'“‘「『]+/u, ''), isApart };
}

/** Abbreviations: the sentence continues after their dot, unless the paragraph ends. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof gen col lt capt sgt rep sen gov pres hon st rev messrs no nos vol vols p pp fig figs art arts sec secs ' +
    'ch chap para paras cf vs viz ca approx dept div est ed eds trans repr e.g i.e eg ie jan feb mar apr jun jul aug sep sept ' +
    'oct nov dec mon tue wed thu fri sat sun tel ext al u.s u.k u.n p.r ph.d'
  ).split(' '),
);
/** Abbreviations that may end a sentence: they do if a capitalised word follows. */
const ENDING = new Set('etc inc ltd co corp jr sr a.m p.m'.split(' '));

/** Longer words are no abbreviations. */
const LONGEST = 40;
function isAbbreviating(text: string, begin: number, at: number, next: string): boolean {
  const before = text.slice(Math.max(begin, at - LONGEST), at);
  const word = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? '';
  const lower = word.toLowerCase();
  if (ENDING.has(lower)) return !/^\p{Lu}\p{Ll}/u.test(next) || ENDING.has(next.toLowerCase().replace(/[.,]+$/, ''));
  if (ABBREVIATIONS.has(lower)) return lower !== 'no' || /^\d/.test(next);
  // An initial: “J. Smith”, “Xi J. P.”; a single letter of the Arabic script is a word's abbreviation too.
  if (/^(?:\p{Lu}|\p{Script=Arabic})(?:\.\p{L})*$/u.test(word) && !isPronoun(word)) return true;
  // “1. Text”, “iv. Text”, “a. Text”: a number is no sentence.
  if (before.trim() === word && /^(?:\d{1,3}|[a-z]|[ivxlc]{1,5})$/i.test(word)) return true;
  // “16. 5. 2023”
  return /^\d{1,2}$/.test(word.split('.').at(-1) ?? '') && /^\d/.test(next) && !/^\d{1,3}(?:,\d{3})+/.test(next);
}
/** “So did I. Then …” */
const isPronoun = (word: string): boolean => word === 'I';
