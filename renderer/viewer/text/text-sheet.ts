import type { DomPoint, FlowSurface } from '../flow/surface.ts';
import type { CodeLabels } from '../passages/margin.ts';
import type { TextRange } from '../types.ts';
import { BlockBox, type TextBlock, blocksOf, indexAt } from './block-box.ts';

/** What is assumed of lines before they are laid out: their height, CSS pixels, and their length, code units. */
const LINE_GUESS = { height: 28, units: 60 };

export interface SheetHost {
  /** A block was put into the DOM, with nothing drawn on it yet. */
  onFilled(box: BlockBox): void;
  /** The range that must stay in the DOM, however far away it is. */
  kept(): TextRange | null;
}

/** The lines of a plain text. Only blocks near the window, and those with an end of the selection, are in the DOM. */
export class TextSheet implements FlowSurface {
  readonly document: Document = document;
  readonly element = document.createElement('div');
  readonly target: HTMLElement;
  readonly text: string;
  readonly blocks: readonly BlockBox[];
  readonly #ranges: readonly TextBlock[];
  readonly #scroller: HTMLElement;
  readonly #host: SheetHost;
  readonly #near = new Set<Element>();
  readonly #seen: IntersectionObserver;

  constructor(scroller: HTMLElement, text: string, labels: CodeLabels, host: SheetHost) {
    this.text = text;
    this.target = scroller;
    this.#scroller = scroller;
    this.#host = host;
    this.#ranges = blocksOf(text);
    this.element.className = 'text-sheet paper';
    this.blocks = this.#ranges.map((block) => new BlockBox(text, block, guessHeight(block), labels));
    this.element.append(...this.blocks.map(({ element }) => element));
    scroller.append(this.element);
    this.#seen = new IntersectionObserver((entries) => this.#onSeen(entries), { root: scroller, rootMargin: '100%' });
    for (const { element } of this.blocks) this.#seen.observe(element);
  }

  destroy(): void {
    this.#seen.disconnect();
  }

  /** The block at an offset, put into the DOM if it was not there. */
  filled(offset: number, closing = false): BlockBox | null {
    const box = this.blocks[indexAt(this.#ranges, offset, closing)];
    if (box === undefined) return null;
    if (!box.isFilled) {
      box.fill();
      this.#host.onFilled(box);
    }
    return box;
  }

  toDom(offset: number, closing: boolean): DomPoint | null {
    return this.filled(offset, closing)?.toDom(offset, closing) ?? null;
  }

  /** Positions in the blocks that are in the DOM; null in others, which the pointer cannot reach. */
  readonly onlyInDom: Pick<FlowSurface, 'document' | 'toDom'> = {
    document,
    toDom: (offset, closing) => this.blocks[indexAt(this.#ranges, offset, closing)]?.toDom(offset, closing) ?? null,
  };

  toOffset(point: DomPoint): number | null {
    const element = point.node instanceof Element ? point.node : point.node.parentElement;
    const section = element?.closest('.text-block');
    return this.blocks.find((box) => box.element === section)?.toOffset(point) ?? null;
  }

  boxes(range: TextRange): DOMRect[] {
    return this.blocks.flatMap((box) => box.rectsOf(range));
  }

  unitAt(x: number, y: number): number | null {
    const caret = document.caretPositionFromPoint(x, y);
    const offset = caret === null ? null : this.toOffset({ node: caret.offsetNode, offset: caret.offset });
    if (offset === null) return null;
    // A caret is between two code units; the one whose box contains the pointer counts.
    return [offset, offset - 1].find((unit) => this.#isOver(unit, x, y)) ?? null;
  }

  #isOver(unit: number, x: number, y: number): boolean {
    const box = this.blocks[indexAt(this.#ranges, unit)];
    return (box?.rectsOf({ start: unit, end: unit + 1 }) ?? []).some(
      (rect) => rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom,
    );
  }

  firstVisible(): number {
    const { left, top, width } = this.#scroller.getBoundingClientRect();
    const caret = document.caretPositionFromPoint(left + width / 2, top + 2);
    const offset = caret === null ? null : this.toOffset({ node: caret.offsetNode, offset: caret.offset });
    if (offset !== null) return offset;
    const box = this.blocks.find(({ element }) => element.getBoundingClientRect().bottom > top);
    return box?.block.start ?? 0;
  }

  /** Scrolls a range to a third of the window’s height, unless it is in view. */
  show(start: number, end: number): void {
    const [rect, top] = this.#topOf(start, end);
    const view = this.view();
    if (top === undefined || (top >= view.top && (rect?.bottom ?? top) <= view.bottom)) return;
    this.#scroller.scrollTop += top - view.top - (view.bottom - view.top) / 3;
  }

  reveal(offset: number): void {
    const { top, bottom } = this.view();
    const [rect, at] = this.#topOf(offset, offset + 1);
    if (at === undefined) return;
    const foot = rect?.bottom ?? at;
    if (at < top) this.#scroller.scrollTop += at - top;
    else if (foot > bottom) this.#scroller.scrollTop += foot - bottom;
  }

  /** Scrolls the line of an offset to the top of the window. */
  goTo(offset: number): void {
    const [, top] = this.#topOf(offset, offset + 1);
    // Above the first line there is a margin.
    if (offset === 0) this.#scroller.scrollTop = 0;
    else if (top !== undefined) this.#scroller.scrollTop += top - this.view().top;
  }

  #topOf(start: number, end: number): [rect: DOMRect | undefined, top: number | undefined] {
    const box = this.filled(start);
    const [rect] = box?.rectsOf({ start, end: Math.max(end, start + 1) }) ?? [];
    const at = rect ?? box?.lineRectOf(start) ?? undefined;
    return [at, at?.top ?? box?.element.getBoundingClientRect().top];
  }

  view(): DOMRect {
    return this.#scroller.getBoundingClientRect();
  }

  scrollBy(x: number, y: number): boolean {
    const { scrollLeft, scrollTop } = this.#scroller;
    this.#scroller.scrollBy(x, y);
    return this.#scroller.scrollLeft !== scrollLeft || this.#scroller.scrollTop !== scrollTop;
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
    }
    const kept = this.#host.kept();
    const ends = kept === null ? [] : [indexAt(this.#ranges, kept.start), indexAt(this.#ranges, kept.end, true)];
    for (const [at, box] of this.blocks.entries()) {
      if (this.#near.has(box.element)) {
        if (box.isFilled) continue;
        box.fill();
        this.#host.onFilled(box);
      } else if (!ends.includes(at)) box.empty();
    }
  }
}

function guessHeight({ start, end }: TextBlock): number {
  return Math.ceil((end - start) / LINE_GUESS.units) * LINE_GUESS.height;
}
