import { checkDigest } from './digests.ts';
import { CONTENT_TYPES, type Entry } from './entry.ts';
import { own, readHeader, type Header } from './fields.ts';
import {
  charsetOf,
  dechunked,
  decoded,
  headOf,
  methodOf,
  readResponse,
  type HttpMessage,
  type Unreadable,
} from './http.ts';
import { LIMITS } from './limits.ts';
import { lengthOf, type RawRecord } from './records.ts';
import { kindOf, titleOf } from './sniff.ts';

/** What a record says about itself. */
export interface Described {
  readonly digest: Entry['digest'];
  /** Null for records without content of their own: requests, metadata. */
  readonly entry: Entry | null;
  readonly id: string | null;
  /** A request that sends something: the record it belongs to, and its own address and date. */
  readonly posted: { readonly to: string | null; readonly url: string; readonly date: string | null } | null;
  readonly software: string | null;
  /** Bytes unpacked from its body to check it. */
  readonly unpacked: number;
  /** Why the page it is can’t be read; null also for what is no page. */
  readonly unreadable: Unreadable | null;
}

/** The address of a record. WARC 1.0 has angle brackets around it, by a mistake in its grammar. */
const addressOf = (text: string | undefined): string => (text ?? '').trim().replace(/^<(.*)>$/, '$1');
const idOf = (text: string | undefined): string | null => (text === undefined ? null : text.replace(/^<|>$/g, ''));

/** Determines what the index stores about a record, and whether its digests match. */
export function describe(record: RawRecord, file: number): Described {
  const { fields, block } = record;
  const type = (fields.get('warc-type') ?? '').toLowerCase();
  const url = addressOf(fields.get('warc-target-uri'));
  const date = fields.get('warc-date') ?? null;
  const content = CONTENT_TYPES.find((one) => one === type);
  const id = idOf(fields.get('warc-record-id'));
  const blockDigest = block === null ? null : checkDigest(fields.get('warc-block-digest'), [() => block]);
  if (content === undefined || block === null || url === '' || url.length > LIMITS.address) {
    const method = type === 'request' && block !== null ? methodOf(block) : null;
    return {
      digest: stateOf([blockDigest]),
      entry: null,
      id,
      posted:
        method === null || /^(?:GET|HEAD|OPTIONS)$/.test(method)
          ? null
          : { to: idOf(fields.get('warc-concurrent-to')), url, date },
      software: type === 'warcinfo' && block !== null ? softwareOf(block) : null,
      unpacked: 0,
      unreadable: null,
    };
  }
  const body = bodyOf(record, block, content);
  const digest = stateOf([blockDigest, body.payload]);
  const entry: Entry = {
    file,
    ...record.place,
    type: content,
    url: own(url),
    date: date === null ? null : own(date.slice(0, 64)),
    digest,
    payload: kept(fields.get('warc-payload-digest')?.toLowerCase(), 200),
    refersUrl: content === 'revisit' ? kept(addressOf(fields.get('warc-refers-to-target-uri')), LIMITS.address) : null,
    refersDate: content === 'revisit' ? kept(fields.get('warc-refers-to-date'), 64) : null,
    location: kept(resolve(body.location, url), LIMITS.address),
    status: body.status,
    kind: body.kind,
    bytes: body.bytes,
    title: body.title,
    posted: false,
    cut: record.cut || fields.has('warc-truncated'),
  };
  return { digest, entry, id, posted: null, software: null, unpacked: body.unpacked, unreadable: body.unreadable };
}

const kept = (text: string | undefined, limit: number): string | null =>
  text === undefined || text === '' || text.length > limit ? null : own(text);

function stateOf(checks: readonly (boolean | null)[]): Entry['digest'] {
  if (checks.includes(false)) return 'wrong';
  return checks.includes(true) ? 'held' : 'none';
}

/**
 * `location` as an absolute address; undefined if it is no web address. No browser follows a redirect to a script, to data or
 * to a local file (Fetch standard, HTTP-redirect fetch), so no record may claim to be its target.
 */
function resolve(location: string | undefined, from: string): string | undefined {
  const target = location === undefined ? null : URL.parse(location, from);
  return target !== null && /^https?:$/.test(target.protocol) ? target.href : undefined;
}

function softwareOf(block: Buffer): string | null {
  // The block is a header without a status line, and may lack the empty line at the end.
  const { fields } = readHeader(
    Buffer.concat([Buffer.from('\r\n'), block.subarray(0, LIMITS.header - 6), END]),
    'utf8',
  ) ?? {
    fields: new Map<string, string>(),
  };
  return kept(fields.get('software'), 400);
}
const END = Buffer.from('\r\n\r\n');

interface Body extends Pick<Entry, 'status' | 'kind' | 'bytes' | 'title'> {
  /** Whether the payload's digest matches. */
  readonly payload: boolean | null;
  readonly location: string | undefined;
  readonly unpacked: number;
  readonly unreadable: Unreadable | null;
}

function bodyOf(record: RawRecord, block: Buffer, type: Entry['type']): Body {
  const { fields } = record;
  const message = type === 'response' || type === 'revisit' ? readResponse(block) : null;
  const digest = fields.get('warc-payload-digest');
  // A revisit record's payload digest is that of the original's body, which it does not contain.
  if (type === 'revisit') return revisitOf(message);
  if (message === null) {
    const isPage = { fields: new Map<string, string>(), type: fields.get('content-type') ?? '' };
    return {
      ...seen(block, isPage),
      bytes: block.length,
      status: null,
      location: undefined,
      payload: checkDigest(digest, [() => block]),
      unpacked: 0,
    };
  }
  const plain = dechunked(message);
  let unpacked = 0;
  const asDecoded = (): Buffer | null => {
    const body = decoded(plain, message.fields);
    if (!body.failed) unpacked += body.bytes.length;
    return body.failed ? null : body.bytes;
  };
  // Tools differ in what the digest covers: the body as sent (the standard), without chunks, or also unpacked.
  const payload = checkDigest(digest, [() => message.raw, () => plain, asDecoded]);
  const how = { fields: message.fields, type: message.fields.get('content-type') ?? '' };
  return {
    ...seen(plain, how),
    bytes: message.raw.length,
    status: message.status,
    location: isRedirect(message.status) ? message.fields.get('location') : undefined,
    payload,
    unpacked,
  };
}

export const isRedirect = (status: number | null): boolean =>
  status !== null && [301, 302, 303, 307, 308].includes(status);

function seen(
  body: Buffer,
  { fields, type }: { fields: Header['fields']; type: string },
): Pick<Body, 'kind' | 'title' | 'unreadable'> {
  const { head, unreadable } = headOf(body, fields);
  const kind = kindOf(head, type);
  const isPage = /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
  return {
    kind,
    title: kind === 'html' ? titleOf(head, charsetOf(type)) : null,
    unreadable: isPage ? unreadable : null,
  };
}

function revisitOf(message: HttpMessage | null): Body {
  const length = message === null ? null : lengthOf(message.fields);
  const location = message !== null && isRedirect(message.status) ? message.fields.get('location') : undefined;
  return {
    kind: 'other',
    title: null,
    payload: null,
    bytes: length ?? 0,
    status: message?.status ?? null,
    location,
    unpacked: 0,
    unreadable: null,
  };
}
