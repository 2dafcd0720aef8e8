import { dateText, type Report, type ReportPassage, type ReportSource, STATE_NAMES } from './model.ts';

/** Excel reads UTF-8 only where it stands in front. */
const BOM = '\ufeff';
const LINE = '\r\n';

type Cell = string | number | null;
const COLUMNS: readonly (readonly [name: string, of: (passage: ReportPassage, source: ReportSource) => Cell])[] = [
  ['exhibit', ({ number }) => number],
  ['quote', ({ quote }) => quote],
  ['translation', ({ translations }) => each(translations, ({ text }) => text)],
  ['translation language', ({ translations }) => each(translations, ({ language }) => language)],
  [
    'translator',
    ({ translations }) =>
      each(translations, ({ translator, machine }) => (machine ? `${translator} (machine)` : translator)),
  ],
  ['translation state', ({ translations }) => each(translations, ({ state }) => state)],
  ['source title', (_, { title }) => title],
  ['file name', (_, { fileName }) => fileName],
  ['author', (_, { author }) => author],
  ['publisher', (_, { publisher }) => publisher],
  ['source language', (_, { language }) => language],
  ['address', (_, { url }) => url],
  ['archived at', (_, { archiveLink }) => archiveLink],
  ['captured', (_, { captured }) => captured],
  ['page', ({ page }) => page],
  ['date of act', (_, { dates }) => dateText(dates.dateOfAct)],
  ['date of document', (_, { dates }) => dateText(dates.dateOfDocument)],
  ['date of publication', (_, { dates }) => dateText(dates.dateOfPublication)],
  ['date of capture', (_, { dates }) => dateText(dates.dateOfCapture)],
  ['SHA-256 of the original', (_, { sha256 }) => sha256],
  ['category codes', ({ categories }) => each(categories, ({ code }) => code)],
  ['category names', ({ categories }) => each(categories, ({ name }) => name)],
  ['decided codes', ({ decided }) => (decided === null ? null : decided.codes.join('; '))],
  ['decided by', ({ decided }) => decided?.person ?? null],
  ['attributes', ({ settings }) => settings.join('; ')],
  ['marked by', ({ highlighter }) => highlighter],
  ['coders', ({ coders }) => coders.join('; ')],
  ['state', ({ state }) => STATE_NAMES[state]],
  ['checker', ({ checker }) => checker],
  ['approver', ({ approver }) => approver],
  ['comments', ({ comments }) => comments],
  ['passage id', ({ id }) => id],
  ['source id', (_, { id }) => id],
];

/** Several in one cell: joined so that their order tells which belongs to which. */
const each = <T>(all: readonly T[], text: (one: T) => string): string => all.map(text).join('; ');

/** One row a passage, as RFC 4180 has it, in pieces. */
export function* csvReport(report: Report): Generator<string> {
  yield BOM + COLUMNS.map(([name]) => cell(name)).join(',') + LINE;
  for (const source of report.sources)
    for (const passage of source.passages) yield COLUMNS.map(([, of]) => cell(of(passage, source))).join(',') + LINE;
}

/** What a spreadsheet would take for a formula, at the beginning of a cell: OWASP, “CSV injection”. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * Text that a spreadsheet would reckon with gets an apostrophe in front, which spreadsheets take as “this is text”. Anything
 * with a comma, quote or line end is quoted. NUL ends a text for some readers, and goes.
 */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.toWellFormed().replaceAll('\0', '');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
