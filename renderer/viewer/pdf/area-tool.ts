import type { Area } from '../../../shared/model/index.ts';
import type { ScreenBox } from '../types.ts';
import type { PageBox } from './page-box.ts';
import { stopEvent } from '../screen.ts';

interface AreaHost {
  boxAt(x: number, y: number): PageBox | null;
  /** The page on which an area starts from the keyboard. */
  currentBox(): PageBox | null;
  drawn(box: PageBox, area: Area, screen: DOMRect): void;
  /** The current area, with its page and its box there, in CSS pixels; null if there is none. */
  current(): { readonly passage: string; readonly box: PageBox; readonly at: ScreenBox } | null;
  reshape(passage: string, box: PageBox, area: Area): void;
  ended(): void;
}

/** A smaller area is taken for a slip of the pointer, CSS pixels. */
const MIN_SIDE = 4;
/** Arrow keys move and resize the frame by this, CSS pixels. */
const STEP = 8;

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Highlights an area of a page: a frame drawn with the pointer, or from the keyboard (arrows move it, Shift+arrows
 * resize it, Enter confirms). Escape cancels. The same keys move and resize an existing area.
 */
export class AreaTool {
  readonly #scroller: HTMLElement;
  readonly #host: AreaHost;
  readonly #element = document.createElement('div');
  #on = false;
  #frame: { box: PageBox; at: Frame } | null = null;
  #from = { x: 0, y: 0 };
  /** The passage whose area is being edited, if any. */
  #edited: string | null = null;

  constructor(scroller: HTMLElement, host: AreaHost) {
    this.#scroller = scroller;
    this.#host = host;
    this.#element.className = 'area-frame';
    this.#element.setAttribute('aria-hidden', 'true');
  }

  get isOn(): boolean {
    return this.#on;
  }

  toggle(on: boolean): void {
    if (this.#on === on) return;
    this.#on = on;
    this.#scroller.classList.toggle('is-marking-area', on);
    this.#removeFrame();
    if (on) this.#scroller.addEventListener('pointerdown', this.#onDown, { capture: true });
    else {
      this.#scroller.removeEventListener('pointerdown', this.#onDown, { capture: true });
      this.#host.ended();
    }
  }

  /** Edits the current area with the keys; returns whether there was one. */
  edit(): boolean {
    const existing = this.#host.current();
    if (existing === null) return false;
    this.toggle(false);
    this.toggle(true);
    const { left, top, right, bottom } = existing.at;
    this.#show(existing.box, { left, top, width: right - left, height: bottom - top });
    this.#edited = existing.passage;
    this.#element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }

  destroy(): void {
    this.#scroller.removeEventListener('pointerdown', this.#onDown, { capture: true });
    this.#removeFrame();
  }

  /** Returns true if the key was handled. */
  key(event: KeyboardEvent): boolean {
    if (!this.#on) return false;
    if (event.key === 'Escape') this.toggle(false);
    else if (event.key === 'Enter') this.#enter();
    else if (!this.#arrow(event)) return false;
    return true;
  }

  #enter(): void {
    if (this.#frame !== null) {
      this.#confirm();
      return;
    }
    const box = this.#host.currentBox();
    if (box === null) return;
    const { clientWidth: width, clientHeight: height } = box.element;
    const view = this.#scroller.getBoundingClientRect();
    const page = box.element.getBoundingClientRect();
    const middle = Math.max(view.top, page.top) + Math.min(view.bottom, page.bottom);
    const top = Math.max(0, middle / 2 - page.top - height / 16);
    this.#show(box, { left: width / 4, top, width: width / 2, height: height / 8 });
  }

  #arrow(event: KeyboardEvent): boolean {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const step = steps[event.key];
    if (step === undefined || this.#frame === null) return false;
    const { box, at } = this.#frame;
    const [x, y] = step;
    this.#show(
      box,
      event.shiftKey
        ? { ...at, width: Math.max(MIN_SIDE, at.width + x), height: Math.max(MIN_SIDE, at.height + y) }
        : { ...at, left: at.left + x, top: at.top + y },
    );
    this.#element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }

  readonly #onDown = (event: PointerEvent): void => {
    const box = this.#host.boxAt(event.clientX, event.clientY);
    if (event.button !== 0 || box === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#edited = null;
    this.#from = { x: event.clientX, y: event.clientY };
    this.#show(box, this.#between(box, event));
    this.#scroller.setPointerCapture(event.pointerId);
    this.#scroller.addEventListener('pointermove', this.#onMove);
    this.#scroller.addEventListener('pointerup', this.#onUp);
    this.#scroller.addEventListener('pointercancel', this.#onCancel);
    this.#scroller.addEventListener('mousedown', stopEvent, { capture: true, once: true });
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#frame !== null) this.#show(this.#frame.box, this.#between(this.#frame.box, event));
  };

  readonly #onUp = (): void => {
    this.#removeListeners();
    const at = this.#frame?.at;
    if (at === undefined || at.width < MIN_SIDE || at.height < MIN_SIDE) this.#removeFrame();
    else this.#confirm();
  };

  readonly #onCancel = (): void => {
    this.#removeListeners();
    this.#removeFrame();
  };

  #removeListeners(): void {
    this.#scroller.removeEventListener('pointermove', this.#onMove);
    this.#scroller.removeEventListener('pointerup', this.#onUp);
    this.#scroller.removeEventListener('pointercancel', this.#onCancel);
  }

