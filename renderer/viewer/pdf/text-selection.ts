import type { TextRange } from '../types.ts';
import { caretAt, type Caret } from './geometry.ts';
import { apply } from './matrix.ts';
import type { PageBox } from './page-box.ts';
import { localOffset, type PageMap } from './page-texts.ts';
import { quadsOnPage, type DrawablePage } from './page-passages.ts';
import type { PageSheet } from './sheet.ts';
import { toDom, toOffset, type DomPoint } from './text-layer.ts';

/** Anchor and focus, offsets of the layer's whole text; equal for a caret. */
export interface Ends {
  readonly anchor: number;
  readonly focus: number;
}

/**
 * The selection, stored as two offsets; the drawing and the DOM selection (for copying, screen readers and system
 * services) follow from them. So it can span pages that are not in the DOM, and survives scrolling and zooming.
 */
export class TextSelection {
  readonly #sheet: PageSheet;
  readonly #map: PageMap;
  readonly #onDomChange: () => void;
  #ends: Ends | null = null;
  #showsCaret = false;
  #showsTouchHandles = false;

  constructor(sheet: PageSheet, map: PageMap, onDomChange: () => void) {
    this.#sheet = sheet;
    this.#map = map;
    this.#onDomChange = onDomChange;
    document.addEventListener('selectionchange', this.#onSelectionChange);
  }

  destroy(): void {
    document.removeEventListener('selectionchange', this.#onSelectionChange);
  }

  get ends(): Ends | null {
    return this.#ends;
  }

  /** The selected range; null for none or a caret. */
  get range(): TextRange | null {
    if (this.#ends === null || this.#ends.anchor === this.#ends.focus) return null;
    const { anchor, focus } = this.#ends;
    return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
  }

  set(ends: Ends | null): void {
    const clamp = (offset: number): number => Math.min(Math.max(offset, 0), this.#map.length);
    this.#ends = ends === null ? null : { anchor: clamp(ends.anchor), focus: clamp(ends.focus) };
    this.#sheet.pin(this.#pagesOfEnds());
    for (const box of this.#sheet.boxes.values()) this.draw(box);
    this.syncDom();
  }

  /** Shows or hides a caret where nothing is selected. */
  showCaret(shown: boolean): void {
    if (this.#showsCaret === shown) return;
    this.#showsCaret = shown;
    for (const box of this.#sheet.boxes.values()) this.draw(box);
  }

  /** Shows or hides the touch handles. */
  showTouchHandles(shown: boolean): void {
    if (this.#showsTouchHandles === shown) return;
    this.#showsTouchHandles = shown;
    for (const box of this.#sheet.boxes.values()) this.draw(box);
  }

  /** The range that touch handles can change. */
  get touchRange(): TextRange | null {
    return this.#showsTouchHandles ? this.range : null;
  }

  draw(box: PageBox): void {
    const page = drawable(box, this.#map);
    const range = this.range;
    const quads = page === null || range === null ? [] : quadsOnPage(page, range);
    box.showSelection(quads, this.#caretOn(box));
    const touchable = this.touchRange;
    box.showTouchHandles(
      touchable === null
        ? []
        : [this.#lineAt(box, touchable.start, false), this.#lineAt(box, touchable.end, true)].flatMap(
            (line) => line ?? [],
          ),
    );
  }

  #caretOn(box: PageBox): Caret | null {
    return this.#showsCaret && this.#ends !== null ? this.#lineAt(box, this.#ends.focus, false) : null;
  }

  /** A caret in the page's base space; null where the offset is on another page. */
  #lineAt(box: PageBox, offset: number, closing: boolean): Caret | null {
    const page = this.#map.get(box.number);
    if (page === null || box.text === null || this.#map.at(offset, closing) !== page) return null;
    const caret = caretAt(box.text, localOffset(page, offset), closing);
    return caret === null ? null : { foot: apply(box.toBase, caret.foot), head: apply(box.toBase, caret.head) };
  }

  /** Sets the DOM selection, once the pages of both ends have their text. */
  syncDom(): void {
    const selection = document.getSelection();
    if (selection === null) return;
    if (this.#ends === null) {
      if (this.#domEnds(selection) !== null) selection.removeAllRanges();
      return;
    }
    const { anchor, focus } = this.#ends;
    const from = this.#domPoint(anchor, anchor > focus);
    const to = this.#domPoint(focus, focus > anchor);
    if (from !== null && to !== null) selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  #pagesOfEnds(): number[] {
    const { anchor, focus } = this.#ends ?? { anchor: -1, focus: -1 };
    if (anchor < 0) return [];
    return [this.#map.at(anchor, anchor > focus), this.#map.at(focus, focus > anchor)].flatMap(
      (page) => page?.page ?? [],
    );
  }

  #domPoint(offset: number, closing: boolean): DomPoint | null {
    const page = this.#map.at(offset, closing);
    const layer = page === null ? null : (this.#sheet.boxes.get(page.page)?.layer ?? null);
    return page === null || layer === null ? null : toDom(layer, localOffset(page, offset), closing);
  }

  /** The DOM selection, if both ends are in our text. */
  #domEnds(selection: Selection): Ends | null {
    const anchor = this.#offsetOf(selection.anchorNode, selection.anchorOffset);
    const focus = this.#offsetOf(selection.focusNode, selection.focusOffset);
    return anchor === null || focus === null ? null : { anchor, focus };
  }

  #offsetOf(node: Node | null, offset: number): number | null {
    const element = node instanceof HTMLElement ? node : (node?.parentElement ?? null);
    if (node === null || element === null || element.closest('.text-layer') === null) return null;
    for (const box of this.#sheet.boxes.values()) {
      const page = this.#map.get(box.number);
      if (page === null || box.layer === null || !box.layer.element.contains(node)) continue;
      return page.start + toOffset(box.layer, { node, offset });
    }
    return null;
  }

  /** Takes over a change of the DOM selection that a screen reader or a touch handle made in our text. */
  readonly #onSelectionChange = (): void => {
    const selection = document.getSelection();
    const ends = selection === null ? null : this.#domEnds(selection);
    if (ends === null || ends.anchor === ends.focus) return;
    if (ends.anchor === this.#ends?.anchor && ends.focus === this.#ends.focus) return;
    this.#ends = ends;
    this.#sheet.pin(this.#pagesOfEnds());
    for (const box of this.#sheet.boxes.values()) this.draw(box);
    this.#onDomChange();
  };
}

/** A page in the DOM, in the form that drawing needs. */
export function drawable(box: PageBox, map: PageMap): DrawablePage | null {
  const page = map.get(box.number);
  if (page === null) return null;
  return {
    number: page.page,
    start: page.start,
    end: page.end,
    text: box.text,
    toBase: box.toBase,
    hairline: box.hairline,
  };
}
