import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** The bytes of a response, in memory or in a file. */
export type ByteSource =
  { readonly kind: 'memory'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly path: string };

/** A request for bytes. */
export interface ByteRequest {
  readonly method: string;
  /** The `Range` header, or null. */
  readonly range: string | null;
}

/**
 * Responds with all bytes (200), one range of them (206) or, for a range beyond the end, 416 (RFC 9110). A `Range` header
 * that isn't one byte range is ignored, as the standard allows. HEAD gets the headers only.
 */
export async function respondWith(
  bytes: ByteSource,
  request: ByteRequest,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const size = await sizeOf(bytes);
  const span = spanOf(request.range, size);
  if (span === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const { start, end } = span ?? { start: 0, end: size };
  const all = { ...headers, 'accept-ranges': 'bytes', 'content-length': String(end - start) };
  const body = request.method === 'HEAD' ? null : await slice(bytes, start, end);
  if (span === null) return new Response(body, { status: 200, headers: all });
  return new Response(body, { status: 206, headers: { ...all, 'content-range': `bytes ${start}-${end - 1}/${size}` } });
}

/** The range a `Range` header asks for, of `size` bytes: start and exclusive end; null for all bytes. */
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

async function sizeOf(bytes: ByteSource): Promise<number> {
  if (bytes.kind === 'memory') return bytes.bytes.length;
  const handle = await open(bytes.path);
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

async function slice(bytes: ByteSource, start: number, end: number): Promise<BodyInit | null> {
  if (start === end) return null;
  if (bytes.kind === 'memory') return new Uint8Array(bytes.bytes.subarray(start, end));
  // Node's and the DOM's types of this stream differ only in `ReadableStream.from`.
  return Readable.toWeb(createReadStream(bytes.path, { start, end: end - 1 })) as ReadableStream<Uint8Array>;
}
