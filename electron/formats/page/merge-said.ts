import type { Capture } from '../capture.ts';
import type { PrefilledRecord } from '../extracted.ts';
import { dayOf, type SaidByPage } from './record.ts';

/** What only a capture can know: there its format's word goes before the page's. */
const CAPTURE_FIELDS = ['url', 'time', 'tool', 'collector', 'method', 'archiveLink'] as const;
const RECORD_FIELDS = [
  'title',
  'author',
  'publisher',
  'language',
  'documentType',
  'grade',
  'gradeReason',
  'dateOfAct',
  'dateOfDocument',
  'dateOfPublication',
] as const;

const prefilledName = (field: (typeof CAPTURE_FIELDS)[number]): string =>
  `capture${field.charAt(0).toUpperCase()}${field.slice(1)}`;

/**
 * One record out of what a capture's format says and what its page says of itself: the page knows its title and author,
 * the format its address and time. Each value keeps the word on where it came from; the day of capture is the day of the time.
 */
export function mergeSaid(capture: Pick<Capture, 'record' | 'prefilled'>, page: SaidByPage): SaidByPage {
  const record: Writable<PrefilledRecord> = {};
  const prefilled: Record<string, string> = {};
  const take = (name: string, from: SaidBy): void => {
    const where = from.prefilled[name];
    if (where !== undefined) prefilled[name] = where;
  };
  for (const field of RECORD_FIELDS) {
    const from = has(page.record[field]) ? page : has(capture.record[field]) ? capture : null;
    if (from === null) continue;
    Object.assign(record, { [field]: from.record[field] });
    take(field, from);
  }
  const merged: Writable<NonNullable<PrefilledRecord['capture']>> = {};
  for (const field of CAPTURE_FIELDS) {
    const from = has(capture.record.capture?.[field]) ? capture : has(page.record.capture?.[field]) ? page : null;
    const value = from?.record.capture?.[field];
    if (from === null || !has(value)) continue;
    merged[field] = value;
    take(prefilledName(field), from);
  }
  record.capture = merged;
  const day = has(capture.record.dateOfCapture) ? capture.record.dateOfCapture : dayOf(merged.time ?? null);
  if (has(day)) {
    record.dateOfCapture = day;
    const where = capture.prefilled['dateOfCapture'] ?? prefilled['captureTime'];
    if (where !== undefined) prefilled['dateOfCapture'] = where;
  }
  return { record, prefilled };
}

type SaidBy = Pick<Capture, 'record' | 'prefilled'>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };
const has = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
