import { chosen } from '../passages/index-of-passages.ts';
import { stepIn, wordAround } from '../selection/words.ts';
import type { DrawnPassage, EdgeStep, ScreenBox, SourceView, TextRange } from '../types.ts';
import { AreaTool } from './area-tool.ts';
import { PageCanvases } from './canvases.ts';
import { hitTest, paragraphAround } from './geometry.ts';
import { zoomStep, type Zoom } from './layout.ts';
import type { PdfEvents, PdfOptions } from './options.ts';
import type { PageBox } from './page-box.ts';
import { PageMap } from './page-map.ts';
import { PageMarks } from './page-marks.ts';
import { areaQuad, quadsOnPage } from './page-passages.ts';
import { followPointing } from '../pointing.ts';
import { movedBox, unionOf } from '../screen-boxes.ts';
import { PageTexts } from './page-texts.ts';
import type { PaintedDocument } from './pdfjs.ts';
import { KeyboardSelecting } from './keyboard.ts';
import { PointerSelecting, type Granularity, type ScreenHit } from './pointer.ts';
import { PageSheet, type PlacedPage, type SheetPosition } from './sheet.ts';
import { drawable, TextSelection } from './text-selection.ts';

/** How near (points) a click must be to text to mean a passage there. */
const CLICK_REACH = 1;

export class PdfView implements SourceView {
  readonly #root = document.createElement('div');
  readonly #options: PdfOptions;
  readonly #events: PdfEvents;
  readonly #map: PageMap;
  readonly #sheet: PageSheet;
  readonly #texts: PageTexts;
  readonly #marks: PageMarks;
  readonly #selection: TextSelection;
  readonly #pointer: PointerSelecting;
  readonly #area: AreaTool;
  readonly #keyboard: KeyboardSelecting;
  readonly #document: Promise<PaintedDocument>;
  #canvases: PageCanvases | null = null;
  #unpaintable = false;
  #wholeText: string | null = null;
  #destroyed = false;
  #view = { first: 1, last: 1 };

