import { fail, Fault, ok, type Result } from '../../../shared/errors.ts';
import type { Capture, CapturedPart } from '../capture.ts';
import { resolveAddress } from '../page/addresses.ts';
import { beginsLikeHtml, notHtml } from '../page/not-html.ts';
import { LIMITS } from './limits.ts';
import { readDetails } from './details.ts';
import { decodeTransfer, latin } from './encodings.ts';
import { Headers } from './headers.ts';

/**
 * An MHTML file (RFC 2557) as a capture: from a browser, an old Internet Explorer or a mail program, or malformed. Parts are
 * decoded on demand. Errors: TOO_LARGE; BAD_INPUT if it contains no web page.
 */
export function readMhtml(bytes: Uint8Array, { fileName }: { readonly fileName: string }): Result<Capture> {
  try {
    return ok(capture(bytes, fileName));
  } catch (thrown) {
    if (thrown instanceof Fault)
      return fail(thrown.data.code, thrown.data.message, { ...thrown.data.context, fileName });
    throw thrown;
  }
}

function capture(bytes: Uint8Array, fileName: string): Capture {
  if (bytes.length > LIMITS.file) {
    throw new Fault(
      'TOO_LARGE',
      `This file is larger than ${LIMITS.file >> 20} MB, the most Sourcebook reads of a saved page. Save the page without its videos and fonts (as HTML or with SingleFile), or as PDF.`,
      {
        bytes: bytes.length,
      },
    );
  }
  const message = splitMessage(bytes);
  const notes = [...message.notes];
  const root = findRoot(message, fileName, notes);
  const address = addressOf(root, message);
  const parts = indexParts(message, root, address, notes);
  return {
    html: root.bytes,
    charset: root.headers.parameter('content-type', 'charset'),
    address,
    find: (asked) => parts.get(keyOf(asked, address)) ?? null,
    ...readDetails(message.headers, address),
    status: null,
    redirects: [],
    notes,
  };
}

const HTML_TYPES = new Set(['text/html', 'application/xhtml+xml']);

/** The page itself: the part named by `start`, or the one at the snapshot's address, or the first that is a page. */
function findRoot({ headers, parts }: Message, fileName: string, notes: string[]): Part {
  const start = headers.parameter('content-type', 'start');
  if (start !== null) {
    const named = parts.find((part) => idOf(part) === bareId(start));
    if (named !== undefined && isPage(named)) return named;
    notes.push(
      named === undefined
        ? 'The main page this file names is missing; the first page in it was used.'
        : 'The main part this file names isn’t a page; the first page in it was used.',
    );
  }
  const snapshot = headers.address('snapshot-content-location');
  const pages = parts.filter((part) => isPage(part));
  const root =
    pages.find((page) => snapshot !== '' && page.headers.address('content-location') === snapshot) ?? pages[0];
  if (root !== undefined) return root;
  throw new Fault(
    'BAD_INPUT',
    `“${fileName}” has no web page: ${whatItIs(parts)} Save the page again, or add what’s inside.`,
  );
}

function isPage(part: Part): boolean {
  const { type } = part.headers;
  if (HTML_TYPES.has(type)) return notHtml(part.bytes) === null;
  if (type !== '' && type !== 'application/octet-stream' && type !== 'text/plain') return false;
  return beginsLikeHtml(part.bytes);
}

function whatItIs(parts: readonly Part[]): string {
  const first = parts[0];
  if (first === undefined) return 'it has no parts.';
  const known = notHtml(first.bytes);
  const type = first.headers.type === '' ? 'of no declared type' : first.headers.type;
  return `its first part is ${known ?? type}.`;
}

const bareId = (id: string): string => id.trim().replace(/^<|>$/g, '');
const idOf = (part: Part): string => bareId(part.headers.get('content-id'));

/** The absolute address of a part; null if it has none, or only a relative one without a base. */
function addressOf(part: Part, { headers }: Message): string | null {
  const written = part.headers.address('content-location');
  const own = part.headers.address('content-base') || part.base || headers.address('content-location');
  const base = resolveAddress(own, null) ?? resolveAddress(headers.address('snapshot-content-location'), null);
  return resolveAddress(written, base) ?? base;
}

/** The base of parts and links in a file without any address (RFC 2557, 5). */
const DEFAULT_BASE = 'thismessage:/';

/** One form for equivalent addresses; ids (`cid:a%40b`) are compared decoded. */
function keyOf(address: string, base: string | null): string {
  const absolute = resolveAddress(address, base ?? DEFAULT_BASE) ?? address;
  return absolute.startsWith('cid:') ? absolute.replaceAll('%40', '@') : absolute;
}

/** All parts but the page, by address and id; of several with one address the first counts. */
function indexParts(
  { parts }: Message,
  root: Part,
  rootAddress: string | null,
  notes: string[],
): ReadonlyMap<string, CapturedPart> {
  const byAddress = new Map<string, CapturedPart>();
  let twice = 0;
  for (const part of parts) {
    if (part === root) continue;
    const location = part.headers.address('content-location');
    const base = resolveAddress(part.headers.address('content-base') || part.base, null) ?? rootAddress;
    const address = location === '' ? null : keyOf(location, base);
    const held = new HeldPart(part, address);
    if (address !== null) {
      if (byAddress.has(address)) twice++;
      else byAddress.set(address, held);
    }
    const id = idOf(part);
    const cid = id === '' ? null : keyOf(`cid:${id}`, null);
    if (cid !== null && !byAddress.has(cid)) byAddress.set(cid, held);
  }
  if (twice > 0) {
    notes.push(
      twice === 1
        ? 'Two parts have the same address; the first was used.'
        : `${twice} parts repeat an address; the first of each was used.`,
    );
  }
  return byAddress;
}

/** Decodes its bytes on demand. */
class HeldPart implements CapturedPart {
  readonly #part: Part;
  readonly address: string | null;
  constructor(part: Part, address: string | null) {
    this.#part = part;
    this.address = address;
  }
  get type(): string {
    return this.#part.headers.get('content-type');
  }
  get bytes(): Uint8Array {
    return this.#part.bytes;
  }
}

/** A part that contains no other parts. */
class Part {
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

interface Message {
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
function splitMessage(file: Uint8Array): Message {
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
