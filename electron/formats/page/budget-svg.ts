import { defaultTreeAdapter } from 'parse5';
import { byteOrderMark, canDecode, decodeAs, encodingOf } from '../charset.ts';
import { References } from './budget-references.ts';
import { cutDashes } from './budget-strokes.ts';
import { cutStyles } from './budget-styles.ts';
import { styleTexts } from './selected.ts';
import { rewriteDeclarations, rewriteStyleSheet, type CssAddresses } from './css.ts';
import { isDataUrl, parseDataUrl } from './resources.ts';
import {
  append,
  appendText,
  createElement,
  elementsOf,
  HTML,
  NS,
  setAttribute,
  type Document,
  type Element,
  type ParentNode,
} from './tree.ts';

/*
 * What an SVG file costs that is shown as an image. It is stored as it came: what it refers to within itself, its styles and the
 * `data:` images in it are only counted. What cannot be read for sure, such as an entity in an entity, counts as endless.
 */

/** The most levels of `data:` images and style sheets in each other. */
const MOST_NESTED = 3;
/** The most characters that entities may add. Illustrator writes a dozen short entities. */
const MOST_EXPANDED = 1_000_000;
/** What a moving image is multiplied with, since it is painted again and again. */
const ANIMATED = 20;
/** The most elements of an SVG file. They cost less than copies: see budget-references.ts. */
const MOST_ELEMENTS = 200_000;

/** The cost of an SVG file as an image, shown once, in units of one element; infinite if it should not be shown. */
export function costOfSvg(bytes: Uint8Array, depth = 0): number {
  if (depth > MOST_NESTED) return Infinity;
  const text = expanded(decoded(bytes));
  if (text === null) return Infinity;
  const svg = new SvgFile(text, depth);
  if (svg.elements > MOST_ELEMENTS || svg.nested === Infinity) return Infinity;
  // The elements were parsed once. References to them, and styles they inherit, count for each element.
  const elements = elementsOf(svg.document);
  const { added } = new References(elements);
  const texts = styleTexts(elements);
  if (added === Infinity || cutDashes(elements, texts) > 0 || cutStyles(elements, texts) > 0) return Infinity;
  return (svg.elements + added + svg.nested) * (svg.isAnimated ? ANIMATED : 1);
}

function decoded(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1];
  const charset = byteOrderMark(bytes) ?? (declared === undefined ? 'utf-8' : encodingOf(declared));
  return charset !== null && canDecode(charset) ? decodeAs(bytes, charset) : null;
}

