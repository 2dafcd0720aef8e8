import { edtfOf, edtfOfText } from './dates.ts';
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

/** Text in the notation of LaTeX, as BibTeX files have it. Everything else is UTF-8 (biblatex), so Chinese stays Chinese. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces even where a backslash is before them.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  $: '\\$',
};
const toLatex = (text: string): string => text.replace(/[\\{}~^%&#_$]/g, (sign) => ESCAPES[sign] ?? sign);

/** Combining characters of LaTeX’s accents. */
const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
};
const WORDS: Readonly<Record<string, string>> = {
  textbackslash: '\\',
  textbraceleft: '{',
  textbraceright: '}',
  textasciitilde: '~',
  textasciicircum: '^',
  textunderscore: '_',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  ldots: '…',
  dots: '…',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
};

const COMMAND = /\\([a-zA-Z]+)[ \t]*(\{\})?/y;
const ACCENT = /\\(?:([`'^~="."])|([uvHcdbkr])(?=[ {]))\s*(?:\{\\?([a-zA-Zıȷ])\}|\\?([a-zA-Zıȷ]))/y;

/**
 * The text of a value: accents and named characters become Unicode, and braces that only keep capital letters go. Other commands
 * go, and what they are applied to stays.
 */
function fromLatex(value: string): string {
  let text = '';
  for (let at = 0; at < value.length;) {
    const sign = value.charAt(at);
    if (sign === '{' || sign === '}') {
      at += 1;
      continue;
    }
    if (sign === '~') {
      text += ' ';
      at += 1;
      continue;
    }
    if (sign !== '\\') {
      text += sign;
      at += 1;
      continue;
    }
    const read = readCommand(value, at);
    text += read.text;
    at = read.next;
  }
  return text.replace(/---/g, '—').replace(/--/g, '–').replace(/``/g, '“').replace(/''/g, '”').normalize('NFC');
}

function readCommand(value: string, at: number): { readonly text: string; readonly next: number } {
  ACCENT.lastIndex = at;
  const accent = ACCENT.exec(value);
  if (accent !== null) {
    const [whole, sign, letter, braced, bare] = accent;
    const plain = (braced ?? bare ?? '').replace('ı', 'i').replace('ȷ', 'j');
    return { text: plain + (ACCENTS[sign ?? letter ?? ''] ?? ''), next: at + whole.length };
  }
  COMMAND.lastIndex = at;
  const [whole, word] = COMMAND.exec(value) ?? [];
  if (whole !== undefined && word !== undefined) return { text: WORDS[word] ?? '', next: at + whole.length };
  // An escaped sign, or a line break.
  const next = value.charAt(at + 1);
  return { text: next === '\\' ? ' ' : next, next: at + 2 };
}

/** An entry as it is written: names of type and fields in lower case, values without their outermost braces or quotes. */
interface RawEntry {
  readonly type: string;
  readonly key: string | null;
  readonly fields: ReadonlyMap<string, string>;
}

/** The months that every style defines. */
const MACROS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The entries of a BibTeX file, by the grammar of “Tame the BeaST” (N. Markey, 2009): what is outside of entries is a comment,
 * `@string` defines names, and values are joined by `#`. An entry that cannot be read is a fault with its line; reading goes on
 * with the next `@` at the beginning of a line.
 */
function splitFields(text: string, faults: BibFault[]): RawEntry[] {
  const macros = new Map(MACROS.map((name) => [name, name]));
  const entries: RawEntry[] = [];
  const begin = /@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])/g;
  const lines = new LineCounter(text);
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const type = (found[1] ?? '').toLowerCase();
    const reader = new EntryReader(text, begin.lastIndex, found[2] === '(' ? ')' : '}', macros);
    try {
      if (type === 'comment' || type === 'preamble') reader.skip();
      else if (type === 'string') for (const [name, value] of reader.fields()) macros.set(name, value);
      else entries.push({ type, key: reader.key(), fields: reader.fields() });
      begin.lastIndex = reader.at;
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      faults.push({ line: lines.at(found.index), why: thrown.message });
      const next = /^[ \t]*@/gm;
      next.lastIndex = begin.lastIndex;
      const again = next.exec(text);
      if (again === null) break;
      begin.lastIndex = again.index;
    }
  }
  return entries;
}

class Unreadable extends Error {}

