import { Fault } from '../../../shared/errors.ts';
import { decodeTransfer, latin } from './encodings.ts';
import { Headers } from './headers.ts';
import { LIMITS } from './limits.ts';

/** A part that contains no other parts. */
export class Part {
  readonly headers: Headers;
  /** The base address given by the containers around it; empty if there is none. */
  readonly base: string;
  readonly #raw: Uint8Array;
  #bytes: Uint8Array | null = null;

  constructor(headers: Headers, base: string, raw: Uint8Array) {
    this.headers = headers;
    this.base = base;
    this.#raw = raw;
  }

  /** Decoded on first use, since a page shows few of the parts of a mail. Always the same array. */
  get bytes(): Uint8Array {
    this.#bytes ??= decodeTransfer(this.#raw, this.headers.get('content-transfer-encoding'));
    return this.#bytes;
  }
}

export interface Message {
  readonly headers: Headers;
  /** All parts in the order of the file, including nested ones. */
  readonly parts: readonly Part[];
  readonly notes: readonly string[];
}

interface Entity {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly base: string;
}

/**
 * Splits a message at its boundaries (RFC 2046), in linear time: each level is searched once. A cut file gives the parts it
 * has, and a missing boundary is guessed; both are noted. Throws TOO_LARGE for too many parts.
 */
export function splitMessage(file: Uint8Array): Message {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const splitter = new Splitter(bytes);
  const start = beginning(bytes);
  const open: Entity[] = [{ from: start, to: bytes.length, depth: 0, base: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const inner of splitter.entity(next).toReversed()) open.push(inner);
  }
  return { headers: splitter.top ?? new Headers(''), parts: splitter.parts, notes: [...splitter.notes] };
}

/** Skips a byte order mark, empty lines and the line that mailboxes put before a message. */
function beginning(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at++;
  if (bytes.toString('latin1', at, at + 7) !== 'From - ') return at;
  const line = bytes.indexOf('\n', at);
  return line < 0 ? at : line + 1;
}

class Splitter {
  readonly #bytes: Buffer;
  readonly parts: Part[] = [];
  readonly notes = new Set<string>();
  top: Headers | null = null;
  #entities = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The parts within an entity; if it has none, it is added to the parts itself. */
  entity({ from, to, depth, base }: Entity): readonly Entity[] {
    const { headers, body } = this.#headers(from, to);
    const isTop = this.top === null;
    if (isTop) this.top = headers;
    const around = headers.address('content-base') || (isTop ? '' : base);
    const isMultipart = headers.type.startsWith('multipart/');
    const isBroken = isTop && headers.type === '';
    const marks = isMultipart || isBroken ? this.#marks(headers, from, body, to) : [];
    if (marks.length === 0 || depth >= LIMITS.depth) {
      if (!isMultipart) this.parts.push(new Part(headers, around, this.#bytes.subarray(body, to)));
      return [];
    }
    const inner: Entity[] = [];
    for (const [index, mark] of marks.entries()) {
      if (mark.closes) break;
      inner.push({ from: mark.end, to: marks[index + 1]?.start ?? to, depth: depth + 1, base: around });
    }
    return inner;
  }

  #headers(from: number, to: number): { headers: Headers; body: number } {
    // Without a header the first boundary comes at once.
    if (this.top === null && this.#bytes[from] === DASH && this.#bytes[from + 1] === DASH) {
      return { headers: new Headers(''), body: from };
    }
    const limit = Math.min(to, from + LIMITS.header);
    const block = this.#bytes.toString('latin1', from, limit);
    // An empty line ends the header; a part that begins with one has none.
    const end = /^(?:\r?\n|\r)|\r\n\r\n|\n\r?\n|\r\r(?!\n)/.exec(block);
    if (end === null) return { headers: new Headers(block), body: limit };
    return { headers: new Headers(block.slice(0, end.index)), body: from + end.index + end[0].length };
  }

  #marks(headers: Headers, from: number, body: number, to: number): readonly Mark[] {
    const declared = headers.parameter('content-type', 'boundary');
    if (declared !== null && declared !== '' && declared.length <= LIMITS.boundary) {
      const marks = this.#find(declared, body, to);
      if (marks.length > 0) return this.#noted(marks);
    }
    const guessed = this.#guess(from, to);
    if (guessed === null) return [];
    const marks = this.#find(guessed, from, to);
    if (marks.length > 0) this.notes.add('The file doesn’t say how its parts are divided; Sourcebook detected it.');
    return this.#noted(marks);
  }

  #noted(marks: readonly Mark[]): readonly Mark[] {
    if (marks.length > 0 && marks.at(-1)?.closes !== true) {
      this.notes.add('The file is cut off before its last part ends. The rest was read.');
    }
    return marks;
  }

  /** All lines that are `--boundary` or `--boundary--`. */
  #find(boundary: string, from: number, to: number): Mark[] {
    const bytes = this.#bytes;
    const dashed = Buffer.from(`--${boundary}`, 'latin1');
    const marks: Mark[] = [];
    for (let at = bytes.indexOf(dashed, from); at >= 0 && at + dashed.length <= to;) {
      const mark = this.#markAt(at, at + dashed.length, from, to);
      if (mark !== null) {
        marks.push(mark);
        if (++this.#entities > LIMITS.parts) throw tooMany();
        if (mark.closes) break;
      }
      at = bytes.indexOf(dashed, at + dashed.length);
    }
    return marks;
  }

  #markAt(start: number, after: number, from: number, to: number): Mark | null {
    const bytes = this.#bytes;
    const isLineStart = start === from || bytes[start - 1] === LF || bytes[start - 1] === CR;
    if (!isLineStart) return null;
    const closes = bytes[after] === DASH && bytes[after + 1] === DASH;
    let end = closes ? after + 2 : after;
    while (end < to && end - after < LIMITS.boundary && (bytes[end] === 0x20 || bytes[end] === 0x09)) end++;
    if (end < to && bytes[end] !== LF && bytes[end] !== CR) return null;
    if (bytes[end] === CR) end++;
    if (bytes[end] === LF) end++;
    // The line end before a boundary belongs to the boundary.
    let before = start;
    if (before > from && bytes[before - 1] === LF) before--;
    if (before > from && bytes[before - 1] === CR) before--;
    return { start: before, end: Math.min(end, to), closes };
  }

  /** The first line that could be a boundary: dashes, followed by a line with a header field. */
  #guess(from: number, to: number): string | null {
    const start = latin(this.#bytes.subarray(from, Math.min(to, from + LIMITS.guess)));
    const found = /(?:^|[\r\n])--([^\r\n]{1,200})(?:\r\n|\n|\r)content-[a-z-]{2,40}:/i.exec(start);
    const boundary = found?.[1]?.trimEnd() ?? '';
    return boundary === '' ? null : boundary;
  }
}

/** A boundary's line: where the part before it ends, and where the part after it begins. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly closes: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

const tooMany = (): Fault =>
  new Fault(
    'TOO_LARGE',
    `This file has more than ${LIMITS.parts} parts, the most Sourcebook reads of a saved page. Save the page again as HTML, with SingleFile or as PDF.`,
    {
      limit: LIMITS.parts,
    },
  );
