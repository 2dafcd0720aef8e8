/**
 * Text from outside as a terminal may show it. A terminal obeys control characters: a title could clear the screen,
 * rewrite earlier lines or send answers to the shell.
 */

/** C0 and C1 but for tab and line feed, DEL, and the line and paragraph separators some terminals obey. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;
/** What turns the reading direction of the rest of a line around (UAX #9): a title must not reorder what stands beside it. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** U+2400 and on are pictures of the C0 characters; the others have none. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** The text with each control character replaced by one visible character, so that every offset in it still holds. */
export const harmless = (text: string): string => text.replace(CONTROLS, picture);

/**
 * The text on one line, cut after `limit` UTF-16 units where one is given, and isolated (FSI … PDI), so that what is
 * written from right to left does not reorder what stands beside it.
 */
export function oneLine(text: string, limit = Infinity): string {
  const line = harmless(text.replace(/\s+/gu, ' ').trim()).replace(DIRECTIONS, '');
  const cut = line.length <= limit ? line : `${line.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`;
  return `\u2068${cut}\u2069`;
}

/** The text without the marks of `oneLine`: who copies an address out of a terminal copies them along. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

/** Rows as aligned columns, two spaces apart. Wide characters count as two. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, width(cell));
    });
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - width(cell))))
      .join('  '),
  );
}

const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const INVISIBLE = /^[\p{M}\u2068\u2069]$/u;
const widthOf = (one: string): number => (INVISIBLE.test(one) ? 0 : WIDE.test(one) ? 2 : 1);
const width = (text: string): number => [...text].reduce((sum, one) => sum + widthOf(one), 0);