  #between(box: PageBox, to: PointerEvent): Frame {
    const page = box.element.getBoundingClientRect();
    const left = Math.min(this.#from.x, to.clientX) - page.left;
    const top = Math.min(this.#from.y, to.clientY) - page.top;
    return { left, top, width: Math.abs(to.clientX - this.#from.x), height: Math.abs(to.clientY - this.#from.y) };
  }

  /** Shows the frame, limited to its page. */
  #show(box: PageBox, wanted: Frame): void {
    const { clientWidth, clientHeight } = box.element;
    const left = Math.min(Math.max(0, wanted.left), clientWidth);
    const top = Math.min(Math.max(0, wanted.top), clientHeight);
    const width = Math.min(wanted.left + wanted.width, clientWidth) - left;
    const height = Math.min(wanted.top + wanted.height, clientHeight) - top;
    this.#frame = { box, at: { left, top, width, height } };
    this.#element.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    if (this.#element.parentElement !== box.element) box.element.append(this.#element);
  }

  #confirm(): void {
    if (this.#frame === null) return;
    const { box } = this.#frame;
    const screen = this.#element.getBoundingClientRect();
    const edited = this.#edited;
    this.#removeFrame();
    if (edited === null) this.#host.drawn(box, areaOn(box, screen), screen);
    else this.#host.reshape(edited, box, areaOn(box, screen));
    this.toggle(false);
  }

  #removeFrame(): void {
    this.#frame = null;
    this.#edited = null;
    this.#element.remove();
  }
}

const short = (value: number): number => Math.round(value * 100) / 100;

/**
 * Converts a box on the screen to an area in the page’s user space: points to a hundredth; whole pixels on an image.
 */
export function areaOn(page: PageBox, { left, top, right, bottom }: ScreenBox): Area {
  const [x1, y1] = page.fromScreen(left, top);
  const [x2, y2] = page.fromScreen(right, bottom);
  if (page.isWhole) {
    const [[left, right], [bottom, top]] = [wholePixels(x1, x2), wholePixels(y1, y2)];
    return [left, bottom, right, top];
  }
  return [short(Math.min(x1, x2)), short(Math.min(y1, y2)), short(Math.max(x1, x2)), short(Math.max(y1, y2))];
}

/** The nearest pixel borders, at least one pixel apart. */
export function wholePixels(a: number, b: number): readonly [from: number, to: number] {
  const [from, to] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  if (to > from) return [from, to];
  const pixel = Math.max(0, Math.ceil((a + b) / 2) - 1);
  return [pixel, pixel + 1];
}

/** The part of a box that is on the page, with left and right, top and bottom in order. */
export function cutTo(page: ScreenBox, { left, top, right, bottom }: ScreenBox): ScreenBox {
  const across = (x: number): number => Math.min(Math.max(x, page.left), page.right);
  const down = (y: number): number => Math.min(Math.max(y, page.top), page.bottom);
  return {
    left: across(Math.min(left, right)),
    right: across(Math.max(left, right)),
    top: down(Math.min(top, bottom)),
    bottom: down(Math.max(top, bottom)),
  };
}

/** A box moved as little as possible so that it is on the page; cut if it is larger than the page. */
export function movedInto(page: ScreenBox, { left, top, right, bottom }: ScreenBox): ScreenBox {
  const by = (low: number, high: number, from: number, to: number): number =>
    from < low ? low - from : to > high ? Math.max(high - to, low - from) : 0;
  const across = by(page.left, page.right, left, right);
  const down = by(page.top, page.bottom, top, bottom);
  return cutTo(page, { left: left + across, right: right + across, top: top + down, bottom: bottom + down });
}
