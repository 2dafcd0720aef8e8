import type { XlsxKind } from '../xlsx/cells.ts';
import type { XlsxColumn } from '../xlsx/write.ts';
import { type Cell, csvHead, csvLines } from './csv-cells.ts';
import {
  codingOf,
  dateText,
  finalOf,
  outcomeOf,
  type Outcome,
  type Piece,
  type ReportCategory,
  type ReportPassage,
  type ReportSource,
  STATE_NAMES,
} from './model.ts';

type Column = readonly [
  name: string,
  of: (passage: ReportPassage, source: Omit<ReportSource, 'passages'>) => Cell,
  /** For people who do not know Sourcebook. */
  means: string,
  kind?: XlsxKind,
];

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  decided: 'decided',
  undecided: 'coders differ, undecided',
  coded: 'as coded',
  none: 'not coded',
};

/** The final result first: what was decided where coders differ, why, and by whom. */
const FINAL: readonly Column[] = [
  ['exhibit', ({ number }) => number, 'The number of the exhibit in this report.', 'number'],
  [
    'final codes',
    (passage) => codes(finalOf(passage), passage),
    'The codes that hold: as decided where coders differ, else all that were given.',
  ],
  ['final categories', (passage) => each(finalOf(passage), ({ name }) => name), 'The names of these categories.'],
  ['outcome', (passage) => OUTCOMES[outcomeOf(passage)], 'Whether coders agree, or somebody decided.'],
  ['decided by', ({ decided }) => decided?.person ?? null, 'Who decided where coders differ.'],
  ['decided on', ({ decided }) => decided?.at?.slice(0, 10) ?? null, 'When it was decided.', 'date'],
  ['reason for decision', ({ decided }) => decided?.reason ?? null, 'Why, in their words.'],
];
const COLUMNS: readonly Column[] = [
  ['quote', ({ quote }) => quote, 'The words of the passage as they stand in the source’s text. Empty for an area.'],
  ['translation', ({ translations }) => each(translations, ({ text }) => text), 'Its translations.'],
  [
    'translation language',
    ({ translations }) => each(translations, ({ language }) => language),
    'The languages of these translations, in the same order (BCP 47).',
  ],
  [
    'translator',
    ({ translations }) =>
      each(translations, ({ translator, machine }) => (machine ? `${translator} (machine)` : translator)),
    'Who translated, in the same order.',
  ],
  [
    'translation state',
    ({ translations }) => each(translations, ({ state }) => state),
    'Whether each translation is a draft, checked or approved.',
  ],
  ['source title', (_, { title }) => title, 'The title of the source it is in.'],
  ['file name', (_, { fileName }) => fileName, 'The name of the source’s file when it was added.'],
  ['author', (_, { author }) => author, 'Who wrote the source.'],
  ['publisher', (_, { publisher }) => publisher, 'Who published it.'],
  [
    'copies',
    (_, { copies }) => copies ?? null,
    'What it is a copy of, or that others copied it. Copies of one text count once.',
  ],
  ['source language', (_, { language }) => language, 'The language of the source (BCP 47).'],
  ['address', (_, { captureUrl }) => captureUrl, 'Where it was captured.'],
  ['archive link', (_, { captureArchiveLink }) => captureArchiveLink, 'A copy of it in a public archive.'],
  ['captured', (_, { captureTime }) => captureTime, 'When it was captured.', 'date'],
  ['page', ({ page }) => page, 'The page the passage begins on, from 1.', 'number'],
  ['date of act', (_, { dates }) => dateText(dates.dateOfAct), 'When what the source tells of was done.', 'date'],
  ['date of document', (_, { dates }) => dateText(dates.dateOfDocument), 'The date on the document.', 'date'],
  ['date of publication', (_, { dates }) => dateText(dates.dateOfPublication), 'When it was published.', 'date'],
  ['date of capture', (_, { dates }) => dateText(dates.dateOfCapture), 'When the team captured it.', 'date'],
  [
    'SHA-256 of original',
    (_, { sha256 }) => sha256,
    'The hash of the bytes as received: the same bytes have the same hash.',
  ],
  ['all codes', ({ categories }) => each(categories, ({ code }) => code), 'All codes that were given, by anybody.'],
  ['dimensions', ({ settings }) => settings.join('; '), 'Its values in the codebook’s dimensions.'],
  ['highlighted by', ({ highlighter }) => highlighter, 'Who made the passage.'],
  ['coders', (passage) => each(codingOf(passage), ({ coder }) => coder), 'Who tagged it.'],
  ['second coding', ({ second }) => second, 'Who coded it a second time, and how.'],
  ['state', ({ state }) => STATE_NAMES[state], 'How far its review has come.'],
  ['checker', ({ checker }) => checker, 'Who checked it.'],
  ['approver', ({ approver }) => approver, 'Who approved it.'],
  ['comments', ({ comments }) => comments, 'How many comments it has.', 'number'],
  [
    'passage id',
    ({ id, also = [] }) => each([id, ...also], (one) => one),
    'The identity of the passages on these words, in every copy of the project.',
  ],
  ['source id', (_, { id }) => id, 'The source’s identity. It derives from the hash of its original.'],
];
/** Several values in one cell, joined in a fixed order so that related cells can be matched. */
const each = <T>(all: readonly T[], text: (one: T) => string): string => {
  const [first] = all;
  return first === undefined ? '' : all.length === 1 ? text(first) : all.map(text).join('; ');
};

