import type { Held } from './sheet.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PinchHost {
  zoom(): number;
  /** Takes hold of what lies at a place on the screen. */
  hold(at: Place): Held | null;
  /** Zooms so that what was taken hold of comes to lie at a place on the screen. */
  setZoom(zoom: number, held: Held | null, at: Place): void;
}

/** Two fingers that scroll never stay exactly as far apart: below this change of their distance they only scroll. */
const STEADY = 0.06;

interface Fingers extends Place {
  readonly apart: number;
}

/** Two fingers on the page: apart and together they zoom the pages alone (not the whole program), and side by side they scroll. */
export class Pinch {
  readonly #scroller: HTMLElement;
  readonly #host: PinchHost;
  #from: { readonly apart: number; readonly zoom: number; readonly held: Held | null } | null = null;
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
    const fingers = two(event);
    this.#last = fingers;
    this.#from =
      fingers === null ? null : { apart: fingers.apart, zoom: this.#host.zoom(), held: this.#host.hold(fingers) };
    this.#zooms = false;
  };

  readonly #onMove = (event: TouchEvent): void => {
    const fingers = two(event);
    const { from, last } = { from: this.#from, last: this.#last };
    // What the browser already scrolls by one finger it goes on scrolling: such a move cannot be taken from it.
    if (fingers === null || from === null || last === null || !event.cancelable) return;
    event.preventDefault();
    const ratio = fingers.apart / Math.max(1, from.apart);
    this.#zooms ||= Math.abs(ratio - 1) > STEADY;
    if (this.#zooms) this.#host.setZoom(from.zoom * ratio, from.held, fingers);
    else this.#scroller.scrollBy(last.x - fingers.x, last.y - fingers.y);
    this.#last = fingers;
  };

  readonly #onEnd = (): void => {
    this.#from = null;
    this.#last = null;
  };
}

function two({ touches }: TouchEvent): Fingers | null {
  const [a, b] = [touches[0], touches[1]];
  if (a === undefined || b === undefined || touches.length !== 2) return null;
  return {
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  };
}
