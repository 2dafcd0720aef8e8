/** A part's bytes without their transfer encoding (RFC 2045). An unknown encoding counts as none. */
export function decodeTransfer(raw: Uint8Array, encoding: string): Uint8Array {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(latin(raw), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(raw);
    default:
      return raw;
  }
}

export const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** Linear in the bytes. Invalid escapes stay as they are; white space at a line's end was added in transit and is dropped. */
export function decodeQuotedPrintable(raw: Uint8Array): Uint8Array {
  const out = new Uint8Array(raw.length);
  let written = 0;
  /** End of what is kept if the line ends here. */
  let solid = 0;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    if (byte === EQUALS) {
      const high = hexValue(raw[at + 1]);
      const low = hexValue(raw[at + 2]);
      if (high >= 0 && low >= 0) {
        out[written++] = (high << 4) | low;
        solid = written;
        at += 2;
        continue;
      }
      const end = softBreak(raw, at + 1);
      if (end > 0) {
        solid = written;
        at = end - 1;
        continue;
      }
    }
    if (byte === LF || byte === CR) written = solid;
    out[written++] = byte;
    if (!isBlank(byte)) solid = written;
  }
  return out.slice(0, solid);
}

/** The start of the line after a soft line break; 0 if `=` is followed by something else. */
function softBreak(raw: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(raw[at]) && at - from < 80) at++;
  if (at >= raw.length) return at;
  if (raw[at] === LF) return at + 1;
  if (raw[at] !== CR) return 0;
  return raw[at + 1] === LF ? at + 2 : at + 1;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}
