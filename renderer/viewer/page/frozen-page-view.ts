import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { chosen, PassageIndex } from '../passages/index-of-passages.ts';
import { showCodes, type CodeLabels } from '../passages/margin-codes.ts';
import { stepIn } from '../selection/words.ts';
import type { DrawnPassage, EdgeStep, ScreenBox, SourceView, TextRange, ViewEvents } from '../types.ts';
import { isElementNode } from './dom-tree.ts';
import { addFallbackFonts } from './fallback-fonts.ts';
import { FrameInput } from './frame-input.ts';
import { FrameSheet, readerRules, type Frame } from './frame-style.ts';
import { FrameText } from './frame-text.ts';
import { readPaints } from './paints.ts';
import { PassagePainter } from './passage-painter.ts';

export interface FrozenPageOptions {
  /** The page's address at our own host: `frozenPagePath(layer)`. */
  readonly src: string;
  /** The layer's text. The page shows passages only if its own text is this one, character by character. */
  readonly text: string;
  readonly labels: CodeLabels & {
    /** What a screen reader calls the frame: the source's title. */
    readonly frame: string;
  };
  readonly events: ViewEvents;
}

/** What there is once the page is loaded, and gone when the view is. */
interface Loaded {
  readonly frame: Frame;
  readonly text: FrameText;
  readonly painter: PassagePainter;
  readonly input: FrameInput;
  readonly sheet: FrameSheet;
}

/** What it was told to do before the page was loaded. */
interface Wanted {
  readonly scroll: TextRange | null;
  readonly selection: TextRange | null;
  readonly focus: boolean;
}
const NOTHING: Wanted = { scroll: null, selection: null, focus: false };

/**
 * A frozen page in its frame, which has no scripts; everything comes from here. Until the page is loaded it keeps what it
 * is told and does it then. A page whose text differs from the stored one is shown, and takes no passages.
 */
export class FrozenPageView implements SourceView {
  readonly #options: FrozenPageOptions;
  readonly #element = document.createElement('div');
  readonly #iframe = document.createElement('iframe');
  readonly #margin = document.createElement('div');
  #loaded: Loaded | null = null;
  #passages: readonly DrawnPassage[] = [];
  #index = new PassageIndex([]);
  #hits: readonly TextRange[] = [];
  #current: string | null = null;
  #wanted = NOTHING;
  #zoom = 1;
  #frameRequest = 0;

