import { fail, Fault, ok, type Result } from '../../../shared/errors.ts';
import type { Capture, CapturedPart } from '../capture.ts';
import { resolveAddress } from '../page/addresses.ts';
import { beginsLikeHtml, notHtml } from '../page/not-html.ts';
import { LIMITS } from './limits.ts';
import { splitMessage, type Message, type Part } from './parts.ts';
import { readDetails } from './details.ts';

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
