import { caretStep } from '../caret-steps.ts';
import type { TextRange } from '../types.ts';
import { caretBox, offsetAt, type FlowSurface } from './surface.ts';

/** The grips of the current passage: carets at its start and end; null for one that is not in the document. */
export interface Grips {
  readonly start: DOMRect | null;
  readonly end: DOMRect | null;
}
export type Edge = keyof Grips;

/** The grips of a range. */
export const gripsOf = (surface: Parameters<typeof caretBox>[0], { start, end }: TextRange): Grips => ({
  start: caretBox(surface, start, false),
  end: caretBox(surface, end, true),
});

export interface EdgeHost {
  /** The current passage, if it is one of text. */
  passage(): TextRange | null;
  grips(): Grips;
  /** Draws the current passage at `range`; null draws it where it is. */
  preview(range: TextRange | null): void;
  /** The passage was dropped at `range`. */
  reshape(range: TextRange): void;
  /** The pointer is over a grip, or drags one. */
  pointed(isOver: boolean): void;
  /** Takes the keyboard, to hear Escape. */
  focus(): void;
}

/** How near a press must be to a grip’s line, or to the dot at its end, CSS pixels: larger for a finger. */
const REACH = { mouse: { line: 4, dot: 8 }, touch: { line: 14, dot: 22 } };
/** Distance from the window’s edge within which a drag scrolls, and the most it scrolls per frame, pixels. */
const SCROLL = { edge: 24, most: 48 };
/** How long a dropped passage is drawn at its new place while the commit, which takes 20 ms, is awaited, ms. */
const PREVIEW_MS = 500;

/**
 * Dragging the edges of the current passage. It is drawn at its new place; near the window’s edge the text scrolls;
 * Escape cancels. An edge never lies inside a character, nor beyond the other edge.
 */
export class EdgeDrag {
  readonly #surface: FlowSurface;
  readonly #host: EdgeHost;
  readonly #gone = new AbortController();
  #drag: { readonly edge: Edge; readonly from: TextRange; to: TextRange } | null = null;
  #pointer = { x: 0, y: 0 };
  #frame = 0;
  #isOver = false;
  #previewTimer = 0;
  #wasDrag = false;

