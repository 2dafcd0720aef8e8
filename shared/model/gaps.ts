import type { Gap, SourceRecord } from './records.ts';

/** Whether a record's field is empty, by the gap's name. */
const EMPTY: Readonly<Record<Gap, (record: SourceRecord) => boolean>> = {
  title: (record) => isBlank(record.title),
  author: (record) => isBlank(record.author),
  publisher: (record) => isBlank(record.publisher),
  language: (record) => isBlank(record.language),
  documentType: (record) => isBlank(record.documentType),
  // A grade without its reason says nothing anybody could check.
  grade: (record) => record.grade === null || isBlank(record.gradeReason),
  address: (record) => isBlank(record.capture.url),
  captureTime: (record) => isBlank(record.capture.time),
  tool: (record) => isBlank(record.capture.tool),
  collector: (record) => isBlank(record.capture.collector),
  archiveLink: (record) => isBlank(record.capture.archiveLink),
  dateOfAct: (record) => record.dateOfAct === null,
  dateOfDocument: (record) => record.dateOfDocument === null,
  dateOfPublication: (record) => record.dateOfPublication === null,
  dateOfCapture: (record) => record.dateOfCapture === null,
};

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';
const isGap = (name: string): name is Gap => Object.hasOwn(EMPTY, name);

/** What a source's record does not say, in the order the gaps are shown. Derived: never stored, never guessed away. */
export function gapsOf(record: SourceRecord): Gap[] {
  return Object.keys(EMPTY)
    .filter(isGap)
    .filter((gap) => EMPTY[gap](record));
}
