import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** Bytes to be answered with, in memory or in a file. */
export type Bytes =
  { readonly kind: 'memory'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly path: string };

/** What a page asked for, as far as answering with bytes needs to know. */
export interface Asked {
  readonly method: string;
  /** The `Range` header, or null. */
  readonly range: string | null;
}

/**
 * Answers with bytes: whole (200), one range of them (206, RFC 9110) or "there are not that many" (416). A header that is
 * not one range is ignored, as the standard allows. HEAD has the headers alone.
 */
export async function respondWith(
  bytes: Bytes,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const size = await sizeOf(bytes);
  const span = spanOf(asked.range, size);
  if (span === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const { start, end } = span ?? { start: 0, end: size };
  const all = { ...headers, 'accept-ranges': 'bytes', 'content-length': String(end - start) };
  const body = asked.method === 'HEAD' ? null : await slice(bytes, start, end);
  if (span === null) return new Response(body, { status: 200, headers: all });
  return new Response(body, { status: 206, headers: { ...all, 'content-range': `bytes ${start}-${end - 1}/${size}` } });
}

/** The range that a `Range` header asks of `size` bytes: start, and end exclusive; null for all of them. */
export function spanOf(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return null;
    const wanted = Math.min(Number(last), size);
    return wanted === 0 ? 'unsatisfiable' : { start: size - wanted, end: size };
  }
  const start = Number(first);
  if (start >= size) return 'unsatisfiable';
  if (last !== '' && Number(last) < start) return null;
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

async function sizeOf(bytes: Bytes): Promise<number> {
  if (bytes.kind === 'memory') return bytes.bytes.length;
  const handle = await open(bytes.path);
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

async function slice(bytes: Bytes, start: number, end: number): Promise<BodyInit | null> {
  if (start === end) return null;
  if (bytes.kind === 'memory') return new Uint8Array(bytes.bytes.subarray(start, end));
  // Node's and the DOM's declarations of one and the same stream differ in `ReadableStream.from`.
  return Readable.toWeb(createReadStream(bytes.path, { start, end: end - 1 })) as ReadableStream<Uint8Array>;
}
