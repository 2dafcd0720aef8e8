import type { TextRange } from '../types.ts';
import type { Frame } from './frame-style.ts';
import type { FrameText } from './frame-text.ts';

/**
 * Finds words of a frozen page’s text that can’t be seen on the page. (Words hidden by `display` or `visibility` are not in the text.)
 * Layout and painting tell: words are hidden if they are transparent, tiny, of the colour behind them, cut off, outside the page or under
 * something opaque. If that can’t be determined (a picture behind, a blend, a mask), they count as seen, as do words in a closed `details`,
 * which can be opened.
 */

/** The most words checked of a passage; the rest of a longer one counts as seen. */
const MOST_WORDS = 5000;
/** Smaller letters can’t be read, CSS pixels. */
const READABLE = 2;
/** The least difference from the background colour at which letters can be seen, of 255: as in PDFs. */
const CONTRAST = 12;
const FAINT = 0.1;
const OPAQUE = 0.9;

const PICTURES: ReadonlySet<string> = new Set(['img', 'picture', 'video', 'canvas', 'svg', 'image']);

const WORD = /[\p{sc=Han}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}]]{1,1000}/gv;

/** The hidden words in `range`, as offsets in the page’s text; neighbours are one range. */
export function hiddenWords(frame: Frame, text: FrameText, range: TextRange): TextRange[] {
  const look = new PageLook(frame);
  const found: { start: number; end: number }[] = [];
  let count = 0;
  for (const match of text.text.slice(range.start, range.end).matchAll(WORD)) {
    if (++count > MOST_WORDS) break;
    const start = range.start + match.index;
    const end = start + match[0].length;
    if (look.isSeen(text, { start, end })) continue;
    const last = found.at(-1);
    if (last !== undefined && text.text.slice(last.end, start).trim() === '') last.end = end;
    else found.push({ start, end });
  }
  return found;
}

