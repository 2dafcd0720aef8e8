import { isPageAddress } from '../page/record.ts';
import type { FileDetails } from '../layer.ts';
import { decodeWords, type Headers } from './headers.ts';

/** Details of the capture from an MHTML file's header fields. */
export function readDetails(headers: Headers, rootAddress: string | null): FileDetails {
  const capture: { url?: string; time?: string; tool?: string } = {};
  const prefilled: Record<string, string> = {};
  const snapshot = headers.address('snapshot-content-location');
  const [url, field] =
    snapshot === '' ? [rootAddress ?? '', 'Content-Location'] : [snapshot, 'Snapshot-Content-Location'];
  if (isPageAddress(url)) {
    capture.url = url;
    prefilled['captureUrl'] = from(field);
  }
  const time = mailTime(headers.get('date'));
  if (time !== null) {
    capture.time = time;
    prefilled['captureTime'] = from('Date');
  }
  const tool = toolOf(headers);
  if (tool !== null) {
    capture.tool = tool.value;
    prefilled['captureTool'] = from(tool.field);
  }
  const title = decodeWords(headers.get('subject')).replace(/\s+/g, ' ').trim();
  if (title === '' || title.length > 2000) return { record: { capture }, prefilled };
  return { record: { title, capture }, prefilled: { ...prefilled, title: from('Subject') } };
}

const from = (field: string): string => `MHTML header ${field}`;

function toolOf(headers: Headers): { value: string; field: string } | null {
  const saver = /<?\s*saved by ([^<>]{1,100})>?/i.exec(decodeWords(headers.get('from')))?.[1]?.trim();
  if (saver !== undefined && saver !== '')
    return { value: saver === 'Blink' ? 'Chromium (Blink)' : saver, field: 'From' };
  for (const field of ['X-MimeOLE', 'X-Mailer', 'User-Agent']) {
    const value = decodeWords(headers.get(field.toLowerCase())).replace(/^produced by\s+/i, '');
    if (value !== '' && value.length <= 400) return { value, field };
  }
  return null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The zone names that RFC 5322 defines. Any other name would be a guess, and a time without a zone is not used. */
const ZONES: Readonly<Record<string, string>> = {
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  z: 'Z',
  edt: '-04:00',
  est: '-05:00',
  cdt: '-05:00',
  cst: '-06:00',
  mdt: '-06:00',
  mst: '-07:00',
  pdt: '-07:00',
  pst: '-08:00',
};

/** `Mon, 17 Dec 2018 11:28:18 +0800` as ISO 8601 with its zone (`-0000` and `+0000` are `Z`); null for anything else. */
export function mailTime(text: string): string | null {
  const found =
    /^\s*(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d{2}:\d{2}(?::\d{2})?)\s+([+-]\d{4}|[a-z]{1,4})\b/i.exec(
      text,
    );
  if (found === null) return null;
  const [, day = '', name = '', year = '', clock = '', zone = ''] = found;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const offset = /^[+-]0000$/.test(zone)
    ? 'Z'
    : /^[+-]/.test(zone)
      ? `${zone.slice(0, 3)}:${zone.slice(3)}`
      : ZONES[zone.toLowerCase()];
  if (month === 0 || offset === undefined) return null;
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const iso = `${date}T${clock}${offset}`;
  const isDay = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(Date.parse(iso)) || Number.isNaN(isDay.valueOf())) return null;
  return isDay.toISOString().startsWith(date) ? iso : null;
}
