/** Pixels from the window's edge within which a drag scrolls, and the most it scrolls a frame. */
const EDGE = 24;
const MAX_SCROLL = 48;

/** Near the edge the sheet scrolls under a dragging pointer, which so reaches further text without moving. */
export class Autoscroll {
  readonly #scroller: HTMLElement;
  readonly #onScrolled: () => void;
  #pointer = { x: 0, y: 0 };
  #frame = 0;

  /** `onScrolled` is called after each step: something else lies under the pointer now. */
  constructor(scroller: HTMLElement, onScrolled: () => void) {
    this.#scroller = scroller;
    this.#onScrolled = onScrolled;
  }

  /** The dragging pointer is here now, CSS pixels of the window. */
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
    const by = (low: number, high: number, at: number): number => {
      const over = at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0;
      return Math.sign(over) * Math.min(MAX_SCROLL, Math.ceil(Math.abs(over) / 2));
    };
    const down = by(top, bottom, this.#pointer.y);
    const aside = by(left, right, this.#pointer.x);
    if (down === 0 && aside === 0) return;
    this.#scroller.scrollBy(aside, down);
    this.#onScrolled();
    this.#frame = requestAnimationFrame(this.#onFrame);
  };
}
