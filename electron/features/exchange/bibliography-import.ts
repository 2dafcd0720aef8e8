import { fieldName, fieldOf, type FieldOf } from '../../../shared/changes/fields.ts';
import { dateProblem } from '../../../shared/model/dates.ts';
import { isLanguage } from '../../../shared/model/language.ts';
import { shortened } from '../../../shared/query/faults.ts';
import { numbered } from '../../../shared/text/counted.ts';
import type { BibEntry, Bibliography } from '../../formats/bibliography/model.ts';
import type { Edit, Json } from '../../db/types.ts';
import { entryOf, typeWords } from './bibliography-export.ts';
import { addressKey, SourceFinder, type SourceRow } from './find-sources.ts';
import type { Found, FilePreview } from './import-file.ts';
import { Ledger } from './ledger.ts';

/** The details of a source that an entry says something of. */
type Detail = Extract<
  FieldOf<'source'>,
  | 'title'
  | 'author'
  | 'publisher'
  | 'dateOfPublication'
  | 'language'
  | 'documentType'
  | 'captureUrl'
  | 'dateOfCapture'
  | 'captureArchiveLink'
>;

interface Said {
  readonly detail: Detail;
  /** What the project has, as text; null if nothing. */
  readonly here: string | null;
  /** What the entry says, as text, and as the log keeps it. */
  readonly text: string;
  readonly value: Json;
}

/**
 * What the entries of a bibliography add to the records of sources: they fill what is empty. What the project has is never
 * overwritten: a value that differs is listed, and so is an entry that no source of the project is known by.
 */
export function bibliographyIn(
  { context }: Pick<FilePreview, 'context'>,
  { entries, faults }: Bibliography,
): { readonly found: Found; readonly edits: readonly Edit[] } {
  const finder = new SourceFinder(context.db);
  const words = typeWords(context.db);
  const ledger = new Ledger();
  const { left } = ledger;
  const edits: Edit[] = [];
  const filled = new Map<string, string>();
  let matched = 0;
  const count = (one: { added?: number; here?: number }): void =>
    ledger.count(DETAILS, 'details', { found: 1, ...one });
  for (const { line, why } of faults) left.add('Entry that can’t be read', line === 0 ? why : `Line ${line}: ${why}`);
  for (const entry of entries) {
    const source = sourceOf(finder, entry);
    if ('why' in source) {
      left.add('Entry', `“${shortened(entry.title ?? entry.key ?? 'without a title')}”: ${source.why}`);
      continue;
    }
    matched += 1;
    for (const { detail, here, text, value } of saidOf(entry, source, words)) {
      const name = shortened(source.title ?? source.fileName ?? source.id);
      const what = fieldName('source', detail);
      const key = `${source.id} ${detail}`;
      const there = here ?? filled.get(key) ?? null;
      if (there !== null) {
        if (isSame(detail, there, text)) {
          count({ here: 1 });
          continue;
        }
        count({});
        left.add(DETAILS, `${what}: “${name}” has “${shortened(there)}”; the file says “${shortened(text)}”.`);
        continue;
      }
      const problem = problemWith(detail, value, text, words);
      if (problem !== null) {
        count({});
        left.add(DETAILS, `${what}: “${name}”: ${problem}`);
        continue;
      }
      count({ added: 1 });
      filled.set(key, text);
      edits.push({ entity: 'source', id: source.id, field: detail, value });
    }
  }
  ledger.say(
    DETAILS,
    'details',
    `Entries that are of sources of the project: ${numbered(matched)} of ${numbered(entries.length)}.`,
  );
  ledger.say(DETAILS, 'details', 'Only what is empty is filled in.');
  return { found: { program: null, ...ledger.result() }, edits };
}

const DETAILS = 'Details of sources';

