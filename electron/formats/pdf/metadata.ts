import { lengthLimit, sourceRecord } from '../../../shared/model/index.ts';
import { isLanguage } from '../../../shared/model/language.ts';
import { fileMadeOn } from '../../../shared/model/layer-notes.ts';
import type { PrefilledRecord } from '../extracted.ts';

/** A PDF's own details, as text; empty if absent. */
export interface PdfMetadata {
  readonly title: string;
  readonly author: string;
  /** PDF date of the Info dictionary: `D:20190302093000+08'00'`. */
  readonly creationDate: string;
  /** /Lang of the catalogue. */
  readonly language: string;
}

export interface Prefilled {
  readonly record: PrefilledRecord;
  readonly prefilled: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

const INFO = 'PDF Info dictionary';
const CATALOGUE = 'PDF catalogue, /Lang';

/**
 * The details of a source found in the file itself. The creation date is when the *file* was made: a gazette of 1998 scanned
 * in 2019 says 2019. So it becomes a note to the reader, not a date of the source.
 */
export function prefill(metadata: PdfMetadata): Prefilled {
  const record: { title?: string; author?: string; language?: string } = {};
  const prefilled: Record<string, string> = {};
  const title = clean(metadata.title, lengthLimit(sourceRecord.shape.title));
  if (title !== '' && !isFileName(title)) {
    record.title = title;
    prefilled['title'] = INFO;
  }
  const author = clean(metadata.author, lengthLimit(sourceRecord.shape.author));
  if (author !== '' && !PLACEHOLDERS.has(author.toLowerCase())) {
    record.author = author;
    prefilled['author'] = INFO;
  }
  const language = languageTag(metadata.language);
  if (language !== null) {
    record.language = language;
    prefilled['language'] = CATALOGUE;
  }
  const made = dateOf(metadata.creationDate);
  return { record, prefilled, notes: made === null ? [] : [fileMadeOn(made)] };
}

/** Removes controls and direction marks, which could disguise a title. */
function clean(text: string, limit: number): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.slice(0, limit).toWellFormed();
}

/** Names that programs write into the author's field by default. */
const PLACEHOLDERS = new Set([
  'administrator',
  'admin',
  'user',
  'author',
  'unknown',
  'owner',
  'microsoft',
  '微软用户',
  '用户',
  '作者',
  'pc',
  'dell',
  'lenovo',
  'hp',
  'windows 用户',
  'windows user',
  'microsoft office user',
]);

/** `Microsoft Word - report.doc`, `C:\docs\a.wps`, `scan0001.pdf`, `untitled`: a title made up by a program. */
function isFileName(title: string): boolean {
  if (/^(microsoft (word|powerpoint|excel)|wps) ?- /i.test(title)) return true;
  if (/\.(pdf|docx?|wps|xlsx?|pptx?|rtf|odt|txt|html?|indd|qxd|cdr|tiff?|jpe?g|png)$/i.test(title)) return true;
  return /^(untitled|document|slide|无标题|未命名)[\s\d-]*$/i.test(title);
}

function languageTag(text: string): string | null {
  const given = text.replaceAll('_', '-').trim();
  if (!isLanguage(given)) return null;
  const tag = new Intl.Locale(given).toString();
  return tag.length > lengthLimit(sourceRecord.shape.language) ? null : tag;
}

/** `2019-03-02` from a PDF date (ISO 32000-2, 7.9.4); null if it is invalid. */
function dateOf(text: string): string | null {
  const parts = /^(?:D:)?(\d{4})(\d{2})(\d{2})/.exec(text.trim());
  if (parts === null) return null;
  const date = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : date;
}
