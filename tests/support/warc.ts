import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { base32 } from '../../electron/formats/archive/digests.ts';

/** One record to write. Anything that a test needs to be wrong can be given explicitly. */
export interface RecordToWrite {
  readonly type: string;
  readonly url?: string;
  readonly date?: string;
  readonly block: Uint8Array | string;
  /** Other fields, or other values for those above; null leaves a field out. */
  readonly fields?: Readonly<Record<string, string | null>>;
  readonly version?: '1.0' | '1.1';
}

let counter = 0;

/** A record by ISO 28500, with its block's digest. */
export function record({
  type,
  url,
  date = '2024-05-06T07:08:09Z',
  block,
  fields = {},
  version = '1.1',
}: RecordToWrite): Buffer {
  const bytes = Buffer.from(block);
  const all: Record<string, string | null> = {
    'WARC-Type': type,
    'WARC-Record-ID': `<urn:uuid:00000000-0000-4000-8000-${String(++counter).padStart(12, '0')}>`,
    'WARC-Date': date,
    'WARC-Target-URI': url === undefined ? null : version === '1.0' ? `<${url}>` : url,
    'WARC-Block-Digest': digest(bytes),
    'Content-Length': String(bytes.length),
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return Buffer.concat([
    Buffer.from(`WARC/${version}\r\n${lines.join('\r\n')}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n\r\n'),
  ]);
}

export const digest = (bytes: Uint8Array): string => `sha1:${base32(createHash('sha1').update(bytes).digest())}`;

export interface ResponseToWrite {
  readonly url: string;
  readonly date?: string;
  readonly status?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As sent over the network: chunked and compressed, if the headers say so. */
  readonly body: Uint8Array | string;
  /** What the payload digest is computed over, if not the body as it is; null: there is none. */
  readonly digested?: Uint8Array | string | null;
  readonly fields?: RecordToWrite['fields'];
  readonly version?: '1.0' | '1.1';
}

/** A response record. */
export function response(given: ResponseToWrite): Buffer {
  const {
    url,
    date,
    status = '200 OK',
    type = 'text/html; charset=utf-8',
    headers = {},
    body,
    fields,
    version,
  } = given;
  const digested = given.digested === undefined ? body : given.digested;
  return record({
    type: 'response',
    url,
    block: http(status, { 'Content-Type': type, ...headers }, body),
    fields: {
      'Content-Type': 'application/http; msgtype=response',
      'WARC-Payload-Digest': digested === null ? null : digest(Buffer.from(digested)),
      ...fields,
    },
    ...(date !== undefined && { date }),
    ...(version !== undefined && { version }),
  });
}

export function http(status: string, headers: Readonly<Record<string, string>>, body: Uint8Array | string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}

export const request = (url: string, method = 'GET', date?: string): Buffer =>
  record({
    type: 'request',
    url,
    block: `${method} ${new URL(url).pathname} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`,
    fields: { 'Content-Type': 'application/http; msgtype=request' },
    ...(date !== undefined && { date }),
  });

export const warcinfo = (software: string): Buffer =>
  record({
    type: 'warcinfo',
    block: `software: ${software}\r\nformat: WARC File Format 1.1\r\n`,
    fields: { 'Content-Type': 'application/warc-fields' },
  });

/** A record stating that nothing had changed since an earlier one (profile identical-payload-digest). */
export const revisit = (
  url: string,
  date: string,
  of: { body: Uint8Array | string; url?: string; date?: string },
): Buffer =>
  record({
    type: 'revisit',
    url,
    date,
    block: http('200 OK', { 'Content-Type': 'text/html' }, ''),
    fields: {
      'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
      'WARC-Payload-Digest': digest(Buffer.from(of.body)),
      'WARC-Refers-To-Target-URI': of.url ?? null,
      'WARC-Refers-To-Date': of.date ?? null,
    },
  });

/** A body in chunks of `size` bytes (RFC 9112). */
export function chunked(body: Uint8Array | string, size = 50): Buffer {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

export const plainWarc = (records: readonly Buffer[]): Buffer => Buffer.concat(records);
/** As tools write it: each record in its own gzip member. */
export const gzippedWarc = (records: readonly Buffer[]): Buffer => Buffer.concat(records.map((one) => gzipSync(one)));
/** As written by running gzip over a whole WARC. */
export const wholeGzip = (records: readonly Buffer[]): Buffer => gzipSync(Buffer.concat(records));
