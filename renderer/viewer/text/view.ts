import { FlowPointer, dragPassage, dragSelection, wheelZoom } from '../flow/pointer.ts';
import { EdgeDrag, type Grips, gripsOf } from '../flow/edge-drag.ts';
import { FlowKeyboard } from '../flow/keyboard.ts';
import { endsOf } from '../flow/surface.ts';
import { PassageIndex, passageForMenu, menuTargetAt, nextPassage } from '../passages/index-of-passages.ts';
import type { CodeLabels } from '../passages/margin.ts';
import { followPointing, unionOf } from '../screen.ts';
import { stepIn } from '../caret-steps.ts';
import type { DrawnPassage, EdgeStep, MatchLook, ScreenBox, SourceView, TextRange, ViewEvents } from '../types.ts';
import type { BlockBox } from './block-box.ts';
import { TextSheet } from './text-sheet.ts';
import { svgElement } from '../passages/shapes.ts';
import { isComposing } from '../../ui/keys.ts';

export interface TextOptions {
  /** The layer's whole text. */
  readonly text: string;
  readonly labels: CodeLabels & { readonly text: string };
  readonly events: ViewEvents;
}

const NO_GRIPS = { start: null, end: null };

/**
 * Plain text, each line in its own direction. The browser selects, since it draws the glyphs, and its selection is
 * converted to offsets.
 */
export class TextView implements SourceView {
  readonly #root = document.createElement('div');
  readonly #options: TextOptions;
  readonly #sheet: TextSheet;
  readonly #marks = new TextMarks();
  readonly #keyboard: FlowKeyboard;
  readonly #edges: EdgeDrag;
  readonly #pointer: FlowPointer;
  readonly #resized: ResizeObserver;
  #passages: readonly DrawnPassage[] = [];
  #index = new PassageIndex([]);
  #matches: readonly TextRange[] = [];
  #match: number | null = null;
  #look: MatchLook = 'found';
  #current: string | null = null;
  #range: TextRange | null = null;
  #width = 0;
  /** The first offset in view, and the scroll position at which it was found or set. */
  #first = 0;
  #firstAt = 0;
  #zoom = 1;

  constructor(container: HTMLElement, options: TextOptions) {
    this.#options = options;
    this.#root.className = 'text-view';
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'document');
    this.#root.setAttribute('aria-label', options.labels.text);
    const host = { onFilled: (box: BlockBox) => this.#onFilled(box), kept: () => this.#range };
    this.#sheet = new TextSheet(this.#root, options.text, options.labels, host);
    this.#sheet.element.append(this.#marks.element);
    container.append(this.#root);
    const selectionDone = (): void => this.#reportSelection();
    this.#edges = this.#createEdges();
    this.#pointer = new FlowPointer(this.#sheet, selectionDone);
    this.#keyboard = new FlowKeyboard(this.#sheet, { selectionDone, drawCaret: (box) => this.#marks.showCaret(box) });
    this.#resized = new ResizeObserver(() => this.#onResize());
    this.#resized.observe(this.#sheet.element);
    followPointing(this.#root);
    this.#listen();
    options.events.onReady?.({ text: true });
  }

  #createEdges(): EdgeDrag {
    return new EdgeDrag(this.#sheet, {
      passage: () => this.#movablePassage(),
      grips: () => this.#grips(this.#movablePassage()),
      preview: (range) => this.#preview(range),
      reshape: (range) =>
        this.#current !== null && this.#options.events.onReshape?.(this.#current, { kind: 'text', ...range }),
      pointed: (isOver) => this.#root.classList.toggle('is-over-edge', isOver),
      focus: () => this.focus(),
    });
  }

