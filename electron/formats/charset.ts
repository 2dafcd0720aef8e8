import iconv from 'iconv-lite';

/**
 * Bytes to text in any encoding of the Encoding standard. iconv-lite, and not TextDecoder: that uses the ICU of whoever
 * runs it, Node's on the command line and Chromium's in Electron, whose tables differ in GB18030 and Big5; the same file
 * must give the same text layer in both. What cannot be decoded becomes U+FFFD; a byte order mark is left out.
 */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  return iconv.decode(bytes, charset, { stripBOM: true });
}

/** Whether {@link decodeAs} knows an encoding by this label. */
export const canDecode = (charset: string): boolean => iconv.encodingExists(charset);

/** The encoding a byte order mark announces, or null. */
export function byteOrderMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

/** The encoding of a text that is in UTF-8, or in UTF-16 if its mark says so. */
export const unicodeOf = (bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => byteOrderMark(bytes) ?? 'utf-8';

/** Such a text without its mark. Other bytes become U+FFFD, or with `fatal` throw a TypeError. */
export const unicodeText = (bytes: Uint8Array, { fatal = false }: { readonly fatal?: boolean } = {}): string =>
  new TextDecoder(unicodeOf(bytes), { fatal }).decode(bytes);

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (thrown) {
    if (thrown instanceof TypeError) return false;
    throw thrown;
  }
}

/** The Encoding standard's name for a label, or null where it is none. GBK is read by its superset. */
export function encodingOf(label: string | null | undefined): string | null {
  if (label === null || label === undefined) return null;
  try {
    const name = new TextDecoder(label.trim()).encoding;
    return name === 'gbk' ? 'gb18030' : name;
  } catch (thrown) {
    if (thrown instanceof RangeError) return null; // not a label of the standard
    throw thrown;
  }
}
