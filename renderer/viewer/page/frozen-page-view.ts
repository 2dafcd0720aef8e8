import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { FlowPointer, dragPassage, dragSelection, wheelZoom } from '../flow/pointer.ts';
import { EdgeDrag, gripsOf } from '../flow/edge-drag.ts';
import { FlowKeyboard } from '../flow/keyboard.ts';
import { menuTargetAt, nextPassage, PassageIndex } from '../passages/index-of-passages.ts';
import { passagesOfCode, showCodes, type CodeLabels } from '../passages/margin.ts';
import { outOfFrame, unionOf } from '../screen.ts';
import { stepIn } from '../caret-steps.ts';
import type { DrawnPassage, EdgeStep, MatchLook, ScreenBox, SourceView, TextRange, ViewEvents } from '../types.ts';
import {
  type Frame,
  framesIn,
  FrameSheet,
  isUnstyled,
  addFallbackFonts,
  readerRules,
  withoutSelectionStyles,
} from './frame-style.ts';
import { FrameInput } from './frame-input.ts';
import { FrameSurface, ScrollAnchor, goToFragment, showPlace } from './frame-surface.ts';
import { FrameText } from './frame-text.ts';
import { type Loaded, NOTHING_WANTED, type PageLayout } from './loaded-page.ts';
import { readPaints } from './paints.ts';
import { PassagePainter } from './passage-painter.ts';

export interface FrozenPageOptions {
  /** The page's address at our own host: `frozenPagePath(layer)`. */
  readonly src: string;
  /** The layer's text. The page shows passages only if its own text is this one, character by character. */
  readonly text: string;
  readonly labels: CodeLabels & {
    /** The frame’s name for screen readers: the source's title. */
    readonly frame: string;
    /** The words in the box of an embedded page that was not captured. */
    readonly emptyFrame: string;
  };
  readonly events: ViewEvents;
}

/**
 * A frozen page in its frame. The frame has no scripts; everything is done from here. Calls made before the page is
 * loaded are carried out then. A page whose text differs from the stored text is shown without passages.
 */
export class FrozenPageView implements SourceView {
  readonly #options: FrozenPageOptions;
  readonly #element = document.createElement('div');
  readonly #iframe = document.createElement('iframe');
  readonly #margin = document.createElement('div');
  readonly #link = document.createElement('div');
  #loaded: Loaded | null = null;
  #passages: readonly DrawnPassage[] = [];
  #index = new PassageIndex([]);
  #matches: readonly TextRange[] = [];
  #match: number | null = null;
  #look: MatchLook = 'found';
  #current: string | null = null;
  #isDark = false;
  #layout: PageLayout = { readable: true, framesInFull: false, withoutPictures: false };
  #wanted = NOTHING_WANTED;
  #zoom = 1;
  #frameRequest = 0;

