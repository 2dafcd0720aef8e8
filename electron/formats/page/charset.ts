import { Fault } from '../../../shared/errors.ts';
import { byteOrderMark, decodeAs, encodingOf, isUtf8 } from '../charset.ts';
import { detectCharset } from '../detect-charset.ts';

/** How the encoding of a page was determined. */
export type CharsetSource = 'person' | 'bom' | 'header' | 'meta' | 'meta-overruled' | 'detected' | 'default';
export interface Decoded {
  readonly text: string;
  /** Name of the encoding (Encoding standard). */
  readonly charset: string;
  readonly how: CharsetSource;
  /** The declared encoding, if it was overruled. */
  readonly declared: string | null;
  /** Characters that could not be decoded and became U+FFFD. */
  readonly replaced: number;
}

/** The HTML standard reads 1,024 bytes. Chromium reads on to the end of the head, and so does this, up to a limit. */
const PRESCAN = 64 << 10;

/**
 * The text of an HTML file: by its byte order mark, else the transport's declaration, else the page's own, else detection. A
 * page that declares a legacy encoding but is valid UTF-8, and garbled as declared, is read as UTF-8: tools that save as
 * UTF-8 often leave the old `meta` (a Chinese portal's saved page, for example). An encoding `set` by a person overrules
 * everything. Throws BAD_INPUT if that is no encoding of the standard.
 */
export function decodeHtml(bytes: Uint8Array, header: string | null = null, set: string | null = null): Decoded {
  const { charset, how, declared } = set === null ? choose(bytes, header) : setByPerson(set);
  const text = decode(bytes, charset);
  return { text, charset, how, declared, replaced: text.split('\ufffd').length - 1 };
}

/** Encodings whose tables differ between the ICU of Node and that of Electron: one file must give the same text layer in both. */
const TABLES_DIFFER = new Set(['gb18030', 'big5', 'euc-kr', 'shift_jis', 'euc-jp']);

const decode = (bytes: Uint8Array, charset: string): string =>
  TABLES_DIFFER.has(charset) ? decodeAs(bytes, charset) : new TextDecoder(charset).decode(bytes);

function setByPerson(label: string): Choice {
  const charset = encodingOf(label);
  if (charset !== null) return { charset, how: 'person', declared: null };
  throw new Fault('BAD_INPUT', `“${label}” isn’t an encoding for web pages. Use one such as utf-8 or gb18030.`);
}

type Choice = Pick<Decoded, 'charset' | 'how' | 'declared'>;

function choose(bytes: Uint8Array, header: string | null): Choice {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return { charset: mark, how: 'bom', declared: null };
  const sent = encodingOf(header);
  if (sent !== null) return { charset: sent, how: 'header', declared: null };
  const meta = prescan(bytes);
  if (meta === null) {
    const { charset, known } = detectCharset(bytes);
    const name = encodingOf(charset);
    return { charset: name ?? 'windows-1252', how: known && name !== null ? 'detected' : 'default', declared: null };
  }
  if (meta !== 'utf-8' && isReallyUtf8(bytes, meta)) return { charset: 'utf-8', how: 'meta-overruled', declared: meta };
  return { charset: meta, how: 'meta', declared: null };
}

/** The encoding declared by the first `meta` that has one, or by an XML declaration. */
function prescan(bytes: Uint8Array): string | null {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PRESCAN)).toString('latin1');
  const head = withoutComments(latin).split(/<body[\s>]|<\/head/i)[0] ?? '';
  for (const found of head.matchAll(/<meta\s([^>]*)>/gi)) {
    const declared = /(?:^|[\s"'/;])charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(found[1] ?? '');
    const name = encodingOf(declared?.[1]);
    // From the standard: a page whose declaration was readable as ASCII is not UTF-16, whatever it says.
    if (name !== null) return name.startsWith('utf-16') ? 'utf-8' : name === 'x-user-defined' ? 'windows-1252' : name;
  }
  return encodingOf(/^\s*<\?xml[^>]*encoding\s*=\s*["']([^"'>]+)/i.exec(head)?.[1]);
}

function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', from)) {
    parts.push(text.slice(from, open));
    const close = text.indexOf('-->', open + 4);
    if (close < 0) return parts.join('');
    from = close + 3;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function isReallyUtf8(bytes: Uint8Array, declared: string): boolean {
  if (!isUtf8(bytes) || !/[\u0080-\uffff]{3}/.test(decode(bytes, 'utf-8'))) return false;
  return /[\ufffd\ue000-\uf8ff]/.test(decode(bytes, declared));
}
