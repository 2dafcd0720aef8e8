import { defaultTreeAdapter, html as parse5Html } from 'parse5';
import { FROZEN_META_CSP } from '../../../shared/model/frozen-csp.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  CUSTOM_ELEMENT,
  DROPPED_ELEMENTS,
  HTML_ELEMENTS,
  MATH_ELEMENTS,
  RENAMED_ELEMENTS,
  SVG_ELEMENTS,
  UNKNOWN_ELEMENT,
} from './allow.ts';
import { copyAttributes, svgTarget } from './attributes.ts';
import { FIELD_CSS, replaceFields } from './fields.ts';
import { LIMITS } from './limits.ts';
import { baseOf, partsOf } from './parts.ts';
import { Resources, type Find } from './resources.ts';
import { Styles, type SheetPlace } from './styles.ts';
import {
  append,
  appendText,
  childrenOf,
  createElement,
  hasAttribute,
  HTML,
  isElement,
  isText,
  NS,
  setAttribute,
  textContent,
  type ChildNode,
  type Document,
  type Element,
} from './tree.ts';

/** Increased when the same file would give another frozen page. */
export const FREEZER_VERSION = '4';

/** The context of a node: what its addresses are relative to, and which styles and slots apply. */
export interface Setting {
  /** The base of its links. */
  readonly base: string | null;
  /** The base of the addresses of its files: a different one if they were saved into a folder. */
  readonly files: string | null;
  /** Addresses of the framed pages around it, so that none contains itself. */
  readonly trail: readonly string[];
  /** Number of frames around it. */
  readonly frames: number;
  /** The mark of its shadow tree or frame, to which its style sheets are limited. */
  readonly scope: { readonly mark: string; readonly isShadow: boolean } | null;
  /** What goes into the slots of its shadow tree, with the setting that comes from. */
  readonly slots: { readonly content: Map<string, ChildNode[]>; readonly setting: Setting } | null;
}

/** A node to be copied, and where to. */
export interface Work {
  readonly node: ChildNode;
  readonly into: Element;
  readonly depth: number;
  readonly setting: Setting;
}

/** A page's origin, and what was captured with it. */
export interface Origin {
  /** Where the page was captured, if known. */
  readonly address: string | null;
  /** The base of its files' addresses, if that differs from the base of its links. */
  readonly folder: string | null;
  readonly charset: string;
  readonly find: Find;
}

/** What was left out. */
export interface Counts {
  missingPictures: number;
  missingSheets: number;
  emptyFrames: number;
  media: number;
  flattened: number;
  overLimit: boolean;
  isAttributesCut: boolean;
  isFrameset: boolean;
}

/** How an element is copied that is not just copied as it is. */
export type ElementRule = (freezer: Freezer, node: Element, work: Work) => void;

