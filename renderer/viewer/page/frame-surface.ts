import type { DomPoint, FlowSurface } from '../flow/surface.ts';
import type { TextRange } from '../types.ts';
import type { Frame } from './frame-style.ts';
import { type FrameText, isElementNode } from './frame-text.ts';

/** A frozen page's text as selecting and dragging see it. */
export class FrameSurface implements FlowSurface {
  readonly document: Document;
  readonly ground: Document;
  readonly #frame: Frame;
  readonly #text: FrameText;

  constructor(frame: Frame, text: FrameText) {
    this.#frame = frame;
    this.#text = text;
    this.document = frame.document;
    this.ground = frame.document;
  }

  get text(): string {
    return this.#text.text;
  }
  toDom(offset: number, closing: boolean): DomPoint | null {
    return this.#text.point(offset, closing ? 'end' : 'start');
  }
  toOffset({ node, offset }: DomPoint, closing: boolean): number {
    return this.#text.offset(node, offset, closing ? 'end' : 'start');
  }
  boxes(range: TextRange): DOMRect[] {
    return this.#text.boxes(range);
  }
  unitAt(x: number, y: number): number | null {
    return this.#text.at(x, y);
  }
  firstVisible(): number {
    return this.#text.firstVisible();
  }
  reveal(offset: number): void {
    showPlace(this.#frame, this.#text, { start: Math.max(0, offset - 1), end: offset }, 'nearest');
  }
  view(): ReturnType<FlowSurface['view']> {
    const { innerWidth, innerHeight } = this.#frame.window;
    return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  }
  scrollBy(x: number, y: number): boolean {
    const { window } = this.#frame;
    const [left, top] = [window.scrollX, window.scrollY];
    window.scrollBy(x, y);
    return window.scrollX !== left || window.scrollY !== top;
  }
}

/**
 * Brings a range of the page into view, out of whatever is folded over it and whatever scrolls around it. What the page hides
 * for good has no place: then what is shown nearest around it comes.
 */
export function showPlace(
  { window }: Frame,
  text: FrameText,
  place: TextRange,
  block: 'center' | 'nearest' = 'center',
): void {
  const range = text.range(place);
  if (range === null) return;
  unfold(range.startContainer);
  const { innerHeight, innerWidth } = window;
  const [box] = text.boxes(place);
  const isInView =
    box !== undefined && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  // A caret in white space has no box, and stands beside what is in view.
  if (isInView || (box === undefined && block === 'nearest')) return;
  // Also scrolls what scrolls within the page.
  shownAround(range.startContainer)?.scrollIntoView({ block, inline: 'nearest' });
  const [moved] = text.boxes(place);
  if (moved === undefined || (moved.top >= 0 && moved.bottom <= innerHeight)) return;
  const above = block === 'center' ? innerHeight / 3 : moved.top < 0 ? 0 : innerHeight - moved.height;
  window.scrollBy(0, moved.top - above);
}

/** Opens what is folded over a node. */
function unfold(node: Node): void {
  for (let at: Node | null = node; at !== null; at = at.parentNode) {
    if (isElementNode(at) && at.localName === 'details') at.setAttribute('open', '');
  }
}

/** The nearest element around a node that has a box. */
function shownAround(node: Node): Element | null {
  let element = isElementNode(node) ? node : node.parentElement;
  while (element !== null && element.getClientRects().length === 0) element = element.parentElement;
  return element;
}

/** Goes to a place that a link within the page names; the page's address does not change. */
export function goToFragment(document: Document, fragment: string): void {
  const name = decodeFragment(fragment.slice(1));
  const target = document.getElementById(name) ?? document.querySelector(`a[name="${CSS.escape(name)}"]`);
  if (target !== null) unfold(target);
  target?.scrollIntoView();
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (thrown) {
    if (thrown instanceof URIError) return fragment; // not escaped, then
    throw thrown;
  }
}

/**
 * Where one reads in a page whose lines break anew when the window, a pane or the zoom changes: the first text in view stays
 * as far from the upper edge as it was.
 */
export class HeldPlace {
  readonly #frame: Frame;
  readonly #text: FrameText;
  #held: { readonly offset: number; readonly top: number } | null = null;
  #isBreaking = false;

  constructor(frame: Frame, text: FrameText) {
    this.#frame = frame;
    this.#text = text;
  }

  /** Takes hold of what is first in view; answers its offset. */
  take(): number {
    const offset = this.#text.firstVisible();
    const top = this.#topOf(offset);
    const { scrollY, innerWidth } = this.#frame.window;
    // A frame that is not shown has no place, and goes on at the one it had.
    if (innerWidth > 0) this.#held = top === null || scrollY === 0 ? null : { offset, top };
    return offset;
  }

  /**
   * The lines will break anew, and the frame tells of it later. What one sees between two such changes is where nobody
   * scrolled to: what was taken hold of at the first of them is what is put back.
   */
  breaksAnew(): void {
    if (!this.#isBreaking) this.take();
    this.#isBreaking = true;
  }

  /** The lines are others: what was taken hold of is put where it was. */
  restore(): void {
    this.#isBreaking = false;
    if (this.#held !== null) this.#put(this.#held.offset, this.#held.top);
  }

  /** The page was scrolled; answers the offset first in view, which is held unless lines are breaking just now. */
  scrolled(): number {
    return this.#isBreaking && this.#held !== null ? this.#held.offset : this.take();
  }

  /** Puts the text at an offset to the upper edge. */
  goTo(offset: number): void {
    this.#put(offset, 0);
    this.take();
  }

  #put(offset: number, top: number): void {
    const now = this.#topOf(offset);
    if (now !== null && now !== top) this.#frame.window.scrollBy(0, now - top);
  }

  #topOf(offset: number): number | null {
    const [box] = this.#text.boxes({ start: offset, end: offset + 1 });
    return box?.top ?? null;
  }
}
