import { detect } from 'chardet';
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

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (thrown) {
    if (thrown instanceof TypeError) return false;
    throw thrown;
  }
}

/** How much of a file is looked at: enough for statistics, and quick. */
const SAMPLE = 256 * 1024;
/** Of the characters of real text nearly all are of these; of wrongly paired bytes hardly half. */
const ORDINARY =
  /[\t\n\r -~\u00a0-\u02ff\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Tibetan}]/gu;
const NEARLY_ALL = 0.95;

/** The encoding of a text that declares none: mark, then UTF-8 where the bytes are valid as that, then statistics. */
export function detectCharset(bytes: Uint8Array): string {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return mark;
  const wide = utf16WithoutMark(bytes.subarray(0, SAMPLE));
  if (wide !== null) return wide;
  if (isUtf8(bytes) || isNearlyUtf8(bytes)) return 'utf-8';
  const guess = detect(bytes.subarray(0, SAMPLE));
  if (guess === null || !iconv.encodingExists(guess)) return 'windows-1252';
  return SUPERSETS.get(guess.toLowerCase()) ?? guess.toLowerCase();
}

/** What the Encoding standard reads in place of the older name. */
const SUPERSETS = new Map([
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['ascii', 'windows-1252'],
  ['us-ascii', 'windows-1252'],
  ['iso-8859-1', 'windows-1252'],
]);

/** Text in an 8-bit encoding has no zero bytes; UTF-16 has one in every line feed, space and Latin letter. */
function utf16WithoutMark(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!sample.includes(0)) return null;
  const even = sample.subarray(0, sample.length & ~1);
  for (const charset of ['utf-16le', 'utf-16be'] as const) {
    const text = decodeAs(even, charset);
    if ((text.match(ORDINARY)?.length ?? 0) > text.length * NEARLY_ALL) return charset;
  }
  return null;
}

/** A long UTF-8 text with a cut or damaged character in it is still that. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return good > 20 * broken;
}