  #listen(): void {
    this.#root.addEventListener('mousedown', this.#onMouseDown);
    this.#root.addEventListener('keydown', this.#onKeyDown);
    this.#root.addEventListener('copy', this.#onCopy);
    this.#root.addEventListener('click', this.#onClick);
    this.#root.addEventListener('contextmenu', this.#onMenu);
    this.#root.addEventListener('dragstart', this.#onDragStart);
    this.#root.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#root.addEventListener('wheel', (event) => wheelZoom(event, this.#options.events), { passive: false });
    document.addEventListener('selectionchange', this.#onSelectionChange);
    // A font that loads late moves the letters, often without changing the sheet’s size.
    if ('fonts' in document) document.fonts.addEventListener('loadingdone', this.#onFonts);
  }

  destroy(): void {
    this.#edges.destroy();
    this.#pointer.destroy();
    this.#sheet.destroy();
    this.#resized.disconnect();
    window.removeEventListener('mouseup', this.#onMouseUp);
    document.removeEventListener('selectionchange', this.#onSelectionChange);
    if ('fonts' in document) document.fonts.removeEventListener('loadingdone', this.#onFonts);
    this.#root.remove();
  }

  scrollTo(start: number, end: number): void {
    this.#sheet.show(start, end);
  }
  /** Scrolls the line of an offset to the top of the window: the reading position. */
  goTo(offset: number): void {
    if (offset > 0) this.#keepAtTop(offset);
  }

  boxOf(range: TextRange): ScreenBox | null {
    const view = this.#sheet.view();
    return unionOf(this.#sheet.boxes(range).filter((box) => box.bottom > view.top && box.top < view.bottom));
  }

  selection(): TextRange | null {
    return this.#range;
  }

  setSelection(range: TextRange | null): void {
    this.#range = range;
    const selection = document.getSelection();
    if (range === null) {
      if (this.#domRange() !== null) selection?.removeAllRanges();
      return;
    }
    const from = this.#sheet.toDom(range.start, false);
    const to = this.#sheet.toDom(range.end, true);
    if (from && to) selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  setPassages(passages: readonly DrawnPassage[]): void {
    this.#passages = passages;
    this.#preview(null);
  }
  setCurrent(id: string | null): void {
    if (this.#current === id) return;
    this.#current = id;
    this.#drawAll();
  }
  setMatches(matches: readonly TextRange[], current: number | null = null, look: MatchLook = 'found'): void {
    this.#look = look;
    this.#matches = matches;
    this.#match = current;
    this.#drawAll();
  }

  /** 1 is the text’s own size; the line at the top of the window stays there. */
  setZoom(zoom: number): void {
    if (zoom === this.#zoom) return;
    this.#findFirst();
    this.#zoom = zoom;
    this.#root.style.setProperty('--text-zoom', String(zoom));
    this.#drawAll();
    this.#keepAtTop(this.#first);
  }

  step(offset: number, by: EdgeStep, forward: boolean): number {
    return stepIn(this.#options.text, offset, by, forward);
  }
  focus(): void {
    this.#root.focus({ preventScroll: true });
  }

  #movablePassage(): DrawnPassage | null {
    return (
      this.#passages.find(({ id, kind, fixed }) => id === this.#current && kind === 'text' && fixed !== true) ?? null
    );
  }

  /** Draws the passages, with the current one at `range`. */
  #preview(range: TextRange | null): void {
    const shown =
      range === null
        ? this.#passages
        : this.#passages.map((passage) => (passage.id === this.#current ? { ...passage, ...range } : passage));
    this.#index = new PassageIndex(shown);
    this.#drawAll(range ?? undefined);
  }

  #drawAll(current: TextRange | null = this.#movablePassage()): void {
    for (const box of this.#sheet.blocks) this.#draw(box);
    this.#marks.showGrips(this.#grips(current));
    this.#keyboard.draw();
  }

  /** Carets at the ends of a passage, as far as their blocks are in the DOM. */
  #grips(passage: TextRange | null): ReturnType<typeof gripsOf> {
    if (passage === null) return NO_GRIPS;
    return gripsOf(this.#sheet.onlyInDom, passage);
  }

  #onFilled(box: BlockBox): void {
    this.#draw(box);
    // The block’s height differs from the estimate, so everything below it has moved.
    this.#marks.showGrips(this.#grips(this.#movablePassage()));
  }

  #draw(box: BlockBox): void {
    if (!box.isFilled) return;
    const { start, end } = box.block;
    const isHere = (match: TextRange): boolean => match.start < end && (match.end > start || match.start === start);
    const on = this.#match === null ? undefined : this.#matches[this.#match];
    const others = this.#matches.filter((match) => match !== on && isHere(match));
    const matches = { others, current: on && isHere(on) ? on : null, look: this.#look };
    box.draw(this.#index.within(start, end), matches, this.#current);
  }

  readonly #onFonts = (): void => {
    for (const box of this.#sheet.blocks) box.lettersMoved();
    this.#drawAll();
  };

  /** At another width lines break elsewhere, so everything drawn over them moves. */
  #onResize(): void {
    const width = this.#sheet.element.clientWidth;
    if (width === this.#width) return;
    this.#width = width;
    this.#drawAll();
    this.#keepAtTop(this.#first);
  }

  /**
   * Keeps the line of this offset at the top when lines break elsewhere. If the top line were read again after each
   * change, the position would drift.
   */
  #keepAtTop(offset: number): void {
    this.#first = offset;
    this.#sheet.goTo(offset);
    this.#firstAt = this.#root.scrollTop;
  }

  /** Finds the line at the top again if the user has scrolled: the scroll event comes later than the scroll itself. */
  #findFirst(): void {
    const { scrollTop } = this.#root;
    if (scrollTop === this.#firstAt) return;
    this.#first = scrollTop === 0 ? 0 : this.#sheet.firstVisible();
    this.#firstAt = scrollTop;
  }

  /** The DOM selection within our text; null if it is elsewhere or empty. */
  #domRange(): TextRange | null {
    const ends = endsOf(this.#sheet);
    if (ends === null) return null;
    return { start: Math.min(ends.anchor, ends.focus), end: Math.max(ends.anchor, ends.focus) };
  }

  readonly #onSelectionChange = (): void => {
    const range = this.#domRange();
    if (range !== null) this.#range = range.start < range.end ? range : null;
    this.#keyboard.draw();
  };

  #reportSelection(): void {
    const range = this.#domRange();
    this.#range = range !== null && range.start < range.end ? range : null;
    const box = this.#range === null ? null : this.boxOf(this.#range);
    this.#options.events.onSelect(this.#range === null || box === null ? null : { ...this.#range, box });
  }

  readonly #onMouseDown = (event: MouseEvent): void => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.margin-codes') !== null))
      return;
    window.addEventListener('mouseup', this.#onMouseUp, { once: true });
  };

  readonly #onMouseUp = (event: MouseEvent): void => {
    this.#reportSelection();
    const { target, clientX, clientY } = event;
    if (this.#range !== null || !(target instanceof Element) || !this.#sheet.element.contains(target)) return;
    const unit = this.#sheet.unitAt(clientX, clientY);
    if (unit !== null) this.#choose(nextPassage(this.#index.at(unit), this.#current));
  };

  readonly #onClick = (event: MouseEvent): void =>
    this.#choose(nextPassage(this.#passagesOfCode(event), this.#current));

  readonly #onMenu = (event: MouseEvent): void => {
    const { clientX: x, clientY: y } = event;
    const ofCode = passageForMenu(this.#passagesOfCode(event), this.#current)?.id;
    const id = ofCode ?? menuTargetAt(this.#sheet.unitAt(x, y), this.#index, this.#range, this.#current);
    if (id === undefined) return;
    event.preventDefault();
    this.#options.events.onMenu?.(id, { left: x, top: y, right: x, bottom: y });
  };

  #passagesOfCode({ target }: Event): readonly DrawnPassage[] {
    const button = target instanceof Element ? target.closest('.margin-code') : null;
    const box = this.#sheet.blocks.find(({ element }) => element.contains(button));
    return button === null ? [] : (box?.passagesOfCode(button) ?? []);
  }

  #choose(passage: DrawnPassage | null): void {
    const box = passage === null ? null : this.boxOf(passage);
    if (passage !== null && box !== null) this.#options.events.onPassageClick(passage.id, box);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const isDone =
      (event.key === 'Escape' && this.#edges.cancel()) ||
      this.#options.events.onKey(event) ||
      this.#keyboard.key(event);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onDragStart = (event: DragEvent): void => {
    const { events } = this.#options;
    const passages = this.#passagesOfCode(event).map(({ id }) => id);
    if (passages.length > 0) dragPassage(event, passages, events);
    else dragSelection(event, this.#range !== null, events);
  };

  readonly #onCopy = (event: ClipboardEvent): void => {
    if (this.#range === null) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', this.#options.text.slice(this.#range.start, this.#range.end));
  };

  readonly #onScroll = (): void => {
    this.#findFirst();
    this.#options.events.onScroll?.(this.#first);
  };
}

/** Radius of a grip’s dot, CSS pixels, as on a page. */
const DOT = 4;

/** The grips of the current passage and the text caret, drawn over all blocks. Boxes are on the screen. */
class TextMarks {
  readonly element = svgElement('svg', { class: 'page-drawing text-marks', 'aria-hidden': 'true' });
  readonly #grips = svgElement('g', { class: 'grips' });
  readonly #caret = svgElement('path', { class: 'caret' });

  constructor() {
    this.element.append(this.#grips, this.#caret);
  }

  /** A line at either edge, with a dot at the top of the first and at the bottom of the second. */
  showGrips(grips: Grips): void {
    const origin = this.element.getBoundingClientRect();
    const marks = (['start', 'end'] as const).flatMap((edge) => {
      const box = grips[edge];
      if (box === null) return [];
      const dot = { cx: box.left - origin.left, cy: (edge === 'start' ? box.top : box.bottom) - origin.top };
      return [
        svgElement('path', { d: lineOf(box, origin) }),
        svgElement('circle', { cx: String(dot.cx), cy: String(dot.cy), r: String(DOT) }),
      ];
    });
    this.#grips.replaceChildren(...marks);
  }

  showCaret(box: DOMRect | null): void {
    this.#caret.setAttribute('d', box === null ? '' : lineOf(box, this.element.getBoundingClientRect()));
  }
}

const lineOf = (box: DOMRect, { left, top }: DOMRect): string =>
  `M${box.left - left} ${box.top - top}V${box.bottom - top}`;
