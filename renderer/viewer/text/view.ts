import { chosen, PassageIndex } from '../passages/index-of-passages.ts';
import type { CodeLabels } from '../passages/margin-codes.ts';
import { followPointing } from '../pointing.ts';
import { unionOf } from '../screen-boxes.ts';
import { stepIn } from '../selection/words.ts';
import type { DrawnPassage, EdgeStep, ScreenBox, SourceView, TextRange, ViewEvents } from '../types.ts';
import { BlockBox, type DomPoint } from './block-box.ts';
import { blocksOf, indexAt, type TextBlock } from './blocks.ts';

export interface TextOptions {
  /** The layer's whole text. */
  readonly text: string;
  readonly labels: CodeLabels & { readonly text: string };
  readonly events: ViewEvents;
}

/** 229 is what browsers send for keys that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;
/** What a line is taken to need before it was ever laid out, CSS pixels, and how many units go on one. */
const LINE_GUESS = { height: 28, units: 60 };

const ARROWS: Readonly<Record<string, readonly [direction: string, granularity: string]>> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
};

/**
 * Plain text, line by line, each in its own direction. The browser selects (its glyphs are the ones one sees), and what is
 * selected is read back as offsets. Blocks of lines are in the DOM only near the window, and where a selection ends.
 */
export class TextView implements SourceView {
  readonly #root = document.createElement('div');
  readonly #sheet = document.createElement('div');
  readonly #options: TextOptions;
  readonly #blocks: readonly TextBlock[];
  readonly #boxes: readonly BlockBox[];
  readonly #near = new Set<Element>();
  readonly #seen: IntersectionObserver;
  readonly #resized: ResizeObserver;
  #index = new PassageIndex([]);
  #hits: readonly TextRange[] = [];
  #current: string | null = null;
  #range: TextRange | null = null;
  #width = 0;