  constructor(surface: FlowSurface, host: EdgeHost) {
    this.#surface = surface;
    this.#host = host;
    const options = { capture: true, signal: this.#gone.signal };
    const { document, target } = surface;
    target.addEventListener('pointerdown', this.#onDown, options);
    target.addEventListener('pointermove', this.#onHover, options);
    // Otherwise the browser would begin a selection or scroll.
    target.addEventListener('mousedown', (event) => this.#drag !== null && stop(event), options);
    target.addEventListener('click', this.#onClick, options);
    const overTouch = { ...options, passive: false };
    target.addEventListener('touchmove', (event) => this.#drag !== null && event.preventDefault(), overTouch);
    // The drag continues outside the text.
    document.addEventListener('pointermove', this.#onMove, options);
    document.addEventListener('pointerup', this.#onUp, options);
    document.addEventListener('pointercancel', () => this.cancel(), options);
  }

  destroy(): void {
    this.cancel();
    clearTimeout(this.#previewTimer);
    this.#gone.abort();
  }

  /** Cancels the drag; returns whether there was one. */
  cancel(): boolean {
    if (this.#drag === null) return false;
    this.#end();
    this.#host.preview(null);
    return true;
  }

  readonly #onDown = (event: PointerEvent): void => {
    const passage = this.#host.passage();
    if (event.button !== 0 || passage === null) return;
    const edge = this.#edgeAt(event);
    if (edge === null) return;
    stop(event);
    clearTimeout(this.#previewTimer);
    this.#drag = { edge, from: passage, to: passage };
    this.#pointed(true);
    this.#host.focus();
  };

  readonly #onHover = (event: PointerEvent): void => {
    if (this.#drag !== null || event.buttons !== 0) return;
    this.#pointed(this.#host.passage() !== null && this.#edgeAt(event) !== null);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#drag === null) return;
    stop(event);
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#follow();
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#onFrame);
  };

  readonly #onUp = (event: PointerEvent): void => {
    if (this.#drag === null) return;
    stop(event);
    const { from, to } = this.#drag;
    this.#end();
    if (from.start !== to.start || from.end !== to.end) {
      this.#host.reshape(to);
      this.#previewTimer = window.setTimeout(() => this.#host.preview(null), PREVIEW_MS);
    } else this.#host.preview(null);
    this.#wasDrag = true;
    setTimeout(() => (this.#wasDrag = false));
  };

  /** The click after a drag would select a passage. */
  readonly #onClick = (event: MouseEvent): void => {
    if (this.#wasDrag) stop(event);
  };

  #pointed(isOver: boolean): void {
    if (this.#isOver === isOver) return;
    this.#isOver = isOver;
    this.#host.pointed(isOver);
  }

  #end(): void {
    this.#drag = null;
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pointed(false);
  }

  /** The nearer edge within reach: in a short passage both can be. */
  #edgeAt({ clientX: x, clientY: y, pointerType }: PointerEvent): Edge | null {
    const reach = pointerType === 'touch' ? REACH.touch : REACH.mouse;
    const grips = this.#host.grips();
    const near = (['start', 'end'] as const).flatMap((edge) => {
      const grip = grips[edge];
      if (grip === null) return [];
      const aside = Math.abs(x - grip.left);
      const toDot = Math.hypot(x - grip.left, y - (edge === 'start' ? grip.top : grip.bottom));
      const isOnLine = y >= grip.top && y <= grip.bottom && aside <= reach.line;
      return isOnLine || toDot <= reach.dot ? [{ edge, distance: isOnLine ? aside : toDot }] : [];
    });
    return near.sort((a, b) => a.distance - b.distance)[0]?.edge ?? null;
  }

  #follow(): void {
    const drag = this.#drag;
    const offset = offsetAt(this.#surface, this.#pointer.x, this.#pointer.y);
    if (drag === null || offset === null) return;
    const to = movedEdge(this.#surface.text, drag.from, drag.edge, offset);
    if (to.start === drag.to.start && to.end === drag.to.end) return;
    drag.to = to;
    this.#host.preview(to);
  }

  readonly #onFrame = (): void => {
    this.#frame = 0;
    if (this.#drag === null) return;
    const { left, top, right, bottom } = this.#surface.view();
    const down = scrollOf(top, bottom, this.#pointer.y);
    const aside = scrollOf(left, right, this.#pointer.x);
    if ((down === 0 && aside === 0) || !this.#surface.scrollBy(aside, down)) return;
    this.#follow();
    this.#frame = requestAnimationFrame(this.#onFrame);
  };
}

/** The range of a passage when one of its edges is dragged to an offset. At least one character stays. */
export function movedEdge(text: string, { start, end }: TextRange, edge: Edge, offset: number): TextRange {
  const at = nearestStop(text, offset);
  return edge === 'start'
    ? { start: Math.min(at, caretStep(text, end, false)), end }
    : { start, end: Math.max(at, caretStep(text, start, true)) };
}

/** The nearest caret position: an offset may be between a letter and its marks. */
function nearestStop(text: string, offset: number): number {
  const before = caretStep(text, offset, false);
  const after = caretStep(text, before, true);
  if (offset <= 0 || after <= offset) return offset;
  return offset - before < after - offset ? before : after;
}

/** How far to scroll for a pointer at `at`, in a window from `low` to `high`; negative towards `low`. */
function scrollOf(low: number, high: number, at: number): number {
  const over = Math.min(0, at - low - SCROLL.edge) + Math.max(0, at - high + SCROLL.edge);
  return Math.sign(over) * Math.min(SCROLL.most, Math.ceil(Math.abs(over) / 2));
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
