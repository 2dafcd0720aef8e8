import type { LayerPage } from '../../../shared/model/index.ts';
import {
  layOutPages,
  pagesBetween,
  PIXELS_PER_POINT,
  zoomFor,
  type PagePlace,
  type Room,
  type Sheet,
  type Size,
  type Zoom,
} from './layout.ts';
import { pageView, type PageView } from './matrix.ts';
import { PageBox, type PageLabels } from './page-box.ts';

/** What a page needs to have a place before anything is painted. */
export type PlacedPage = Pick<LayerPage, 'page' | 'start' | 'end' | 'box' | 'rotation'>;

export interface SheetEvents {
  /** A page came into reach: it wants its text and its passages. */
  onMount(box: PageBox): void;
  onUnmount(box: PageBox): void;
  /** Scrolled, zoomed or resized: the pages in view, from 1. */
  onView(first: number, last: number): void;
}

/** A place to come back to: a page (from 1) and how far down it, as a part of its height. */
export interface SheetPosition {
  readonly page: number;
  readonly part: number;
}

const ROOM: Room = { gap: 16, margin: 124 };
/** Pages kept ready before and after those in view. */
const REACH = 1;

/**
 * The scrolled sheet of pages. Only pages in view, their neighbours and pinned ones (those that hold an end of the
 * selection) are in the DOM, so that a thousand pages scroll like ten.
 */
export class PageSheet {
  readonly scroller: HTMLElement;
  readonly boxes = new Map<number, PageBox>();
  readonly #pages: readonly PlacedPage[];
  readonly #labels: PageLabels;
  readonly #events: SheetEvents;
  readonly #element = document.createElement('div');
  /** Pages as pdf.js sees them, where that is known and differs from the layer's boxes. */
  readonly #seen = new Map<number, PageView>();
  readonly #resized: ResizeObserver;
  #sheet: Sheet = { places: [], width: 0, height: 0 };
  #wanted: Zoom;
  #turn = 0;
  #zoom = 1;
  #pinned: ReadonlySet<number> = new Set();
  /** Where to go as soon as there is a window to lay pages out in. */
  #pending: SheetPosition | null = null;

