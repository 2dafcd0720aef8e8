/** Excel reads UTF-8 only with a byte order mark. */
const BOM = '\ufeff';
const LINE = '\r\n';

export type Cell = string | number | null;

/** The last column: which cells of the row differ from the project's text, having been marked. */
const MARKED = 'cells given a leading apostrophe (they start with = + - @, or have one after ; tab or line end)';

/** The first line of a table (RFC 4180) with these columns. */
export const csvHead = (names: readonly string[]): string =>
  BOM + [...names.map((name) => cell(marked(plain(name)))), cell(MARKED)].join(',') + LINE;

/** A row, with the names of its cells that were marked. */
export const csvLine = (names: readonly string[], values: readonly Cell[]): string => csvLines(names)(values);

interface Written {
  readonly value: Cell;
  readonly text: string;
  readonly isMarked: boolean;
}
const EMPTY: Written = { value: null, text: '', isMarked: false };

/**
 * What writes one row after the other. Most cells of a table are as in the row above, as all of a source’s details are in each of its
 * passages: these are not looked through again.
 */
export function csvLines(names: readonly string[]): (values: readonly Cell[]) => string {
  const above = names.map((): Written => EMPTY);
  const texts = names.map(() => '');
  return (values) => {
    const changed: string[] = [];
    for (let at = 0; at < names.length; at++) {
      const value = values[at] ?? null;
      if (above[at]?.value !== value) {
        const one = written(value);
        above[at] = one;
        texts[at] = one.text;
      }
      if (above[at]?.isMarked === true) changed.push(names[at] ?? '');
    }
    return `${texts.join(',')},${changed.length === 0 ? '' : cell(marked(plain(changed.join('; '))))}${LINE}`;
  };
}

function written(value: Cell): Written {
  if (typeof value !== 'string') return { value, text: value === null ? '' : String(value), isMarked: false };
  if (value === '' || SIMPLE.test(value)) return { value, text: value, isMarked: false };
  const text = plain(value);
  const safe = marked(text);
  return { value, text: cell(safe), isMarked: safe !== text };
}

/**
 * A text that is written as it is: it begins with a letter or number, so no sign begins a cell in it, and has nothing that splits or
 * quotes one. Most of three million cells in a table of 100,000 passages are such, and are looked through once instead of four times.
 */
const SIMPLE = /^[\p{L}\p{N}][^\0\t\r\n;,"\p{Cs}]*$/u;

/** Removes NUL, which ends a text for some readers. */
const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** Quotes any value with a separator, quote or line end. */
const cell = (text: string): string => (/[",\t\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Makes text safe for spreadsheets. What begins with `=`, `+`, `-` or `@` (full width, too) would be calculated, and so would
 * what follows a tab or line end (OWASP, “CSV injection”). Where the list separator is a semicolon (most of Europe), Excel
 * splits a comma-separated table at every semicolon, tab and line end, even within quotes, so a new cell begins there too. At
 * each such place an apostrophe is added, which spreadsheets take as “this is text”; {@link unmarked} removes exactly these.
 */
const marked = (text: string): string => (MARKABLE.test(text) ? text.replace(BEGINNING, "'") : text);

/** The text as it was before {@link marked}. */
export const unmarked = (text: string): string => text.replace(APOSTROPHES, '');

/** White space, format characters, quotes and apostrophes before a sign do not keep it from beginning a cell. */
const FRONT = String.raw`(?:[^\S\t\r\n]|[\p{Cf}"'])*`;
const SIGNS = '=+\\-@＝＋－＠';
const SIGN = `[${SIGNS}]`;
/** The beginning of a cell, including one split in two. */
const PLACE = String.raw`(?:^|(?<=[;\t\r\n]))`;
/** Few texts have any of these: looking for beginnings of cells in all others takes much longer. */
const MARKABLE = new RegExp(`[${SIGNS}\\t\\r\\n]`);
const BEGINNING = new RegExp(String.raw`${PLACE}(?=${FRONT}${SIGN})|^(?='*[\t\r\n])`, 'gu');
const APOSTROPHES = new RegExp(String.raw`${PLACE}'(?=${FRONT}${SIGN})|^'(?='*[\t\r\n])`, 'gu');
