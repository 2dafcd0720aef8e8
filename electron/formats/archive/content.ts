import { Fault } from '../../../shared/errors.ts';
import type { ByteRange } from './bytes.ts';
import type { Entry } from './entry.ts';
import { readHeader } from './fields.ts';
import { inflateMember } from './gzip.ts';
import { charsetOf, dechunked, decoded, readResponse } from './http.ts';
import { LIMITS } from './limits.ts';
import { lengthOf, startsRecord } from './records.ts';

/** The body of one record. */
export interface Content {
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
export function readContent(file: ByteRange, entry: Entry): Content {
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
