import { type PagePayload, decodePagePayload } from '../../../shared/text/page-payload.ts';
import type { PlacedText } from './geometry.ts';
import { contentPath, layerPagePath } from '../../../shared/contract/bytes.ts';

/** Number of decoded pages kept: some 100 KB each. */
const KEPT = 64;

/** The texts of pages with their geometry: loaded once; the least recently used are dropped. */
export class PageTexts {
  readonly #load: (page: number) => Promise<PagePayload>;
  readonly #known = new Map<number, PlacedText>();
  readonly #asked = new Map<number, Promise<PlacedText | null>>();

  constructor(load: (page: number) => Promise<PagePayload>) {
    this.#load = load;
  }

  /** The page, if it is loaded. */
  get(page: number): PlacedText | null {
    const known = this.#known.get(page);
    if (known === undefined) return null;
    this.#known.delete(page);
    this.#known.set(page, known);
    return known;
  }

  /** Loads the page; null if its text has no geometry. Rejects if it cannot be read. */
  ask(page: number): Promise<PlacedText | null> {
    const known = this.get(page);
    if (known !== null) return Promise.resolve(known);
    const asked = this.#asked.get(page) ?? this.#fetch(page);
    this.#asked.set(page, asked);
    return asked;
  }

  async #fetch(page: number): Promise<PlacedText | null> {
    try {
      const { text, geometry } = await this.#load(page);
      if (geometry === null) return null;
      const placed = { text, geometry };
      this.#known.set(page, placed);
      for (const old of this.#known.keys()) {
        if (this.#known.size <= KEPT) break;
        this.#known.delete(old);
      }
      return placed;
    } finally {
      this.#asked.delete(page);
    }
  }
}

/** The address of the bytes that a source shows: its original, or a file from an archive. */
export const contentAddress = (source: string): string => new URL(contentPath(source), document.baseURI).href;

/** One page of a text layer with its geometry, from our own host. Rejects where it cannot be read. */
export async function fetchPage(layer: string, page: number): Promise<PagePayload> {
  const answer = await fetch(new URL(layerPagePath(layer, page), document.baseURI));
  if (!answer.ok) throw new Error(`Couldn’t read the text of page ${page} (${answer.status}).`);
  return decodePagePayload(new Uint8Array(await answer.arrayBuffer()));
}
