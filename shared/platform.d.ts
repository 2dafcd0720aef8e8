/**
 * The few globals outside ECMAScript that shared/ may use, since Node and every browser have them alike. shared/ is
 * checked with these alone (shared/tsconfig.json: no DOM types, no Node types); the other rooms see the real ones.
 */

/** Encoding Standard: text to UTF-8. */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

/** Encoding Standard: bytes to text. `fatal` throws on bytes that are not in the encoding. */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}

/** Web Cryptography API: random numbers of the system. */
declare const crypto: { getRandomValues(array: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> };

/** A file a person dropped or chose, passed on and never read in shared/. */
interface File {
  readonly name: string;
  readonly size: number;
}
