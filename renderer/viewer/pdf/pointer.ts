import type { TextRange } from '../types.ts';
import type { Ends } from './text-selection.ts';
import { isControl } from '../screen.ts';

/** The text at a point of the screen; offsets count in the layer’s whole text. */
export interface ScreenHit {
  readonly offset: number;
  readonly unit: number;
  /** The point is inside a character’s box, not beside the text. */
  readonly inside: boolean;
}
export type Granularity = 'character' | 'word' | 'paragraph';

interface PointerHost {
  hit(x: number, y: number): ScreenHit | null;
  /** The word or paragraph around a unit. */
  around(unit: number, granularity: Granularity): TextRange;
  ends(): Ends | null;
  select(ends: Ends | null): void;
  /** The pointer was released: the selection is complete. */
  selectionDone(): void;
  /** Pressed and released at one point. */
  clicked(x: number, y: number, hit: ScreenHit | null): void;
}

/** How far a press may move and still be a click, CSS pixels. */
const CLICK_SLACK = 3;
const LONG_PRESS_MS = 450;

/**
 * Selecting with mouse, pen and finger, by the boxes of characters: the browser’s own hit testing of invisible glyphs
 * misses lines. Drags cross pages and scroll at the edges; double and triple clicks select words and paragraphs, and
 * dragging extends by them; Shift extends; a finger selects by a long press.
 */
export class PointerSelection {
  readonly #scroller: HTMLElement;
  readonly #host: PointerHost;
  readonly #autoscroll: Autoscroll;
  #drag: { origin: TextRange; granularity: Granularity; x: number; y: number; moved: boolean } | null = null;
  #pointer = { x: 0, y: 0 };
  #press = 0;
  #isTouch = false;

