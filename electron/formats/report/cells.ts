/**
 * Text as a spreadsheet may have it. What begins with `=`, `+`, `-` or `@` (full width, too) would be reckoned with, and so would
 * what follows a tab or line end (OWASP, “CSV injection”). Where the list separator is a semicolon (most of Europe), Excel
 * cuts a table of commas at every semicolon, tab and line end, also within our quotes: there a new cell begins, too. So at each
 * such place an apostrophe is put in front, which spreadsheets take as “this is text”; {@link unmarked} takes them out again,
 * and nothing else.
 */
export const marked = (text: string): string => text.replace(BEGINNING, "'");

/** The text as it was before {@link marked}. */
export const unmarked = (text: string): string => text.replace(MARKED, '');

/** White space, format characters, quotes and apostrophes in front of a sign leave it where a cell begins. */
const FRONT = String.raw`(?:[^\S\t\r\n]|[\p{Cf}"'])*`;
const SIGN = '[=+\\-@＝＋－＠]';
/** A cell's beginning, also that of one cut in two. */
const PLACE = String.raw`(?:^|(?<=[;\t\r\n]))`;
const BEGINNING = new RegExp(String.raw`${PLACE}(?=${FRONT}${SIGN})|^(?='*[\t\r\n])`, 'gu');
const MARKED = new RegExp(String.raw`${PLACE}'(?=${FRONT}${SIGN})|^'(?='*[\t\r\n])`, 'gu');
