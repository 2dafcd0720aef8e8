import { createHash } from 'node:crypto';
import { frozenResourceType, isPicture } from '../../../shared/model/frozen-resource.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { LIMITS } from './limits.ts';

export const hashOf = (bytes: Uint8Array): Sha256 => sha256.parse(createHash('sha256').update(bytes).digest('hex'));

/** Where a frozen page finds what it shows: relative to its own address, by hash. */
export const RESOURCE_FOLDER = 'r/';
export const RESOURCE_ADDRESS = /^r\/[0-9a-f]{64}$/;

export type Wanted = 'picture' | 'picture-or-font';

/** What a page shows, kept by hash. A file that stands alone holds it in `data:` addresses; nothing else is ever looked up. */
export class Resources {
  readonly #kept = new Map<Sha256, Uint8Array>();
  readonly #known = new Map<string, string | null>();
  #bytes = 0;
  /** Addresses that the file does not hold. */
  readonly missing = new Set<string>();
  overLimit = 0;

  /** Our own address for a picture or font, or null when the file does not hold it. */
  address(given: string | null, wanted: Wanted): string | null {
    const address = given?.trim() ?? '';
    if (address === '' || address === 'about:blank') return null;
    const key = `${wanted} ${address}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#keep(address, wanted);
    this.#known.set(key, found);
    if (found === null && !isDataUrl(address)) this.missing.add(address);
    return found;
  }

  /** What an address holds, as text of a style sheet or page; null when the file does not hold it. */
  content(given: string): DataUrl | null {
    return parseDataUrl(given.trim());
  }

  /** In the order in which the page asks for them, so that one page always gives one list. */
  get kept(): ReadonlyMap<Sha256, Uint8Array> {
    return this.#kept;
  }

  #keep(address: string, wanted: Wanted): string | null {
    const bytes = parseDataUrl(address)?.bytes;
    if (bytes === undefined) return null;
    const type = frozenResourceType(bytes);
    if (type === null || (wanted === 'picture' && !isPicture(type))) return null;
    const hash = hashOf(bytes);
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

export interface DataUrl {
  readonly bytes: Uint8Array;
  /** Type and subtype, lower case. */
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
  const body = percentDecode(address.slice(comma + 1, hash < 0 ? undefined : hash));
  return {
    bytes: isBase64 ? Buffer.from(body.toString('latin1'), 'base64') : body,
    type: (head.split(';')[0] ?? '').trim().toLowerCase() || 'text/plain',
    charset: /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(head)?.[1] ?? null,
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