  constructor(
    scroller: HTMLElement,
    pages: readonly PlacedPage[],
    zoom: Zoom,
    labels: PageLabels,
    events: SheetEvents,
  ) {
    this.scroller = scroller;
    this.#pages = pages;
    this.#wanted = zoom;
    this.#labels = labels;
    this.#events = events;
    this.#element.className = 'page-sheet';
    scroller.append(this.#element);
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resized = new ResizeObserver(() => this.#relay());
  }

  /** Lays the pages out, now and whenever the window changes. Called once whoever hears of it is ready. */
  start(): void {
    this.#relay();
    this.#resized.observe(this.scroller);
  }

  destroy(): void {
    this.#resized.disconnect();
    this.scroller.removeEventListener('scroll', this.#onScroll);
    this.#element.remove();
  }

  get zoom(): number {
    return this.#zoom;
  }
  get wantedZoom(): Zoom {
    return this.#wanted;
  }
  get turn(): number {
    return this.#turn;
  }
  /** CSS pixels a point. */
  get scale(): number {
    return this.#zoom * PIXELS_PER_POINT;
  }

  setZoom(zoom: Zoom): void {
    this.#wanted = zoom;
    this.#relay();
  }

  /** Rotation of the reader's own, clockwise, in degrees. */
  setTurn(turn: number): void {
    this.#turn = ((turn % 360) + 360) % 360;
    this.#seen.clear();
    this.#relay();
  }

  /** How pdf.js sees a page: the two engines read the boxes of a few files differently, and the painter is right. */
  setView(page: number, turn: number, view: PageView): void {
    if (turn !== this.#turn) return;
    const known = this.view(page);
    const differs =
      Math.abs(known.width - view.width) > 0.5 ||
      Math.abs(known.height - view.height) > 0.5 ||
      view.matrix.some((value, at) => Math.abs(value - (known.matrix[at] ?? 0)) > 0.5);
    if (!differs) return;
    this.#seen.set(page, view);
    this.#relay();
  }

  view(page: number): PageView {
    const seen = this.#seen.get(page);
    if (seen !== undefined) return seen;
    const known = this.#pages[page - 1];
    return known === undefined
      ? { matrix: [1, 0, 0, -1, 0, 0], width: 0, height: 0 }
      : pageView(known.box, known.rotation + this.#turn);
  }

  /** Pages that stay in the DOM wherever one scrolls. */
  pin(pages: Iterable<number>): void {
    this.#pinned = new Set(pages);
    this.#mount();
  }

  place(page: number): PagePlace | null {
    return this.#sheet.places[page - 1] ?? null;
  }

  position(): SheetPosition {
    const top = this.scroller.scrollTop;
    const { first } = pagesBetween(this.#sheet, top, top);
    const place = this.#sheet.places[first];
    return { page: first + 1, part: place === undefined ? 0 : (top - place.top) / Math.max(1, place.height) };
  }

  goTo({ page, part }: SheetPosition): void {
    const place = this.place(page);
    if (place === null) {
      this.#pending = { page, part };
      return;
    }
    this.scroller.scrollTop = Math.round(place.top + part * place.height) - (part === 0 ? ROOM.gap : 0);
    this.#mount();
  }

  /** Scrolls so that a stretch of a page (its own pixels) is in view, if it is not, a third of the way down. */
  reveal(page: number, top: number, bottom: number, left: number, right: number): void {
    const place = this.place(page);
    if (place === null) return;
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.scroller;
    const [from, to] = [place.top + top, place.top + bottom];
    if (from < scrollTop + ROOM.gap || to > scrollTop + clientHeight - ROOM.gap) {
      this.scroller.scrollTop = Math.round(from - clientHeight / 3);
    }
    const [start, end] = [place.left + left, place.left + right];
    if (start < scrollLeft || end > scrollLeft + clientWidth) {
      this.scroller.scrollLeft = Math.round(start - ROOM.gap);
    }
    this.#mount();
  }

  /** The mounted page at (or nearest to) a place on the screen. */
  boxAt(y: number): PageBox | null {
    let best: PageBox | null = null;
    let least = Infinity;
    for (const box of this.boxes.values()) {
      const { top, bottom } = box.element.getBoundingClientRect();
      const away = Math.max(top - y, y - bottom, 0);
      if (away < least) {
        least = away;
        best = box;
      }
    }
    return best;
  }

  readonly #onScroll = (): void => this.#mount();

  #relay(): void {
    const { clientWidth, clientHeight } = this.scroller;
    if (clientWidth === 0 || clientHeight === 0) return;
    const before = this.#sheet.places.length === 0 ? this.#pending : this.position();
    this.#pending = null;
    const viewport: Size = { width: clientWidth, height: clientHeight };
    const views = this.#pages.map((page) => this.view(page.page));
    const fitted = views[(before?.page ?? 1) - 1] ?? { width: 1, height: 1 };
    this.#zoom = zoomFor(this.#wanted, fitted, viewport, ROOM);
    this.#sheet = layOutPages(views, this.#zoom, viewport, ROOM);
    this.#element.style.cssText = `width:${this.#sheet.width}px;height:${this.#sheet.height}px`;
    for (const box of this.boxes.values()) this.#lay(box);
    if (before !== null) this.goTo(before);
    else this.#mount();
  }

  #lay(box: PageBox): void {
    const place = this.place(box.number);
    if (place !== null) box.lay(place, this.view(box.number), this.scale);
  }

  #mount(): void {
    const top = this.scroller.scrollTop;
    const { first, last } = pagesBetween(this.#sheet, top, top + this.scroller.clientHeight);
    const kept = new Set(this.#pinned);
    for (let at = Math.max(0, first - REACH); at <= Math.min(this.#pages.length - 1, last + REACH); at++)
      kept.add(at + 1);
    for (const [number, box] of this.boxes) {
      if (kept.has(number)) continue;
      box.element.remove();
      this.boxes.delete(number);
      this.#events.onUnmount(box);
    }
    for (const number of [...kept].sort((a, b) => a - b)) this.#add(number);
    if (this.#sheet.places.length > 0) this.#events.onView(first + 1, last + 1);
  }

  #add(number: number): void {
    const page = this.#pages[number - 1];
    if (page === undefined || this.boxes.has(number)) return;
    const box = new PageBox(number, page.box, this.#labels);
    this.boxes.set(number, box);
    this.#lay(box);
    // In the order of the pages, whichever came first: the DOM selection and screen readers go by it.
    const after = [...this.#element.children].find(
      (child) => child instanceof HTMLElement && Number(child.dataset['page']) > number,
    );
    this.#element.insertBefore(box.element, after ?? null);
    this.#events.onMount(box);
  }
}
