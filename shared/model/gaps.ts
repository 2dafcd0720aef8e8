import { type Gap, GAPS, type SourceRecord } from './records.ts';

/** Whether a detail of a source is missing, by the gap's name. */
const EMPTY: Readonly<Record<Gap, (record: SourceRecord) => boolean>> = {
  title: (record) => isBlank(record.title),
  author: (record) => isBlank(record.author),
  publisher: (record) => isBlank(record.publisher),
  language: (record) => isBlank(record.language),
  documentType: (record) => isBlank(record.documentType),
  // A rating without its reason cannot be checked by others.
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

/** The missing details of a source, in the order they are shown. Computed: never stored or filled in. */
export const gapsOf = (record: SourceRecord): Gap[] => GAPS.filter((gap) => EMPTY[gap](record));