  constructor(container: HTMLElement, options: TextOptions) {
    this.#options = options;
    this.#blocks = blocksOf(options.text);
    this.#root.className = 'text-view';
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'document');
    this.#root.setAttribute('aria-label', options.labels.text);
    this.#sheet.className = 'text-sheet paper follows-theme';
    this.#boxes = this.#blocks.map((block) => new BlockBox(options.text, block, guessHeight(block), options.labels));
    this.#sheet.append(...this.#boxes.map(({ element }) => element));
    this.#root.append(this.#sheet);
    container.append(this.#root);
    this.#seen = new IntersectionObserver((entries) => this.#onSeen(entries), { root: this.#root, rootMargin: '100%' });
    for (const { element } of this.#boxes) this.#seen.observe(element);
    this.#resized = new ResizeObserver(() => this.#onResize());
    this.#resized.observe(this.#sheet);
    followPointing(this.#root);
    this.#root.addEventListener('mousedown', this.#onMouseDown);
    this.#root.addEventListener('keydown', this.#onKeyDown);
    this.#root.addEventListener('copy', this.#onCopy);
    this.#root.addEventListener('click', this.#onClick);
    this.#root.addEventListener('scroll', this.#onScroll, { passive: true });
    document.addEventListener('selectionchange', this.#onSelectionChange);
    options.events.onReady?.({ text: true });
  }

  destroy(): void {
    this.#seen.disconnect();
    this.#resized.disconnect();
    window.removeEventListener('mouseup', this.#onMouseUp);
    document.removeEventListener('selectionchange', this.#onSelectionChange);
    this.#root.remove();
  }

  scrollTo(start: number, end: number): void {
    const box = this.#filled(start);
    const [rect] = box?.rectsOf({ start, end: Math.max(end, start + 1) }) ?? [];
    const view = this.#root.getBoundingClientRect();
    const top = rect?.top ?? box?.element.getBoundingClientRect().top;
    if (top === undefined || (top >= view.top && (rect?.bottom ?? top) <= view.bottom)) return;
    this.#root.scrollTop += top - view.top - view.height / 3;
  }

  /** Puts the line of an offset at the top of the window: the reading position. */
  goTo(offset: number): void {
    if (offset === 0) return;
    if (offset === 0) {
      // The beginning, with the margin above it.
      this.#root.scrollTop = 0;
      return;
    }
    const box = this.#filled(offset);
    const [rect] = box?.rectsOf({ start: offset, end: offset + 1 }) ?? [];
    const top = rect?.top ?? box?.element.getBoundingClientRect().top;
    if (top !== undefined) this.#root.scrollTop += top - this.#root.getBoundingClientRect().top;
  }

  boxOf(range: TextRange): ScreenBox | null {
    const view = this.#root.getBoundingClientRect();
    const boxes = this.#boxes.flatMap((box) => box.rectsOf(range));
    return unionOf(boxes.filter((box) => box.bottom > view.top && box.top < view.bottom));
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
    const from = this.#filled(range.start)?.toDom(range.start);
    const to = this.#filled(range.end, true)?.toDom(range.end, true);
    if (from && to) selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  setPassages(passages: readonly DrawnPassage[]): void {
    this.#index = new PassageIndex(passages);
    this.#drawAll();
  }
  setCurrent(id: string | null): void {
    if (this.#current === id) return;
    this.#current = id;
    this.#drawAll();
  }
  setHits(hits: readonly TextRange[]): void {
    this.#hits = hits;
    this.#drawAll();
  }
  step(offset: number, by: EdgeStep, on: boolean): number {
    return stepIn(this.#options.text, offset, by, on);
  }
  focus(): void {
    this.#root.focus({ preventScroll: true });
  }

  #drawAll(): void {
    for (const box of this.#boxes) this.#draw(box);
  }

  #draw(box: BlockBox): void {
    if (!box.isFilled) return;
    const { start, end } = box.block;
    const hits = this.#hits.filter((hit) => hit.start < end && hit.end > start);
    box.draw(this.#index.within(start, end), hits, this.#current);
  }

  /** The block of an offset, in the DOM. */
  #filled(offset: number, closing = false): BlockBox | null {
    const box = this.#boxes[indexAt(this.#blocks, offset, closing)];
    if (box === undefined) return null;
    if (!box.isFilled) {
      box.fill();
      this.#draw(box);
    }
    return box;
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
    }
    const ends =
      this.#range === null
        ? []
        : [indexAt(this.#blocks, this.#range.start), indexAt(this.#blocks, this.#range.end, true)];
    for (const [at, box] of this.#boxes.entries()) {
      if (this.#near.has(box.element)) {
        if (box.isFilled) continue;
        box.fill();
        this.#draw(box);
      } else if (!ends.includes(at)) box.empty();
    }
  }

  /** Lines break elsewhere in another width, so that everything drawn over them moves. */
  #onResize(): void {
    const width = this.#sheet.clientWidth;
    if (width === this.#width) return;
    this.#width = width;
    this.#drawAll();
  }

  #offsetOf(point: DomPoint): number | null {
    const element = point.node instanceof Element ? point.node : point.node.parentElement;
    const section = element?.closest('.text-block');
    return this.#boxes.find((box) => box.element === section)?.toOffset(point) ?? null;
  }

  /** What the DOM selects of our text; null for nothing, or a selection elsewhere. */
  #domRange(): TextRange | null {
    const selection = document.getSelection();
    const range = selection === null || selection.rangeCount === 0 ? null : selection.getRangeAt(0);
    if (range === null || !this.#root.contains(range.commonAncestorContainer)) return null;
    const start = this.#offsetOf({ node: range.startContainer, offset: range.startOffset });
    const end = this.#offsetOf({ node: range.endContainer, offset: range.endOffset });
    return start === null || end === null ? null : { start, end };
  }

  readonly #onSelectionChange = (): void => {
    const range = this.#domRange();
    if (range !== null) this.#range = range.start < range.end ? range : null;
  };

  #told(): void {
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
    this.#told();
    if (this.#range !== null || !(event.target instanceof Element) || !this.#sheet.contains(event.target)) return;
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    const offset = caret === null ? null : this.#offsetOf({ node: caret.offsetNode, offset: caret.offset });
    if (offset === null) return;
    // A caret stands between two units: the one whose box holds the pointer is meant.
    const unit = [offset, offset - 1].find((at) => this.#isOver(at, event.clientX, event.clientY));
    if (unit !== undefined) this.#choose(chosen(this.#index.at(unit), this.#current));
  };

  #isOver(unit: number, x: number, y: number): boolean {
    const box = this.#boxes[indexAt(this.#blocks, unit)];
    return (box?.rectsOf({ start: unit, end: unit + 1 }) ?? []).some(
      (rect) => rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom,
    );
  }

  readonly #onClick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest('.margin-code') : null;
    const box = this.#boxes.find(({ element }) => element.contains(button));
    if (button !== null && box !== undefined) this.#choose(chosen(box.passagesOfCode(button), this.#current));
  };

  #choose(passage: DrawnPassage | null): void {
    const box = passage === null ? null : this.boxOf(passage);
    if (passage !== null && box !== null) this.#options.events.onPassageClick(passage.id, box);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD) return;
    if (!this.#options.events.onKey(event) && !this.#ownKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #ownKey(event: KeyboardEvent): boolean {
    const wordwise = event.ctrlKey || event.metaKey;
    if (wordwise && event.code === 'KeyA') {
      this.setSelection({ start: 0, end: this.#options.text.length });
      this.#told();
      return true;
    }
    if (event.key === 'Escape' && this.#range !== null) {
      this.setSelection(null);
      this.#told();
      return true;
    }
    const arrow = ARROWS[event.key];
    if (arrow === undefined || !event.shiftKey || event.altKey) return false;
    const selection = document.getSelection();
    if (selection === null) return false;
    if (this.#domRange() === null) {
      const point = this.#filled(this.#firstVisible())?.toDom(this.#firstVisible());
      if (point) selection.collapse(point.node, point.offset);
    }
    const [direction, granularity] = arrow;
    selection.modify('extend', direction, wordwise && granularity === 'character' ? 'word' : granularity);
    this.#told();
    if (this.#range !== null) this.#revealFocus();
    return true;
  }

  #revealFocus(): void {
    const selection = document.getSelection();
    const focus = selection?.focusNode
      ? this.#offsetOf({ node: selection.focusNode, offset: selection.focusOffset })
      : null;
    if (focus !== null) this.scrollTo(focus, focus + 1);
  }

  /** The offset of the first line in view. */
  #firstVisible(): number {
    const { left, top, width } = this.#root.getBoundingClientRect();
    const caret = document.caretPositionFromPoint(left + width / 2, top + 2);
    const offset = caret === null ? null : this.#offsetOf({ node: caret.offsetNode, offset: caret.offset });
    if (offset !== null) return offset;
    const box = this.#boxes.find(({ element }) => element.getBoundingClientRect().bottom > top);
    return box?.block.start ?? 0;
  }

  readonly #onCopy = (event: ClipboardEvent): void => {
    if (this.#range === null) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', this.#options.text.slice(this.#range.start, this.#range.end));
  };

  readonly #onScroll = (): void => this.#options.events.onScroll?.(this.#firstVisible());
}

function guessHeight({ start, end }: TextBlock): number {
  return Math.ceil((end - start) / LINE_GUESS.units) * LINE_GUESS.height;
}
