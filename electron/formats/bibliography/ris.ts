import { edtfOfText, risDate } from './dates.ts';
import {
  type BibEntry,
  type BibFault,
  type Bibliography,
  type BibKind,
  EMPTY,
  fromNotes,
  lineOf,
  notesOf,
} from './model.ts';

/**
 * RIS: a tag of two characters, two spaces, a hyphen, a space and a value on each line, from `TY` to `ER` (Research Information Systems, “RIS
 * Format Specifications”, 2011). A date that RIS cannot express is written as a note, `Date: 2023?`.
 */
const TYPES: Readonly<Record<BibKind, string>> = {
  webpage: 'ELEC',
  report: 'RPRT',
  news: 'NEWS',
  law: 'LEGAL',
  document: 'GEN',
};
const DATED = /^Date: ?(\S+)$/;

export function* writeRis(entries: Iterable<BibEntry>): Generator<string> {
  for (const entry of entries) yield risOf(entry);
}

function risOf(entry: BibEntry): string {
  const { date } = entry;
  const plain = date === null ? null : risDate(date);
  const isExact = date === null || (plain !== null && edtfOfText(plain) === date);
  const fields: readonly (readonly [string, string | null])[] = [
    ['TY', TYPES[entry.kind]],
    ['ID', entry.source ?? entry.key],
    ['TI', entry.title],
    ...entry.authors.map((author) => ['AU', author] as const),
    ['PB', entry.publisher],
    ['PY', plain?.slice(0, 4) ?? null],
    ['DA', plain],
    ['LA', entry.language],
    ['M3', entry.genre],
    ['UR', entry.url],
    ['Y2', entry.accessed === null ? null : risDate(entry.accessed)],
    ...notesOf(entry).map((note) => ['N1', note] as const),
    ...(isExact ? [] : [['N1', `Date: ${date}`] as const]),
  ];
  const lines = fields.flatMap(([tag, value]) => {
    const line = lineOf(value);
    return line === null ? [] : [`${tag}  - ${line}\r\n`];
  });
  return `${lines.join('')}ER  - \r\n\r\n`;
}

const LINE = /^([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$/;
const KINDS: Readonly<Record<string, BibKind>> = {
  ELEC: 'webpage',
  BLOG: 'webpage',
  WEB: 'webpage',
  RPRT: 'report',
  GOVDOC: 'report',
  NEWS: 'news',
  MGZN: 'news',
  LEGAL: 'law',
  STAT: 'law',
  BILL: 'law',
};

/** Reads every entry; a line that is no field goes on with the value before it, as some programs write long notes. */
export function readRis(text: string): Bibliography {
  const entries: BibEntry[] = [];
  const faults: BibFault[] = [];
  let open: { readonly line: number; readonly fields: [string, string][] } | null = null;
  for (const [n, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const [, tag, value = ''] = LINE.exec(raw.trimEnd()) ?? [];
    if (tag === 'TY') {
      if (open !== null) faults.push({ line: open.line, why: 'It has no end (ER).' });
      open = { line: n + 1, fields: [['TY', value.trim()]] };
    } else if (tag === 'ER') {
      if (open === null) faults.push({ line: n + 1, why: 'An entry ends that did not begin (TY).' });
      else entries.push(entryOf(open.fields));
      open = null;
    } else if (tag !== undefined && open !== null) open.fields.push([tag, value]);
    else if (raw.trim() !== '') {
      const last = open?.fields.at(-1);
      if (last === undefined) faults.push({ line: n + 1, why: 'It is in no entry.' });
      else last[1] = `${last[1]} ${raw.trim()}`;
    }
  }
  if (open !== null) faults.push({ line: open.line, why: 'It has no end (ER): the file may be cut off.' });
  return { entries, faults };
}

function entryOf(fields: readonly (readonly [string, string])[]): BibEntry {
  const all = (...tags: readonly string[]): string[] =>
    tags.flatMap((tag) => fields.flatMap(([name, value]) => (name === tag ? (lineOf(value) ?? []) : [])));
  const first = (...tags: readonly string[]): string | null => all(...tags)[0] ?? null;
  const notes = all('N1', 'N2', 'C1');
  const stated = notes.flatMap((note) => DATED.exec(note)?.[1] ?? [])[0];
  const date = first('DA', 'PY', 'Y1');
  const accessed = first('Y2');
  return {
    ...EMPTY,
    key: first('ID'),
    source: first('ID'),
    title: first('TI', 'T1', 'CT'),
    authors: all('AU', 'A1', 'A2'),
    publisher: first('PB', 'JO', 'JF', 'T2', 'IN'),
    date: stated ?? (date === null ? null : (edtfOfText(date) ?? date)),
    language: first('LA'),
    genre: first('M3'),
    kind: KINDS[first('TY') ?? ''] ?? 'document',
    url: first('UR', 'L2', 'LK'),
    accessed: accessed === null ? null : (edtfOfText(accessed) ?? accessed),
    ...fromNotes(notes.join('\n')),
  };
}