/** Copies a page. `rules`: for the elements that are not just copied (elements.ts), by name. */
export class Freezer {
  readonly resources: Resources;
  readonly styles: Styles;
  readonly origin: Origin;
  readonly #rules: ReadonlyMap<string, ElementRule>;
  readonly #counts: Counts = {
    missingPictures: 0,
    missingSheets: 0,
    emptyFrames: 0,
    media: 0,
    flattened: 0,
    overLimit: false,
    isAttributesCut: false,
    isFrameset: false,
  };
  /** An explicit stack: hostile pages nest deeper than any call stack. The last entry is next. */
  readonly #work: Work[] = [];
  readonly #head = createElement('head');
  #nodes = 0;
  #marks = 0;
  frames = 0;
  #framedLength = 0;

  constructor(origin: Origin, rules: ReadonlyMap<string, ElementRule>) {
    this.#rules = rules;
    this.origin = origin;
    this.resources = new Resources(origin.find);
    this.styles = new Styles(this.resources, origin.charset);
  }

  document(source: Document, title: string): Document {
    const root = this.#frame(source, title);
    const { html, head, body } = partsOf(source);
    const base = baseOf(source, this.origin.address);
    const files = this.origin.folder ?? base;
    const setting: Setting = {
      base,
      files,
      trail: this.origin.address === null ? [] : [this.origin.address],
      frames: 0,
      scope: null,
      slots: null,
    };
    if (html !== null) this.copyAttributes(html, root.html, setting);
    if (body?.tagName === 'body') {
      this.copyAttributes(body, root.body, setting);
      this.push(childrenOf(body), root.body, 3, setting);
    } else if (body !== null) {
      this.#counts.isFrameset = true;
      this.push([body], root.body, 3, setting);
    }
    if (head !== null) this.push(childrenOf(head), this.#head, 2, setting);
    for (let work = this.#work.pop(); work !== undefined; work = this.#work.pop()) this.#copy(work);
    replaceFields(root.document);
    return root.document;
  }

  finishCounts(): Counts {
    const overLimit = this.styles.overLimit || this.styles.tooDeep || this.resources.overLimit > 0;
    return {
      ...this.#counts,
      missingPictures: this.resources.missing.size,
      missingSheets: this.styles.missing.size,
      overLimit,
    };
  }
  count(what: 'emptyFrames' | 'media'): void {
    this.#counts[what]++;
  }

  /**
   * Whether there is room for another framed page of this length (bytes or UTF-16 code units); together they may be as long
   * as one page.
   */
  takeFrame(length: number): boolean {
    this.#framedLength += length;
    return ++this.frames <= LIMITS.frames && this.#framedLength <= LIMITS.markup;
  }

  copyAttributes(from: Element, to: Element, setting: Setting): void {
    const isCut = copyAttributes(from, to, { styles: this.styles, resources: this.resources, base: setting.files });
    if (isCut) this.#counts.isAttributesCut = true;
  }

  /** A mark for a tree that limits its styles to it. */
  newMark(): string {
    return String(++this.#marks);
  }

  /** Adds nodes to be copied next, in this order. */
  push(nodes: readonly ChildNode[], into: Element, depth: number, setting: Setting): void {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      if (node !== undefined) this.#work.push({ node, into, depth, setting });
    }
  }

  /** Removes the nodes still to be copied into `element` from `setting`, and returns them: its later siblings. */
  takePending(element: Element): ChildNode[] {
    const taken: ChildNode[] = [];
    for (let last = this.#work.at(-1); last?.into === element; last = this.#work.at(-1)) {
      taken.push(last.node);
      this.#work.pop();
    }
    return taken;
  }

  /** Adds a copied element, and schedules its children; below the depth limit they are added beside it. */
  place(element: Element, children: readonly ChildNode[], work: Work): void {
    append(work.into, element);
    const isTooDeep = work.depth >= LIMITS.depth;
    if (isTooDeep && children.length > 0) this.#counts.flattened++;
    this.push(children, isTooDeep ? work.into : element, work.depth + 1, work.setting);
  }

  /** The context of a style sheet in the page. */
  sheetPlace({ setting }: Work): SheetPlace {
    return {
      base: setting.files,
      isShadow: setting.scope?.isShadow ?? false,
      isFramed: setting.scope?.isShadow === false,
    };
  }

  addSheet(css: string, media: string | null, work: Work): void {
    const scope = work.setting.scope;
    const style = createElement('style');
    const isForAll = media === null || /^\s*(?:all|screen)?\s*$/i.test(media) || media.length > LIMITS.dataAttribute;
    if (!isForAll) setAttribute(style, 'media', media);
    appendText(style, scope === null ? css : `@scope ([data-fz-host="${scope.mark}"]){${css}}`);
    append(work.into.namespaceURI === HTML ? work.into : this.#head, style);
  }

  #copy(work: Work): void {
    if (++this.#nodes > LIMITS.nodes) {
      throw new Fault('TOO_LARGE', `This page has more than ${LIMITS.nodes} elements, the most Sourcebook can read.`, {
        limit: LIMITS.nodes,
      });
    }
    const { node, into } = work;
    if (isText(node)) {
      if (into !== this.#head) this.#text(node.value, into);
      return;
    }
    if (!isElement(node)) return;
    if (isOutOfPlace(node, into)) return this.push(childrenOf(node), into, work.depth, work.setting);
    switch (node.namespaceURI) {
      case NS.HTML:
        return this.#html(node, work);
      case NS.SVG:
        return this.#svg(node, work);
      case NS.MATHML:
        return MATH_ELEMENTS.has(node.tagName)
          ? this.#plain(node, createElement(node.tagName, {}, NS.MATHML), work)
          : undefined;
      default:
        return;
    }
  }

  #text(value: string, into: Element): void {
    const text = value.replace(/\0/g, '');
    // A line end at the very start of `pre` would be lost each time the page is parsed again.
    if (into.tagName === 'pre' && into.childNodes.length === 0 && text.startsWith('\n'))
      append(into, createElement('fz-gap'));
    if (text !== '') appendText(into, text);
  }

  #html(node: Element, work: Work): void {
    const special = this.#rules.get(node.tagName);
    if (special !== undefined) return special(this, node, work);
    const name = frozenName(node.tagName);
    if (name === null || work.into === this.#head) return;
    const copy = createElement(name);
    // Closed until a script or a button opens it: here it stays closed.
    if (hasAttribute(node, 'popover')) setAttribute(copy, 'hidden', '');
    this.#plain(node, copy, work);
  }

  #svg(node: Element, work: Work): void {
    if (node.tagName === 'style')
      return this.addSheet(this.styles.sheet(textContent(node), this.sheetPlace(work)), null, work);
    const name = node.tagName === 'a' ? 'g' : node.tagName;
    if (!SVG_ELEMENTS.has(name)) return;
    const copy = createElement(name, {}, NS.SVG);
    const target = node.tagName === 'a' ? null : svgTarget(node, this.resources, work.setting.files);
    if (target !== null) setAttribute(copy, 'href', target);
    this.#plain(node, copy, work);
  }

  #plain(node: Element, copy: Element, work: Work): void {
    this.copyAttributes(node, copy, work.setting);
    this.place(copy, childrenOf(node), work);
  }

  /** The new document with its head, before anything is copied from the page. */
  #frame(source: Document, title: string): { document: Document; html: Element; body: Element } {
    const document = defaultTreeAdapter.createDocument();
    // The mode decides whether tables can be in paragraphs: the frozen page must be parsed in the page's own mode.
    if (source.mode !== parse5Html.DOCUMENT_MODE.QUIRKS) defaultTreeAdapter.setDocumentType(document, 'html', '', '');
    defaultTreeAdapter.setDocumentMode(document, source.mode);
    const html = createElement('html');
    const body = createElement('body');
    const titleElement = createElement('title');
    if (title !== '') appendText(titleElement, title);
    const style = createElement('style');
    appendText(style, source.mode === parse5Html.DOCUMENT_MODE.QUIRKS ? PAGE_CSS + QUIRKS_CSS : PAGE_CSS);
    for (const child of [
      createElement('meta', { charset: 'utf-8' }),
      createElement('meta', { 'http-equiv': 'Content-Security-Policy', content: FROZEN_META_CSP }),
      createElement('meta', { name: 'viewport', content: 'width=device-width' }),
      titleElement,
      style,
    ]) {
      append(this.#head, child);
    }
    append(document, html);
    append(html, this.#head);
    append(html, body);
    return { document, html, body };
  }
}

