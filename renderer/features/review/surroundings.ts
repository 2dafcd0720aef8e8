import type { TextAnchor } from '../../../shared/model/index.ts';

export interface Surroundings {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/** So much is shown on either side, in UTF-16 code units, before it is cut back to whole words. */
const ROOM = 120;
/** A long passage stands by its two ends: it is read in whole above. */
const WORDS = 24;

/** What stands around a passage: out of its page's text where that is there and has it, else what the passage itself keeps. */
export function surroundings(anchor: TextAnchor, page: string | null): Surroundings {
  const { exact, prefix, suffix } = anchor;
  const words =
    exact.length <= 3 * WORDS
      ? exact
      : `${tailless(exact.slice(0, WORDS), true)} … ${headless(exact.slice(-WORDS), true)}`;
  const at = page === null ? -1 : placeIn(page, anchor);
  if (page === null || at < 0) return { before: prefix, words, after: suffix };
  const end = at + exact.length;
  return {
    before: headless(page.slice(Math.max(0, at - ROOM), at), at > ROOM),
    words,
    after: tailless(page.slice(end, end + ROOM), page.length > end + ROOM),
  };
}

/** With its neighbours: the same words may stand on one page twice. What stands on two pages is not found, and needs not be. */
function placeIn(page: string, { exact, prefix, suffix }: TextAnchor): number {
  const whole = page.indexOf(prefix + exact + suffix);
  if (whole >= 0) return whole + prefix.length;
  const before = page.indexOf(prefix + exact);
  return before >= 0 ? before + prefix.length : page.indexOf(exact);
}

/** Never a half character, and no half word where words have spaces. */
const headless = (text: string, isCut: boolean): string =>
  isCut ? text.replace(/^[\u{dc00}-\u{dfff}]/u, '').replace(/^[^\s]{0,15}\s/u, '') : text;
const tailless = (text: string, isCut: boolean): string =>
  isCut ? text.replace(/[\u{d800}-\u{dbff}]$/u, '').replace(/\s[^\s]{0,15}$/u, '') : text;
