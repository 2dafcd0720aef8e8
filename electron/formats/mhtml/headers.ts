import { canDecode, decodeAs } from '../charset.ts';
import { detectCharset } from '../detect-charset.ts';

/** The header fields of a message or part (RFC 5322, as broken as they come). Of a field that is there twice the first counts. */
export class Headers {
  readonly #fields = new Map<string, string>();

  constructor(block: string) {
    for (const line of block.replace(FOLD, FOLDED).split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
      if (name !== '' && !this.#fields.has(name)) this.#fields.set(name, line.slice(colon + 1).trim());
    }
  }

  /** A field's value on one line, as written; empty where it is absent. */
  get(name: string): string {
    return (this.#fields.get(name) ?? '').replaceAll(FOLDED, ' ');
  }

  /** The value of a field that is an address: where it was folded, nothing stands (RFC 2557, 4.4). */
  address(name: string): string {
    return decodeWords((this.#fields.get(name) ?? '').replaceAll(FOLDED, ''))
      .replace(/^<|>$/g, '')
      .trim();
  }

  /** A parameter of a structured field: `boundary` of `multipart/related; boundary="x"`. Null where it is absent. */
  parameter(name: string, parameter: string): string | null {
    for (const [, key = '', quoted, plain] of this.get(name).matchAll(PARAMETER)) {
      if (key.toLowerCase() === parameter) return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
    }
    return null;
  }

  /** Type and subtype, lower case; empty where it is not declared. */
  get type(): string {
    return (this.get('content-type').split(';', 1)[0] ?? '').trim().toLowerCase();
  }
}

/** A line that begins with white space continues the one before. */
const FOLD = /(?:\r\n|\n|\r)[ \t]+/g;
/** Stands for a fold; no header has this character of its own. */
const FOLDED = '\0';
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=([ \t]+(?==\?[^?\s]{1,60}\?[bq]\?))?/gi;

/**
 * The words of a field: encoded ones (RFC 2047) decoded, raw 8-bit ones by detection. Neighbours in one encoding are joined
 * before they are decoded, since old programs cut them in the middle of a character.
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

/** Headers are ASCII; where one is not, its bytes are in some encoding that nobody declares. */
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
