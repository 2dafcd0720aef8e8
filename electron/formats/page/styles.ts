import { rewriteDeclarations, rewriteStyleSheet } from './css.ts';
import { encodingOf } from './charset.ts';
import { LIMITS } from './limits.ts';
import { isDataUrl, type DataUrl, type Resources } from './resources.ts';

/** Rewrites a page's style sheets, imports among them, within one allowance for all. */
export class Styles {
  readonly #resources: Resources;
  #taken = 0;
  overLimit = false;
  /** Sheets that the file does not hold. */
  readonly missing = new Set<string>();

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /** The text of a `style` element; `isShadow` for one of a shadow tree. */
  sheet(css: string, isShadow = false, trail: readonly string[] = []): string {
    this.#taken += css.length;
    if (this.#taken > LIMITS.css) {
      this.overLimit = true;
      return '';
    }
    return rewriteStyleSheet(
      css,
      {
        image: (address) => this.#image(address),
        sheet: (address) => this.linked(address, isShadow, trail),
      },
      isShadow,
    );
  }

  /** The text of a sheet that is linked or imported; null when the file does not hold it. */
  linked(address: string, isShadow = false, trail: readonly string[] = []): string | null {
    const content = this.#resources.content(address);
    if (content === null) {
      if (!isDataUrl(address)) this.missing.add(address);
      return null;
    }
    if (trail.length >= LIMITS.importDepth || trail.includes(address)) return null;
    return this.sheet(decodeSheet(content), isShadow, [...trail, address]);
  }

  /** The value of a `style` attribute, or of another one that holds CSS. */
  declarations(css: string): string {
    return rewriteDeclarations(css, { image: (address) => this.#image(address), sheet: () => null });
  }

  #image(address: string): string | null {
    return address.startsWith('#') ? address : this.#resources.address(address, 'picture-or-font');
  }
}

function decodeSheet({ bytes, charset }: DataUrl): string {
  const declared = /^@charset "([^"]+)";/.exec(Buffer.from(bytes.subarray(0, 128)).toString('latin1'))?.[1];
  return new TextDecoder(encodingOf(charset) ?? encodingOf(declared) ?? 'utf-8').decode(bytes);
}
