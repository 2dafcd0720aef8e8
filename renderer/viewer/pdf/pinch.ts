export interface PinchHost {
  zoom(): number;
  /** Zooms so that what lies under a place of the window stays there. */
  setZoom(zoom: number, around: { readonly x: number; readonly y: number }): void;
}

/** Two fingers that scroll never stay exactly as far apart: below this change of their distance they only scroll. */
const STEADY = 0.06;

interface Fingers {
  readonly apart: number;
  readonly x: number;
  readonly y: number;
}

/** Two fingers on the page: apart and together they zoom the pages alone (not the whole program), and side by side they scroll. */
export class Pinch {
  readonly #scroller: HTMLElement;
  readonly #host: PinchHost;
  #from: { readonly apart: number; readonly zoom: number } | null = null;
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
    this.#from = fingers === null ? null : { apart: fingers.apart, zoom: this.#host.zoom() };
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
    this.#scroller.scrollBy(last.x - fingers.x, last.y - fingers.y);
    if (this.#zooms) this.#host.setZoom(from.zoom * ratio, fingers);
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
