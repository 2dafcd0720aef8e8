import { canDecode, decodeAs } from '../charset.ts';
import { detectCharset } from '../detect-charset.ts';

/** The header fields of a message or part (RFC 5322, however malformed). Of duplicate fields the first counts. */
export class Headers {
  readonly #fields = new Map<string, string>();

  constructor(block: string) {
    for (const line of block.replace(FOLD, FOLDED).split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
      if (name !== '' && !this.#fields.has(name)) this.#fields.set(name, line.slice(colon + 1).trim());
    }
  }

  /** A field's value on one line, as written; empty if it is absent. */
  get(name: string): string {
    return (this.#fields.get(name) ?? '').replaceAll(FOLDED, ' ');
  }

  /** The value of a field with an address, joined where it was folded (RFC 2557, 4.4). */
  address(name: string): string {
    return decodeWords((this.#fields.get(name) ?? '').replaceAll(FOLDED, ''))
      .replace(/^<|>$/g, '')
      .trim();
  }

  /** A parameter of a structured field: `boundary` of `multipart/related; boundary="x"`. Null if it is absent. */
  parameter(name: string, parameter: string): string | null {
    for (const [, key = '', quoted, plain] of this.get(name).matchAll(PARAMETER)) {
      if (key.toLowerCase() === parameter) return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
    }
    return null;
  }

  /** Type and subtype in lower case; empty if not declared. */
  get type(): string {
    return (this.get('content-type').split(';', 1)[0] ?? '').trim().toLowerCase();
  }
}

/** A line that begins with white space continues the one before. */
const FOLD = /(?:\r\n|\n|\r)[ \t]+/g;
/** Marks a fold; no header contains this character otherwise. */
const FOLDED = '\0';
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=([ \t]+(?==\?[^?\s]{1,60}\?[bq]\?))?/gi;

/**
 * The text of a field: encoded words (RFC 2047) decoded, raw 8-bit bytes by detection. Adjacent encoded words are joined
 * before they are decoded, since old programs cut them within a character.
 */
export function decodeWords(value: string): string {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of value.matchAll(ENCODED_WORD)) {
    const [whole, label = '', how = '', content = ''] = found;
    if (found.index > at) pieces.push(value.slice(at, found.index));
    at = found.index + whole.length;
    const name = (label.split('*', 1)[0] ?? '').toLowerCase();
    const charset = canDecode(name) ? name : 'utf-8';
    const bytes = /b/i.test(how) ? Buffer.from(content, 'base64') : decodeQ(content);
    const last = pieces.at(-1);
    if (typeof last === 'object' && last.charset === charset) last.bytes.push(bytes);
    else pieces.push({ charset, bytes: [bytes] });
  }
  pieces.push(value.slice(at));
  return pieces
    .map((piece) => (typeof piece === 'string' ? rawText(piece) : decodeAs(Buffer.concat(piece.bytes), piece.charset)))
    .join('');
}

type Piece = string | { readonly charset: string; readonly bytes: Buffer[] };

/** Headers should be ASCII; other bytes are in an undeclared encoding. */
function rawText(latin: string): string {
  if (!/[\u0080-\u00ff]/.test(latin)) return latin;
  const bytes = Buffer.from(latin, 'latin1');
  return decodeAs(bytes, detectCharset(bytes).charset);
}

const decodeQ = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('_', ' ')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