const codes = (categories: readonly ReportCategory[], { decided }: Pick<ReportPassage, 'decided'>): string =>
  categories.length === 0 && decided !== null ? 'none fits' : each(categories, ({ code }) => code);

/** The rows of a table, and for whom it has a column. */
export interface ReportRows {
  /** The names of everyone who coded one of the passages, by id, in the order of their columns. */
  readonly coders: ReadonlyMap<string, string>;
  readonly rows: Iterable<ReportRow>;
}
interface ReportRow {
  readonly passage: ReportPassage;
  readonly source: Omit<ReportSource, 'passages'>;
}

/** Those who coded passages, as they come: `add` each passage, in the order of the table. */
export class Coders {
  readonly names = new Map<string, string>();

  add(passage: ReportPassage): void {
    for (const { person, coder } of codingOf(passage)) if (!this.names.has(person)) this.names.set(person, coder);
  }
}

/** A column for each coder, in order, with the categories they gave; if decided, as they were then. */
function coderColumns(coders: ReportRows['coders']): Column[] {
  const taken = new Map<string, number>();
  return [...coders].map(([person, name]): Column => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const given = (passage: ReportPassage): Cell => {
      const own = codingOf(passage).find((one) => one.person === person);
      return own === undefined ? null : own.categories.length === 0 ? 'none' : each(own.categories, ({ code }) => code);
    };
    return [
      `coded by ${count === 1 ? name : `${name} (${count})`}`,
      given,
      'The codes this person gave; “none” for none.',
    ];
  });
}

/** The columns of the table: those of the coders are between those of the result and the rest. */
const columnsFor = (coders: ReportRows['coders']): Column[] => [...FINAL, ...coderColumns(coders), ...COLUMNS];

export const reportColumns = (coders: ReportRows['coders']): XlsxColumn[] =>
  columnsFor(coders).map(([name, , means, kind = 'text']) => ({ name, means, kind }));

/** The cells of the table, one row per exhibit. */
export function* reportCells({ coders, rows }: ReportRows): Generator<Cell[]> {
  const columns = columnsFor(coders);
  for (const { passage, source } of rows) yield columns.map(([, of]) => of(passage, source));
}

/** Characters of a piece: a stream takes few large ones faster than many small ones. */
const PIECE = 1 << 16;

/** The table (RFC 4180), in pieces. */
export function* csvReport(table: ReportRows): Generator<Piece> {
  const names = reportColumns(table.coders).map(({ name }) => name);
  const line = csvLines(names);
  let text = csvHead(names);
  let passages = 0;
  for (const values of reportCells(table)) {
    text += line(values);
    passages += 1;
    if (text.length < PIECE) continue;
    yield { text, passages };
    text = '';
  }
  yield { text, passages };
}
