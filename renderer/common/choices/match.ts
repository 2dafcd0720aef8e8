import { foldText } from '../../../shared/text/fold.ts';
import { foldForSearch, type Folded } from '../../../shared/text/search-fold.ts';

/** Where a text matches a query, in UTF-16 code units of the text itself, and how well. */
export interface Match {
  readonly from: number;
  readonly to: number;
  /** 40 for the whole, 30 for the beginning, 20 for the beginning of a word, 10 for several words in any order, 0 for anywhere. */
  readonly quality: number;
}

/** The query in the form that {@link matchText} and {@link matchCode} take. */
export const wantedOf = (query: string): string => foldForSearch(query).text.trim();

/**
 * Where a text matches, ignoring all that search ignores: case, marks, traditional characters. `wanted` is folded
 * already.
 */
export function matchText(text: string, wanted: string): Match | null {
  const folded = foldedOf(text);
  const at = folded.text.indexOf(wanted);
  if (at < 0) return matchWords(folded, wanted);
  const start = at === 0 ? 0 : wordStart(folded.text, wanted);
  const from = start < 0 ? at : start;
  const quality = folded.text === wanted ? 40 : from === 0 ? 30 : start > 0 ? 20 : 0;
  return { ...placeOf(folded, from, wanted.length), quality };
}

/** Several words in any order: each must be the beginning of a word. */
function matchWords(folded: Folded, wanted: string): Match | null {
  if (!/\s/u.test(wanted)) return null;
  const words = wanted.split(/\s+/u);
  const starts = words.map((word) => wordStart(folded.text, word));
  const first = starts[0] ?? -1;
  if (starts.some((start) => start < 0)) return null;
  return { ...placeOf(folded, first, words[0]?.length ?? 0), quality: 10 };
}

/** The position of a range of the folded text in the text itself. */
const placeOf = ({ starts, ends }: Folded, at: number, length: number): { from: number; to: number } => ({
  from: starts[at] ?? 0,
  to: ends[at + length - 1] ?? 0,
});

/**
 * `or`, `trf.or`, `trfor` and `trf or` all find TRF.ORG. Only beginnings of parts match, and later parts count less:
 * `fi` finds FIG before SYS.VSETC.FILTER.
 */
export function matchCode(code: string, wanted: string): Match | null {
  const folded = foldText(code);
  const depth = (at: number): number => folded.slice(0, at).split('.').length - 1;
  const at = folded === wanted || folded.endsWith(`.${wanted}`) ? folded.length - wanted.length : -1;
  if (at >= 0) return { from: at, to: code.length, quality: 40 - depth(at) };
  const start = folded.startsWith(wanted) ? 0 : folded.indexOf(`.${wanted}`) + 1;
  if (start > 0 || folded.startsWith(wanted))
    return { from: start, to: start + wanted.length, quality: 30 - depth(start) };
  const joined = wanted.replace(/[\s.]/gu, '');
  const bare = folded.replace(/\./gu, '');
  if (joined.length < 4 || !bare.startsWith(joined)) return null;
  const dots = [...folded].findIndex((_, end) => folded.slice(0, end).replace(/\./gu, '').length === joined.length);
  return { from: 0, to: dots === -1 ? code.length : dots, quality: 25 };
}

/** Where `wanted` begins a word; -1 where it does not. */
function wordStart(folded: string, wanted: string): number {
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) return at;
  }
  return -1;
}

/**
 * Folded texts, kept because lists are filtered with every letter: folding 10,000 titles takes 90 ms, searching folded ones
 * 4 ms. Emptied when full, since texts that are no longer shown stay in it.
 */
const known = new Map<string, Folded>();
const KNOWN_MOST = 40_000;

function foldedOf(text: string): Folded {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = foldForSearch(text);
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(text, made);
  return made;
}
