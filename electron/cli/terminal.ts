/**
 * Makes text from sources safe to print. A terminal interprets control characters: a title could clear the screen, rewrite
 * earlier lines or type into the shell.
 */

/** C0 and C1 except tab and line feed, DEL, and the line and paragraph separators that some terminals interpret. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;
/** Marks that change the reading direction of the rest of a line (UAX #9). */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A visible sign for a control character: U+2400 and following for C0. C1 has none. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Replaces each control character by one visible character, so that offsets stay right. */
export const harmless = (text: string): string => text.replace(CONTROLS, picture);

/**
 * The text on one line, cut after `limit` UTF-16 units, and between isolates (FSI … PDI), so that right-to-left text doesn't
 * reorder the rest of the line.
 */
export function oneLine(text: string, limit = Infinity): string {
  const line = harmless(text.replace(/\s+/gu, ' ').trim()).replace(DIRECTIONS, '');
  const cut = line.length <= limit ? line : `${line.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`;
  return `\u2068${cut}\u2069`;
}

/** Removes the isolates that {@link oneLine} adds: they are copied along with an address from the terminal. */
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
