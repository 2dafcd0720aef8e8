import { paragraphAround, wordAround } from '../caret-steps.ts';
import type { TextRange, ViewEvents } from '../types.ts';
import { type FlowSurface, selectEnds } from './surface.ts';

/** How far a press may stray and still be a click, CSS pixels. */
const CLICK_SLACK = 3;
/** A finger strays more, and is a press when it rests so long. */
const TOUCH_SLACK = 12;
const LONG_PRESS_MS = 450;

/**
 * What is not left to the browser in selecting with a pointer: a second and third click take the words and paragraphs that
 * ICU and the canonical text have, the same on every system and in every view (Windows would add a space, and each engine has
 * its own Chinese words); a finger selects by a long press, and by moving on from there. Drags are the browser's.
 */
export class FlowPointer {
  readonly #surface: FlowSurface;
  readonly #settled: () => void;
  readonly #gone = new AbortController();
  #down = { x: 0, y: 0 };
  #press = 0;
  #touched: TextRange | null = null;

  constructor(surface: FlowSurface, settled: () => void) {
    this.#surface = surface;
    this.#settled = settled;
    const { ground } = surface;
    const options = { capture: true, signal: this.#gone.signal };
    ground.addEventListener('mousedown', this.#onMouseDown, options);
    ground.addEventListener('mouseup', this.#onMouseUp, options);
    ground.addEventListener('pointerdown', this.#onPointerDown, options);
    ground.addEventListener('pointermove', this.#onPointerMove, options);
    ground.addEventListener('pointerup', this.#onPointerUp, options);
    ground.addEventListener('pointercancel', this.#onPointerUp, options);
    // While a finger selects it must not scroll.
    ground.addEventListener('touchmove', (event) => this.#touched !== null && event.preventDefault(), {
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
    // The browser has its own word by now; ours takes its place once it is done.
    if (range !== null) setTimeout(() => this.#select(range));
  };

  #around(x: number, y: number, reach: (text: string, unit: number) => TextRange): TextRange | null {
    const unit = this.#surface.unitAt(x, y);
    return unit === null ? null : reach(this.#surface.text, unit);
  }

  #select({ start, end }: TextRange): void {
    selectEnds(this.#surface, { anchor: start, focus: end });
    this.#settled();
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
    if (this.#touched !== null) this.#settled();
    this.#touched = null;
  };
}

/** A turn of the wheel by so many pixels is e times as large. PDFs use the same. */
const PER_E = 300;

/** The wheel with Ctrl, which is also what two fingers on a trackpad send: the source is zoomed, not the program. */
export function wheelZoom(event: WheelEvent, events: Pick<ViewEvents, 'onZoom'>): void {
  if (!event.ctrlKey) return;
  event.preventDefault();
  events.onZoom?.(Math.exp(-event.deltaY / PER_E));
}

/**
 * Dragging what is selected out of a view. The transfer is emptied first: it would hold what the page says its words are (its
 * markup, its pictures), and only the listener's own may leave. Everything else in a source stays where it is.
 */
export function dragSelection(event: DragEvent, hasSelection: boolean, events: ViewEvents): void {
  const transfer = event.dataTransfer;
  const isImage = isElement(event.target) && event.target.closest('img, picture, svg, canvas') !== null;
  transfer?.clearData();
  if (transfer !== null && hasSelection && !isImage) events.onDragOut?.(null, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}

/** A node of a frame is no instance of this window's classes. */
const isElement = (target: EventTarget | null): target is Element => target !== null && 'closest' in target;

/** Dragging a passage by its code in the margin. */
export function dragPassage(event: DragEvent, passages: readonly string[], events: ViewEvents): void {
  const [passage] = passages;
  const transfer = event.dataTransfer;
  transfer?.clearData();
  if (passage !== undefined && transfer !== null) events.onDragOut?.(passage, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}
