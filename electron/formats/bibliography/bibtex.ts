import { edtfOf, edtfOfText } from './dates.ts';
import { fromLatex, toLatex } from './latex.ts';
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
import { splitFields } from './bibtex-fields.ts';

/**
 * BibTeX, with the fields of biblatex (its manual, 2.2 and 2.3.8): `date` and `urldate` are EDTF, addresses are verbatim, and the text is
 * UTF-8. `sourcebook` is a field of our own, which others leave alone.
 */
const TYPES: Readonly<Record<BibKind, string>> = {
  webpage: 'online',
  report: 'report',
  news: 'article',
  law: 'legislation',
  document: 'misc',
};
/** The field that names the publisher in each type. */
const PUBLISHERS: Readonly<Record<BibKind, string>> = {
  webpage: 'organization',
  report: 'institution',
  news: 'journaltitle',
  law: 'organization',
  document: 'organization',
};

export function* writeBibtex(entries: Iterable<BibEntry>): Generator<string> {
  const taken = new Set<string>();
  for (const entry of entries) yield bibtexOf(entry, keyFor(entry, taken));
}

/** A citation key such as `zhang2023`: the first Latin word of author or title, and the year; a number makes it unique. */
function keyFor({ authors, title, date }: BibEntry, taken: Set<string>): string {
  const words = `${authors[0] ?? ''} ${title ?? ''}`.normalize('NFKD').toLowerCase();
  const base = `${/[a-z]{2,20}/.exec(words)?.[0] ?? 'source'}${/^\d{4}/.exec(date ?? '')?.[0] ?? ''}`;
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}-${n}`;
  taken.add(key);
  return key;
}

function bibtexOf(entry: BibEntry, key: string): string {
  const text = (value: string | null): string | null => (value === null ? null : toLatex(value));
  const fields: readonly (readonly [string, string | null])[] = [
    // The second braces keep capital letters, and a name in one piece.
    ['title', entry.title === null ? null : `{${toLatex(entry.title)}}`],
    ['author', entry.authors.length === 0 ? null : entry.authors.map((one) => `{${toLatex(one)}}`).join(' and ')],
    [PUBLISHERS[entry.kind], entry.publisher === null ? null : `{${toLatex(entry.publisher)}}`],
    ['date', entry.date],
    ['language', text(entry.language)],
    ['type', text(entry.genre)],
    ['url', entry.url === null ? null : verbatim(entry.url)],
    ['urldate', entry.accessed],
    ['note', text(notesOf(entry).join('. ') || null)],
    ['sourcebook', entry.source],
  ];
  const lines = fields.flatMap(([name, value]) => {
    const line = lineOf(value);
    return line === null ? [] : [`  ${name} = {${line}},\n`];
  });
  return `@${TYPES[entry.kind]}{${key},\n${lines.join('')}}\n\n`;
}

/** An address is not read as LaTeX, but a brace or a backslash in it would end the field. */
const verbatim = (url: string): string =>
  url.replace(/[{}\\\s%]/g, (sign) => (sign === '%' ? sign : encodeURIComponent(sign)));

const KINDS: Readonly<Record<string, BibKind>> = {
  online: 'webpage',
  electronic: 'webpage',
  www: 'webpage',
  report: 'report',
  techreport: 'report',
  article: 'news',
  legislation: 'law',
};

export function readBibtex(text: string): Bibliography {
  const faults: BibFault[] = [];
  const entries = splitFields(text.replace(/^\uFEFF/, ''), faults).map(({ type, key, fields }): BibEntry => {
    const raw = (...names: readonly string[]): string | null =>
      names.flatMap((name) => lineOf(fields.get(name)) ?? [])[0] ?? null;
    const value = (...names: readonly string[]): string | null => {
      const found = raw(...names);
      return found === null ? null : lineOf(fromLatex(found));
    };
    const notes = value('note', 'annotation', 'annote') ?? '';
    const found = fromNotes(notes.replace(/\. Archived:/, '\nArchived:'));
    return {
      ...EMPTY,
      key,
      source: raw('sourcebook'),
      title: value('title'),
      authors: namesIn(raw('author') ?? ''),
      publisher: value('publisher', 'organization', 'institution', 'school', 'journaltitle', 'journal'),
      date: dateOf(raw('date'), value('year'), value('month')),
      language: value('language', 'langid'),
      genre: value('type'),
      kind: KINDS[type] ?? 'document',
      url: addressIn(raw('url')) ?? addressIn(/\\url\{([^{}]*)\}/.exec(raw('howpublished') ?? '')?.[1] ?? null),
      accessed: dateOf(raw('urldate'), null, null),
      ...found,
    };
  });
  return { entries, faults };
}

/** An address as it was before a program escaped it as if it were text. */
const addressIn = (url: string | null): string | null =>
  url === null ? null : lineOf(url.replace(/\\([%&#_~$])/g, '$1').replace(/^\{(.*)\}$/, '$1'));

/** The names between `and` outside of braces, each as it is written. */
function namesIn(value: string): string[] {
  const names: string[] = [];
  let [depth, from] = [0, 0];
  const and = /\s+and\s+/iy;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at];
    if (sign === '\\') at += 1;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    else if (depth === 0 && sign === ' ') {
      and.lastIndex = at;
      const found = and.exec(value)?.[0];
      if (found === undefined) continue;
      names.push(value.slice(from, at));
      at += found.length - 1;
      from = at + 1;
    }
  }
  names.push(value.slice(from));
  return names.flatMap((name) => lineOf(fromLatex(name)) ?? []).filter((name) => name !== 'others');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `date` of biblatex is EDTF as it is; `year` and `month` are BibTeX’s. */
function dateOf(date: string | null, year: string | null, month: string | null): string | null {
  if (date !== null) return edtfOfText(date) ?? date;
  if (year === null) return null;
  const name = (month ?? '').toLowerCase().slice(0, 3);
  const number = MONTHS.indexOf(name) + 1 || Number(month ?? 0);
  return edtfOf([Number(year), number]);
}
