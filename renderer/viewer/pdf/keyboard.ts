import { type CaretMove, caretMove, caretStep, wordStep } from '../caret-steps.ts';
import { type PlacedText, isRtlAt, lineAround, lineStep } from './geometry.ts';
import { type PageMap, localOffset } from './page-texts.ts';
import type { TextSelection } from './text-selection.ts';
import type { TextRange } from '../types.ts';
import { isComposing } from '../../ui/keys.ts';

interface KeyboardHost {
  /** Handles keys before the text does (area tool, app shortcuts); returns whether it did. */
  first(event: KeyboardEvent): boolean;
  textOf(page: number): PlacedText | null;
  /** Where a selection starts if nothing was clicked yet. */
  firstVisible(): number;
  /** The focus of the selection moved, and has to be scrolled into view. */
  moved(focus: number): void;
  selectionDone(): void;
}

/**
 * Selecting with the keyboard: Shift with arrows, Home and End, by words with Ctrl; Ctrl+A for all; F7 shows a caret
 * that arrows move, as browsers do; Escape clears the selection. Left and right are visual directions in every script.
 */
export class KeyboardSelection {
  readonly #root: HTMLElement;
  readonly #selection: TextSelection;
  readonly #map: PageMap;
  readonly #host: KeyboardHost;
  #hasCaret = false;

  constructor(root: HTMLElement, selection: TextSelection, map: PageMap, host: KeyboardHost) {
    this.#root = root;
    this.#selection = selection;
    this.#map = map;
    this.#host = host;
    root.addEventListener('keydown', this.#onKeyDown);
  }

  destroy(): void {
    this.#root.removeEventListener('keydown', this.#onKeyDown);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (!this.#host.first(event) && !this.#key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #key(event: KeyboardEvent): boolean {
    const wordwise = event.ctrlKey || event.metaKey;
    if (wordwise && event.code === 'KeyA') return this.#all();
    if (event.key === 'F7') return this.#toggleCaret();
    if (event.key === 'Escape') return this.#clearSelection();
    const move = caretMove(event.key, wordwise);
    if (move === null || event.altKey || !(event.shiftKey || this.#hasCaret)) return false;
    const first = this.#host.firstVisible();
    const ends = this.#selection.ends ?? { anchor: first, focus: first };
    const focus = movedCaret(this.#map, (page) => this.#host.textOf(page), ends.focus, move);
    if (focus === null) return true;
    this.#selection.set({ anchor: event.shiftKey ? ends.anchor : focus, focus });
    this.#host.moved(focus);
    this.#host.selectionDone();
    return true;
  }

  #all(): boolean {
    if (this.#map.length === 0) return false;
    this.#selection.set({ anchor: 0, focus: this.#map.length });
    this.#host.selectionDone();
    return true;
  }

  #toggleCaret(): boolean {
    this.#hasCaret = !this.#hasCaret;
    if (this.#selection.ends === null) {
      const first = this.#host.firstVisible();
      this.#selection.set({ anchor: first, focus: first });
    }
    this.#selection.showCaret(this.#hasCaret);
    return true;
  }

  #clearSelection(): boolean {
    if (this.#selection.range === null) return false;
    this.#selection.set(null);
    this.#host.selectionDone();
    return true;
  }
}

/**
 * The new caret position, an offset of the whole text. Null while the caret’s page is not loaded yet; the key can be
 * pressed again.
 */
function movedCaret(
  map: PageMap,
  textOf: (page: number) => PlacedText | null,
  offset: number,
  move: CaretMove,
): number | null {
  const page = map.at(offset);
  if (page === null) return null;
  if (move.by === 'text') return move.to === 'forward' ? map.length : 0;
  const text = textOf(page.page);
  if (text === null) return null;
  const local = localOffset(page, offset);
  const line = (): TextRange => lineAround(text, local);
  switch (move.by) {
    case 'character':
    case 'word': {
      const forward = (move.to === 'right') !== isRtlAt(text, local);
      if (forward && local >= text.text.length) return map.get(page.page + 1)?.start ?? offset;
      if (!forward && local <= 0) return map.get(page.page - 1)?.end ?? offset;
      return page.start + (move.by === 'word' ? wordStep : caretStep)(text.text, local, forward);
    }
    case 'lineEnd':
      return page.start + (move.to === 'forward' ? line().end : line().start);
    case 'line': {
      const next = lineStep(text, local, move.to === 'forward');
      if (next !== null) return page.start + next;
      return adjacentPage(map, page.page, move.to);
    }
    case 'page':
      return adjacentPage(map, page.page, move.to);
  }
}

function adjacentPage(map: PageMap, page: number, to: 'backward' | 'forward'): number {
  const beside = map.get(to === 'forward' ? page + 1 : page - 1);
  if (beside !== null) return to === 'forward' ? beside.start : beside.end;
  return to === 'forward' ? map.length : 0;
}
