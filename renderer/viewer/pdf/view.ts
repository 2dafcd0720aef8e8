import { stepIn } from '../caret-steps.ts';
import type { DrawnPassage, EdgeStep, MatchLook, ScreenBox, SourceView, TextRange } from '../types.ts';
import type { PlacedText } from './geometry.ts';
import { type Spread, type Turn, type Zoom, zoomStep } from './layout.ts';
import { OnScreen } from './on-screen.ts';
import type { PagesOptions, PdfEvents } from './options.ts';
import type { PageBox } from './page-box.ts';
import type { CreatePainter, Painter } from './canvases.ts';
import type { PaintedPage } from './kept-documents.ts';
import { PageMap, type PageTexts } from './page-texts.ts';
import { PageMarks } from './page-marks.ts';
import { quadsOnPage } from './page-passages.ts';
import { PointerTools } from './pointer-tools.ts';
import { KeyboardSelection } from './keyboard.ts';
import { PageSheet, type PlacedPage, type SheetPosition } from './sheet.ts';
import { drawable, TextSelection } from './text-selection.ts';
import { Thumbnails } from './thumbnails.ts';
import type { Outline, OutlinePlace } from './outline.ts';
import { apply } from './matrix.ts';

/** The document of a view, newly opened or kept from before. */
export interface ShownDocument {
  /** Rejects if it cannot be painted at all. */
  readonly painting: Promise<CreatePainter>;
  /** Rejects if it cannot be opened. */
  outline(): Promise<Outline>;
  readonly texts: PageTexts;
  /** Called when the view is destroyed. `pages` are kept for a while; null keeps nothing. */
  close(pages: ReadonlyMap<number, PaintedPage> | null): void;
}

/** A view of pages: those of a PDF, or the only one of an image (../image). */
export class PdfView implements SourceView {
  /** Small images of the pages. */
  readonly thumbnails: Thumbnails;
  readonly #root = document.createElement('div');
  readonly #options: PagesOptions;
  readonly #events: PdfEvents;
  readonly #map: PageMap;
  readonly #sheet: PageSheet;
  readonly #texts: PageTexts;
  readonly #onScreen: OnScreen;
  readonly #marks: PageMarks;
  readonly #selection: TextSelection;
  readonly #tools: PointerTools;
  readonly #keyboard: KeyboardSelection;
  readonly #document: ShownDocument;
  #painter: Painter | null = null;
  /** The sheet’s scale when passages were last drawn. */
  #drawnAt = 0;
  #unpaintable = false;
  #hasDirection = false;
  #wholeText: string | null = null;
  #destroyed = false;
  inView: { readonly first: number; readonly last: number } = { first: 1, last: 1 };
  /** The page last navigated to: it may be the second of a spread. */
  #wantedPage = 1;
  #reading: SheetPosition = { page: 1, part: 0 };
  readonly #readingListeners = new Set<() => void>();