/** By our own id or the hash of the bytes, which are certain; else by address and title, if they mean one source. */
function sourceOf(finder: SourceFinder, entry: BibEntry): SourceRow | { readonly why: string } {
  const own = entry.source === null ? null : finder.byId(entry.source);
  if (own !== null) return own;
  const byHash = entry.sha256 === null ? [] : finder.byHash(entry.sha256);
  const byAddress = entry.url === null ? [] : finder.byAddress(entry.url);
  const byTitle = entry.title === null ? [] : finder.byTitle(entry.title);
  for (const [found, by] of [
    [byHash, 'hash'],
    [byAddress, 'address'],
    [byTitle, 'title'],
  ] as const) {
    const [only, ...more] = found;
    if (only === undefined) continue;
    if (more.length === 0) return only;
    const narrowed = found.filter((one) => byAddress.includes(one) && byTitle.includes(one));
    const [left, ...others] = narrowed;
    if (left !== undefined && others.length === 0) return left;
    return { why: `${found.length} sources of the project have its ${by}.` };
  }
  return { why: 'The project has no source with its hash, address or title.' };
}

const date = (edtf: string): Json => ({ edtf, implied: false });

/** What the entry says that a record has a place for. Our own entries have the file’s name where there is no title. */
function saidOf(entry: BibEntry, row: SourceRow, words: ReadonlyMap<string, string>): Said[] {
  const is = entryOf(row, words);
  const said = (
    detail: Detail,
    here: string | null,
    text: string | null,
    as: (text: string) => Json = String,
  ): Said[] => (text === null ? [] : [{ detail, here, text, value: as(text) }]);
  const codeOf = (genre: string): string =>
    [...words].find(([code, label]) => fold(label) === fold(genre) || fold(code) === fold(genre))?.[0] ?? genre;
  const authors = entry.authors.length === 0 ? null : entry.authors.join('; ');
  const isFileName = entry.title !== null && row.title === null && entry.title === is.title;
  return [
    ...(isFileName ? [] : said('title', row.title, entry.title)),
    ...said('author', row.author, authors),
    ...said('publisher', row.publisher, entry.publisher),
    // Of our own entry it may be the date of the document, which is no other value.
    ...said('dateOfPublication', is.date, entry.date, date),
    ...said('language', row.language, entry.language),
    ...said('documentType', is.genre, entry.genre, codeOf),
    ...said('captureUrl', row.captureUrl, entry.url),
    ...said('dateOfCapture', is.accessed, entry.accessed, date),
    ...said('captureArchiveLink', row.captureArchiveLink, entry.archive),
  ];
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
const wordsOf = (text: string): string =>
  fold(text)
    .match(/[\p{L}\p{N}]+/gu)
    ?.toSorted()
    .join(' ') ?? '';

/** “Zhang, San” and “San Zhang” are one name; an address is one in all ways to write it. */
function isSame(detail: Detail, here: string, text: string): boolean {
  switch (detail) {
    case 'captureUrl':
    case 'captureArchiveLink':
      return addressKey(here) === addressKey(text);
    case 'title':
    case 'author':
    case 'publisher':
    case 'documentType':
      return wordsOf(here) === wordsOf(text);
    case 'dateOfPublication':
    case 'dateOfCapture':
    case 'language':
      return fold(here) === fold(text);
  }
}

/** Why a value cannot be in the record; null if it can. */
function problemWith(detail: Detail, value: Json, text: string, types: ReadonlyMap<string, string>): string | null {
  const isDate = detail === 'dateOfPublication' || detail === 'dateOfCapture';
  if (isDate && dateProblem(text) !== null) return `“${shortened(text)}” is no date (EDTF).`;
  if (detail === 'language' && !isLanguage(text)) return `“${shortened(text)}” is no language code (BCP 47).`;
  if (detail === 'documentType' && types.size > 0 && !(typeof value === 'string' && types.has(value)))
    return `the codebook has no document type “${shortened(text)}”.`;
  const { schema } = fieldOf('source', detail) ?? {};
  return schema?.safeParse(value).success === false ? `“${shortened(text)}” is too long for it.` : null;
}