  constructor(host: HTMLElement, options: FrozenPageOptions) {
    this.#options = options;
    this.#element.className = 'frozen-page';
    this.#margin.className = 'frozen-page-margin';
    this.#iframe.setAttribute('sandbox', FROZEN_FRAME_SANDBOX);
    this.#iframe.setAttribute('referrerpolicy', 'no-referrer');
    this.#iframe.setAttribute('allow', '');
    this.#iframe.title = options.labels.frame;
    this.#iframe.addEventListener('load', this.#onLoad);
    this.#margin.addEventListener('click', this.#onCode);
    this.#iframe.hidden = true;
    this.#iframe.src = options.src;
    this.#element.append(this.#iframe, this.#margin);
    host.append(this.#element);
  }

  destroy(): void {
    this.#unload();
    this.#iframe.removeEventListener('load', this.#onLoad);
    this.#margin.removeEventListener('click', this.#onCode);
    this.#element.remove();
  }

  scrollTo(start: number, end: number): void {
    const loaded = this.#loaded;
    if (loaded === null) {
      this.#wanted = { ...this.#wanted, scroll: { start, end } };
      return;
    }
    const range = loaded.text.range({ start, end });
    if (range === null) return;
    unfold(range.startContainer);
    const { innerHeight, innerWidth } = loaded.frame.window;
    const [box] = loaded.text.boxes({ start, end });
    const isInView =
      box !== undefined && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    // Also scrolls what scrolls within the page; hidden text goes to the nearest element that is shown.
    if (!isInView) shownAround(range.startContainer)?.scrollIntoView({ block: 'center', inline: 'nearest' });
    const [moved] = loaded.text.boxes({ start, end });
    if (moved !== undefined && (moved.top < 0 || moved.bottom > innerHeight)) {
      loaded.frame.window.scrollBy(0, moved.top - innerHeight / 3);
    }
    this.#reshaped();
  }

  boxOf(range: TextRange): ScreenBox | null {
    const loaded = this.#loaded;
    if (loaded === null) return null;
    const { innerHeight } = loaded.frame.window;
    const boxes = loaded.text.boxes(range).filter((box) => box.bottom > 0 && box.top < innerHeight);
    return boxes.length === 0 ? null : this.#onScreen(around(boxes));
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
    this.#loaded?.painter.setPassages(this.#passages);
    this.#drawSoon();
  }

  setCurrent(id: string | null): void {
    this.#current = id;
    this.#loaded?.painter.setCurrent(id);
    this.#drawSoon();
  }

  setHits(hits: readonly TextRange[]): void {
    this.#hits = hits;
    this.#loaded?.painter.setHits(hits);
    this.#drawSoon();
  }

  /** Every place in the page where `query` stands, ignoring case: for the reader's find bar. Offsets of the layer. */
  find(query: string, limit = 10_000): TextRange[] {
    return findRanges(this.#loaded?.text.text ?? '', query, limit);
  }

  /** 1 is the page's own size. */
  setZoom(zoom: number): void {
    this.#zoom = zoom;
    this.#iframe.style.zoom = String(zoom);
    this.#reshaped();
  }

  step(offset: number, by: EdgeStep, on: boolean): number {
    return stepIn(this.#options.text, offset, by, on);
  }

  focus(): void {
    // A frame that is still loading would take the keyboard, and nobody would hear its keys.
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
    const frame: Frame = { document, window };
    void addFallbackFonts(frame, this.#element.ownerDocument, this.#options.text).then(() => this.#show(frame));
  };

  /** The page, once its fonts are there; a frame that was left meanwhile is not shown. */
  #show(frame: Frame): void {
    if (this.#iframe.contentDocument !== frame.document) return;
    this.#iframe.hidden = false;
    const text = new FrameText(frame.document);
    if (text.text !== this.#options.text) {
      this.#options.events.onReady?.({ text: false, reason: 'text-differs' });
      return;
    }
    const paints = readPaints(this.#element);
    const sheet = new FrameSheet(frame);
    sheet.set(readerRules(paints.selection));
    const painter = new PassagePainter(frame, text, paints);
    painter.setPassages(this.#passages);
    painter.setHits(this.#hits);
    painter.setCurrent(this.#current);
    const input = this.#listen(frame, text, painter);
    this.#loaded = { frame, text, painter, input, sheet };
    const { scroll, selection, focus } = this.#wanted;
    this.#wanted = NOTHING;
    if (scroll !== null) this.scrollTo(scroll.start, scroll.end);
    if (selection !== null) this.setSelection(selection);
    const { activeElement, body } = this.#element.ownerDocument;
    if (focus && activeElement === body) this.focus();
    this.#draw();
    this.#options.events.onReady?.({ text: true });
  }

  #listen(frame: Frame, text: FrameText, painter: PassagePainter): FrameInput {
    const { events } = this.#options;
    return new FrameInput(frame, {
      onSelectionSettled: () => this.#selectionSettled(),
      onClick: (x, y) => this.#clicked(x, y),
      onFragment: (fragment) => this.#goToFragment(fragment),
      onAddress: (address, box) => events.onAddress?.(address, this.#onScreen(box)),
      onKey: (key) => events.onKey(key),
      onSelectionWanted: () => {
        const start = text.firstVisible();
        const range = text.range({ start, end: start + 1 });
        range?.collapse(true);
        if (range) frame.document.getSelection()?.addRange(range);
      },
      onScroll: (isWholePage) => {
        if (!isWholePage) painter.forgetPlaces();
        this.#drawSoon();
        events.onScroll?.(text.firstVisible());
      },
      onReshaped: () => this.#reshaped(),
    });
  }

  #unload(): void {
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
    this.#loaded?.input.destroy();
    this.#loaded?.painter.destroy();
    this.#loaded?.sheet.remove();
    this.#loaded = null;
  }

  #selectionSettled(): void {
    const range = this.selection();
    const box = range === null ? null : (this.boxOf(range) ?? this.#onScreen({ left: 0, top: 0, right: 0, bottom: 0 }));
    this.#options.events.onSelect(range === null || box === null ? null : { ...range, box });
  }

  #clicked(x: number, y: number): void {
    const offset = this.#loaded?.text.at(x, y) ?? null;
    const passage = offset === null ? null : chosen(this.#index.at(offset), this.#current);
    if (passage !== null) this.#choose(passage);
  }

  readonly #onCode = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest('[data-passages]') : null;
    const ids = button instanceof HTMLElement ? (button.dataset['passages'] ?? '').split(' ') : [];
    // Passages that share a place: each click goes on to the next.
    const id = ids[(ids.indexOf(this.#current ?? '') + 1) % Math.max(1, ids.length)];
    const passage = this.#passages.find((one) => one.id === id);
    if (passage !== undefined) this.#choose(passage);
  };

  #choose(passage: DrawnPassage): void {
    const box = this.boxOf(passage);
    if (box !== null) this.#options.events.onPassageClick(passage.id, box);
  }

  #goToFragment(fragment: string): void {
    const document = this.#loaded?.frame.document;
    const name = decodeFragment(fragment.slice(1));
    const target = document?.getElementById(name) ?? document?.querySelector(`a[name="${CSS.escape(name)}"]`);
    target?.scrollIntoView();
  }

  #reshaped(): void {
    this.#loaded?.painter.forgetPlaces();
    this.#drawSoon();
  }

  /** Once a frame, however often it is asked for. */
  #drawSoon(): void {
    if (this.#frameRequest !== 0 || this.#loaded === null) return;
    this.#frameRequest = requestAnimationFrame(() => {
      this.#frameRequest = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#loaded === null) return;
    const inView = this.#loaded.painter.draw().map(({ passage, top }) => ({ passage, top: top * this.#zoom }));
    showCodes(this.#margin, inView, this.#margin.clientHeight, this.#current, this.#options.labels);
  }

  /** From the frame's viewport to the app's. */
  #onScreen({ left, top, right, bottom }: ScreenBox): ScreenBox {
    const frame = this.#iframe.getBoundingClientRect();
    const zoom = this.#zoom;
    return {
      left: frame.left + left * zoom,
      top: frame.top + top * zoom,
      right: frame.left + right * zoom,
      bottom: frame.top + bottom * zoom,
    };
  }
}

/** Where `query` stands in a text, ignoring case, without overlap. Case folding that changes lengths is left alone. */
export function findRanges(text: string, query: string, limit: number): TextRange[] {
  if (query === '') return [];
  const found: TextRange[] = [];
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  for (const match of text.matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= limit) break;
  }
  return found;
}

const around = (boxes: readonly ScreenBox[]): ScreenBox => ({
  left: Math.min(...boxes.map((box) => box.left)),
  top: Math.min(...boxes.map((box) => box.top)),
  right: Math.max(...boxes.map((box) => box.right)),
  bottom: Math.max(...boxes.map((box) => box.bottom)),
});

/** Opens what is folded over a node. */
function unfold(node: Node): void {
  for (let at: Node | null = node; at !== null; at = at.parentNode) {
    if (isElementNode(at) && at.localName === 'details') at.setAttribute('open', '');
  }
}

/** The nearest element around a node that has a box. */
function shownAround(node: Node): Element | null {
  let element = isElementNode(node) ? node : node.parentElement;
  while (element !== null && element.getClientRects().length === 0) element = element.parentElement;
  return element;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (thrown) {
    if (thrown instanceof URIError) return fragment; // not escaped, then
    throw thrown;
  }
}