/** Counts lines up to offsets that only grow. */
class LineCounter {
  private readonly text: string;
  private line = 1;
  private seen = 0;
  constructor(text: string) {
    this.text = text;
  }
  at(place: number): number {
    for (; this.seen < place; this.seen++) if (this.text.charCodeAt(this.seen) === 10) this.line += 1;
    return this.line;
  }
}

/** The most code units of a value. `@string` names that stand for others can double with every line. */
const LONGEST = 1_000_000;

const NAME = /[^\s"#%'(),={}]+/y;
const SPACE = /(?:\s|%[^\n]*\n)*/y;

class EntryReader {
  at: number;
  private readonly text: string;
  private readonly end: string;
  private readonly macros: ReadonlyMap<string, string>;

  constructor(text: string, at: number, end: string, macros: ReadonlyMap<string, string>) {
    this.text = text;
    this.at = at;
    this.end = end;
    this.macros = macros;
  }

  /** The entry's key; null if it has none, as some programs write. */
  key(): string | null {
    this.space();
    const key = /[^\s,={}"]*/y;
    key.lastIndex = this.at;
    const found = key.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    this.space();
    if (this.text[this.at] === ',') this.at += 1;
    else if (this.text[this.at] !== this.end) throw new Unreadable('Its key isn’t followed by a comma.');
    return found === '' ? null : found;
  }

  /** The fields up to the end of the entry. If a name is given twice, the first counts, as in BibTeX. */
  fields(): Map<string, string> {
    const found = new Map<string, string>();
    for (;;) {
      this.space();
      const sign = this.text[this.at];
      if (sign === this.end) {
        this.at += 1;
        return found;
      }
      if (sign === undefined) throw new Unreadable('It has no end: the file may be cut off.');
      if (sign === ',') {
        this.at += 1;
        continue;
      }
      const name = this.name();
      this.space();
      if (this.text[this.at] !== '=') throw new Unreadable(`Its field “${name.slice(0, 40)}” has no value.`);
      this.at += 1;
      const value = this.value();
      if (!found.has(name)) found.set(name, value);
    }
  }

  skip(): void {
    this.braced(this.end === '}' ? '{' : '(', this.end);
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }

  private name(): string {
    NAME.lastIndex = this.at;
    const found = NAME.exec(this.text)?.[0];
    if (found === undefined)
      throw new Unreadable(`It has “${this.text[this.at] ?? ''}” where a field’s name should be.`);
    this.at += found.length;
    return found.toLowerCase();
  }

  private value(): string {
    const parts: string[] = [];
    let length = 0;
    for (;;) {
      this.space();
      const sign = this.text[this.at];
      if (sign === '{') {
        this.at += 1;
        parts.push(this.braced('{', '}'));
      } else if (sign === '"') {
        this.at += 1;
        parts.push(this.quoted());
      } else {
        const word = this.name();
        parts.push(this.macros.get(word) ?? word);
      }
      length += parts.at(-1)?.length ?? 0;
      if (length > LONGEST) throw new Unreadable('A value in it is longer than any that a bibliography has.');
      this.space();
      if (this.text[this.at] !== '#') return parts.join('');
      this.at += 1;
    }
  }

  /** The text up to the closing brace; the reader then stands after it. Escaped braces are not counted. */
  private braced(open: string, close: string): string {
    const from = this.at;
    for (let depth = 1; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at];
      if (this.isNextEntry()) break;
      if (sign === '\\') this.at += 1;
      else if (sign === open) depth += 1;
      else if (sign === close && (depth -= 1) === 0) {
        this.at += 1;
        return this.text.slice(from, this.at - 1);
      }
    }
    throw new Unreadable('A brace in it is never closed.');
  }

  /**
   * Whether a new entry begins here. An `@` at the beginning of a line is never in a value: what is open there was never closed, so one fault
   * costs one entry.
   */
  private isNextEntry(): boolean {
    return this.text[this.at] === '\n' && this.text[this.at + 1] === '@';
  }

  private quoted(): string {
    const from = this.at;
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at];
      if (this.isNextEntry()) break;
      if (sign === '\\') this.at += 1;
      else if (sign === '{') depth += 1;
      else if (sign === '}') depth -= 1;
      else if (sign === '"' && depth === 0) {
        this.at += 1;
        return this.text.slice(from, this.at - 1);
      }
    }
    throw new Unreadable('A quotation mark in it is never closed.');
  }
}
