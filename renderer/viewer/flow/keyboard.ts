import { type CaretMove, caretMove, caretStep, paragraphAround, wordStep } from '../caret-steps.ts';
import { type Ends, type FlowSurface, caretBox, endsOf, offsetAt, selectEnds } from './surface.ts';

interface KeyboardHost {
  selectionDone(): void;
  /** Draws the caret that F7 shows; null draws none. */
  drawCaret(box: DOMRect | null): void;
}

/** The part of a window’s height that Page Up and Page Down scroll, so that a line or two stays in view. */
const PAGE_PART = 0.9;

/**
 * Selecting with the keyboard in text that the browser lays out, with the same keys as in PDFs: Shift with arrows, Home
 * and End, by words with Ctrl; Ctrl+A for the source’s text; F7 shows a caret that arrows move; Escape clears the
 * selection. Left and right are visual directions in every script. Words and characters follow the canonical text,
 * lines follow the layout.
 */
export class FlowKeyboard {
  readonly #surface: FlowSurface;
  readonly #host: KeyboardHost;
  #hasCaret = false;

  constructor(surface: FlowSurface, host: KeyboardHost) {
    this.#surface = surface;
    this.#host = host;
  }

  /** Returns whether it handled the key. */
  key(event: KeyboardEvent): boolean {
    const wordwise = event.ctrlKey || event.metaKey;
    if (wordwise && event.code === 'KeyA' && !event.shiftKey && !event.altKey) return this.#all();
    if (event.key === 'F7') return this.#toggleCaret();
    if (event.key === 'Escape') return this.#clearSelection();
    const move = caretMove(event.key, wordwise);
    if (move === null || event.altKey || !(event.shiftKey || this.#hasCaret)) return false;
    this.#move(move, event.shiftKey);
    return true;
  }

  /** Draws the caret again: call it when the selection changed or the text moved. */
  draw(): void {
    if (!this.#hasCaret) return;
    const ends = endsOf(this.#surface);
    this.#host.drawCaret(ends === null ? null : caretBox(this.#surface, ends.focus, ends.focus > ends.anchor));
  }

  #move(move: CaretMove, isExtending: boolean): void {
    const surface = this.#surface;
    const ends = endsOf(surface) ?? this.#atFirst();
    if (move.by === 'line' || move.by === 'lineEnd') {
      const direction = move.to === 'forward' ? 'forward' : 'backward';
      const unit = move.by === 'line' ? 'line' : 'lineboundary';
      surface.document.getSelection()?.modify(isExtending ? 'extend' : 'move', direction, unit);
    } else {
      const focus =
        move.by === 'page' ? this.#onePageFrom(ends.focus, move.to === 'forward') : this.#stepped(ends.focus, move);
      selectEnds(surface, { anchor: isExtending ? ends.anchor : focus, focus });
    }
    const focus = endsOf(surface)?.focus;
    if (focus !== undefined) surface.reveal(focus);
    this.draw();
    this.#host.selectionDone();
  }

  /** Without a selection, keys start at the first line in view. */
  #atFirst(): Ends {
    const first = this.#surface.firstVisible();
    const ends = { anchor: first, focus: first };
    selectEnds(this.#surface, ends);
    return ends;
  }

  #stepped(offset: number, move: Exclude<CaretMove, { by: 'line' | 'lineEnd' | 'page' }>): number {
    const { text } = this.#surface;
    if (move.by === 'text') return move.to === 'forward' ? text.length : 0;
    const { start, end } = paragraphAround(text, offset);
    const forward = (move.to === 'right') !== isRightToLeft(text.slice(start, end), this.#isLaidOutRtl(offset));
    return (move.by === 'word' ? wordStep : caretStep)(text, offset, forward);
  }

  /** Whether the page lays out the text around an offset from right to left. */
  #isLaidOutRtl(offset: number): boolean {
    const point = this.#surface.toDom(offset, offset > 0);
    const element = point?.node.parentElement ?? null;
    return element !== null && getComputedStyle(element).direction === 'rtl';
  }

  #onePageFrom(offset: number, forward: boolean): number {
    const surface = this.#surface;
    const box = caretBox(surface, offset, false);
    const { top, bottom, left, right } = surface.view();
    const by = (bottom - top) * PAGE_PART;
    const x = Math.min(Math.max(box?.left ?? left, left + 1), right - 1);
    const y = Math.min(Math.max(box === null ? top : (box.top + box.bottom) / 2, top + 1), bottom - 1);
    // Nothing scrolled: this is the end of the text.
    if (!surface.scrollBy(0, forward ? by : -by)) return forward ? surface.text.length : 0;
    return offsetAt(surface, x, y) ?? surface.firstVisible();
  }

  #all(): boolean {
    if (this.#surface.text.length === 0) return false;
    selectEnds(this.#surface, { anchor: 0, focus: this.#surface.text.length });
    this.#host.selectionDone();
    return true;
  }

  #toggleCaret(): boolean {
    this.#hasCaret = !this.#hasCaret;
    if (!this.#hasCaret) this.#host.drawCaret(null);
    else if (endsOf(this.#surface) === null) this.#atFirst();
    this.draw();
    return true;
  }

  #clearSelection(): boolean {
    const ends = endsOf(this.#surface);
    if (ends === null || ends.anchor === ends.focus) return false;
    if (this.#hasCaret) selectEnds(this.#surface, { anchor: ends.focus, focus: ends.focus });
    else this.#surface.document.getSelection()?.removeAllRanges();
    this.draw();
    this.#host.selectionDone();
    return true;
  }
}

const STRONG = /\p{L}/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/**
 * Whether a paragraph reads from right to left, so that the left arrow moves forward in it. If all its letters have one
 * direction, that one, whatever the page says (Uyghur on a page without `dir`); if they are mixed, the direction of the
 * layout. The answer is the same for a whole paragraph: if each word had its own, an arrow key would go back and forth
 * where two directions meet.
 */
function isRightToLeft(paragraph: string, laidOut: boolean): boolean {
  const letters = paragraph.match(STRONG) ?? [];
  const count = letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
  if (count === 0) return letters.length === 0 && laidOut;
  return count === letters.length || laidOut;
}
