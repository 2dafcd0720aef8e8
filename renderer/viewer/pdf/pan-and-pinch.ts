import type { ScrollAnchor } from './sheet.ts';
import { stopEvent } from '../screen.ts';

/** A smaller movement is not a drag, CSS pixels. */
const SLACK = 3;
/** The part of the window’s height that Space alone scrolls by, as in browsers. */
const WINDOW_PART = 0.9;

/**
 * Moves the sheet while it is dragged with the middle button, or with Space held down. Space without a drag scrolls by
 * a window’s height, with Shift backwards.
 */
export class Pan {
  readonly #scroller: HTMLElement;
  #isReady = false;
  #drag: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null = null;
  #moved = false;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    scroller.addEventListener('pointerdown', this.#onDown, { capture: true });
    scroller.addEventListener('keyup', this.#onKeyUp);
    scroller.addEventListener('blur', this.#onBlur);
  }

  destroy(): void {
    this.#end();
    this.#scroller.removeEventListener('pointerdown', this.#onDown, { capture: true });
    this.#scroller.removeEventListener('keyup', this.#onKeyUp);
    this.#scroller.removeEventListener('blur', this.#onBlur);
  }

  /** Returns true if the key was handled. */
  key(event: KeyboardEvent): boolean {
    if (event.code !== 'Space' || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.target !== this.#scroller) return false;
    // The key was pressed elsewhere and is still held down.
    if (event.repeat && !this.#isReady) return false;
    this.#ready(true);
    return true;
  }

  #ready(isReady: boolean): void {
    if (isReady && !this.#isReady) this.#moved = false;
    this.#isReady = isReady;
    this.#scroller.classList.toggle('is-panning', isReady || this.#drag !== null);
  }

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !this.#isReady) return;
    if (!this.#moved) this.#scrollByWindow(event.shiftKey);
    this.#ready(false);
  };

  readonly #onBlur = (): void => {
    this.#end();
    this.#ready(false);
  };

  #scrollByWindow(back: boolean): void {
    this.#scroller.scrollBy({ top: (back ? -WINDOW_PART : WINDOW_PART) * this.#scroller.clientHeight });
  }

  readonly #onDown = (event: PointerEvent): void => {
    const isMiddle = event.button === 1 && event.pointerType === 'mouse';
    if (!isMiddle && !(this.#isReady && event.button === 0)) return;
    event.preventDefault();
    // No other tool reacts, and no selection begins.
    event.stopImmediatePropagation();
    const { scrollLeft: left, scrollTop: top } = this.#scroller;
    this.#drag = { x: event.clientX, y: event.clientY, left, top };
    this.#ready(this.#isReady);
    this.#scroller.setPointerCapture(event.pointerId);
    this.#scroller.addEventListener('pointermove', this.#onMove);
    this.#scroller.addEventListener('pointerup', this.#onUp);
    this.#scroller.addEventListener('pointercancel', this.#onUp);
    this.#scroller.addEventListener('mousedown', stopEvent, { capture: true, once: true });
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#drag === null) return;
    const [x, y] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    this.#moved ||= Math.hypot(x, y) > SLACK;
    this.#scroller.scrollTo(this.#drag.left - x, this.#drag.top - y);
  };

  readonly #onUp = (): void => this.#end();

  #end(): void {
    this.#drag = null;
    this.#ready(this.#isReady);
    this.#scroller.removeEventListener('pointermove', this.#onMove);
    this.#scroller.removeEventListener('pointerup', this.#onUp);
    this.#scroller.removeEventListener('pointercancel', this.#onUp);
  }
}

interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

interface PinchHost {
  zoom(): number;
  /** The position on a page at a point of the screen; null if there is no page. */
  anchorAt(at: ScreenPoint): ScrollAnchor | null;
  /** Zooms so that the anchor’s position is at a point of the screen. */
  setZoom(zoom: number, anchor: ScrollAnchor | null, at: ScreenPoint): void;
}

/** Two fingers zoom once their distance changes by more than this part; scrolling fingers also move apart a little. */
const ZOOM_THRESHOLD = 0.06;

interface Fingers extends ScreenPoint {
  readonly apart: number;
}

/** Two fingers on the page: a pinch zooms the pages (not the whole program), a parallel movement scrolls. */
export class Pinch {
  readonly #scroller: HTMLElement;
  readonly #host: PinchHost;
  #from: { readonly apart: number; readonly zoom: number; readonly anchor: ScrollAnchor | null } | null = null;
  #last: Fingers | null = null;
  #zooms = false;

  constructor(scroller: HTMLElement, host: PinchHost) {
    this.#scroller = scroller;
    this.#host = host;
    scroller.addEventListener('touchstart', this.#onStart, { passive: true });
    scroller.addEventListener('touchmove', this.#onMove, { passive: false });
    scroller.addEventListener('touchend', this.#onEnd);
    scroller.addEventListener('touchcancel', this.#onEnd);
  }

  destroy(): void {
    this.#scroller.removeEventListener('touchstart', this.#onStart);
    this.#scroller.removeEventListener('touchmove', this.#onMove);
    this.#scroller.removeEventListener('touchend', this.#onEnd);
    this.#scroller.removeEventListener('touchcancel', this.#onEnd);
  }

  readonly #onStart = (event: TouchEvent): void => {
    const fingers = twoFingers(event);
    this.#last = fingers;
    this.#from =
      fingers === null ? null : { apart: fingers.apart, zoom: this.#host.zoom(), anchor: this.#host.anchorAt(fingers) };
    this.#zooms = false;
  };

  readonly #onMove = (event: TouchEvent): void => {
    const fingers = twoFingers(event);
    const { from, last } = { from: this.#from, last: this.#last };
    // A move that the browser already scrolls by one finger cannot be cancelled.
    if (fingers === null || from === null || last === null || !event.cancelable) return;
    event.preventDefault();
    const ratio = fingers.apart / Math.max(1, from.apart);
    this.#zooms ||= Math.abs(ratio - 1) > ZOOM_THRESHOLD;
    if (this.#zooms) this.#host.setZoom(from.zoom * ratio, from.anchor, fingers);
    else this.#scroller.scrollBy(last.x - fingers.x, last.y - fingers.y);
    this.#last = fingers;
  };

  readonly #onEnd = (): void => {
    this.#from = null;
    this.#last = null;
  };
}

function twoFingers({ touches }: TouchEvent): Fingers | null {
  const [a, b] = [touches[0], touches[1]];
  if (a === undefined || b === undefined || touches.length !== 2) return null;
  return {
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  };
}
