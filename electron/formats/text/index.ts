import { readFileSync, statSync } from 'node:fs';
import { fail, ok } from '../../../shared/errors.ts';
import { canDecode, decodeAs } from '../charset.ts';
import { detectCharset } from '../detect-charset.ts';
import type { Extraction } from '../extracted.ts';
import { toExtracted } from '../layer.ts';

/** Increased when canonical text changes: offsets depend on it. */
const VERSION = '1';
const MAX_BYTES = 64 * 2 ** 20;

/**
 * A plain text file as one page without geometry. The encoding is the one a person set, else by byte order mark, else UTF-8,
 * else detected, which is stated in the notes because it may be wrong. Errors: TOO_LARGE; BAD_INPUT for an unknown encoding.
 */
export function readPlainText(path: string, set: string | null = null): Extraction {
  const { size } = statSync(path);
  if (size > MAX_BYTES) {
    return fail('TOO_LARGE', `This text has ${size} bytes; Sourcebook reads up to ${MAX_BYTES}. Split it.`, {
      bytes: size,
    });
  }
  return plainTextOf(readFileSync(path), set);
}

/** The same for bytes in memory, whose size the caller has checked. `known` are notes to add. Errors: BAD_INPUT. */
export function plainTextOf(bytes: Uint8Array, set: string | null, known: readonly string[] = []): Extraction {
  if (set !== null && !canDecode(set)) {
    return fail('BAD_INPUT', `Unknown encoding “${set}”. Use, for example, gb18030, big5 or windows-1251.`);
  }
  const charset = set ?? detectCharset(bytes).charset;
  const text = canonicalText(decodeAs(bytes, charset));
  const notes: string[] = [...known];
  if (set === null && charset !== 'utf-8') notes.push(`Read as ${charset.toUpperCase()}, detected from its bytes.`);
  const undecoded = text.split('\ufffd').length - 1;
  if (undecoded === 1) notes.push('1 character couldn’t be decoded and is shown as “\ufffd”.');
  if (undecoded > 1) notes.push(`${undecoded} characters couldn’t be decoded and are shown as “\ufffd”.`);
  return ok(
    toExtracted(
      {
        engine: 'plain-text',
        version: VERSION,
        notes,
        frozen: null,
        resources: [],
        pages: [{ text, box: [0, 0, 0, 0], rotation: 0, failed: false, geometry: null }],
      },
      { record: {}, prefilled: {} },
    ),
  );
}

/**
 * Line ends of any kind become LF, also form feeds and vertical tabs; other controls, non-characters and lone surrogates
 * become U+FFFD. Nothing else changes.
 */
export function canonicalText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, (control) =>
      control === '\n' || control === '\t' ? control : '\ufffd'.repeat(control.length),
    );
}