  constructor(host: HTMLElement, options: FrozenPageOptions) {
    this.#options = options;
    this.#element.className = 'frozen-page';
    this.#margin.className = 'frozen-page-margin';
    this.#link.className = 'frozen-page-link';
    this.#link.dir = 'ltr';
    this.#link.hidden = true;
    this.#iframe.setAttribute('sandbox', FROZEN_FRAME_SANDBOX);
    this.#iframe.setAttribute('referrerpolicy', 'no-referrer');
    this.#iframe.setAttribute('allow', '');
    this.#iframe.title = options.labels.frame;
    this.#iframe.addEventListener('load', this.#onLoad);
    this.#margin.addEventListener('click', this.#onCode);
    this.#margin.addEventListener('dragstart', this.#onDragCode);
    this.#iframe.hidden = true;
    this.#iframe.src = options.src;
    this.#element.append(this.#iframe, this.#margin, this.#link);
    host.append(this.#element);
  }

  destroy(): void {
    this.#unload();
    this.#iframe.removeEventListener('load', this.#onLoad);
    this.#element.remove();
  }

  scrollTo(start: number, end: number): void {
    const loaded = this.#loaded;
    if (loaded === null) {
      this.#wanted = { ...this.#wanted, scroll: { start, end } };
      return;
    }
    showPlace(loaded.frame, loaded.text, { start, end });
    this.#layoutChanged();
  }

  /** Scrolls the text at an offset to the top of the window: the reading position. */
  goTo(offset: number): void {
    if (this.#loaded === null) this.#wanted = { ...this.#wanted, place: offset };
    else if (offset > 0) this.#loaded.place.goTo(offset);
  }

  boxOf(range: TextRange): ScreenBox | null {
    const loaded = this.#loaded;
    if (loaded === null) return null;
    const { innerHeight } = loaded.frame.window;
    const boxes = loaded.text.boxes(range).filter((box) => box.bottom > 0 && box.top < innerHeight);
    const around = unionOf(boxes);
    return around === null ? null : this.#onScreen(around);
  }

  selection(): TextRange | null {
    const selection = this.#loaded?.frame.document.getSelection();
    if (this.#loaded === null || !selection || selection.rangeCount === 0) return null;
    return this.#loaded.text.covered(selection.getRangeAt(0));
  }

  setSelection(range: TextRange | null): void {
    if (this.#loaded === null) {
      this.#wanted = { ...this.#wanted, selection: range };
      return;
    }
    const selection = this.#loaded.frame.document.getSelection();
    selection?.removeAllRanges();
    const selected = range === null ? null : this.#loaded.text.range(range);
    if (selected !== null) selection?.addRange(selected);
  }

  setPassages(passages: readonly DrawnPassage[]): void {
    this.#passages = passages.filter((passage) => passage.kind === 'text');
    this.#index = new PassageIndex(this.#passages);
    this.#preview(null);
  }

  setCurrent(id: string | null): void {
    this.#current = id;
    this.#loaded?.painter.setCurrent(id);
    this.#drawSoon();
  }

  setMatches(matches: readonly TextRange[], current: number | null = null, look: MatchLook = 'found'): void {
    this.#look = look;
    this.#matches = matches;
    this.#match = current;
    this.#loaded?.painter.setMatches(matches, current, look);
    this.#drawSoon();
  }

  /** 1 is the page's own size. */
  setZoom(zoom: number): void {
    if (zoom !== this.#zoom) this.#loaded?.place.beforeReflow();
    this.#zoom = zoom;
    this.#iframe.style.zoom = String(zoom);
    this.#layoutChanged();
  }

  /** A frozen page keeps its own colours in every theme, unless dark paper is chosen. */
  setPaper(paper: 'light' | 'dark'): void {
    this.#isDark = paper === 'dark';
    this.#iframe.classList.toggle('is-dark', this.#isDark);
    this.#style(false);
  }

  setLayout(layout: PageLayout): void {
    this.#loaded?.place.beforeReflow();
    this.#layout = layout;
    this.#style(false);
    this.#layoutChanged();
  }

  step(offset: number, by: EdgeStep, forward: boolean): number {
    return stepIn(this.#options.text, offset, by, forward);
  }

  focus(): void {
    // A frame that is still loading would take the keyboard while nothing listens to its keys.
    if (this.#loaded === null) {
      this.#wanted = { ...this.#wanted, focus: true };
      return;
    }
    this.#iframe.focus();
    this.#iframe.contentWindow?.focus();
  }

  readonly #onLoad = (): void => {
    this.#unload();
    const { contentDocument: document } = this.#iframe;
    const window = document?.defaultView;
    if (!document || !window || document.URL === 'about:blank') {
      this.#options.events.onReady?.({ text: false, reason: 'unreadable' });
      return;
    }
    const frame = withoutSelectionStyles({ document, window });
    void addFallbackFonts(frame, this.#element.ownerDocument, this.#options.text).then(() => this.#show(frame));
  };

  /** Shows the page once its fonts are loaded, unless another page was loaded in the meantime. */
  #show(frame: Frame): void {
    if (this.#iframe.contentDocument !== frame.document) return;
    this.#iframe.hidden = false;
    const text = new FrameText(frame.document);
    if (text.text !== this.#options.text) {
      this.#options.events.onReady?.({ text: false, reason: 'text-differs' });
      return;
    }
    this.#loaded = this.#setUp(frame, text);
    this.#style(false);
    const { place, scroll, selection, focus } = this.#wanted;
    this.#wanted = NOTHING_WANTED;
    this.goTo(place);
    if (scroll !== null) this.scrollTo(scroll.start, scroll.end);
    if (selection !== null) this.setSelection(selection);
    const { activeElement, body } = this.#element.ownerDocument;
    if (focus && activeElement === body) this.focus();
    this.#draw();
    this.#options.events.onReady?.({ text: true, ...this.#loaded.about });
  }

  /** Sets up drawing and input. Edge dragging gets its events first, so that a drag neither selects nor clicks. */
  #setUp(frame: Frame, text: FrameText): Loaded {
    const sheet = new FrameSheet(frame);
    const surface = new FrameSurface(frame, text);
    const painter = new PassagePainter(frame, text, surface, readPaints(this.#element), this.#options.labels);
    painter.setPassages(this.#passages);
    painter.setMatches(this.#matches, this.#match, this.#look);
    painter.setCurrent(this.#current);
    const edges = new EdgeDrag(surface, {
      passage: () => this.#movablePassage(),
      grips: () => {
        const passage = this.#movablePassage();
        return passage === null ? { start: null, end: null } : gripsOf(surface, passage);
      },
      preview: (range) => this.#preview(range),
      reshape: (range) =>
        this.#current !== null && this.#options.events.onReshape?.(this.#current, { kind: 'text', ...range }),
      pointed: (isOver) => this.#style(isOver),
      focus: () => this.focus(),
    });
    const keyboard = new FlowKeyboard(surface, {
      selectionDone: () => this.#reportSelection(),
      drawCaret: (box) => painter.showCaret(box),
    });
    const pointer = new FlowPointer(surface, () => this.#reportSelection());
    const place = new ScrollAnchor(frame, text);
    const input = this.#listen(frame, place, painter, keyboard, edges);
    return {
      frame,
      text,
      painter,
      keyboard,
      place,
      sheet,
      about: { unstyled: isUnstyled(frame), frames: framesIn(frame) },
      parts: [edges, pointer, input, painter],
    };
  }

  #listen(
    frame: Frame,
    place: ScrollAnchor,
    painter: PassagePainter,
    keyboard: FlowKeyboard,
    edges: EdgeDrag,
  ): FrameInput {
    const { events } = this.#options;
    return new FrameInput(frame, {
      onSelectionDone: () => this.#reportSelection(),
      onSelectionChange: () => keyboard.draw(),
      onClick: (x, y) => this.#clicked(x, y),
      onFragment: (fragment) => goToFragment(frame.document, fragment),
      onLink: (address) => this.#showAddress(address),
      onAddress: (address, box) => events.onAddress?.(address, this.#onScreen(box)),
      onMenu: (x, y) => {
        const id = menuTargetAt(this.#loaded?.text.at(x, y) ?? null, this.#index, this.selection(), this.#current);
        if (id !== undefined) events.onMenu?.(id, this.#onScreen({ left: x, top: y, right: x, bottom: y }));
      },
      onKey: (key) => (key.key === 'Escape' && edges.cancel()) || events.onKey(key),
      onOwnKey: (event) => keyboard.key(event),
      onCopy: (event) => this.#copy(event),
      onDragStart: (event) => dragSelection(event, this.selection() !== null, events),
      // Listeners for the end of a drag are on the app’s window, which does not get the frame’s events.
      onDragEnd: () => this.#element.ownerDocument.defaultView?.dispatchEvent(new DragEvent('dragend')),
      onScroll: (isWholePage) => {
        if (!isWholePage) painter.forgetPlaces();
        this.#drawSoon();
        events.onScroll?.(place.scrolled());
      },
      onWheel: (event) => wheelZoom(event, events),
      onLayoutChange: () => this.#layoutChanged(),
      onResized: () => {
        place.restore();
        this.#layoutChanged();
      },
    });
  }

  #unload(): void {
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
    for (const part of this.#loaded?.parts ?? []) part.destroy();
    this.#loaded?.sheet.remove();
    this.#loaded = null;
    this.#showAddress(null);
  }

  #reportSelection(): void {
    const range = this.selection();
    const box = range === null ? null : (this.boxOf(range) ?? this.#onScreen({ left: 0, top: 0, right: 0, bottom: 0 }));
    this.#options.events.onSelect(range === null || box === null ? null : { ...range, box });
  }

  #clicked(x: number, y: number): void {
    const offset = this.#loaded?.text.at(x, y) ?? null;
    const passage = offset === null ? null : nextPassage(this.#index.at(offset), this.#current);
    if (passage !== null) this.#choose(passage);
  }

  #movablePassage(): DrawnPassage | null {
    return this.#passages.find(({ id, fixed }) => id === this.#current && fixed !== true) ?? null;
  }

  /** Draws the passages, with the current one at `range`. */
  #preview(range: TextRange | null): void {
    const shown =
      range === null
        ? this.#passages
        : this.#passages.map((passage) => (passage.id === this.#current ? { ...passage, ...range } : passage));
    this.#loaded?.painter.setPassages(shown);
    this.#drawSoon();
  }

  #style(isOverEdge: boolean): void {
    // Read again, since the theme may have changed.
    const { selection } = readPaints(this.#element);
    const isReadable = this.#layout.readable && this.#loaded?.about.unstyled === true;
    const { emptyFrame } = this.#options.labels;
    this.#loaded?.sheet.set(
      readerRules({ ...this.#layout, isReadable, emptyFrame, selection, isOverEdge, isDark: this.#isDark }),
    );
  }

  /**
   * Shows a link’s address, as browsers do; it is never followed. The text stays when hidden, so that it can be copied.
   */
  #showAddress(address: string | null): void {
    this.#link.hidden = address === null;
    if (address !== null) this.#link.textContent = address;
  }

  /** Copies the stored text, not the page’s own markup. */
  #copy(event: ClipboardEvent): void {
    event.preventDefault();
    const range = this.selection();
    if (range !== null) event.clipboardData?.setData('text/plain', this.#options.text.slice(range.start, range.end));
  }

  readonly #onCode = (event: Event): void => {
    const ids = passagesOfCode(event.target);
    // Passages can share a code: each click goes on to the next.
    const id = ids[(ids.indexOf(this.#current ?? '') + 1) % Math.max(1, ids.length)];
    const passage = this.#passages.find((one) => one.id === id);
    if (passage !== undefined) this.#choose(passage);
  };

  readonly #onDragCode = (event: DragEvent): void =>
    dragPassage(event, passagesOfCode(event.target), this.#options.events);

  #choose(passage: DrawnPassage): void {
    const box = this.boxOf(passage);
    if (box !== null) this.#options.events.onPassageClick(passage.id, box);
  }

  #layoutChanged(): void {
    this.#loaded?.painter.forgetPlaces();
    this.#drawSoon();
  }

  /** At most once per animation frame. */
  #drawSoon(): void {
    if (this.#frameRequest !== 0 || this.#loaded === null) return;
    this.#frameRequest = requestAnimationFrame(() => {
      this.#frameRequest = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#loaded === null) return;
    this.#loaded.keyboard.draw();
    const inView = this.#loaded.painter.draw().map(({ passage, top }) => ({ passage, top: top * this.#zoom }));
    showCodes(this.#margin, inView, this.#margin.clientHeight, this.#current, this.#options.labels);
  }

  /** From the frame's viewport to the app's. */
  #onScreen(box: ScreenBox): ScreenBox {
    return outOfFrame(box, this.#iframe.getBoundingClientRect(), this.#zoom);
  }
}
