import { Fault } from '../../../shared/errors.ts';
import type { EdtfDate } from '../../../shared/model/index.ts';
import type { Capture, CapturedPart } from '../capture.ts';
import type { PrefilledRecord } from '../extracted.ts';
import type { FileDetails } from '../layer.ts';
import type { Archive } from './open.ts';
import { timeOf } from './lookup.ts';
import type { ArchivedPage } from './pages.ts';
import type { ByteRange } from './bytes.ts';
import type { Entry } from './entry.ts';
import { readHeader } from './fields.ts';
import { inflateMember } from './gzip.ts';
import { charsetOf, dechunked, decoded, readResponse } from './http.ts';
import { LIMITS } from './limits.ts';
import { lengthOf, startsRecord } from './records.ts';

/** Throws NOT_FOUND. */
export function pageByKey({ pages }: Archive, key: string): ArchivedPage {
  const page = pages.find((one) => one.key === key);
  if (page !== undefined) return page;
  throw new Fault('NOT_FOUND', 'The archive doesn’t contain this page. List its pages again.', { key });
}

/** The body of a page with its details in the archive. Throws what `readContent` throws. */
export function pageContent(archive: Archive, page: ArchivedPage): Content & { readonly notes: readonly string[] } {
  const content = readContent(archive.file(page.body), page.body);
  return { ...content, notes: notesOn(page, content) };
}

/**
 * A web page with the captured files it uses. These are found by address, nearest in time to the page, through redirects and
 * revisit records, and read on demand: the archive must stay open until then. Throws what `readContent` throws.
 */
export function captureOf(archive: Archive, page: ArchivedPage): Capture {
  const { bytes, charset, notes } = pageContent(archive, page);
  const time = timeOf(page.time);
  const find = (address: string): CapturedPart | null => {
    const found = archive.lookup.follow(address, time);
    if (found === null || (found.entry.status ?? 0) >= 400) return null;
    try {
      const part = readContent(archive.file(found.body), found.body);
      return { bytes: part.bytes, type: part.type };
    } catch (thrown) {
      // Damaged or too large: the page is shown without it, as on the web, and the freezer reports it as missing.
      if (thrown instanceof Fault) return null;
      throw thrown;
    }
  };
  return {
    html: bytes,
    charset,
    address: page.body.url,
    find,
    status: page.status,
    redirects: page.redirects,
    notes,
    ...captureDetails(archive, page),
  };
}

/** How a page was captured, according to the archive, and from which of its records each detail comes. */
export function captureDetails({ index }: Archive, page: ArchivedPage): FileDetails {
  const record: { -readonly [K in keyof PrefilledRecord]: PrefilledRecord[K] } = {};
  const prefilled: Record<string, string> = {};
  const isShort = page.url.length <= 4096;
  record.capture = {
    ...(isShort && { url: page.url }),
    ...(page.time !== null && { time: page.time }),
    ...(index.software !== null && { tool: index.software.slice(0, 400) }),
  };
  if (isShort) prefilled['captureUrl'] = page.url === page.entry.url ? 'WARC-Target-URI' : 'pages.jsonl';
  if (page.time !== null) prefilled['captureTime'] = 'WARC-Date';
  if (index.software !== null) prefilled['captureTool'] = index.softwareFrom ?? 'warcinfo';
  const day = dayOf(page.time);
  if (day !== null) [record.dateOfCapture, prefilled['dateOfCapture']] = [day, 'WARC-Date'];
  // Only for a page without a title of its own; a title in the page or PDF is better.
  if (page.listed && page.title !== null && page.title !== page.body.title)
    [record.title, prefilled['title']] = [page.title, 'pages.jsonl'];
  if (page.status !== null) prefilled['status'] = 'HTTP status line';
  if (page.redirects.length > 0) prefilled['redirects'] = 'redirect records of the archive';
  return { record, prefilled };
}

/** The day in the date, in its own zone (WARC-Date is in UTC). */
function dayOf(time: string | null): EdtfDate | null {
  const edtf = /^(\d{4}-\d\d-\d\d)(?:T|$)/.exec(time ?? '')?.[1];
  if (edtf === undefined || Number.isNaN(Date.parse(`${edtf}T00:00:00Z`))) return null;
  return { edtf, implied: false };
}

function notesOn(page: ArchivedPage, { undecoded }: Content): string[] {
  const { entry, body } = page;
  const notes: string[] = [];
  if (page.digest === 'wrong')
    notes.push('This page’s digest doesn’t match: bytes were altered or lost since capture.');
  if (entry !== body)
    notes.push(
      `The archive lists this page as unchanged since ${body.date ?? 'an earlier day'}, so that capture was used.`,
    );
  if (body.cut) notes.push('This page is cut off: the archive doesn’t have all of it.');
  if (body.type === 'conversion') notes.push('The archive has this page in a converted format, not as it was sent.');
  if (undecoded) notes.push('This page couldn’t be decompressed, so it was read as it is.');
  return notes;
}

/** The body of one record. */
interface Content {
  readonly bytes: Buffer;
  /** Content type as declared. */
  readonly type: string;
  readonly charset: string | null;
  /** Its content encoding could not be removed: `bytes` are as recorded. */
  readonly undecoded: boolean;
}

/**
 * Reads the body of a record. Throws DAMAGED if the record is not where the index says, TOO_LARGE if the body unpacks to more
 * than the limit.
 */
function readContent(file: ByteRange, entry: Entry): Content {
  const record = recordAt(file, entry);
  const header = startsRecord(record) ? readHeader(record, 'utf8') : null;
  const url = (header?.fields.get('warc-target-uri') ?? '').trim().replace(/^<(.*)>$/, '$1');
  if (header === null || url !== entry.url) throw moved();
  const declared = lengthOf(header.fields);
  const rest = record.subarray(header.length);
  // The end found by the index is used, since the record's own length may be wrong.
  const block = declared === null || declared > rest.length ? rest : rest.subarray(0, declared);
  const message = entry.type === 'response' ? readResponse(block) : null;
  if (message === null) {
    const type = entry.type === 'response' ? '' : (header.fields.get('content-type') ?? '');
    return { bytes: block, type, charset: charsetOf(type), undecoded: false };
  }
  const type = message.fields.get('content-type') ?? '';
  const body = decoded(dechunked(message), message.fields);
  if (body.tooLarge)
    throw new Fault(
      'TOO_LARGE',
      `This page unpacks to more than ${LIMITS.body >> 20} MB, the most Sourcebook can read. Unpack it with another tool and add the part you need as a file; the archive’s other pages can be imported.`,
      { url: entry.url },
    );
  return { bytes: body.bytes, type, charset: charsetOf(type), undecoded: body.failed };
}

function recordAt(file: ByteRange, { offset, length, skip }: Entry): Buffer {
  const bytes = file.read(offset, Math.min(length, LIMITS.block + 4 * LIMITS.header));
  if (skip === null) return bytes;
  const member = inflateMember(bytes);
  if (member === null) throw moved();
  return member.subarray(skip);
}

const moved = (): Fault =>
  new Fault(
    'DAMAGED',
    'This record is damaged and can’t be unpacked. Get a new copy of the archive; its other pages can be imported.',
  );
