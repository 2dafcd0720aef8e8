import { Fault } from '../errors.ts';
import { decodeGeometry, encodeGeometry, join, type PageGeometry } from './page-geometry.ts';

/** One page of a text layer as the reader needs it: its canonical text and its geometry. */
export interface PagePayload {
  readonly text: string;
  /** Null if the text has no place on a page (plain text, frozen pages). */
  readonly geometry: PageGeometry | null;
}

const HEAD = 4;

/**
 * The response of `layer/<layer id>/page/<n>`: the length of the text in bytes (4, little-endian), the text in UTF-8,
 * then the geometry (page-geometry.ts) to the end; nothing follows if there is none.
 */
export function encodePagePayload({ text, geometry }: PagePayload): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, bytes.length, true);
  return join(geometry === null ? [head, bytes] : [head, bytes, encodeGeometry(geometry)]);
}

/** Decodes a page. The bytes are not trusted: throws DAMAGED. */
export function decodePagePayload(bytes: Uint8Array): PagePayload {
  const length = bytes.length < HEAD ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length < 0 || HEAD + length > bytes.length) throw damaged();
  const text = decodeText(bytes.subarray(HEAD, HEAD + length));
  const rest = bytes.subarray(HEAD + length);
  return { text, geometry: rest.length === 0 ? null : decodeGeometry(rest, text.length) };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    if (thrown instanceof TypeError) throw damaged();
    throw thrown;
  }
}

const damaged = (): Fault =>
  new Fault('DAMAGED', 'A page of this text layer can’t be read. Verify the project to see what’s damaged.');
