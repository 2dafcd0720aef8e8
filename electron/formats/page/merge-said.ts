import { captureField } from '../../../shared/changes/fields.ts';
import { CAPTURE_PARTS, RECORD_PARTS } from '../../../shared/model/index.ts';
import type { Capture } from '../capture.ts';
import type { PrefilledRecord } from '../extracted.ts';
import { dayOf, type SaidByPage } from './record.ts';

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
  for (const field of RECORD_PARTS) {
    if (field === 'capture' || field === 'dateOfCapture') continue;
    const from = has(page.record[field]) ? page : has(capture.record[field]) ? capture : null;
    if (from === null) continue;
    Object.assign(record, { [field]: from.record[field] });
    take(field, from);
  }
  const merged: Writable<NonNullable<PrefilledRecord['capture']>> = {};
  // What only a capture can know: there its format's word goes before the page's.
  for (const field of CAPTURE_PARTS) {
    const from = has(capture.record.capture?.[field]) ? capture : has(page.record.capture?.[field]) ? page : null;
    const value = from?.record.capture?.[field];
    if (from === null || !has(value)) continue;
    merged[field] = value;
    take(captureField(field), from);
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
