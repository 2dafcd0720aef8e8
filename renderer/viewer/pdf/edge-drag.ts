import type { DrawnPassage, Reshaped, ScreenBox, TextRange } from '../types.ts';
import { movedBox, isControl, stopEvent } from '../screen.ts';
import { areaOn, cutTo, movedInto } from './area-tool.ts';
import { Autoscroll } from './pointer.ts';
import { areaGripAt, cursorOf, REACH, textGripAt, type AreaGrip, type TextGrip } from './grips.ts';
import type { PageBox } from './page-box.ts';

export interface EdgeHost {
  /** Edges cannot be dragged now: another tool has the pointer. */
  isOff(): boolean;
  /** The current passage, as stored. */
  current(): DrawnPassage | null;
  /** The selection, if its ends have handles for touch. */
  touchSelection(): TextRange | null;
  gripsOf(range: TextRange): readonly TextGrip[];
  /** The passage’s box on the screen. */
  boxOf(passage: DrawnPassage): ScreenBox | null;
  boxAt(x: number, y: number): PageBox | null;
  page(page: number): PageBox | null;
  /** The text position nearest to a point, never inside a character; with `wordwise`, at the nearest end of a word. */
  edgeAt(x: number, y: number, wordwise: boolean): number | null;
  preview(passage: DrawnPassage | null): void;
  reshape(id: string, to: Reshaped): void;
  select(range: TextRange, done: boolean): void;
  /** Pressed and released without dragging: an ordinary click. */
  clicked(x: number, y: number): void;
}

/** Smallest side of an area, and smallest movement that is a drag, CSS pixels. */
const MIN_SIDE = 4;
const SLACK = 3;

/**
 * The dragged end of a text passage, or with null of the selection. The pointer is `dx`, `dy` from the middle of its
 * bar.
 */
interface TextDrag {
  readonly kind: 'text';
  readonly passage: DrawnPassage | null;
  readonly was: TextRange;
  /** The other end, which stays. */
  readonly fixed: number;
  readonly dx: number;
  readonly dy: number;
}
/** A dragged side of an area, or the whole area. `was` is its box on the sheet when the drag began. */
interface AreaDrag {
  readonly kind: 'area';
  readonly passage: DrawnPassage;
  readonly grip: AreaGrip;
  readonly was: ScreenBox;
}
type Drag = TextDrag | AreaDrag;

/**
 * Dragging the edges of the current passage: the two ends of a text passage, the corners and sides of an area, which
 * can also be moved as a whole; and, by touch, the ends of the selection. The result is shown while dragging; Escape
 * cancels. With Ctrl, ⌘ or Alt, ends move by whole words.
 */
export class PageEdgeDrag {
  readonly #scroller: HTMLElement;
  readonly #host: EdgeHost;
  readonly #autoscroll: Autoscroll;
  #drag: Drag | null = null;
  #pointer = { x: 0, y: 0, wordwise: false };
  /** Where the drag began, a point of the sheet. */
  #from = { x: 0, y: 0 };
  #moved = false;
  #result: Reshaped | null = null;