/** Styles of the elements that replace active ones, with the lowest priority. */
const PAGE_CSS =
  ':where([data-fz-href]){color:-webkit-link;text-decoration:underline;cursor:pointer}' +
  ':where(fz-textarea){display:inline-block;box-sizing:content-box;white-space:pre-wrap;overflow-wrap:break-word;overflow:auto;' +
  'width:var(--fz-w);height:var(--fz-h);padding:2px;border:1px solid light-dark(#767676,#858585);' +
  'background-color:field;color:fieldtext;font:13.3333px monospace;text-align:start}' +
  ':where(fz-form){display:block;unicode-bidi:isolate}' +
  ':where(fz-frame){display:inline-block;box-sizing:content-box;overflow:auto;border:var(--fz-b,2px) inset;' +
  'width:var(--fz-w,300px);height:var(--fz-h,150px)}' +
  // A framed page inherits nothing from around the frame except visibility.
  ':where(fz-html){all:initial;visibility:inherit;display:flow-root;min-height:100%;' +
  '--fz-w:initial;--fz-h:initial;--fz-b:initial;--fz-mw:initial;--fz-mh:initial}' +
  ':where(fz-body){display:block;margin:var(--fz-mh,8px) var(--fz-mw,8px)}' +
  ':where(fz-frameset){display:grid;height:100%;background-color:#ccc}' +
  ':where(fz-frameset>fz-frame){width:auto;height:auto;min-width:0;min-height:0;border:0;background-color:#fff}' +
  ':where(fz-frameset>fz-frameset){min-width:0;min-height:0}' +
  ':where(fz-html:has(>fz-frameset)){height:100%}' +
  ':where(fz-media){display:inline-block;width:var(--fz-w,300px);height:var(--fz-h,150px);background:#8882}' +
  ':where(fz-media>img){width:100%;height:100%;object-fit:contain}' +
  FIELD_CSS;

/** Chromium's quirks-mode styles for elements that have another name here. */
const QUIRKS_CSS = ':where(fz-form){margin-block-end:1em}';

/**
 * Whether an element is a part of an SVG or formula whose root was flattened away, so that HTML would parse it as something else. Its text
 * stays.
 */
function isOutOfPlace({ namespaceURI, tagName }: Element, into: Element): boolean {
  if (namespaceURI === HTML || into.namespaceURI !== HTML || tagName === 'svg' || tagName === 'math') return false;
  return SVG_ELEMENTS.has(tagName) || MATH_ELEMENTS.has(tagName) || tagName === 'a';
}

function frozenName(name: string): string | null {
  if (DROPPED_ELEMENTS.has(name) || PARTS.has(name)) return null;
  const renamed = RENAMED_ELEMENTS.get(name);
  if (renamed !== undefined) return renamed;
  return HTML_ELEMENTS.has(name) || CUSTOM_ELEMENT.test(name) ? name : UNKNOWN_ELEMENT;
}
const PARTS = new Set(['html', 'head', 'body', 'title']);
