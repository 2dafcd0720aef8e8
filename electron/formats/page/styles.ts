import { rewriteDeclarations, rewriteStyleSheet } from './css.ts';
import { byteOrderMark, decodeAs, encodingOf } from '../charset.ts';
import { LIMITS } from './limits.ts';
import { isDataUrl, type Content, type Resources } from './resources.ts';

/** The context of a style sheet. */
export interface SheetPlace {
  /** The base of its addresses. */
  readonly base: string | null;
  readonly isShadow: boolean;
  /** For a framed page: `html` and `body` are boxes there. */
  readonly isFramed: boolean;
}

/** Attributes up to this length, and at most this many, are cached. */
const REPEATED = 400;
const REPEATED_COUNT = 4000;

/** Rewrites a page's style sheets and their imports, with one limit for all of them. */
export class Styles {
  readonly #resources: Resources;
  /** The page's encoding: used for linked sheets that declare none. */
  readonly #charset: string;
  /** Cache of rewritten attributes, all of one base: pages repeat a few `style` attributes thousands of times. */
  readonly #declarations = new Map<string, string>();
  #declarationsBase: string | null = null;
  #taken = 0;
  overLimit = false;
  /** Whether a part was left out whose brackets are nested too deeply. */
  tooDeep = false;
  /** Sheets that the capture does not have. */
  readonly missing = new Set<string>();

  constructor(resources: Resources, charset: string) {
    this.#resources = resources;
    this.#charset = charset;
  }

  /** The text of a `style` element. */
  sheet(css: string, place: SheetPlace, trail: readonly string[] = []): string {
    this.#taken += css.length;
    if (this.#taken > LIMITS.css) {
      this.overLimit = true;
      return '';
    }
    return rewriteStyleSheet(
      css,
      {
        image: (address) => this.#image(address, place.base),
        sheet: (address) => this.linked(address, place, trail),
        tooDeep: () => (this.tooDeep = true),
      },
      place.isShadow ? 'shadow' : place.isFramed ? 'framed' : 'sheet',
    );
  }

  /** The text of a linked or imported sheet; null if the capture does not have it, or it imports itself. */
  linked(written: string, place: SheetPlace, trail: readonly string[] = []): string | null {
    if (this.overLimit) return null;
    const content = this.#resources.content(written, place.base);
    if (content === null) {
      if (!isDataUrl(written)) this.missing.add(written);
      return null;
    }
    const address = content.address ?? written;
    if (trail.length >= LIMITS.importDepth || trail.includes(address)) return null;
    const base = content.address ?? place.base;
    return this.sheet(this.#decode(content), { ...place, base }, [...trail, address]);
  }

  /** The value of a `style` attribute, or of another one that contains CSS. */
  declarations(css: string, base: string | null): string {
    if (base !== this.#declarationsBase) {
      this.#declarations.clear();
      this.#declarationsBase = base;
    }
    const known = this.#declarations.get(css);
    if (known !== undefined) return known;
    const rewritten = rewriteDeclarations(css, {
      image: (address) => this.#image(address, base),
      sheet: () => null,
      tooDeep: () => (this.tooDeep = true),
    });
    if (css.length <= REPEATED && this.#declarations.size < REPEATED_COUNT) this.#declarations.set(css, rewritten);
    return rewritten;
  }

  #image(address: string, base: string | null): string | null {
    return address.startsWith('#') ? address : this.#resources.address(address, base, 'picture-or-font');
  }

  /**
   * CSS Syntax 3: the byte order mark, the transport's declaration, the sheet's own, the page's encoding; `data:` sheets were
   * always read as UTF-8.
   */
  #decode({ bytes, charset, address }: Content): string {
    const declared = /^@charset "([^"]+)";/.exec(Buffer.from(bytes.subarray(0, 128)).toString('latin1'))?.[1];
    const around = address === null ? 'utf-8' : this.#charset;
    return decodeAs(bytes, byteOrderMark(bytes) ?? encodingOf(charset) ?? encodingOf(declared) ?? around);
  }
}
