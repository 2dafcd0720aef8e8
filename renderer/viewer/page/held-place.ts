import type { Frame } from './frame-style.ts';
import type { FrameText } from './frame-text.ts';

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
