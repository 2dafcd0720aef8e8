import {
  codingOf,
  dateText,
  finalOf,
  outcomeOf,
  type Outcome,
  type Piece,
  type Report,
  type ReportCategory,
  type ReportPassage,
  type ReportSource,
  STATE_NAMES,
} from './model.ts';

/** Excel reads UTF-8 only where it stands in front. */
const BOM = '\ufeff';
const LINE = '\r\n';

type Cell = string | number | null;
type Column = readonly [name: string, of: (passage: ReportPassage, source: ReportSource) => Cell];

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  decided: 'decided',
  undecided: 'coders differ, undecided',
  coded: 'as coded',
  none: 'not coded',
};

/** What is final comes first: what was decided where coders differ, why, and by whom. */
const FINAL: readonly Column[] = [
  ['exhibit', ({ number }) => number],
  ['final codes', (passage) => codes(finalOf(passage), passage)],
  ['final categories', (passage) => each(finalOf(passage), ({ name }) => name)],
  ['outcome', (passage) => OUTCOMES[outcomeOf(passage)]],
  ['decided by', ({ decided }) => decided?.person ?? null],
  ['decided on', ({ decided }) => decided?.at?.slice(0, 10) ?? null],
  ['reason for decision', ({ decided }) => decided?.reason ?? null],
];
const COLUMNS: readonly Column[] = [
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
  ['address', (_, { captureUrl }) => captureUrl],
  ['archive link', (_, { captureArchiveLink }) => captureArchiveLink],
  ['captured', (_, { captureTime }) => captureTime],
  ['page', ({ page }) => page],
  ['date of act', (_, { dates }) => dateText(dates.dateOfAct)],
  ['date of document', (_, { dates }) => dateText(dates.dateOfDocument)],
  ['date of publication', (_, { dates }) => dateText(dates.dateOfPublication)],
  ['date of capture', (_, { dates }) => dateText(dates.dateOfCapture)],
  ['SHA-256 of original', (_, { sha256 }) => sha256],
  ['all codes', ({ categories }) => each(categories, ({ code }) => code)],
  ['dimensions', ({ settings }) => settings.join('; ')],
  ['highlighted by', ({ highlighter }) => highlighter],
  ['coders', (passage) => each(codingOf(passage), ({ coder }) => coder)],
  ['second coding', ({ second }) => second],
  ['state', ({ state }) => STATE_NAMES[state]],
  ['checker', ({ checker }) => checker],
  ['approver', ({ approver }) => approver],
  ['comments', ({ comments }) => comments],
  ['passage id', ({ id }) => id],
  ['source id', (_, { id }) => id],
];
/** The last one: which cells of the row are not, sign for sign, what the project says. */
const MARKED = 'cells given a leading apostrophe (they start with = + - @, or have one after ; tab or line end)';

/** Several in one cell: joined so that their order tells which belongs to which. */
const each = <T>(all: readonly T[], text: (one: T) => string): string => all.map(text).join('; ');

const codes = (categories: readonly ReportCategory[], { decided }: Pick<ReportPassage, 'decided'>): string =>
  categories.length === 0 && decided !== null ? 'none fits' : each(categories, ({ code }) => code);

/** A column for each coder, in the order in which they come, with what they gave: as it was, where it was decided. */
function coderColumns(report: Report): Column[] {
  const names = new Map<string, string>();
  for (const { passages } of report.sources)
    for (const passage of passages)
      for (const { person, coder } of codingOf(passage)) if (!names.has(person)) names.set(person, coder);
  const taken = new Map<string, number>();
  return [...names].map(([person, name]): Column => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const given = (passage: ReportPassage): Cell => {
      const own = codingOf(passage).find((one) => one.person === person);
      return own === undefined ? null : own.categories.length === 0 ? 'none' : each(own.categories, ({ code }) => code);
    };
    return [`coded by ${count === 1 ? name : `${name} (${count})`}`, given];
  });
}

/** One row a passage, as RFC 4180 has it, in pieces. */
export function* csvReport(report: Report): Generator<Piece> {
  const columns = [...FINAL, ...coderColumns(report), ...COLUMNS];
  yield {
    text: BOM + [...columns.map(([name]) => cell(marked(plain(name)))), cell(MARKED)].join(',') + LINE,
    passages: 0,
  };
  for (const source of report.sources)
    for (const passage of source.passages) {
      const changed: string[] = [];
      const cells = columns.map(([name, of]) => {
        const value = of(passage, source);
        if (typeof value !== 'string') return value === null ? '' : String(value);
        const text = plain(value);
        const safe = marked(text);
        if (safe !== text) changed.push(name);
        return cell(safe);
      });
      yield { text: [...cells, cell(marked(plain(changed.join('; '))))].join(',') + LINE, passages: passage.number };
    }
}

/** NUL ends a text for some readers, and goes. */
const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** Anything with a separator, quote or line end is quoted. */
const cell = (text: string): string => (/[",\t\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Text as a spreadsheet may have it. What begins with `=`, `+`, `-` or `@` (full width, too) would be reckoned with, and so would
 * what follows a tab or line end (OWASP, “CSV injection”). Where the list separator is a semicolon (most of Europe), Excel
 * cuts a table of commas at every semicolon, tab and line end, also within our quotes: there a new cell begins, too. So at each
 * such place an apostrophe is put in front, which spreadsheets take as “this is text”; {@link unmarked} takes them out again,
 * and nothing else.
 */
const marked = (text: string): string => text.replace(BEGINNING, "'");

/** The text as it was before {@link marked}. */
export const unmarked = (text: string): string => text.replace(APOSTROPHES, '');

/** White space, format characters, quotes and apostrophes in front of a sign leave it where a cell begins. */
const FRONT = String.raw`(?:[^\S\t\r\n]|[\p{Cf}"'])*`;
const SIGN = '[=+\\-@＝＋－＠]';
/** A cell's beginning, also that of one cut in two. */
const PLACE = String.raw`(?:^|(?<=[;\t\r\n]))`;
const BEGINNING = new RegExp(String.raw`${PLACE}(?=${FRONT}${SIGN})|^(?='*[\t\r\n])`, 'gu');
const APOSTROPHES = new RegExp(String.raw`${PLACE}'(?=${FRONT}${SIGN})|^'(?='*[\t\r\n])`, 'gu');
