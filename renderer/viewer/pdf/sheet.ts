import type { LayerPage } from '../../../shared/model/index.ts';
import {
  fittedSize,
  layOutPages,
  pagesBetween,
  POINTS,
  rowAt,
  zoomFor,
  type PagePlace,
  type PageUnit,
  type Spacing,
  type Row,
  type Sheet,
  type Size,
  type Spread,
  type Turn,
  type Zoom,
} from './layout.ts';
import { rootPixels } from '../screen.ts';
import { pageView, type PageView } from './matrix.ts';
import { PageBox, type PageLabels } from './page-box.ts';

/** The part of a page’s record that layout needs. */
export type PlacedPage = Pick<LayerPage, 'page' | 'start' | 'end' | 'box' | 'rotation'>;

export interface SheetEvents {
  /** A page was put into the DOM: it needs its text and passages. */
  onMount(box: PageBox): void;
  onUnmount(box: PageBox): void;
  /** Scrolled, zoomed or resized: the pages in view, from 1. */
  onView(first: number, last: number): void;
}

/** A reading position: a page (from 1), and a share of its height. */
export interface SheetPosition {
  readonly page: number;
  readonly part: number;
}

export interface SheetOptions {
  readonly zoom: Zoom;
  readonly spread?: Spread;
  readonly turn?: Turn;
  readonly unit?: PageUnit;
}

/**
 * Below this width (rem) the margin shows only the families of codes. In styles.css this is 44em of the interface’s
 * type size (`--t-3`).
 */
const NARROW = 35.75;

/** Space around pages at a window width; the margin is as wide as its codes, in rem. */
function spacingFor(width: number): Spacing {
  const rem = rootPixels();
  return width < NARROW * rem
    ? { gap: 8, margin: Math.round(2.75 * rem), between: 2 }
    : { gap: 16, margin: Math.round(7.75 * rem), between: 2 };
}

const NEXT_TURN = { 0: 90, 90: 180, 180: 270, 270: 0 } as const satisfies Record<Turn, Turn>;

/** Rows of pages kept in the DOM before and after those in view. */
const REACH = 1;

/** A position on a page, and the point of the window at which it stays when pages are laid out again. */
export interface ScrollAnchor {
  readonly page: number;
  readonly part: WindowPoint;
  readonly at: WindowPoint;
}
interface WindowPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The scrolled sheet of pages. Only pages in view, their neighbours and pinned ones (with an end of the selection) are
 * in the DOM, so that a thousand pages scroll like ten.
 */
export class PageSheet {
  readonly scroller: HTMLElement;
  readonly boxes = new Map<number, PageBox>();
  readonly unit: PageUnit;
  readonly #pages: readonly PlacedPage[];
  readonly #labels: PageLabels;
  readonly #events: SheetEvents;
  readonly #element = document.createElement('div');
  /** The sizes of pages by pdf.js, where they differ from the layer’s boxes. */
  readonly #pdfjsViews = new Map<number, PageView>();
  readonly #resized: ResizeObserver;
  #sheet: Sheet = { places: [], rows: [], width: 0, height: 0 };
  #wanted: Zoom;
  #spread: Spread = 'one';
  #rightToLeft = false;
  #turn: Turn = 0;
  #zoom = 1;
  #spacing: Spacing = { gap: 16, margin: 0, between: 2 };
  #pinned: ReadonlySet<number> = new Set();
  /** Whether the program has scrolled a part of a page into view. */
  #hasRevealed = false;
  /** The last scroll position set, exact and as rounded: so repeated layouts do not move the pages. */
  #lastScroll = { exact: 0, top: -1 };
  /** The position to scroll to once the window has a size. */
  #pending: SheetPosition | null = null;