/** The file with its own entities replaced; null if they nest, or are too many. */
function expanded(text: string | null): string | null {
  if (text === null) return null;
  const declared = /<!DOCTYPE[^[>]*\[([\s\S]*?)\]\s*>/i.exec(text)?.[1] ?? '';
  if (/<!ENTITY\s+%|%[\w.-]+;|<!ATTLIST\s+\S+\s+(?!xmlns)/i.test(declared)) return null;
  // A style sheet named before the root is applied to it.
  if (/<\?xml-stylesheet[^>]*data:/i.test(text)) return null;
  const entities = new Map(
    Array.from(declared.matchAll(/<!ENTITY\s+([^\s%]+)\s+(?:"([^"]*)"|'([^']*)')/g), ([, name = '', a, b]) => [
      name,
      a ?? b ?? '',
    ]),
  );
  if ([...entities.values()].some((value) => value.includes('&'))) return null;
  let left = MOST_EXPANDED;
  const whole = text.replace(/&([^\s;&#]{1,100});/g, (written: string, name: string) => {
    const value = left < 0 ? undefined : entities.get(name);
    left -= value?.length ?? 0;
    return value ?? written;
  });
  return left < 0 ? null : whole;
}

/** Matches comments, CDATA, instructions, the document type, and tags. XML has no `<` inside a tag, so the search never looks further. */
const TOKENS =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^<>]*>?|<\/[^<>]*>|<([^\s/<>"'=]+)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/g;
const ATTRIBUTES = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The elements of the file, in the form that page budgets count. Names are taken without their prefix. */
class SvgFile {
  readonly document: Document = defaultTreeAdapter.createDocument();
  elements = 0;
  isAnimated = false;
  /** What images in its style sheets cost; those of elements are counted with the elements. */
  nested = 0;
  readonly #depth: number;
  readonly #open: ParentNode[] = [this.document];

  constructor(text: string, depth: number) {
    this.#depth = depth;
    let at = 0;
    const sheets: Element[] = [];
    for (const token of text.matchAll(TOKENS)) {
      this.#text(text.slice(at, token.index));
      at = token.index + token[0].length;
      const [whole, cdata, name, attributes = ''] = token;
      if (cdata !== undefined) this.#text(cdata);
      else if (whole.startsWith('</')) {
        if (this.#open.length > 1) this.#open.pop();
      } else if (name !== undefined) {
        const element = this.#element(name.slice(name.indexOf(':') + 1), attributes);
        if (element.tagName === 'style') sheets.push(element);
        if (!attributes.endsWith('/')) this.#open.push(element);
      }
    }
    for (const sheet of sheets) this.#sheet(sheet);
    this.nested *= this.elements;
  }

  #text(text: string): void {
    const into = this.#open.at(-1);
    if (into !== undefined && 'tagName' in into && into.tagName === 'style') appendText(into, decodedReferences(text));
  }

  #element(name: string, attributes: string): Element {
    this.elements += 1;
    if (/^(?:animate|set$)/.test(name)) this.isAnimated = true;
    const element = createElement(name, {}, name === 'style' ? HTML : NS.SVG);
    for (const [, written = '', a, b] of attributes.matchAll(ATTRIBUTES)) {
      const value = decodedReferences(a ?? b ?? '').trim();
      const key = written.slice(written.indexOf(':') + 1);
      if (/^(?:href|src|srcset)$/.test(key) && isDataUrl(value)) this.#image(element, value);
      else setAttribute(element, key, /url|src|image|\\/i.test(value) ? this.#declarations(value) : value);
      if (key === 'style' && /animation|transition/i.test(value)) this.isAnimated = true;
    }
    append(this.#open.at(-1) ?? this.document, element);
    return element;
  }

  #image(element: Element, address: string): void {
    const cost = this.#costOf(address);
    if (cost === Infinity) this.nested = Infinity;
    else if (cost > 0) setAttribute(element, 'data-fz-cost', String(cost));
  }

  #costOf(address: string): number {
    const content = parseDataUrl(address);
    const isSvg =
      content !== null &&
      (/svg|xml/.test(content.type) || /<svg/.test(Buffer.from(content.bytes.subarray(0, 4096)).toString('latin1')));
    return isSvg ? costOfSvg(content.bytes, this.#depth + 1) : 0;
  }

  #declarations(css: string): string {
    return rewriteDeclarations(css, this.#addresses(0));
  }

  #sheet(sheet: Element): void {
    const css = sheet.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
    if (/animation|transition|@keyframes/i.test(css)) this.isAnimated = true;
    sheet.childNodes = [];
    appendText(sheet, rewriteStyleSheet(css, this.#addresses(0)));
  }

  #addresses(imports: number): CssAddresses {
    return {
      image: (address) => {
        if (address.startsWith('#')) return address;
        if (isDataUrl(address)) this.nested += this.#costOf(address);
        return null;
      },
      sheet: (address) => {
        const content = parseDataUrl(address);
        if (content === null) return null;
        if (imports >= MOST_NESTED) this.nested = Infinity;
        else return rewriteStyleSheet(decodeAs(content.bytes, 'utf-8'), this.#addresses(imports + 1));
        return null;
      },
    };
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodedReferences = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
        (_whole, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : '';
        },
      )
    : text;