  constructor(scroller: HTMLElement, host: EdgeHost) {
    this.#scroller = scroller;
    this.#host = host;
    this.#autoscroll = new Autoscroll(scroller, () => this.#update());
    scroller.addEventListener('pointerdown', this.#onDown, { capture: true });
    scroller.addEventListener('pointermove', this.#onHover);
    scroller.addEventListener('touchmove', this.#onTouchMove, { passive: false });
  }

  get isOn(): boolean {
    return this.#drag !== null;
  }

  destroy(): void {
    this.#end();
    this.#scroller.removeEventListener('pointerdown', this.#onDown, { capture: true });
    this.#scroller.removeEventListener('pointermove', this.#onHover);
    this.#scroller.removeEventListener('touchmove', this.#onTouchMove);
  }

  /** The edge under a point of the window, and its cursor. */
  #edgeUnder(x: number, y: number, reach: number): { readonly drag: Drag; readonly cursor: string } | null {
    const selection = this.#host.touchSelection();
    const bySelection = selection === null ? null : textGripAt(this.#host.gripsOf(selection), x, y, reach);
    if (selection !== null && bySelection !== null) return textDrag(null, selection, bySelection, x, y);
    const passage = this.#host.current();
    if (passage === null) return null;
    if (passage.kind === 'text') {
      const grip = textGripAt(this.#host.gripsOf(passage), x, y, reach);
      return grip === null ? null : textDrag(passage, passage, grip, x, y);
    }
    const was = this.#host.boxOf(passage);
    const grip = was === null ? null : areaGripAt(was, x, y, reach);
    if (was === null || grip === null) return null;
    return { drag: { kind: 'area', passage, grip, was: this.#onSheet(was) }, cursor: cursorOf(grip) };
  }

  /** Converts a box in the window to a box on the sheet, which scrolling does not change. */
  #onSheet(box: ScreenBox): ScreenBox {
    return movedBox(box, this.#scroller.scrollLeft, this.#scroller.scrollTop);
  }
  #onWindow(box: ScreenBox): ScreenBox {
    return movedBox(box, -this.#scroller.scrollLeft, -this.#scroller.scrollTop);
  }

  /** The cursor shows what can be dragged. */
  readonly #onHover = (event: PointerEvent): void => {
    if (this.#drag !== null || event.buttons !== 0 || event.pointerType === 'touch') return;
    const found =
      this.#host.isOff() || isControl(event.target) ? null : this.#edgeUnder(event.clientX, event.clientY, REACH.mouse);
    this.#showCursor(found?.cursor ?? null);
  };

  #showCursor(cursor: string | null): void {
    if (cursor === null) delete this.#scroller.dataset['grip'];
    else this.#scroller.dataset['grip'] = cursor;
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary || this.#host.isOff() || isControl(event.target)) return;
    if (event.shiftKey) return;
    const reach = event.pointerType === 'touch' ? REACH.touch : REACH.mouse;
    const found = this.#edgeUnder(event.clientX, event.clientY, reach);
    if (found === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#scroller.focus({ preventScroll: true });
    // The mouse event that follows would begin a selection.
    this.#scroller.addEventListener('mousedown', stopEvent, { capture: true });
    this.#drag = found.drag;
    this.#moved = false;
    this.#result = null;
    this.#pointer = { x: event.clientX, y: event.clientY, wordwise: false };
    this.#from = { x: event.clientX + this.#scroller.scrollLeft, y: event.clientY + this.#scroller.scrollTop };
    this.#showCursor(found.cursor);
    this.#scroller.setPointerCapture(event.pointerId);
    this.#scroller.addEventListener('pointermove', this.#onMove);
    this.#scroller.addEventListener('pointerup', this.#onUp);
    this.#scroller.addEventListener('pointercancel', this.#onCancel);
    window.addEventListener('keydown', this.#onKey, { capture: true });
    window.addEventListener('keyup', this.#onKey, { capture: true });
  };

  readonly #onMove = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag === null) return;
    this.#pointer = { x: event.clientX, y: event.clientY, wordwise: wordwise(event) };
    const { x, y } = this.#travelled();
    this.#moved ||= Math.hypot(x, y) > SLACK;
    if (!this.#moved) return;
    this.#autoscroll.at(event.clientX, event.clientY);
    this.#update();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#onCancel();
      return;
    }
    if (this.#pointer.wordwise === wordwise(event)) return;
    this.#pointer = { ...this.#pointer, wordwise: wordwise(event) };
    if (this.#moved) this.#update();
  };

  /** The pointer moved, or the sheet scrolled under it. */
  #update(): void {
    const drag = this.#drag;
    if (drag === null) return;
    if (drag.kind === 'text') this.#updateText(drag);
    else this.#updateArea(drag);
  }

  /** How far the pointer has moved over the sheet. */
  #travelled(): { readonly x: number; readonly y: number } {
    return {
      x: this.#pointer.x + this.#scroller.scrollLeft - this.#from.x,
      y: this.#pointer.y + this.#scroller.scrollTop - this.#from.y,
    };
  }

  #updateText({ passage, fixed, dx, dy }: TextDrag): void {
    const at = this.#host.edgeAt(this.#pointer.x - dx, this.#pointer.y - dy, this.#pointer.wordwise);
    // A passage has at least one character: with the pointer at its other end it keeps its last range.
    if (at === null || at === fixed) return;
    const to = { kind: 'text', start: Math.min(at, fixed), end: Math.max(at, fixed) } as const;
    const before = this.#result;
    if (before?.kind === 'text' && before.start === to.start && before.end === to.end) return;
    this.#result = to;
    if (passage === null) this.#host.select(to, false);
    else this.#host.preview({ ...passage, start: to.start, end: to.end });
  }

  #updateArea({ passage, grip, was }: AreaDrag): void {
    const now = this.#onWindow(was);
    const { x, y } = this.#travelled();
    const moves = grip.x === 0 && grip.y === 0;
    const page = moves ? this.#host.boxAt(this.#pointer.x, this.#pointer.y) : this.#host.page(passage.page);
    if (page === null) return;
    const sheet = page.element.getBoundingClientRect();
    const wanted = moves
      ? movedInto(sheet, movedBox(now, x, y))
      : cutTo(sheet, {
          left: now.left + (grip.x === -1 ? x : 0),
          right: now.right + (grip.x === 1 ? x : 0),
          top: now.top + (grip.y === -1 ? y : 0),
          bottom: now.bottom + (grip.y === 1 ? y : 0),
        });
    if (wanted.right - wanted.left < MIN_SIDE || wanted.bottom - wanted.top < MIN_SIDE) return;
    const area = areaOn(page, wanted);
    this.#result = { kind: 'area', page: page.number, area };
    this.#host.preview({ ...passage, page: page.number, area });
  }

  readonly #onUp = (event: PointerEvent): void => {
    const { drag, moved, result } = { drag: this.#drag, moved: this.#moved, result: this.#result };
    this.#end();
    if (drag === null) return;
    if (!moved) this.#host.clicked(event.clientX, event.clientY);
    else if (drag.passage === null) {
      if (result?.kind === 'text') this.#host.select(result, true);
    } else if (result !== null && differs(drag.passage, result)) {
      this.#host.reshape(drag.passage.id, result);
    } else this.#host.preview(null);
  };

  readonly #onCancel = (): void => {
    const drag = this.#drag;
    this.#end();
    if (drag === null) return;
    if (drag.passage === null && drag.kind === 'text') this.#host.select(drag.was, true);
    else this.#host.preview(null);
  };

  #end(): void {
    this.#drag = null;
    this.#autoscroll.stop();
    this.#showCursor(null);
    this.#scroller.removeEventListener('mousedown', stopEvent, { capture: true });
    this.#scroller.removeEventListener('pointermove', this.#onMove);
    this.#scroller.removeEventListener('pointerup', this.#onUp);
    this.#scroller.removeEventListener('pointercancel', this.#onCancel);
    window.removeEventListener('keydown', this.#onKey, { capture: true });
    window.removeEventListener('keyup', this.#onKey, { capture: true });
  }

  /** While a finger drags an edge, the page does not scroll. */
  readonly #onTouchMove = (event: TouchEvent): void => {
    if (this.#drag !== null) event.preventDefault();
  };
}

function textDrag(
  passage: DrawnPassage | null,
  { start, end }: TextRange,
  grip: TextGrip,
  x: number,
  y: number,
): { readonly drag: Drag; readonly cursor: string } {
  const [dx, dy] = [x - (grip.foot[0] + grip.head[0]) / 2, y - (grip.foot[1] + grip.head[1]) / 2];
  const fixed = grip.edge === 'start' ? end : start;
  return { drag: { kind: 'text', passage, was: { start, end }, fixed, dx, dy }, cursor: cursorOf(grip) };
}

function differs(passage: DrawnPassage, to: Reshaped): boolean {
  if (to.kind === 'text') return to.start !== passage.start || to.end !== passage.end;
  return to.page !== passage.page || to.area.some((value, at) => value !== passage.area?.[at]);
}

const wordwise = (event: KeyboardEvent | PointerEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;
