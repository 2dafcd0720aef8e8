import { LIMITS } from './limits.ts';

/** Named fields of a header. Names are in lower case; the first of each name counts. */
export interface Header {
  /** `WARC/1.1`, `HTTP/1.1 200 OK`. */
  readonly first: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Length in bytes, including the empty line at the end. */
  readonly length: number;
}

/**
 * The header at the start of `bytes`; null if it does not end within the limit. Lines end with CRLF or, from careless tools,
 * LF. A line that begins with white space continues the previous one (ISO 28500, RFC 9110).
 */
export function readHeader(bytes: Buffer, encoding: 'utf8' | 'latin1'): Header | null {
  const length = headerLength(bytes);
  if (length === null) return null;
  const [first = '', ...lines] = bytes.toString(encoding, 0, length).split(/\r?\n/);
  const fields = new Map<string, string>();
  let last: string | null = null;
  for (const line of lines) {
    if (last !== null && /^[ \t]/.test(line)) {
      fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    last = null;
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (fields.has(name)) continue;
    fields.set(name, line.slice(colon + 1).trim());
    last = name;
  }
  return { first, fields, length };
}

/** Up to and including the first empty line. */
function headerLength(bytes: Buffer): number | null {
  const head = bytes.subarray(0, LIMITS.header);
  const strict = head.indexOf('\r\n\r\n');
  const loose = head.indexOf('\n\n');
  if (strict >= 0 && (loose < 0 || strict < loose)) return strict + 4;
  return loose < 0 ? null : loose + 2;
}

/**
 * Copies a text to be kept: a slice of a longer text keeps all of that in memory, and a hundred thousand headers are a
 * hundred megabytes.
 */
export const own = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
