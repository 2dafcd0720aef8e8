import { paragraphAround, wordAround } from '../caret-steps.ts';
import type { TextRange, ViewEvents } from '../types.ts';
import { type FlowSurface, selectEnds } from './surface.ts';

/** How far a press may move and still be a click, CSS pixels. */
const CLICK_SLACK = 3;
/** The same for a finger, CSS pixels. */
const TOUCH_SLACK = 12;
/** A finger pressed for this long selects a word. */
const LONG_PRESS_MS = 450;

/**
 * Pointer selection beyond what the browser does. Double and triple clicks select the words and paragraphs that ICU
 * finds in the canonical text, the same on every system and in every view (Windows would add a space, and each engine
 * divides Chinese differently). A finger selects with a long press, and extends the selection by moving. Dragging with
 * the mouse is left to the browser.
 */
export class FlowPointer {
  readonly #surface: FlowSurface;
  readonly #selectionDone: () => void;
  readonly #gone = new AbortController();
  #down = { x: 0, y: 0 };
  #press = 0;
  #touched: TextRange | null = null;

  constructor(surface: FlowSurface, selectionDone: () => void) {
    this.#surface = surface;
    this.#selectionDone = selectionDone;
    const { target } = surface;
    const options = { capture: true, signal: this.#gone.signal };
    target.addEventListener('mousedown', this.#onMouseDown, options);
    target.addEventListener('mouseup', this.#onMouseUp, options);
    target.addEventListener('pointerdown', this.#onPointerDown, options);
    target.addEventListener('pointermove', this.#onPointerMove, options);
    target.addEventListener('pointerup', this.#onPointerUp, options);
    target.addEventListener('pointercancel', this.#onPointerUp, options);
    // While a finger selects, the page must not scroll.
    target.addEventListener('touchmove', (event) => this.#touched !== null && event.preventDefault(), {
      ...options,
      passive: false,
    });
  }

  destroy(): void {
    clearTimeout(this.#press);
    this.#gone.abort();
  }

  readonly #onMouseDown = ({ clientX: x, clientY: y }: MouseEvent): void => void (this.#down = { x, y });

  readonly #onMouseUp = ({ button, detail, clientX: x, clientY: y }: MouseEvent): void => {
    const strayed = Math.hypot(x - this.#down.x, y - this.#down.y) > CLICK_SLACK;
    if (button !== 0 || detail < 2 || strayed) return;
    const range = this.#around(x, y, detail >= 3 ? paragraphAround : wordAround);
    // The browser selects its own word first; ours replaces it afterwards.
    if (range !== null) setTimeout(() => this.#select(range));
  };

  #around(x: number, y: number, reach: (text: string, unit: number) => TextRange): TextRange | null {
    const unit = this.#surface.unitAt(x, y);
    return unit === null ? null : reach(this.#surface.text, unit);
  }

  #select({ start, end }: TextRange): void {
    selectEnds(this.#surface, { anchor: start, focus: end });
    this.#selectionDone();
  }

  readonly #onPointerDown = ({ pointerType, clientX: x, clientY: y }: PointerEvent): void => {
    clearTimeout(this.#press);
    this.#touched = null;
    if (pointerType !== 'touch') return;
    this.#down = { x, y };
    this.#press = window.setTimeout(() => {
      this.#touched = this.#around(x, y, wordAround);
      if (this.#touched !== null) selectEnds(this.#surface, { anchor: this.#touched.start, focus: this.#touched.end });
    }, LONG_PRESS_MS);
  };

  readonly #onPointerMove = ({ pointerType, clientX: x, clientY: y }: PointerEvent): void => {
    if (pointerType !== 'touch') return;
    if (Math.hypot(x - this.#down.x, y - this.#down.y) > TOUCH_SLACK) clearTimeout(this.#press);
    const origin = this.#touched;
    const reached = origin === null ? null : this.#around(x, y, wordAround);
    if (origin === null || reached === null) return;
    selectEnds(
      this.#surface,
      reached.start < origin.start
        ? { anchor: origin.end, focus: reached.start }
        : { anchor: origin.start, focus: Math.max(reached.end, origin.end) },
    );
  };

  readonly #onPointerUp = (): void => {
    clearTimeout(this.#press);
    if (this.#touched !== null) this.#selectionDone();
    this.#touched = null;
  };
}

/** The wheel movement that zooms by the factor e, pixels; the same as for PDFs. */
const PER_E = 300;

/** Zooms the source, not the program, with Ctrl+wheel, which a trackpad pinch sends too. */
export function wheelZoom(event: WheelEvent, events: Pick<ViewEvents, 'onZoom'>): void {
  if (!event.ctrlKey) return;
  event.preventDefault();
  events.onZoom?.(Math.exp(-event.deltaY / PER_E));
}

/**
 * Starts dragging the selection out of a view. The transfer is emptied first, since the browser has put the page’s
 * markup and images into it, and only what the listener adds may leave the program. Nothing else in a source can be
 * dragged.
 */
export function dragSelection(event: DragEvent, hasSelection: boolean, events: ViewEvents): void {
  const transfer = event.dataTransfer;
  const isImage = isElement(event.target) && event.target.closest('img, picture, svg, canvas') !== null;
  transfer?.clearData();
  if (transfer !== null && hasSelection && !isImage) events.onDragOut?.(null, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}

/** Not `instanceof`: a node of a frame is not an instance of this window’s classes. */
const isElement = (target: EventTarget | null): target is Element => target !== null && 'closest' in target;

/** Starts dragging the first of `passages`, whose code in the margin was grabbed. */
export function dragPassage(event: DragEvent, passages: readonly string[], events: ViewEvents): void {
  const [passage] = passages;
  const transfer = event.dataTransfer;
  transfer?.clearData();
  if (passage !== undefined && transfer !== null) events.onDragOut?.(passage, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}
