import {
  type PageText,
  type Side,
  type TreeAdapter,
  buildPageText,
  fromDom,
  fromGap,
  toDom,
} from '../../../shared/text/page-text.ts';
import type { TextRange } from '../types.ts';

/**
 * The adapter for a live document. It checks `nodeType`, since a node of the frame is not an instance of this window’s
 * classes. Properties cannot be clobbered: a frozen page has no `form`, and `name` only on links.
 */
export const domTree: TreeAdapter<Node> = {
  children: (node) => node.childNodes,
  text: (node) => (isTextNode(node) ? node.data : null),
  name: (node) => (isElementNode(node) ? node.localName : ''),
  isHtml: (node) => isElementNode(node) && node.namespaceURI === 'http://www.w3.org/1999/xhtml',
  attribute: (node, name) => (isElementNode(node) ? node.getAttribute(name) : null),
};

const isTextNode = (node: Node): node is Text => node.nodeType === 3;
export const isElementNode = (node: Node): node is Element => node.nodeType === 1;

/** The text of the page in the frame, with the mapping between offsets and positions in its document. */
export class FrameText {
  readonly document: Document;
  readonly #page: PageText<Node>;
  readonly #numbers: ReadonlyMap<Node, number>;

  constructor(document: Document) {
    this.document = document;
    this.#page = buildPageText<Node>(document, domTree);
    this.#numbers = new Map(this.#page.nodes.map((node, number) => [node, number]));
  }

  get text(): string {
    return this.#page.text;
  }

  /** The document's range for a range of the text; null where there is no text. */
  range({ start, end }: TextRange): Range | null {
    const from = toDom(this.#page, start, 'start');
    const to = toDom(this.#page, end, 'end');
    if (from === null || to === null) return null;
    const range = this.document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** Where an offset is in the document; null where there is no text. */
  point(offset: number, side: Side): { readonly node: Node; readonly offset: number } | null {
    return toDom(this.#page, offset, side);
  }

  /** The offset of a boundary point of the document: in a text node, or between any nodes. */
  offset(container: Node, offset: number, side: Side): number {
    const number = this.#numbers.get(container);
    if (number !== undefined) return fromDom(this.#page, number, offset, side);
    const point = this.document.createRange();
    point.setStart(container, offset);
    let low = 0;
    let high = this.#page.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const node = this.#page.nodes[middle];
      if (node !== undefined && point.comparePoint(node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return fromGap(this.#page, low, side);
  }

  /** The range a selection covers, without white space at its ends; null if that is empty. */
  covered(range: AbstractRange): TextRange | null {
    let start = this.offset(range.startContainer, range.startOffset, 'start');
    let end = this.offset(range.endContainer, range.endOffset, 'end');
    while (start < end && isSpace(this.text, start)) start++;
    while (end > start && isSpace(this.text, end - 1)) end--;
    return start < end ? { start, end } : null;
  }

  /**
   * The boxes of a range’s characters in the frame’s viewport, one for each line of each text node. (The boxes of a DOM
   * range would include whole paragraphs in it.) Folded or hidden text has none.
   */
  boxes(range: TextRange): DOMRect[] {
    const from = toDom(this.#page, range.start, 'start');
    const to = toDom(this.#page, range.end, 'end');
    if (from === null || to === null) return [];
    const first = this.#numbers.get(from.node) ?? 0;
    const last = this.#numbers.get(to.node) ?? -1;
    const boxes: DOMRect[] = [];
    const part = this.document.createRange();
    for (let number = first; number <= last; number++) {
      const node = this.#page.nodes[number];
      if (node === undefined || !isTextNode(node) || !isShown(node)) continue;
      part.setStart(node, number === first ? from.offset : 0);
      part.setEnd(node, number === last ? to.offset : node.data.length);
      for (const box of part.getClientRects()) if (box.width > 0 && box.height > 0) boxes.push(box);
    }
    return boxes;
  }

  /** The offset of the character drawn under a point of the frame’s viewport; null if there is none. */
  at(x: number, y: number): number | null {
    const caret = this.document.caretPositionFromPoint(x, y);
    if (caret === null) return null;
    const near = this.offset(caret.offsetNode, caret.offset, 'start');
    // The browser’s caret lies on either side of the character, and snaps to text far away: only a box that contains
    // the point counts.
    for (const start of [near, near - 1]) {
      if (start < 0 || start >= this.text.length || isSpace(this.text, start)) continue;
      const length = (this.text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
      if (this.boxes({ start, end: start + length }).some((box) => holds(box, x, y))) return start;
    }
    return null;
  }

  /** The first offset at or below the top of the frame’s viewport. */
  firstVisible(): number {
    const { nodes } = this.#page;
    const part = this.document.createRange();
    const bottomOf = (at: number): number | null => {
      const node = nodes[at];
      if (node === undefined) return null;
      part.selectNodeContents(node);
      const { bottom, height } = part.getBoundingClientRect();
      return height === 0 ? null : bottom;
    };
    /** Skips nodes that are not drawn: white space between blocks, and folded text. */
    const drawnFrom = (at: number, end: number): number => {
      let drawn = at;
      while (drawn < end && bottomOf(drawn) === null) drawn++;
      return drawn;
    };
    let low = 0;
    let high = nodes.length;
    // Assumes that text flows downwards. In columns the result is only near the right place, which is good enough to
    // return to.
    while (low < high) {
      const middle = (low + high) >> 1;
      const drawn = drawnFrom(middle, high);
      if (drawn < high && (bottomOf(drawn) ?? 0) < 0) low = drawn + 1;
      else high = middle;
    }
    low = Math.max(0, Math.min(drawnFrom(low, nodes.length), nodes.length - 1));
    let first = fromGap(this.#page, low, 'start');
    while (first < this.text.length - 1 && isSpace(this.text, first)) first++;
    return first;
  }
}

/** Chromium lays out the folded content of `details` too, and gives it boxes. */
const isShown = (node: Text): boolean => node.parentElement?.checkVisibility({ visibilityProperty: true }) ?? false;

const isSpace = (text: string, at: number): boolean => /\s/.test(text.charAt(at));
const NEAR = 2;
const holds = (box: DOMRect, x: number, y: number): boolean =>
  x >= box.left - NEAR && x <= box.right + NEAR && y >= box.top - NEAR && y <= box.bottom + NEAR;