  constructor(scroller: HTMLElement, host: PointerHost) {
    this.#scroller = scroller;
    this.#host = host;
    this.#autoscroll = new Autoscroll(scroller, () => this.#extend());
    scroller.addEventListener('mousedown', this.#onMouseDown);
    scroller.addEventListener('pointerdown', this.#onPointerDown);
    scroller.addEventListener('touchstart', this.#onTouchStart, { passive: true });
    scroller.addEventListener('touchmove', this.#onTouchMove, { passive: false });
    scroller.addEventListener('contextmenu', this.#onContextMenu);
  }

  destroy(): void {
    this.#end();
    clearTimeout(this.#press);
    this.#scroller.removeEventListener('mousedown', this.#onMouseDown);
    this.#scroller.removeEventListener('pointerdown', this.#onPointerDown);
    this.#scroller.removeEventListener('touchstart', this.#onTouchStart);
    this.#scroller.removeEventListener('touchmove', this.#onTouchMove);
    this.#scroller.removeEventListener('contextmenu', this.#onContextMenu);
  }

  readonly #onMouseDown = (event: MouseEvent): void => {
    if (event.button !== 0 || isControl(event.target) || this.#isOnScrollbar(event)) return;
    // Otherwise the browser would start its own selection, with its own hit-testing.
    event.preventDefault();
    this.#scroller.focus({ preventScroll: true });
    if (this.#isTouch) return;
    const granularity = event.detail >= 3 ? 'paragraph' : event.detail === 2 ? 'word' : 'character';
    this.#begin(event.clientX, event.clientY, granularity, event.shiftKey);
  };

  /** A scrollbar is inside the element, but outside its client area. */
  #isOnScrollbar(event: MouseEvent): boolean {
    const { left, top } = this.#scroller.getBoundingClientRect();
    return event.clientX - left >= this.#scroller.clientWidth || event.clientY - top >= this.#scroller.clientHeight;
  }

  #begin(x: number, y: number, granularity: Granularity, extend: boolean): void {
    const hit = this.#host.hit(x, y);
    this.#pointer = { x, y };
    const ends = this.#host.ends();
    if (hit === null) {
      this.#drag = { origin: { start: 0, end: 0 }, granularity, x, y, moved: false };
    } else if (extend && ends !== null) {
      this.#drag = { origin: { start: ends.anchor, end: ends.anchor }, granularity, x, y, moved: true };
      this.#extend();
    } else {
      const caret = { start: hit.offset, end: hit.offset };
      const origin = granularity === 'character' ? caret : this.#host.around(hit.unit, granularity);
      this.#drag = { origin, granularity, x, y, moved: granularity !== 'character' };
      this.#host.select({ anchor: origin.start, focus: origin.end });
    }
    window.addEventListener('pointermove', this.#onPointerMove);
    window.addEventListener('pointerup', this.#onPointerUp);
    window.addEventListener('pointercancel', this.#onPointerUp);
  }

  readonly #onPointerMove = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag === null) return;
    this.#pointer = { x: event.clientX, y: event.clientY };
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > CLICK_SLACK) drag.moved = true;
    if (!drag.moved) return;
    this.#extend();
    this.#autoscroll.at(event.clientX, event.clientY);
  };

  #extend(): void {
    const drag = this.#drag;
    const hit = this.#host.hit(this.#pointer.x, this.#pointer.y);
    if (drag === null || hit === null) return;
    const { origin } = drag;
    const reached =
      drag.granularity === 'character'
        ? { start: hit.offset, end: hit.offset }
        : this.#host.around(hit.unit, drag.granularity);
    this.#host.select(
      reached.start < origin.start
        ? { anchor: origin.end, focus: reached.start }
        : { anchor: origin.start, focus: Math.max(reached.end, origin.end) },
    );
  }

  readonly #onPointerUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    this.#end();
    if (drag === null || event.type === 'pointercancel') return;
    if (drag.moved) this.#host.selectionDone();
    else this.#host.clicked(event.clientX, event.clientY, this.#host.hit(event.clientX, event.clientY));
  };

  #end(): void {
    this.#drag = null;
    this.#autoscroll.stop();
    window.removeEventListener('pointermove', this.#onPointerMove);
    window.removeEventListener('pointerup', this.#onPointerUp);
    window.removeEventListener('pointercancel', this.#onPointerUp);
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    this.#isTouch = event.pointerType === 'touch';
    if (!this.#isTouch || isControl(event.target)) return;
    const { clientX: x, clientY: y } = event;
    const stop = (): void => {
      clearTimeout(this.#press);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', stop);
    };
    const onUp = (up: PointerEvent): void => {
      stop();
      const stayed = Math.hypot(up.clientX - x, up.clientY - y) <= 4 * CLICK_SLACK;
      if (this.#drag === null && stayed) this.#host.clicked(x, y, this.#host.hit(x, y));
    };
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', stop);
    clearTimeout(this.#press);
    this.#press = window.setTimeout(() => this.#begin(x, y, 'word', false), LONG_PRESS_MS);
  };

  /** A second finger scrolls or zooms, so the first does not select. */
  readonly #onTouchStart = (event: TouchEvent): void => {
    if (event.touches.length > 1) clearTimeout(this.#press);
  };

  /** While a finger selects, the page must not scroll; a finger that scrolls selects nothing. */
  readonly #onTouchMove = (event: TouchEvent): void => {
    if (this.#drag !== null) event.preventDefault();
    else clearTimeout(this.#press);
  };

  readonly #onContextMenu = (event: MouseEvent): void => {
    if (this.#isTouch) event.preventDefault();
  };
}

/** The least and the most that a drag scrolls per frame, pixels. */
const [MIN_SCROLL, MAX_SCROLL] = [3, 48];

/**
 * How far to scroll in a frame for a pointer at `at`. Only outside the view, so that the last lines in it can be selected. A pointer
 * cannot leave the screen: the window's outermost pixel counts as outside, where the view reaches to it.
 */
export function scrollStep(view: { readonly low: number; readonly high: number }, window: number, at: number): number {
  const { low, high } = view;
  const over = at < low ? at - low : at > high ? at - high : at <= 0 ? -1 : at >= window - 1 ? 1 : 0;
  return over === 0 ? 0 : Math.sign(over) * Math.min(MAX_SCROLL, MIN_SCROLL + Math.floor(Math.abs(over) / 2));
}

/** Scrolls the sheet while a dragging pointer is outside of it. */
export class Autoscroll {
  readonly #scroller: HTMLElement;
  readonly #onScrolled: () => void;
  #pointer = { x: 0, y: 0 };
  #frame = 0;

  /** `onScrolled` is called after each step, when something else is under the pointer. */
  constructor(scroller: HTMLElement, onScrolled: () => void) {
    this.#scroller = scroller;
    this.#onScrolled = onScrolled;
  }

  /** Reports the position of the dragging pointer, CSS pixels of the window. */
  at(x: number, y: number): void {
    this.#pointer = { x, y };
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#onFrame);
  }

  stop(): void {
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #onFrame = (): void => {
    this.#frame = 0;
    const { top, bottom, left, right } = this.#scroller.getBoundingClientRect();
    const down = scrollStep({ low: top, high: bottom }, window.innerHeight, this.#pointer.y);
    const aside = scrollStep({ low: left, high: right }, window.innerWidth, this.#pointer.x);
    if (down === 0 && aside === 0) return;
    this.#scroller.scrollBy(aside, down);
    this.#onScrolled();
    this.#frame = requestAnimationFrame(this.#onFrame);
  };
}
