import { type Cell, csvHead, csvLine } from './csv-cells.ts';
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

type Column = readonly [name: string, of: (passage: ReportPassage, source: ReportSource) => Cell];

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  decided: 'decided',
  undecided: 'coders differ, undecided',
  coded: 'as coded',
  none: 'not coded',
};

/** The final result first: what was decided where coders differ, why, and by whom. */
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
  ['passage id', ({ id, also = [] }) => each([id, ...also], (one) => one)],
  ['source id', (_, { id }) => id],
];
/** Several values in one cell, joined in a fixed order so that related cells can be matched. */
const each = <T>(all: readonly T[], text: (one: T) => string): string => all.map(text).join('; ');

const codes = (categories: readonly ReportCategory[], { decided }: Pick<ReportPassage, 'decided'>): string =>
  categories.length === 0 && decided !== null ? 'none fits' : each(categories, ({ code }) => code);

/** A column for each coder, in order, with the categories they gave; if decided, as they were then. */
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

/** One row per exhibit (RFC 4180), in pieces. */
export function* csvReport(report: Report): Generator<Piece> {
  const columns = [...FINAL, ...coderColumns(report), ...COLUMNS];
  const names = columns.map(([name]) => name);
  yield { text: csvHead(names), passages: 0 };
  for (const source of report.sources)
    for (const passage of source.passages) {
      const values = columns.map(([, of]) => of(passage, source));
      yield { text: csvLine(names, values), passages: passage.number };
    }
}