  constructor(
    scroller: HTMLElement,
    pages: readonly PlacedPage[],
    { zoom, spread = 'one', turn = 0, unit = POINTS }: SheetOptions,
    labels: PageLabels,
    events: SheetEvents,
  ) {
    this.scroller = scroller;
    this.#pages = pages;
    this.#wanted = zoom;
    this.#spread = spread;
    this.#turn = turn;
    this.unit = unit;
    this.#labels = labels;
    this.#events = events;
    this.#element.className = 'page-sheet';
    scroller.append(this.#element);
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resized = new ResizeObserver(() => this.#layOut());
  }

  /** Lays the pages out, now and whenever the window changes. Called once the listeners are ready. */
  start(): void {
    this.#layOut();
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
  get turn(): Turn {
    return this.#turn;
  }
  /** CSS pixels per unit of the pages. */
  get scale(): number {
    return this.#zoom * this.unit.pixels;
  }

  get spread(): Spread {
    return this.#spread;
  }

  /** Sets the zoom. The anchor stays where it is in the window, or moves to `at`, a point of the screen. */
  setZoom(zoom: Zoom, anchor: ScrollAnchor | null = this.anchorAt(), at?: WindowPoint): void {
    this.#wanted = zoom;
    this.#layOut(anchor === null || at === undefined ? anchor : { ...anchor, at: this.#inWindow(at) });
  }

  /** Changes the arrangement of pages; the row that holds `page` stays in view. */
  setSpread(spread: Spread, page: number): void {
    if (this.#spread === spread) return;
    const at = this.position();
    const part = this.row(at.page) === this.row(page) ? Math.max(0, at.part) : 0;
    this.#spread = spread;
    this.#layOut(null);
    this.goTo({ page, part });
  }

  /**
   * Sets the reading direction: the first page of a spread is on that side, and a page wider than the window opens
   * there, unless a place on it was scrolled into view.
   */
  setDirection(rightToLeft: boolean): void {
    if (this.#rightToLeft === rightToLeft) return;
    this.#rightToLeft = rightToLeft;
    if (this.#spread !== 'one') this.#layOut();
    if (!rightToLeft || this.#hasRevealed || this.scroller.scrollLeft > 0) return;
    const { first, last } = rowAt(this.#sheet, this.scroller.scrollTop + this.#spacing.gap) ?? { first: 0, last: -1 };
    const edges = this.#sheet.places.slice(first, last + 1).map(({ left, width }) => left + width);
    this.scroller.scrollLeft = Math.max(0, ...edges) + this.#spacing.gap - this.scroller.clientWidth;
  }

  /** Rotates all pages by 90°, clockwise. */
  rotate(): void {
    this.#turn = NEXT_TURN[this.#turn];
    this.#pdfjsViews.clear();
    this.#layOut();
  }

  /**
   * Sets the view of a page by pdf.js. The two engines read the boxes of a few files differently; what counts is
   * pdf.js, which paints them.
   */
  setView(page: number, turn: number, view: PageView): void {
    if (turn !== this.#turn) return;
    const known = this.view(page);
    const differs =
      Math.abs(known.width - view.width) > 0.5 ||
      Math.abs(known.height - view.height) > 0.5 ||
      view.matrix.some((value, at) => Math.abs(value - (known.matrix[at] ?? 0)) > 0.5);
    if (!differs) return;
    this.#pdfjsViews.set(page, view);
    this.#layOut();
  }

  /** A page’s size and transformation at scale 1, as rotated now. */
  view(page: number): PageView {
    const byPdfjs = this.#pdfjsViews.get(page);
    if (byPdfjs !== undefined) return byPdfjs;
    const known = this.#pages[page - 1];
    return known === undefined
      ? { matrix: [1, 0, 0, -1, 0, 0], width: 0, height: 0 }
      : pageView(known.box, known.rotation + this.#turn);
  }

  /** Pages that stay in the DOM wherever the user scrolls. */
  pin(pages: Iterable<number>): void {
    this.#pinned = new Set(pages);
    this.#mount();
  }

  /** A page’s place on the sheet; null before the first layout. */
  place(page: number): PagePlace | null {
    return this.#sheet.places[page - 1] ?? null;
  }

  /** The position at the top of the window, on the first page of the row there. */
  position(): SheetPosition {
    const top = this.scroller.scrollTop;
    // A row that ends within the gap is not visible.
    const first = rowAt(this.#sheet, top + this.#spacing.gap)?.first ?? 0;
    const place = this.#sheet.places[first];
    return { page: first + 1, part: place === undefined ? 0 : (top - place.top) / Math.max(1, place.height) };
  }

  /** The position on a page at the window’s height `y`, CSS pixels from its top. */
  positionAt(page: number, y: number): SheetPosition {
    const place = this.place(page);
    if (place === null) return { page, part: 0 };
    return { page, part: (this.scroller.scrollTop + y - place.top) / Math.max(1, place.height) };
  }

  /** The row of pages at a height of the window, CSS pixels from its top. */
  rowAt(y: number): Row | null {
    return rowAt(this.#sheet, this.scroller.scrollTop + y);
  }

  /** The row that holds a page. */
  row(page: number): Row | null {
    const place = this.place(page);
    return place === null ? null : rowAt(this.#sheet, place.top);
  }

  goTo({ page, part }: SheetPosition): void {
    const place = this.place(page);
    if (place === null) {
      this.#pending = { page, part };
      return;
    }
    this.scroller.scrollTop = Math.round(place.top + part * place.height) - (part === 0 ? this.#spacing.gap : 0);
    this.#mount();
  }

  /** Scrolls a part of a page (in its own pixels) to a third of the window’s height, unless it is in view. */
  reveal(page: number, top: number, bottom: number, left: number, right: number): void {
    const place = this.place(page);
    if (place === null) return;
    this.#hasRevealed = true;
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.scroller;
    const [from, to] = [place.top + top, place.top + bottom];
    if (from < scrollTop + this.#spacing.gap || to > scrollTop + clientHeight - this.#spacing.gap) {
      this.scroller.scrollTop = Math.round(from - clientHeight / 3);
    }
    const [start, end] = [place.left + left, place.left + right];
    if (start < scrollLeft || end > scrollLeft + clientWidth) {
      this.scroller.scrollLeft = Math.round(start - this.#spacing.gap);
    }
    this.#mount();
  }

  /** The mounted page at a place on the screen, or the nearest: of the row at that height first, then across. */
  boxAt(x: number, y: number): PageBox | null {
    const { left, top } = this.#element.getBoundingClientRect();
    let best: PageBox | null = null;
    let least = Infinity;
    for (const box of this.boxes.values()) {
      const place = this.place(box.number);
      const row = this.row(box.number);
      if (place === null || row === null) continue;
      const down = Math.max(row.top - (y - top), y - top - row.bottom, 0);
      const aside = Math.max(place.left - (x - left), x - left - place.left - place.width, 0);
      // Height is compared first; the horizontal distance counts only within a row.
      const away = down * this.#sheet.width + aside;
      if (away < least) {
        least = away;
        best = box;
      }
    }
    return best;
  }

  readonly #onScroll = (): void => this.#mount();

  #inWindow({ x, y }: WindowPoint): WindowPoint {
    const { left, top } = this.scroller.getBoundingClientRect();
    return { x: x - left, y: y - top };
  }

  /**
   * The position at a point of the screen, by default at the middle of the window’s top; null if there are no pages.
   */
  anchorAt(around?: WindowPoint): ScrollAnchor | null {
    const asked = around === undefined ? { x: this.scroller.clientWidth / 2, y: 0 } : this.#inWindow(around);
    const { scrollLeft } = this.scroller;
    const scrollTop =
      this.scroller.scrollTop === this.#lastScroll.top ? this.#lastScroll.exact : this.scroller.scrollTop;
    const row = rowAt(this.#sheet, scrollTop + asked.y);
    const place = row === null ? undefined : this.#sheet.places[row.first];
    if (row === null || place === undefined) return null;
    // The space above a page does not scale with the page, so there the page’s upper edge is the anchor.
    const at = around === undefined ? { x: asked.x, y: Math.max(0, place.top - scrollTop) } : asked;
    return {
      page: row.first + 1,
      part: {
        x: (scrollLeft + at.x - place.left) / Math.max(1, place.width),
        y: (scrollTop + at.y - place.top) / Math.max(1, place.height),
      },
      at,
    };
  }

  #layOut(anchor: ScrollAnchor | null = this.anchorAt()): void {
    const { clientWidth, clientHeight } = this.scroller;
    if (clientWidth === 0 || clientHeight === 0) return;
    const pending = this.#sheet.places.length === 0 ? this.#pending : null;
    const at = (anchor?.page ?? pending?.page ?? 1) - 1;
    this.#pending = null;
    const viewport: Size = { width: clientWidth, height: clientHeight };
    this.#spacing = spacingFor(clientWidth);
    const views = this.#pages.map((page) => this.view(page.page));
    const fitted = fittedSize(views, at, this.#spread);
    this.#zoom = zoomFor(this.#wanted, fitted, viewport, this.#spacing, this.#spread, this.unit);
    const arrangement = { spread: this.#spread, rightToLeft: this.#rightToLeft };
    this.#sheet = layOutPages(views, this.#zoom, viewport, this.#spacing, arrangement, this.unit);
    this.#element.style.cssText = `width:${this.#sheet.width}px;height:${this.#sheet.height}px`;
    for (const box of this.boxes.values()) this.#layOutPage(box);
    const place = anchor === null ? null : this.place(anchor.page);
    if (pending !== null) this.goTo(pending);
    else if (anchor !== null && place !== null) {
      const exact = Math.max(0, place.top + anchor.part.y * place.height - anchor.at.y);
      this.scroller.scrollTop = Math.round(exact);
      this.#lastScroll = { exact, top: this.scroller.scrollTop === Math.round(exact) ? Math.round(exact) : -1 };
      this.scroller.scrollLeft = Math.round(place.left + anchor.part.x * place.width - anchor.at.x);
      this.#mount();
    } else this.#mount();
  }

  #layOutPage(box: PageBox): void {
    const place = this.place(box.number);
    if (place !== null) box.layOut(place, this.view(box.number), this.scale);
  }

  #mount(): void {
    const top = this.scroller.scrollTop;
    const { first, last } = pagesBetween(this.#sheet, top, top + this.scroller.clientHeight);
    const kept = new Set(this.#pinned);
    const reach = this.#spread === 'one' ? REACH : 2 * REACH;
    for (let at = Math.max(0, first - reach); at <= Math.min(this.#pages.length - 1, last + reach); at++)
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
    const box = new PageBox(number, page.box, this.#labels, this.unit);
    this.boxes.set(number, box);
    this.#layOutPage(box);
    // In page order, whichever was added first: the DOM selection and screen readers depend on it.
    const after = [...this.#element.children].find(
      (child) => child instanceof HTMLElement && Number(child.dataset['page']) > number,
    );
    this.#element.insertBefore(box.element, after ?? null);
    this.#events.onMount(box);
  }
}