  constructor(
    container: HTMLElement,
    options: PdfOptions,
    pages: readonly PlacedPage[],
    painted: Promise<PaintedDocument>,
  ) {
    this.#options = options;
    this.#events = options.events;
    this.#map = new PageMap(pages);
    this.#texts = new PageTexts(options.loadPage);
    this.#root.className = 'pdf-view';
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'document');
    this.#root.setAttribute('aria-label', options.labels.pages);
    container.append(this.#root);
    this.#sheet = new PageSheet(this.#root, pages, options.zoom, options.labels, {
      onMount: (box) => this.#onMount(box),
      onUnmount: () => undefined,
      onView: (first, last) => this.#onView(first, last),
    });
    this.#marks = new PageMarks(this.#sheet, this.#map);
    this.#selection = new TextSelection(this.#sheet, this.#map, () => this.#told());
    this.#area = new AreaTool(this.#root, {
      boxAt: (y) => this.#sheet.boxAt(y),
      currentBox: () => this.#sheet.boxes.get(this.#page()) ?? null,
      marked: (box, area, screen) => this.#events.onArea(box.number, area, screen),
      ended: () => this.#events.onAreaTool(false),
    });
    this.#pointer = new PointerSelecting(this.#root, {
      hit: (x, y) => this.#hit(x, y),
      around: (unit, granularity) => this.#around(unit, granularity),
      ends: () => this.#selection.ends,
      select: (ends) => this.#selection.set(ends),
      settled: () => this.#told(),
      clicked: (x, y, hit) => this.#clicked(x, y, hit),
    });
    this.#keyboard = new KeyboardSelecting(this.#root, this.#selection, this.#map, {
      first: (event) => this.#area.key(event) || this.#events.onKey(event),
      textOf: (page) => this.#texts.get(page),
      firstVisible: () => this.#firstVisible(),
      moved: (focus) => this.scrollTo(focus, focus + 1),
      settled: () => this.#told(),
    });
    followPointing(this.#root);
    this.#root.addEventListener('copy', this.#onCopy);
    this.#root.addEventListener('click', this.#onCodeClick);
    this.#root.addEventListener('wheel', this.#onWheel, { passive: false });
    this.#document = painted;
    this.#sheet.start();
    void this.#startPainting();
    void this.#loadWholeText();
  }

  async #startPainting(): Promise<void> {
    try {
      const opened = await this.#document;
      if (this.#destroyed) return;
      this.#canvases = new PageCanvases(this.#sheet, opened, () => this.#events.onUnpaintable());
      this.#canvases.inView(this.#view.first, this.#view.last);
    } catch {
      // Why pdf.js cannot open it does not matter to the reader: the text layer and the original are both still there.
      if (this.#destroyed) return;
      this.#unpaintable = true;
      for (const box of this.#sheet.boxes.values()) box.showUnpainted();
      this.#events.onUnpaintable();
    }
  }

  async #loadWholeText(): Promise<void> {
    const { layer, loadText, events } = this.#options;
    events.onReady?.(layer?.hasText === true ? { text: true } : { text: false, reason: 'unreadable' });
    if (layer?.hasText !== true) return;
    this.#wholeText = await loadText();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#canvases?.destroy();
    this.#pointer.destroy();
    this.#keyboard.destroy();
    this.#area.destroy();
    this.#selection.destroy();
    this.#sheet.destroy();
    this.#root.remove();
    this.#document.then(
      (opened) => void opened.close(),
      () => undefined,
    );
  }

  // Pages and zoom

  get zoom(): Zoom {
    return this.#sheet.wantedZoom;
  }
  setZoom(zoom: Zoom): void {
    this.#sheet.setZoom(zoom);
  }
  zoomBy(larger: boolean): void {
    this.#sheet.setZoom({ fit: null, zoom: zoomStep(this.#sheet.zoom, larger) });
  }
  /** Turns all pages by a quarter, clockwise. */
  rotate(): void {
    this.#sheet.setTurn(this.#sheet.turn + 90);
  }
  goToPage(page: number): void {
    this.#sheet.goTo({ page, part: 0 });
  }
  position(): SheetPosition {
    return this.#sheet.position();
  }
  goToPosition(position: SheetPosition): void {
    this.#sheet.goTo(position);
  }
  markArea(on: boolean): void {
    this.#area.toggle(on);
    if (on) this.#root.focus({ preventScroll: true });
    this.#events.onAreaTool(on);
  }

  // SourceView

  scrollTo(start: number, end: number): void {
    const page = this.#map.at(start);
    if (page !== null) void this.#reveal(page, { start, end });
  }

  /** Brings a passage of either kind into view. */
  revealPassage(passage: DrawnPassage): void {
    if (passage.kind === 'text') {
      this.scrollTo(passage.start, passage.end);
      return;
    }
    const box = this.#mounted(passage.page);
    const page = box === null ? null : drawable(box, this.#map);
    const quad = page === null ? null : areaQuad(page, passage);
    if (box === null || quad === null) return;
    const { left, top, right, bottom } = box.boxOf(quad);
    this.#sheet.reveal(passage.page, top, bottom, left, right);
  }

  async #reveal(page: PlacedPage, range: TextRange): Promise<void> {
    if (this.#mounted(page.page) === null) return;
    await this.#texts.ask(page.page);
    const box = this.#sheet.boxes.get(page.page);
    if (this.#destroyed || box === undefined) return;
    if (box.text === null) this.#showText(box);
    const here = drawable(box, this.#map);
    const [quad] = here === null ? [] : quadsOnPage(here, range);
    if (quad === undefined) return;
    const { left, top, right, bottom } = box.boxOf(quad);
    this.#sheet.reveal(page.page, top, bottom, left, right);
  }

  /** The page's box, after scrolling to it if it was not in the DOM. */
  #mounted(page: number): PageBox | null {
    if (!this.#sheet.boxes.has(page)) this.#sheet.goTo({ page, part: 0 });
    return this.#sheet.boxes.get(page) ?? null;
  }

  boxOf(range: TextRange): ScreenBox | null {
    const boxes = this.#map.within(range.start, range.end).flatMap(({ page }) => {
      const box = this.#sheet.boxes.get(page);
      const here = box === undefined ? null : drawable(box, this.#map);
      if (box === undefined || here === null) return [];
      const { left, top } = box.element.getBoundingClientRect();
      return quadsOnPage(here, range).map((quad) => movedBox(box.boxOf(quad), left, top));
    });
    const view = this.#root.getBoundingClientRect();
    return unionOf(boxes.filter((box) => box.bottom > view.top && box.top < view.bottom));
  }

  /** Where a passage of either kind is on the screen. */
  boxOfPassage(id: string): ScreenBox | null {
    const passage = this.#marks.get(id);
    if (passage === null) return null;
    if (passage.kind === 'text') return this.boxOf(passage);
    const box = this.#sheet.boxes.get(passage.page);
    const page = box === undefined ? null : drawable(box, this.#map);
    const quad = page === null ? null : areaQuad(page, passage);
    if (box === undefined || quad === null) return null;
    const { left, top } = box.element.getBoundingClientRect();
    return movedBox(box.boxOf(quad), left, top);
  }

  selection(): TextRange | null {
    return this.#selection.range;
  }
  setSelection(range: TextRange | null): void {
    this.#selection.set(range === null ? null : { anchor: range.start, focus: range.end });
  }
  setPassages(passages: readonly DrawnPassage[]): void {
    this.#marks.setPassages(passages);
  }
  setCurrent(id: string | null): void {
    this.#marks.setCurrent(id);
  }
  setHits(hits: readonly TextRange[]): void {
    this.#marks.setHits(hits);
  }
  step(offset: number, by: EdgeStep, on: boolean): number {
    if (this.#wholeText !== null) return stepIn(this.#wholeText, offset, by, on);
    const page = this.#map.at(offset, !on);
    const text = page === null ? null : this.#texts.get(page.page);
    // Until its text is here nothing can be said of a page; it comes sooner than a key is pressed again.
    return page === null || text === null ? offset : page.start + stepIn(text.text, offset - page.start, by, on);
  }
  focus(): void {
    this.#root.focus({ preventScroll: true });
  }

  // What happens on the sheet

  #onMount(box: PageBox): void {
    this.#marks.draw(box);
    if (this.#unpaintable) box.showUnpainted();
    this.#canvases?.mounted(box);
    if (this.#options.layer?.hasText !== true) return;
    if (this.#texts.get(box.number) !== null) this.#showText(box);
    else {
      this.#texts.ask(box.number).then(
        () => this.#sheet.boxes.get(box.number) === box && box.text === null && this.#showText(box),
        // A page whose text cannot be read has none; the rest of the source is not touched by it.
        () => undefined,
      );
    }
  }

  #showText(box: PageBox): void {
    box.showText(this.#texts.get(box.number));
    this.#marks.draw(box);
    this.#selection.draw(box);
    this.#selection.syncDom();
  }

  #onView(first: number, last: number): void {
    this.#view = { first, last };
    this.#canvases?.inView(first, last);
    const page = this.#page();
    this.#events.onPlace(page, this.#sheet.zoom);
    this.#events.onScroll?.(this.#map.get(page)?.start ?? 0);
  }

  /** The page one reads: the one a third of the way down the window. */
  #page(): number {
    const at = this.#root.scrollTop + this.#root.clientHeight / 3;
    for (let page = this.#view.first; page < this.#view.last; page++) {
      const place = this.#sheet.place(page);
      if (place !== null && at < place.top + place.height) return page;
    }
    return this.#view.last;
  }

  #hit(x: number, y: number): ScreenHit | null {
    const box = this.#sheet.boxAt(y);
    const page = box === null ? null : this.#map.get(box.number);
    const hit = box === null || box.text === null ? null : hitTest(box.text, box.fromScreen(x, y));
    if (page === null || hit === null) return null;
    return { offset: page.start + hit.offset, unit: page.start + hit.unit, inside: hit.distance <= CLICK_REACH };
  }

  #around(unit: number, granularity: Granularity): TextRange {
    const page = this.#map.at(unit);
    const text = page === null ? null : this.#texts.get(page.page);
    if (page === null || text === null) return { start: unit, end: unit };
    const local = unit - page.start;
    const { start, end } = granularity === 'word' ? wordAround(text.text, local) : paragraphAround(text, local);
    return { start: page.start + start, end: page.start + end };
  }

  #clicked(x: number, y: number, hit: ScreenHit | null): void {
    const box = this.#sheet.boxAt(y);
    if (hit !== null) this.#selection.set({ anchor: hit.offset, focus: hit.offset });
    this.#told();
    if (box === null) return;
    const under = this.#marks.under(box.number, hit?.inside === true ? hit.unit : null, box.fromScreen(x, y));
    this.#choose(chosen(under, this.#marks.current), { left: x, top: y, right: x, bottom: y });
  }

  #choose(passage: DrawnPassage | null, near: ScreenBox): void {
    if (passage !== null) this.#events.onPassageClick(passage.id, this.boxOfPassage(passage.id) ?? near);
  }

  readonly #onCodeClick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest('.margin-code') : null;
    const element = button?.closest<HTMLElement>('.page-box');
    const box = this.#sheet.boxes.get(Number(element?.dataset['page']));
    if (button === null || box === undefined) return;
    this.#choose(chosen(box.passagesOfCode(button), this.#marks.current), button.getBoundingClientRect());
  };

  #told(): void {
    const range = this.#selection.range;
    const box = range === null ? null : this.boxOf(range);
    this.#events.onSelect(range === null || box === null ? null : { ...range, box });
  }

  readonly #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.setZoom({ fit: null, zoom: this.#sheet.zoom * Math.exp(-event.deltaY / 300) });
  };

  /** Where a selection by keyboard begins when nothing was clicked yet: the first line in view. */
  #firstVisible(): number {
    const { left, top } = this.#root.getBoundingClientRect();
    return this.#hit(left, top + 1)?.offset ?? this.#map.get(this.#page())?.start ?? 0;
  }

  readonly #onCopy = (event: ClipboardEvent): void => {
    const range = this.#selection.range;
    if (range === null) return;
    event.preventDefault();
    const text = this.#textOf(range);
    if (text !== null) event.clipboardData?.setData('text/plain', text);
    else
      void this.#options.loadText().then((whole) => navigator.clipboard.writeText(whole.slice(range.start, range.end)));
  };

  /** The canonical slice, never what the DOM makes of it; null while it is not loaded. */
  #textOf({ start, end }: TextRange): string | null {
    if (this.#wholeText !== null) return this.#wholeText.slice(start, end);
    const page = this.#map.at(start);
    const text = page !== null && end <= page.end ? this.#texts.get(page.page) : null;
    return page === null || text === null ? null : text.text.slice(start - page.start, end - page.start);
  }
}