/** A colour’s channels, 0 to 255, and its opacity. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

class PageLook {
  readonly #frame: Frame;
  readonly #painted = new Map<Element, boolean>();
  readonly #canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  readonly #colours = new Map<string, Colour>();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  isSeen(text: FrameText, word: TextRange): boolean {
    const at = text.point(word.start, 'start');
    const element = at?.node.parentElement;
    if (element === undefined || element === null || isFolded(element)) return true;
    const boxes = text.boxes(word).filter((box) => Math.min(box.width, box.height) >= READABLE);
    const [first] = boxes;
    if (first === undefined || !this.#isPainted(element, first)) return false;
    return boxes.some((box) => this.#isInPage(element, box));
  }

  /** Whether the letters of an element differ visibly from what is behind them. */
  #isPainted(element: Element, box: DOMRect): boolean {
    const known = this.#painted.get(element);
    if (known !== undefined) return known;
    const isPainted = this.#isOpaqueEnough(element) && this.#hasContrast(element, box);
    this.#painted.set(element, isPainted);
    return isPainted;
  }

  #isOpaqueEnough(element: Element): boolean {
    let opacity = 1;
    for (const one of upwards(element)) {
      const { opacity: own, filter } = this.#style(one);
      opacity *= Number(own) * filteredOpacity(filter);
    }
    return opacity >= FAINT;
  }

  #hasContrast(element: Element, box: DOMRect): boolean {
    const style = this.#style(element);
    // A shadow or an outline can make letters visible, whatever their own colour.
    if (style.textShadow !== 'none' || parseFloat(style.webkitTextStrokeWidth) > 0) return true;
    if (style.backgroundClip === 'text') return true;
    const ink = this.#colour(style.webkitTextFillColor);
    if (ink[3] < FAINT) return false;
    const ground = this.#ground(element, box);
    if (ground === null) return true;
    const seen = over(ink, ground);
    return Math.max(...[0, 1, 2].map((at) => Math.abs((seen[at] ?? 0) - (ground[at] ?? 0)))) >= CONTRAST;
  }

  /** The colour behind an element’s letters in a box; null if a picture or an effect changes it. */
  #ground(element: Element, box: DOMRect): Colour | null {
    const stack = this.#at([box.left, box.top, box.right, box.bottom]);
    const from = stack.indexOf(element);
    const behind = from < 0 ? [...upwards(element)] : stack.slice(from);
    const layers: Colour[] = [];
    for (const one of behind) {
      const style = this.#style(one);
      if (PICTURES.has(one.localName) || style.backgroundImage !== 'none' || style.backdropFilter !== 'none')
        return null;
      if (style.mixBlendMode !== 'normal') return null;
      const colour = this.#colour(style.backgroundColor);
      layers.push(colour);
      if (colour[3] >= 1) break;
    }
    return layers.reduceRight<Colour>((under, layer) => over(layer, under), [255, 255, 255, 1]);
  }

  /**
   * The elements at the middle of a part of the page, from the top one. Scrolls there first, away from elements that stick to the edges.
   */
  #at([left, top, right, bottom]: Edges): Element[] {
    const { document, window } = this.#frame;
    const before = window.scrollY;
    const middle = (top + bottom) / 2;
    window.scrollTo({ top: before + middle - window.innerHeight / 2, behavior: 'instant' });
    const found = document.elementsFromPoint((left + right) / 2, middle - (window.scrollY - before));
    window.scrollTo({ top: before, behavior: 'instant' });
    return found;
  }

  /** Whether a part of the box can be scrolled to, isn’t cut off, and lies under nothing opaque. */
  #isInPage(element: Element, box: DOMRect): boolean {
    const { document, window } = this.#frame;
    const isRightToLeft = this.#style(document.documentElement).direction === 'rtl';
    const [left, top] = [box.left + window.scrollX, box.top + window.scrollY];
    const isBeside = isRightToLeft ? left >= document.documentElement.clientWidth : left + box.width <= 0;
    if (isBeside || top + box.height <= 0) return false;
    const shown = this.#clipped(element, box);
    return shown !== null && !this.#isCovered(element, shown);
  }

  /** The part of a box that the elements around it don’t cut off; null if too little is left to read. */
  #clipped(element: Element, box: DOMRect): Edges | null {
    let shown: Edges = [box.left, box.top, box.right, box.bottom];
    let by = this.#style(element).position;
    for (const one of upwards(element)) {
      const style = this.#style(one);
      const isAround =
        one === element || by === 'static' || by === 'relative' || by === 'sticky' || style.position !== 'static';
      if (cutsWhole(style)) return null;
      if (!isAround || by === 'fixed') continue;
      if (one !== element) by = style.position;
      if (one === one.ownerDocument.body || one === one.ownerDocument.documentElement) continue;
      if (style.display === 'inline' || style.display === 'contents') continue;
      const edges = one.getBoundingClientRect();
      // A scrolling element hides nothing if it is large enough to see something in it.
      const scrolls = (overflow: string, room: number): boolean =>
        (overflow === 'auto' || overflow === 'scroll') && room >= READABLE;
      const isCut = (overflow: string, room: number): boolean => overflow !== 'visible' && !scrolls(overflow, room);
      if (isCut(style.overflowX, edges.width))
        shown = [Math.max(shown[0], edges.left), shown[1], Math.min(shown[2], edges.right), shown[3]];
      if (isCut(style.overflowY, edges.height))
        shown = [shown[0], Math.max(shown[1], edges.top), shown[2], Math.min(shown[3], edges.bottom)];
      if (shown[2] - shown[0] < READABLE || shown[3] - shown[1] < READABLE) return null;
    }
    return shown;
  }

  /** Whether something opaque covers the middle of the visible part. */
  #isCovered(element: Element, shown: Edges): boolean {
    const [above] = this.#at(shown);
    for (const one of above === undefined ? [] : upwards(above)) {
      if (one.contains(element)) return false;
      const { backgroundColor, opacity } = this.#style(one);
      if (this.#colour(backgroundColor)[3] * Number(opacity) >= OPAQUE) return true;
    }
    return false;
  }

  #style(element: Element): CSSStyleDeclaration {
    return this.#frame.window.getComputedStyle(element);
  }

  /** A colour in any CSS notation, as channels. */
  #colour(css: string): Colour {
    const known = this.#colours.get(css);
    if (known !== undefined) return known;
    const canvas = this.#canvas;
    if (canvas === null) return [0, 0, 0, 1];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = canvas.getImageData(0, 0, 1, 1).data;
    const colour: Colour = [red, green, blue, alpha / 255];
    this.#colours.set(css, colour);
    return colour;
  }
}

type Edges = readonly [left: number, top: number, right: number, bottom: number];

/** The element and those around it, from inside. */
function* upwards(element: Element): Generator<Element> {
  for (let one: Element | null = element; one !== null; one = one.parentElement) yield one;
}

const isFolded = (element: Element): boolean => {
  const details = element.closest('details:not([open])');
  return details !== null && element.closest('summary') === null;
};

/** The opacity that a filter leaves; 1 if it has none. */
function filteredOpacity(filter: string): number {
  const found = /opacity\(([\d.]+)(%?)\)/.exec(filter);
  return found === null ? 1 : Number(found[1]) / (found[2] === '%' ? 100 : 1);
}

/** Whether an element is cut to nothing, as text that is only for screen readers often is. */
function cutsWhole({ clip, clipPath, position }: CSSStyleDeclaration): boolean {
  const isOut = position === 'absolute' || position === 'fixed';
  if (isOut && /^rect\((?:[01]px,? ?){4}\)$/.test(clip)) return true;
  const inset = /^inset\(([\d.]+)%(?: ([\d.]+)%)?\)$/.exec(clipPath);
  if (inset !== null && (Number(inset[1]) >= 50 || Number(inset[2] ?? inset[1]) >= 50)) return true;
  return /^(?:circle|ellipse)\(0(?:px|%)/.test(clipPath);
}

/** The result of painting one colour over another. */
function over([red, green, blue, alpha]: Colour, behind: Colour): Colour {
  const mixed = (one: number, other: number): number => one * alpha + other * (1 - alpha);
  return [mixed(red, behind[0]), mixed(green, behind[1]), mixed(blue, behind[2]), alpha + behind[3] * (1 - alpha)];
}
