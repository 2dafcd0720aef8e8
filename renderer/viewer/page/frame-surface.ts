import type { DomPoint, FlowSurface } from '../flow/surface.ts';
import type { TextRange } from '../types.ts';
import type { Frame } from './frame-style.ts';
import { type FrameText, isElementNode } from './frame-text.ts';

/** A frozen page’s text, for selecting and dragging. */
export class FrameSurface implements FlowSurface {
  readonly document: Document;
  readonly target: Document;
  readonly #frame: Frame;
  readonly #text: FrameText;

  constructor(frame: Frame, text: FrameText) {
    this.#frame = frame;
    this.#text = text;
    this.document = frame.document;
    this.target = frame.document;
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
 * Scrolls a range into view; opens folded content and scrolls scrolling elements around it. If the page hides the range
 * altogether, the nearest visible element around it is shown.
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
  // A caret in white space has no box. Nothing is scrolled then: the text beside it is in view already.
  if (isInView || (box === undefined && block === 'nearest')) return;
  // `scrollIntoView` also scrolls scrollers within the page.
  shownAround(range.startContainer)?.scrollIntoView({ block, inline: 'nearest' });
  const [moved] = text.boxes(place);
  if (moved === undefined || (moved.top >= 0 && moved.bottom <= innerHeight)) return;
  const above = block === 'center' ? innerHeight / 3 : moved.top < 0 ? 0 : innerHeight - moved.height;
  window.scrollBy(0, moved.top - above);
}

/** Opens the `details` around a node. */
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

/** Scrolls to the target of a fragment link; the page’s address does not change. */
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
    if (thrown instanceof URIError) return fragment; // It was not escaped.
    throw thrown;
  }
}

/**
 * Keeps the reading position of a page when its lines break elsewhere (window, pane or zoom changed): the first visible
 * text stays at the same distance from the top.
 */
export class ScrollAnchor {
  readonly #frame: Frame;
  readonly #text: FrameText;
  #anchor: { readonly offset: number; readonly top: number } | null = null;
  #isReflowing = false;

  constructor(frame: Frame, text: FrameText) {
    this.#frame = frame;
    this.#text = text;
  }

  /** Remembers what is first in view; returns its offset. */
  update(): number {
    const offset = this.#text.firstVisible();
    const top = this.#topOf(offset);
    const { scrollY, innerWidth } = this.#frame.window;
    // A hidden frame has no position and keeps its last one.
    if (innerWidth > 0) this.#anchor = top === null || scrollY === 0 ? null : { offset, top };
    return offset;
  }

  /**
   * Call before a change that breaks lines elsewhere; the frame reports it later. Between two such changes the user has
   * not scrolled, so the position from before the first one is restored.
   */
  beforeReflow(): void {
    if (!this.#isReflowing) this.update();
    this.#isReflowing = true;
  }

  /** Restores the position after lines were broken again. */
  restore(): void {
    this.#isReflowing = false;
    if (this.#anchor !== null) this.#put(this.#anchor.offset, this.#anchor.top);
  }

  /** The page was scrolled. Returns the first visible offset; while lines are being broken, the remembered one. */
  scrolled(): number {
    return this.#isReflowing && this.#anchor !== null ? this.#anchor.offset : this.update();
  }

  /** Scrolls the text at an offset to the top. */
  goTo(offset: number): void {
    this.#put(offset, 0);
    this.update();
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
