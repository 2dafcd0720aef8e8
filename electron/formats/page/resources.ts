import { createHash } from 'node:crypto';
import { frozenResourceType, isPicture } from '../../../shared/model/frozen-resource.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import type { CapturedPart } from '../capture.ts';
import { resolveAddress } from './addresses.ts';
import { LIMITS } from './limits.ts';

export const hashOf = (bytes: Uint8Array): Sha256 => sha256.parse(createHash('sha256').update(bytes).digest('hex'));

/** Where a frozen page's resources are: relative to its own address, by hash. */
export const RESOURCE_FOLDER = 'r/';
export const RESOURCE_ADDRESS = /^r\/[0-9a-f]{64}$/;

export type Wanted = 'picture' | 'picture-or-font';

/** Looks up an absolute address in a capture. */
export type Find = (address: string) => CapturedPart | null;

/** The bytes at an address, and the base of the addresses within them. */
export interface Content {
  readonly bytes: Uint8Array;
  /** Type and subtype as declared, in lower case; empty if undeclared. */
  readonly type: string;
  readonly charset: string | null;
  /** Null for a `data:` address. */
  readonly address: string | null;
}

/**
 * A page's resources by hash. They come from `data:` addresses or from the capture; nothing else is ever loaded. Addresses
 * are passed as written in the page, with the `base` they are relative to.
 */
export class Resources {
  readonly #find: Find;
  readonly #kept = new Map<Sha256, Uint8Array>();
  readonly #known = new Map<string, string | null>();
  readonly #hashes = new WeakMap<Uint8Array, Sha256>();
  #bytes = 0;
  /** Addresses that the capture does not have. */
  readonly missing = new Set<string>();
  overLimit = 0;

  constructor(find: Find) {
    this.#find = find;
  }

  /** Our own address for an image or font, or null if the capture does not have it. */
  address(given: string | null, base: string | null, wanted: Wanted): string | null {
    const written = given?.trim() ?? '';
    if (written === '' || written === 'about:blank') return null;
    const address = absolute(written, base);
    const key = `${wanted} ${address}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#keep(address, wanted);
    this.#known.set(key, found);
    if (found === null && !isDataUrl(address)) this.missing.add(address);
    return found;
  }

  /** The content at an address, as text of a style sheet or page; null if the capture does not have it. */
  content(given: string, base: string | null): Content | null {
    const address = absolute(given.trim(), base);
    const data = parseDataUrl(address);
    if (data !== null) return { ...data, address: null };
    const part = this.#part(address);
    if (part === null) return null;
    return { bytes: part.bytes, ...declaredType(part.type), address: part.address ?? address };
  }

  /** The resource at an address; also if the capture has it without the fragment. */
  #part(address: string): CapturedPart | null {
    const hash = address.indexOf('#');
    return this.#find(address) ?? (hash < 0 ? null : this.#find(address.slice(0, hash)));
  }

  /** In the order in which the page uses them, so that a page always gives the same list. */
  get kept(): ReadonlyMap<Sha256, Uint8Array> {
    return this.#kept;
  }

  /** Hashed once, however many addresses refer to the same resource (`sprite.svg#a`, `#b` …). */
  #hashOf(bytes: Uint8Array): Sha256 {
    const known = this.#hashes.get(bytes);
    if (known !== undefined) return known;
    const hash = hashOf(bytes);
    this.#hashes.set(bytes, hash);
    return hash;
  }

  #keep(address: string, wanted: Wanted): string | null {
    const bytes = isDataUrl(address) ? parseDataUrl(address)?.bytes : this.#part(address)?.bytes;
    if (bytes === undefined) return null;
    const type = frozenResourceType(bytes);
    if (type === null || (wanted === 'picture' && !isPicture(type))) return null;
    const hash = this.#hashOf(bytes);
    if (!this.#kept.has(hash)) {
      const fits =
        bytes.length <= LIMITS.oneResource &&
        this.#kept.size < LIMITS.resources &&
        this.#bytes + bytes.length <= LIMITS.allResources;
      if (!fits) {
        this.overLimit++;
        return null;
      }
      this.#bytes += bytes.length;
      this.#kept.set(hash, bytes);
    }
    return `${RESOURCE_FOLDER}${hash}`;
  }
}

/** A `data:` address stays as written; so does one that cannot be resolved. */
const absolute = (written: string, base: string | null): string =>
  isDataUrl(written) ? written : (resolveAddress(written, base) ?? written);

/** Splits `text/css; charset="utf-8"`. */
export function declaredType(declared: string): { readonly type: string; readonly charset: string | null } {
  return {
    type: (declared.split(';', 1)[0] ?? '').trim().toLowerCase(),
    charset: /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(declared)?.[1] ?? null,
  };
}

export interface DataUrl {
  readonly bytes: Uint8Array;
  /** Type and subtype in lower case. */
  readonly type: string;
  readonly charset: string | null;
}

export const isDataUrl = (address: string): boolean => /^data:/i.test(address);

/** A `data:` address (RFC 2397, as browsers read it), or null. */
export function parseDataUrl(address: string): DataUrl | null {
  if (!isDataUrl(address)) return null;
  const comma = address.indexOf(',');
  if (comma < 0) return null;
  const head = address.slice('data:'.length, comma);
  const isBase64 = /;\s*base64\s*$/i.test(head);
  const hash = address.indexOf('#', comma);
  const { type, charset } = declaredType(head);
  const body = percentDecode(address.slice(comma + 1, hash < 0 ? undefined : hash));
  return {
    bytes: isBase64 ? Buffer.from(body.toString('latin1'), 'base64') : body,
    type: type === '' ? 'text/plain' : type,
    charset,
  };
}

function percentDecode(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (!text.includes('%')) return bytes;
  let written = 0;
  for (let read = 0; read < bytes.length; read++) {
    const hex = bytes[read] === 0x25 ? bytes.toString('latin1', read + 1, read + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[written++] = Number.parseInt(hex, 16);
      read += 2;
    } else bytes[written++] = bytes[read] ?? 0;
  }
  return bytes.subarray(0, written);
}

/** The files of a saved page's folder, by their path relative to the page: `report_files/logo.png`. */
export type SavedFiles = ReadonlyMap<string, Uint8Array>;

/** The address given to a page saved with a folder. Paths that lead out of its folder (`../`) find nothing. */
export const SAVED_FOLDER = 'https://saved-page.invalid/here/';

/**
 * Finds an address among a saved page's files: by its percent-decoded path, case-sensitive. A query (`style.css?v=3`) isn't part
 * of a file's name.
 */
export function findAmong(files: SavedFiles): Find {
  // File systems and pages may write accents in different normalisation forms.
  const composed = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) composed.set(path.normalize('NFC'), bytes);
  return (address): CapturedPart | null => {
    if (!address.startsWith(SAVED_FOLDER)) return null;
    const path = decodePath(address.slice(SAVED_FOLDER.length).split(/[?#]/, 1)[0] ?? '');
    const bytes = path === null ? undefined : (files.get(path) ?? composed.get(path.normalize('NFC')));
    return bytes === undefined ? null : { bytes, type: '' };
  };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (thrown) {
    if (thrown instanceof URIError) return null; // not UTF-8, so not the name of a file
    throw thrown;
  }
}
