import type { ByteSource } from './byte-source.ts';

/** Where a value is in the bytes it was read from. */
export interface Located {
  readonly value: PdfValue;
  readonly start: number;
  readonly end: number;
}
/** A key of a dictionary, and where it begins. */
export interface PdfEntry extends Located {
  readonly key: string;
  readonly keyStart: number;
}

/** A value of a PDF (ISO 32000-2, 7.3). Strings are passed on as they are, so only their place is known. */
export type PdfValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string' }
  | { readonly kind: 'reference'; readonly to: number }
  | { readonly kind: 'array'; readonly items: readonly Located[] }
  | { readonly kind: 'dictionary'; readonly entries: readonly PdfEntry[] }
  /** `true`, `false`, `null`, or anything else that stands for itself: `obj`, `stream`. */
  | { readonly kind: 'word'; readonly word: string };

/** The bytes are not what they should be. `isCut`: they end too early. */
export class BadSyntax extends Error {
  readonly isCut: boolean;
  constructor(what: string, isCut = false) {
    super(what);
    this.name = 'BadSyntax';
    this.isCut = isCut;
  }
}

/** The value of a key; null if the dictionary lacks it. If it is there twice, the last counts. */
export const entryOf = (value: PdfValue, key: string): PdfEntry | null =>
  value.kind === 'dictionary' ? (value.entries.findLast((entry) => entry.key === key) ?? null) : null;
export const numberIn = (value: PdfValue, key: string): number | null => {
  const found = entryOf(value, key)?.value;
  return found?.kind === 'number' ? found.number : null;
};

const DEEPEST = 64;
const WHITE: ReadonlySet<number> = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS: ReadonlySet<number> = new Set(Buffer.from('()<>[]{}/%'));
const PERCENT = 0x25;
const OPEN = 0x28;
const CLOSE = 0x29;
const SLASH = 0x2f;
const LESS = 0x3c;
const MORE = 0x3e;
const LEFT = 0x5b;
const BACKSLASH = 0x5c;
const RIGHT = 0x5d;

/** Reads values one after the other. `isWhole`: no more bytes follow; otherwise a token at the end may continue. */
export class SyntaxReader {
  readonly bytes: Uint8Array;
  at: number;
  private readonly isWhole: boolean;

  constructor(
    bytes: Uint8Array,
    { at = 0, isWhole = true }: { readonly at?: number; readonly isWhole?: boolean } = {},
  ) {
    this.bytes = bytes;
    this.at = at;
    this.isWhole = isWhole;
  }

  /** The next value. Throws {@link BadSyntax}. */
  value(depth = 0): Located {
    if (depth > DEEPEST) throw new BadSyntax('values in values too deep');
    this.space();
    const start = this.at;
    const first = this.bytes[start];
    if (first === undefined) throw new BadSyntax('the end', true);
    const value = this.begun(first, depth);
    return { value, start, end: this.at };
  }

  /** Goes to the next byte that is neither space nor comment. */
  space(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) return;
      if (byte === PERCENT) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++;
      } else if (!WHITE.has(byte)) return;
      else this.at++;
    }
  }

  private begun(first: number, depth: number): PdfValue {
    if (first === SLASH) return { kind: 'name', name: this.name() };
    if (first === OPEN) return this.literal();
    if (first === LEFT) return { kind: 'array', items: this.items(depth) };
    if (first === LESS) return this.bytes[this.at + 1] === LESS ? this.dictionary(depth) : this.hexadecimal();
    if (DELIMITERS.has(first)) throw new BadSyntax(`“${String.fromCharCode(first)}” where a value should be`);
    const word = this.word();
    if (!/^[-+.\d][-+.\d]*$/.test(word)) return { kind: 'word', word };
    const number = Number(word);
    if (Number.isNaN(number)) throw new BadSyntax(`“${word}” where a number should be`);
    return this.reference(word) ?? { kind: 'number', number };
  }

  /** `12 0 R`, whose first number was read. */
  private reference(word: string): PdfValue | null {
    if (!/^\d{1,10}$/.test(word)) return null;
    const before = this.at;
    this.space();
    const generation = /^\d{1,5}$/.test(this.peek());
    if (generation) {
      this.word();
      this.space();
      if (this.peek() === 'R') {
        this.word();
        return { kind: 'reference', to: Number(word) };
      }
    }
    this.at = before;
    return null;
  }

  private peek(): string {
    const before = this.at;
    const word = this.at < this.bytes.length ? this.word() : this.cut();
    this.at = before;
    return word;
  }

  private cut(): string {
    if (!this.isWhole) throw new BadSyntax('the end', true);
    return '';
  }

  private word(): string {
    const start = this.at;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) {
        this.cut();
        break;
      }
      if (WHITE.has(byte) || DELIMITERS.has(byte)) break;
      this.at++;
    }
    return String.fromCharCode(...this.bytes.subarray(start, Math.min(this.at, start + 128)));
  }

  private name(): string {
    this.at++;
    return this.word().replace(/#([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }

  private literal(): PdfValue {
    let open = 0;
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === BACKSLASH) this.at++;
      else if (byte === OPEN) open++;
      else if (byte === CLOSE && --open === 0) {
        this.at++;
        return { kind: 'string' };
      }
    }
    throw new BadSyntax('a string without an end', true);
  }

  private hexadecimal(): PdfValue {
    const end = this.bytes.indexOf(MORE, this.at);
    if (end < 0) throw new BadSyntax('a string without an end', true);
    this.at = end + 1;
    return { kind: 'string' };
  }

  private items(depth: number): Located[] {
    this.at++;
    const items: Located[] = [];
    for (;;) {
      this.space();
      if (this.bytes[this.at] === RIGHT) {
        this.at++;
        return items;
      }
      items.push(this.value(depth + 1));
    }
  }

  private dictionary(depth: number): PdfValue {
    this.at += 2;
    const entries: PdfEntry[] = [];
    for (;;) {
      this.space();
      if (this.bytes[this.at] === MORE && this.bytes[this.at + 1] === MORE) {
        this.at += 2;
        return { kind: 'dictionary', entries };
      }
      const key = this.value(depth + 1);
      if (key.value.kind !== 'name') throw new BadSyntax('a key that is no name');
      entries.push({ key: key.value.name, keyStart: key.start, ...this.value(depth + 1) });
    }
  }
}

const FIRST_WINDOW = 4096;
/** The most bytes of one object without its stream. */
const MOST = 16 * 2 ** 20;

/** Reads at a place of a file, in as large a piece as is needed. Throws {@link BadSyntax}, also for a place beyond the file’s end. */
export function readAt<T>(source: ByteSource, at: number, read: (reader: SyntaxReader) => T): T {
  if (!(at >= 0 && at < source.length)) throw new BadSyntax(`place ${at} is outside the file`);
  for (let size = FIRST_WINDOW; ; size *= 4) {
    const end = Math.min(source.length, at + size);
    try {
      return read(new SyntaxReader(source.read(at, end), { isWhole: end === source.length }));
    } catch (thrown) {
      if (!(thrown instanceof BadSyntax) || !thrown.isCut || end === source.length || size >= MOST) throw thrown;
    }
  }
}
