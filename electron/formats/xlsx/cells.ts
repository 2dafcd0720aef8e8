/** What a spreadsheet shows of a value. `date`: a whole day or a time, as text in ISO 8601; what is less exact stays text. */
export type XlsxKind = 'text' | 'number' | 'date';
export type XlsxCell = string | number | null;

/** Indexes into the formats of cells in {@link STYLES}. */
const PLAIN = 0;
export const HEAD = 1;
const DAY = 2;
const TIME = 3;
const QUOTED = 4;

/** Formats of cells: plain, bold, a day, a time, and text that Excel keeps as text when somebody edits it. */
export const STYLES =
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>' +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** A cell of a row; empty for no value. `at`: its place, such as `B7`. */
export function cellXml(at: string, value: XlsxCell, kind: XlsxKind): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number')
    return Number.isFinite(value) ? numberXml(at, value, PLAIN) : textXml(at, String(value));
  const date = kind === 'date' ? serialOf(value) : null;
  if (date !== null) return numberXml(at, date, value.length === 10 ? DAY : TIME);
  return textXml(at, value);
}

export const textXml = (at: string, text: string, style = BEGINS.test(text) ? QUOTED : PLAIN): string =>
  `<c r="${at}"${styled(style)} t="inlineStr"><is><t xml:space="preserve">${escaped(cut(text))}</t></is></c>`;

const numberXml = (at: string, value: number, style: number): string =>
  `<c r="${at}"${styled(style)}><v>${String(value)}</v></c>`;
const styled = (style: number): string => (style === PLAIN ? '' : ` s="${String(style)}"`);

/**
 * Matches text that a spreadsheet would calculate if it were typed (`=`, `+`, `-`, `@`, also in full width), with invisible characters before
 * it.
 */
const BEGINS = /^[\s\p{Cf}"']*[=+\-@＝＋－＠]/u;

/** The most characters of a cell: Excel repairs, and so changes, a file with more. */
const LONGEST = 32_767;
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const said = ` […cut: ${text.length.toLocaleString('en')} characters in all]`;
  return text.slice(0, LONGEST - said.length).replace(/[\uD800-\uDBFF]$/u, '') + said;
}

/** Text for a cell. Excel writes a character that XML cannot have as `_x0007_`, so text that looks like that is escaped, too. */
export const escaped = (text: string): string => (text.isWellFormed() && !ESCAPED.test(text) ? text : escapedOf(text));
/** Whatever {@link escapedOf} may change. Most cells have none of it, and there are three million in a table of 100,000 rows. */
const ESCAPED = /[&<>_\u0000-\u0008\u000b-\u001f\ufffe\uffff]/u;
const escapedOf = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/gu, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replace(/[&<>]/gu, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));

const WHEN = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{3})?Z)?$/u;
const DAY_MS = 86_400_000;
/** The first day that is written as a date: Excel counts a 29 February 1900 that never was, so earlier days are written as text. */
const FIRST = Date.UTC(1900, 2, 1);

/** A day or time as days since 30 December 1899, as Excel counts; null for a text that is no whole day or time in UTC. */
function serialOf(text: string): number | null {
  if (!WHEN.test(text)) return null;
  const ms = Date.parse(text);
  // 2023-02-30 is read as 2 March by some engines.
  if (Number.isNaN(ms) || ms < FIRST || new Date(ms).toISOString().slice(0, 10) !== text.slice(0, 10)) return null;
  return (ms - Date.UTC(1899, 11, 30)) / DAY_MS;
}
