const MARK = Buffer.from(';base64,');

/** Bytes of a page without those that are base64 in its `data:` addresses. */
export function markupLength(html: Uint8Array): number {
  const bytes = Buffer.from(html.buffer, html.byteOffset, html.length);
  let embedded = 0;
  let at = bytes.indexOf(MARK);
  while (at >= 0) {
    let end = at + MARK.length;
    while (end < bytes.length && isBase64(bytes[end] ?? 0)) end++;
    embedded += end - at;
    at = bytes.indexOf(MARK, end);
  }
  return html.length - embedded;
}

/** Letters, digits, `+`, `/`, `=`, and `%` of those that are escaped. */
const isBase64 = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x2f && byte <= 0x39) ||
  byte === 0x2b ||
  byte === 0x3d ||
  byte === 0x25;
