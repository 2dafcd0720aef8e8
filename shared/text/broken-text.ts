/**
 * What is wrong with a text layer whose letters are not those one sees on the page. Nothing is repaired: a layer is evidence, and is
 * only said to be unreliable.
 * `forms`: Arabic letters as presentation forms, which no search and no reader of another program matches; `reversed`: Arabic
 * words from last letter to first; `letters`: boxes, private-use or replacement characters in place of letters; `encoding`:
 * text decoded by the wrong encoding.
 */
export const BROKEN_TEXT = ['forms', 'reversed', 'letters', 'encoding'] as const;
export type BrokenText = (typeof BROKEN_TEXT)[number];

/** Below this many characters nothing is said: a stamp or a page number shows nothing. */
const LEAST = 40;

/** Private-use bullets and a few boxes are common in good texts, so it takes a share. */
const SHARE = 0.1;
const NO_LETTERS = /[\p{Co}\ufffd\u25a0\u25a1\u25af]/gu;

const ARABIC = /[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]/gu;
const FORMS = /[\ufb50-\ufdcf\ufe70-\ufefc]/gu;
const FORMS_SHARE = 0.3;

/** Letters that stand only at the end of Arabic words, and the one with which Uyghur words begin that begin with a vowel. */
const AT_END = {
  first: /(?<![\p{L}\p{M}])[\u0629\u0649](?=\p{L})/gu,
  last: /(?<=\p{L})[\u0629\u0649](?![\p{L}\p{M}])/gu,
};
const AT_START = { first: /(?<![\p{L}\p{M}])\u0626(?=\p{L})/gu, last: /(?<=\p{L})\u0626(?![\p{L}\p{M}])/gu };
/** The Arabic article at the start of a word, and the same read backwards. */
const ARTICLE = { first: /(?<![\p{L}\p{M}])\u0627\u0644(?=\p{L})/gu, last: /(?<=\p{L})\u0644\u0627(?![\p{L}\p{M}])/gu };
const LEAST_SIGNS = 8;

/** UTF-8 read as Latin-1 or Windows-1252: a lead byte and what follows it. */
const UTF8_AS_LATIN =
  /[\u00c2\u00c3\u00d0\u00d1\u00d8-\u00db][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac]|\u00e2\u20ac|[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac]{2}/gu;
/** Chinese in GB 18030 or Big5 read as Latin-1: runs of accented letters, which no language has. */
const ACCENTED_RUN = /[\u00a1-\u00ff]{6,}/gu;
/** UTF-8 read as GB 18030: what its commas, full stops and commonest words become, and what becomes of U+FFFD. */
const UTF8_AS_GB = /\u951b|\u9286|\u9428|\u951f\u65a4\u62f7|\u9225|\u9359/gu;
const HAN = /\p{sc=Han}/gu;
const ENCODING_SHARE = 0.05;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const lengthOf = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).join('').length;

/** What is wrong with a text, from a sample of it; null for a text that seems right. */
export function brokenText(sample: string): BrokenText | null {
  const length = sample.replace(/\s+/gu, '').length;
  if (length < LEAST) return null;
  if (count(sample, NO_LETTERS) > length * SHARE) return 'letters';
  const arabic = count(sample, ARABIC);
  if (arabic >= LEAST && count(sample, FORMS) > arabic * FORMS_SHARE) return 'forms';
  if (arabic >= LEAST && isReversed(sample)) return 'reversed';
  return isDecodedWrongly(sample, length) ? 'encoding' : null;
}

function isReversed(sample: string): boolean {
  const forward = count(sample, AT_END.last) + count(sample, AT_START.first) + count(sample, ARTICLE.first);
  const backward = count(sample, AT_END.first) + count(sample, AT_START.last) + count(sample, ARTICLE.last);
  return backward >= LEAST_SIGNS && backward > 2 * forward;
}

function isDecodedWrongly(sample: string, length: number): boolean {
  if (lengthOf(sample, UTF8_AS_LATIN) > length * ENCODING_SHARE) return true;
  if (lengthOf(sample, ACCENTED_RUN) > length * 4 * ENCODING_SHARE) return true;
  const han = count(sample, HAN);
  return han >= LEAST && count(sample, UTF8_AS_GB) > han * ENCODING_SHARE;
}
