import { Fault } from '../../../shared/errors.ts';
import { cslDate, edtfOf, edtfOfText } from './dates.ts';
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
 * CSL-JSON (Citation Style Language 1.0.2, csl-data.json): a list of items. Names are written as `literal`, since a source’s author is one
 * text that nobody has split into given and family name; `custom` holds dates that CSL's own form cannot express.
 */
const TYPES: Readonly<Record<BibKind, string>> = {
  webpage: 'webpage',
  report: 'report',
  news: 'article-newspaper',
  law: 'legislation',
  document: 'document',
};

export function* writeCsl(entries: Iterable<BibEntry>): Generator<string> {
  yield '[';
  let first = true;
  for (const entry of entries) {
    yield `${first ? '' : ','}\n${JSON.stringify(itemOf(entry), null, 1)}`;
    first = false;
  }
  yield '\n]\n';
}

function itemOf(entry: BibEntry): object {
  const notes = notesOf(entry);
  const given = <T>(value: T | null, as: (value: T) => object): object => (value === null ? {} : as(value));
  return {
    id: entry.source ?? entry.key ?? '',
    type: TYPES[entry.kind],
    ...given(entry.title, (title) => ({ title })),
    ...(entry.authors.length === 0 ? {} : { author: entry.authors.map((literal) => ({ literal })) }),
    ...given(entry.publisher, (publisher) => ({ publisher })),
    ...given(entry.date, (date) => ({ issued: cslDate(date) })),
    ...given(entry.language, (language) => ({ language })),
    ...given(entry.genre, (genre) => ({ genre })),
    ...given(entry.url, (URL) => ({ URL })),
    ...given(entry.accessed, (accessed) => ({ accessed: cslDate(accessed) })),
    ...given(entry.archive, (archive) => ({ archive_location: archive })),
    ...(notes.length === 0 ? {} : { note: notes.join('\n') }),
    custom: {
      source: entry.source,
      sha256: entry.sha256,
      ...given(entry.date, (edtf) => ({ issued: edtf })),
      ...given(entry.accessed, (edtf) => ({ accessed: edtf })),
    },
  };
}

type Item = Readonly<Record<string, unknown>>;
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a CSL-JSON file, or null if the JSON is something else. Also what Zotero’s `{items: […]}` wraps. BAD_INPUT if it is no JSON. */
export function readCsl(text: string): Bibliography | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.slice(0, 200) : 'it can’t be read';
    // Invalid JSON does not tell whether it should be a bibliography or annotations.
    throw new Fault(
      'BAD_INPUT',
      `This isn’t whole JSON (${why}). Export it again from the program it is from, as annotations or as CSL-JSON.`,
    );
  }
  const list: unknown = isItem(value) && Array.isArray(value['items']) ? value['items'] : value;
  const items: readonly unknown[] = Array.isArray(list) ? list : [list];
  const isCsl = (one: unknown): boolean =>
    isItem(one) &&
    typeof one['type'] === 'string' &&
    !one['type'].startsWith('Annotation') &&
    'id' in one &&
    !('@context' in one) &&
    !('target' in one);
  if (items.length > 0 && !items.some(isCsl)) return null;
  const faults: BibFault[] = [];
  const entries = items.flatMap((one, n) => {
    if (isItem(one)) return [entryOf(one)];
    faults.push({ line: 0, why: `Item ${n + 1} of the list is no entry.` });
    return [];
  });
  return { entries, faults };
}

const KINDS: Readonly<Record<string, BibKind>> = {
  webpage: 'webpage',
  post: 'webpage',
  'post-weblog': 'webpage',
  report: 'report',
  'article-newspaper': 'news',
  'article-magazine': 'news',
  legislation: 'law',
  bill: 'law',
  legal_case: 'law',
};

function entryOf(item: Item): BibEntry {
  const text = (name: string): string | null => (typeof item[name] === 'string' ? lineOf(item[name]) : null);
  const custom = isItem(item['custom']) ? item['custom'] : {};
  const own = (name: string): string | null => (typeof custom[name] === 'string' ? lineOf(custom[name]) : null);
  const id = typeof item['id'] === 'number' ? String(item['id']) : text('id');
  const note = typeof item['note'] === 'string' ? fromNotes(item['note']) : { sha256: null, archive: null };
  const authors: unknown = item['author'];
  return {
    ...EMPTY,
    key: id,
    source: own('source') ?? id,
    title: text('title'),
    authors: Array.isArray(authors) ? authors.flatMap((one: unknown) => nameOf(one) ?? []) : [],
    publisher: text('publisher') ?? text('container-title'),
    date: own('issued') ?? dateOf(item['issued']),
    language: text('language'),
    genre: text('genre'),
    kind: KINDS[text('type') ?? ''] ?? 'document',
    url: text('URL'),
    accessed: own('accessed') ?? dateOf(item['accessed']),
    sha256: /^[0-9a-f]{64}$/i.exec(own('sha256') ?? '')?.[0].toLowerCase() ?? note.sha256,
    archive: note.archive ?? text('archive_location'),
  };
}

/** Names in scripts that put the family name first, without a space: Chinese, Japanese and Korean (张伟 is Zhang Wei). */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·]+$/u;

function nameOf(name: unknown): string | null {
  if (!isItem(name)) return typeof name === 'string' ? lineOf(name) : null;
  const part = (key: string): string | null => (typeof name[key] === 'string' ? lineOf(name[key]) : null);
  const [family, given] = [part('family'), part('given')];
  if (family === null) return part('literal') ?? given;
  const whole = [part('non-dropping-particle'), family].filter((one) => one !== null).join(' ');
  if (given === null) return whole;
  return UNSPACED.test(family + given) ? family + given : `${whole}, ${given}`;
}

const numbersIn = (parts: unknown): number[] =>
  Array.isArray(parts)
    ? parts.map((one: unknown) => (typeof one === 'string' || typeof one === 'number' ? Number(one) : NaN))
    : [];

function dateOf(value: unknown): string | null {
  if (typeof value === 'string') return edtfOfText(value);
  if (!isItem(value)) return null;
  const ends: unknown = value['date-parts'];
  const known = Array.isArray(ends) ? ends.map((parts: unknown) => edtfOf(numbersIn(parts))) : [];
  if (known.length === 0 || known.length > 2 || known.includes(null)) {
    const words = value['literal'] ?? value['raw'];
    return typeof words === 'string' ? edtfOfText(words) : null;
  }
  const isCirca = value['circa'] !== undefined && value['circa'] !== false && value['circa'] !== 0;
  return known.map((one) => `${one ?? ''}${isCirca ? '~' : ''}`).join('/');
}
