import { z } from 'zod';
import type { FieldOf } from '../../../shared/changes/fields.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { DATE_FIELDS, edtfDate } from '../../../shared/model/index.ts';
import { dateText } from '../report/model.ts';
import type { Document } from './model.ts';

const said = z.string().nullable();
/** What people wrote of a document, as the page of a dossier prints it; null where nobody did. */
export const folderRecord = z.object({
  publisher: said,
  author: said,
  documentType: said,
  language: said,
  dateOfAct: said,
  dateOfDocument: said,
  dateOfPublication: said,
  dateOfCapture: said,
  /** With its name: `B (usually reliable)`. */
  grade: said,
  gradeReason: said,
  captureUrl: said,
  captureTime: said,
  captureTool: said,
  captureArchiveLink: said,
});
export type FolderRecord = z.infer<typeof folderRecord>;

/** Those that are held against signatures. A kind of document is signed as a code of the codebook, and printed by its name. */
export const SIGNED_RECORD = [
  'title',
  'publisher',
  'author',
  'language',
  ...DATE_FIELDS,
  'grade',
  'gradeReason',
  'captureUrl',
  'captureTime',
  'captureTool',
  'captureArchiveLink',
] as const satisfies readonly FieldOf<'source'>[];

const or = (text: string | null): string | null => (text === '' ? null : text);

export const recordOf = ({ dates, ...document }: Document): FolderRecord => ({
  publisher: or(document.publisher),
  author: or(document.author),
  documentType: or(document.documentType),
  language: or(document.language),
  dateOfAct: dateText(dates.dateOfAct),
  dateOfDocument: dateText(dates.dateOfDocument),
  dateOfPublication: dateText(dates.dateOfPublication),
  dateOfCapture: dateText(dates.dateOfCapture),
  grade: or(document.grade),
  gradeReason: or(document.gradeReason),
  captureUrl: or(document.captureUrl),
  captureTime: or(document.captureTime),
  captureTool: or(document.captureTool),
  captureArchiveLink: or(document.captureArchiveLink),
});

/** A record as rows of a page, each with its name; null for a row that isn’t printed. */
export function recordRows(record: FolderRecord): readonly (readonly [string, string | null])[] {
  const dates = [
    ['act', record.dateOfAct],
    ['document', record.dateOfDocument],
    ['published', record.dateOfPublication],
    ['captured', record.dateOfCapture],
  ] as const;
  const dated = dates.flatMap(([name, date]) => (date === null ? [] : [`${name} ${date}`]));
  const joined = (parts: readonly (string | null)[], by: string): string | null =>
    or(parts.filter((part) => part !== null).join(by));
  return [
    ['Publisher', record.publisher],
    ['Author', record.author],
    ['Type', record.documentType],
    ['Language', record.language],
    ['Dates', joined(dated, ' · ')],
    ['Rating', joined([record.grade, record.gradeReason], ': ')],
    ['Address', record.captureUrl],
    ['Captured', joined([record.captureTime, record.captureTool], ', ')],
    ['Archive link', record.captureArchiveLink],
  ];
}

/** Whether what is printed of a field is what was signed there: null and nothing are the same. */
export function isAsSigned(field: (typeof SIGNED_RECORD)[number], printed: string | null, signed: unknown): boolean {
  if (signed === null || signed === '') return printed === null;
  if (field === 'grade')
    return typeof signed === 'string' && (printed === signed || printed?.startsWith(`${signed} (`) === true);
  if (field.startsWith('dateOf')) {
    const date = edtfDate.safeParse(typeof signed === 'string' ? parsed(signed) : signed).data;
    return date !== undefined && dateText(date) === printed;
  }
  return printed === signed;
}