  constructor(container: HTMLElement, options: PagesOptions, pages: readonly PlacedPage[], document: ShownDocument) {
    this.#options = options;
    this.#events = options.events;
    this.#map = new PageMap(pages);
    this.#texts = document.texts;
    this.#root.className = options.unit?.isWhole === true ? 'pdf-view is-image' : 'pdf-view';
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'document');
    this.#root.setAttribute('aria-label', options.labels.pages);
    container.append(this.#root);
    this.#sheet = new PageSheet(this.#root, pages, options, options.labels, {
      onMount: (box) => this.#onMount(box),
      onUnmount: () => undefined,
      onView: (first, last) => this.#onView(first, last),
    });
    this.thumbnails = new Thumbnails(this.#sheet);
    this.#onScreen = new OnScreen(this.#sheet, this.#map, this.#texts);
    this.#marks = new PageMarks(this.#sheet, this.#map);
    this.#selection = new TextSelection(this.#sheet, this.#map, () => this.#reportSelection());
    this.#tools = new PointerTools({
      root: this.#root,
      sheet: this.#sheet,
      map: this.#map,
      marks: this.#marks,
      selection: this.#selection,
      onScreen: this.#onScreen,
      events: this.#events,
      page: () => this.#page(),
      reportSelection: () => this.#reportSelection(),
      words: (range) => this.#textOf(range) ?? '',
    });
    this.#keyboard = new KeyboardSelection(this.#root, this.#selection, this.#map, {
      first: (event) => this.#tools.key(event) || this.#events.onKey(event),
      textOf: (page) => this.#texts.get(page),
      firstVisible: () => this.#firstVisible(),
      moved: (focus) => this.scrollTo(focus, focus + 1),
      selectionDone: () => this.#reportSelection(),
    });
    this.#root.addEventListener('copy', this.#onCopy);
    this.#document = document;
    this.#sheet.start();
    void this.#startPainting();
    void this.#loadWholeText();
  }

  async #startPainting(): Promise<void> {
    try {
      const start = await this.#document.painting;
      if (this.#destroyed) return;
      this.#painter = start(this.#sheet, this.thumbnails, () => this.#events.onUnpaintable());
      this.#painter.inView(this.inView.first, this.inView.last);
    } catch {
      // The reason is not shown: the text can still be read, and the original is unchanged.
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
    this.#tools.destroy();
    this.#keyboard.destroy();
    this.#selection.destroy();
    this.#marks.destroy();
    this.#sheet.destroy();
    this.#root.remove();
    this.#document.close(this.#painter?.close() ?? null);
  }

  // Pages and zoom

  get zoom(): Zoom {
    return this.#sheet.wantedZoom;
  }
  setZoom(zoom: Zoom): void {
    this.#sheet.setZoom(zoom);
  }
  zoomBy(larger: boolean): void {
    this.#sheet.setZoom({ fit: null, zoom: zoomStep(this.#sheet.zoom, larger, this.#sheet.unit) });
  }
  /** Rotates all pages by 90°, clockwise. */
  rotate(): void {
    this.#sheet.rotate();
  }
  get turn(): Turn {
    return this.#sheet.turn;
  }
  get spread(): Spread {
    return this.#sheet.spread;
  }
  /** Sets the arrangement; in `cover` the first page is alone. */
  setSpread(spread: Spread): void {
    // The first page in view stays in view, even if only little of its row is visible.
    const { page } = this.#sheet.position();
    const row = this.#sheet.row(page);
    const isWanted = row !== null && row.first < this.#wantedPage && this.#wantedPage <= row.last + 1;
    if (!isWanted) this.#wantedPage = page;
    this.#sheet.setSpread(spread, this.#wantedPage);
  }
  goToPage(page: number): void {
    this.#wantedPage = page;
    this.#sheet.goTo({ page, part: 0 });
  }
  /** Goes to the next (or previous) page, or spread of two. */
  turnPage(forward: boolean): void {
    const row = this.#sheet.row(this.#page());
    if (row === null) return;
    const beside = this.#sheet.row(forward ? row.last + 2 : row.first);
    if (beside !== null) this.goToPage(beside.first + 1);
  }
  position(): SheetPosition {
    return this.#sheet.position();
  }
  /** The PDF’s own outline; rejects if the PDF cannot be opened. */
  outline(): Promise<Outline> {
    return this.#document.outline();
  }
  /** How far down its page (as rotated now) the target of an outline entry is. */
  partOf({ page, left, top }: OutlinePlace): number {
    const { matrix, width, height } = this.#sheet.view(page);
    const box = this.#map.get(page)?.box;
    // Without a point, the target is the page’s upper edge, however it is rotated.
    if (box === undefined || width === 0 || height === 0 || (left === null && top === null)) return 0;
    // Coordinates left out are the page’s upper left corner.
    const [, y] = apply(matrix, [left ?? box[0], top ?? box[3]]);
    return Math.min(1, Math.max(0, y / height));
  }
  goToPlace(place: OutlinePlace): void {
    this.#wantedPage = place.page;
    this.#sheet.goTo({ page: place.page, part: this.partOf(place) });
  }
  /** The position that is read at: a third of the way down the window. */
  readonly reading = (): SheetPosition => this.#reading;
  /** Listens to changes of the reading position. */
  readonly watch = (listener: () => void): (() => void) => {
    this.#readingListeners.add(listener);
    return () => this.#readingListeners.delete(listener);
  };
  /** The pages a passage lies on. */
  pagesOf({ kind, start, end, page }: DrawnPassage): { readonly first: number; readonly last: number } {
    const first = kind === 'text' ? (this.#map.at(start)?.page ?? page) : page;
    return { first, last: kind === 'text' ? Math.max(first, this.#map.at(end, true)?.page ?? page) : page };
  }
  /**
   * Scrolls an offset to the top, estimated from its share of its page’s text: used to scroll two versions together.
   */
  goTo(offset: number): void {
    const page = this.#map.at(offset);
    if (page === null) return;
    const length = Math.max(1, page.end - page.start);
    this.#sheet.goTo({ page: page.page, part: Math.min(1, Math.max(0, (offset - page.start) / length)) });
  }
  #offsetAt({ page, part }: SheetPosition): number {
    const { start, end } = this.#map.get(page) ?? { start: 0, end: 0 };
    return Math.round(start + Math.min(1, Math.max(0, part)) * (end - start));
  }
  goToPosition(position: SheetPosition): void {
    this.#sheet.goTo(position);
  }
  markArea(on: boolean): void {
    this.#tools.markArea(on);
    if (on) this.#root.focus({ preventScroll: true });
    this.#events.onAreaTool(on);
  }
  /** Edits the current area with the keys: arrows move it, Shift+arrows resize it, Enter confirms. */
  editArea(): void {
    if (!this.#tools.editArea()) return;
    this.#root.focus({ preventScroll: true });
    this.#events.onAreaTool(true);
  }

  // SourceView

  scrollTo(start: number, end: number): void {
    const page = this.#map.at(start);
    if (page !== null) void this.#reveal(page, { start, end });
  }

  /** Scrolls a passage of either kind into view. */
  revealPassage(passage: DrawnPassage): void {
    if (passage.kind === 'text') {
      this.scrollTo(passage.start, passage.end);
      return;
    }
    const box = this.#mounted(passage.page);
    const at = box === null ? null : this.#onScreen.boxOfArea(box, passage);
    if (at !== null) this.#sheet.reveal(passage.page, at.top, at.bottom, at.left, at.right);
  }

  async #reveal(page: PlacedPage, range: TextRange): Promise<void> {
    if (this.#mounted(page.page) === null) return;
    await this.#texts.load(page.page);
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
    return this.#onScreen.boxOf(range);
  }
  /** The box of a passage of either kind on the screen. */
  boxOfPassage(id: string): ScreenBox | null {
    const passage = this.#marks.get(id);
    return passage === null ? null : this.#onScreen.boxOfPassage(passage);
  }

  selection(): TextRange | null {
    return this.#selection.range;
  }
  /** The canonical text of a range, as far as it is loaded; a page with a selection has its own text. */
  wordsOf(range: TextRange): string | null {
    return this.#textOf(range);
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
  setMatches(matches: readonly TextRange[], current: number | null = null, look: MatchLook = 'found'): void {
    this.#marks.setMatches(matches, current, look);
  }
  step(offset: number, by: EdgeStep, forward: boolean): number {
    if (this.#wholeText !== null) return stepIn(this.#wholeText, offset, by, forward);
    const page = this.#map.at(offset, !forward);
    const text = page === null ? null : this.#texts.get(page.page);
    // While its text is loading the edge stays; the key can be pressed again.
    return page === null || text === null ? offset : page.start + stepIn(text.text, offset - page.start, by, forward);
  }
  focus(): void {
    this.#root.focus({ preventScroll: true });
  }

  // Events of the sheet

  #onMount(box: PageBox): void {
    this.#marks.draw(box);
    if (this.#unpaintable) box.showUnpainted();
    this.#painter?.mounted(box);
    if (this.#options.layer?.hasText !== true) return;
    if (this.#texts.get(box.number) !== null) this.#showText(box);
    else {
      this.#texts.load(box.number).then(
        () => this.#sheet.boxes.get(box.number) === box && box.text === null && this.#showText(box),
        // A page whose text cannot be read has none; the rest of the source still works.
        () => undefined,
      );
    }
  }

  #showText(box: PageBox): void {
    const text = this.#texts.get(box.number);
    if (text !== null) this.#setDirection(text);
    box.showText(text, this.#options.language ?? null);
    this.#marks.draw(box);
    this.#selection.draw(box);
    this.#selection.syncDom();
  }

  /** A book in a right-to-left script is bound on the right: the first page of a spread is there. */
  #setDirection({ geometry: { runs } }: PlacedText): void {
    if (this.#hasDirection || runs.length === 0) return;
    this.#hasDirection = true;
    this.#sheet.setDirection(2 * runs.filter(({ rightToLeft }) => rightToLeft).length > runs.length);
  }

  #onView(first: number, last: number): void {
    this.inView = { first, last };
    this.#painter?.inView(first, last);
    // On an image, lines are equally thin at any zoom.
    if (this.#sheet.unit.isWhole && this.#drawnAt !== this.#sheet.scale) this.#marks.drawAll();
    this.#drawnAt = this.#sheet.scale;
    const page = this.#page();
    this.#reading = this.#sheet.positionAt(page, this.#root.clientHeight / 3);
    for (const listener of this.#readingListeners) listener();
    this.#events.onPlace(page, this.#sheet.zoom, this.#sheet.spread);
    this.#events.onScroll?.(this.#offsetAt(this.#sheet.position()));
  }

  /** The current page: in the row at a third of the window’s height, the first one, or the one navigated to. */
  #page(): number {
    const row = this.#sheet.rowAt(this.#root.clientHeight / 3);
    if (row === null) return 1;
    return row.first < this.#wantedPage && this.#wantedPage <= row.last + 1 ? this.#wantedPage : row.first + 1;
  }

  #reportSelection(): void {
    const range = this.#selection.range;
    const box = range === null ? null : this.boxOf(range);
    this.#events.onSelect(range === null || box === null ? null : { ...range, box });
  }

  /** The start of a keyboard selection if nothing was clicked yet: the first line in view. */
  #firstVisible(): number {
    const { left, top } = this.#root.getBoundingClientRect();
    return this.#onScreen.hit(left, top + 1)?.offset ?? this.#map.get(this.#page())?.start ?? 0;
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

  /** The stored text, not that of the DOM; null while it is loading. */
  #textOf({ start, end }: TextRange): string | null {
    if (this.#wholeText !== null) return this.#wholeText.slice(start, end);
    const page = this.#map.at(start);
    const text = page !== null && end <= page.end ? this.#texts.get(page.page) : null;
    return page === null || text === null ? null : text.text.slice(start - page.start, end - page.start);
  }
}
