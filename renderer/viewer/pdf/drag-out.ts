import type { TextRange } from '../types.ts';
import type { PageBox } from './page-box.ts';
import { isControl } from '../screen.ts';

export interface DragOutHost {
  /** The page at a point of selected text; null elsewhere. */
  selectedAt(x: number, y: number): PageBox | null;
  selection(): TextRange | null;
  /** The words of the selection, as far as they are loaded, for the drag image. */
  words(range: TextRange): string;
  /** The id of the passage of a code in the margin. */
  passageOf(code: Element): string | null;
  dragOut(passage: string | null, transfer: DataTransfer): void;
  /** Pressed on the selection and released without dragging. */
  clicked(x: number, y: number): void;
}

/** Characters of a selection shown in the drag image. */
const WORDS_LENGTH = 80;

/**
 * Dragging out of the page with HTML drag and drop: the selection by its own text, a passage by its code in the margin.
 * (A passage is not dragged by its words: a press there begins a selection.) A page is draggable only from a press on
 * selected text until its release, so that every other press still selects.
 */
export class DragOut {
  readonly #root: HTMLElement;
  readonly #host: DragOutHost;
  #armed: { readonly box: PageBox; dragging: boolean } | null = null;
  #isTouch = false;

  constructor(root: HTMLElement, host: DragOutHost) {
    this.#root = root;
    this.#host = host;
    root.addEventListener('pointerdown', this.#onPointer, { capture: true });
    root.addEventListener('mousedown', this.#onDown, { capture: true });
    root.addEventListener('dragstart', this.#onStart);
    root.addEventListener('dragend', this.#disarm);
    root.addEventListener('pointermove', this.#onHover);
    window.addEventListener('mouseup', this.#onUp);
  }

  destroy(): void {
    this.#disarm();
    this.#root.removeEventListener('pointerdown', this.#onPointer, { capture: true });
    this.#root.removeEventListener('mousedown', this.#onDown, { capture: true });
    this.#root.removeEventListener('dragstart', this.#onStart);
    this.#root.removeEventListener('dragend', this.#disarm);
    this.#root.removeEventListener('pointermove', this.#onHover);
    window.removeEventListener('mouseup', this.#onUp);
  }

  readonly #onHover = (event: PointerEvent): void => {
    if (event.buttons !== 0 || this.#root.dataset['grip'] !== undefined || isControl(event.target)) return;
    if (this.#host.selectedAt(event.clientX, event.clientY) !== null) this.#root.dataset['grip'] = 'default';
  };

  /** Mouse events that browsers send after touches start no drag. */
  readonly #onPointer = (event: PointerEvent): void => {
    this.#isTouch = event.pointerType === 'touch';
  };

  readonly #onDown = (event: MouseEvent): void => {
    const plain =
      !this.#isTouch && event.button === 0 && event.detail === 1 && !event.shiftKey && !isControl(event.target);
    const box = plain && !event.defaultPrevented ? this.#host.selectedAt(event.clientX, event.clientY) : null;
    if (box === null) return;
    event.stopPropagation();
    this.#root.focus({ preventScroll: true });
    box.element.draggable = true;
    this.#armed = { box, dragging: false };
  };

  readonly #onUp = (event: MouseEvent): void => {
    const armed = this.#armed;
    this.#disarm();
    if (armed !== null && !armed.dragging) this.#host.clicked(event.clientX, event.clientY);
  };

  readonly #disarm = (): void => {
    this.#armed?.box.element.removeAttribute('draggable');
    this.#armed = null;
  };

  readonly #onStart = (event: DragEvent): void => {
    const transfer = event.dataTransfer;
    const code = event.target instanceof Element ? event.target.closest('.margin-code') : null;
    const range = code === null ? this.#host.selection() : null;
    const passage = code === null ? null : this.#host.passageOf(code);
    if (transfer === null || (range === null && passage === null)) {
      event.preventDefault();
      return;
    }
    if (range !== null) {
      if (this.#armed !== null) this.#armed.dragging = true;
      showWords(transfer, this.#host.words(range));
    }
    this.#host.dragOut(passage, transfer);
    // The listener added nothing, so there is nothing to drag.
    if (transfer.types.length === 0) event.preventDefault();
  };
}

/** Sets the drag image to the words; the browser would show the whole page. */
function showWords(transfer: DataTransfer, words: string): void {
  const image = document.createElement('div');
  image.className = 'dragged-words';
  image.dir = 'auto';
  image.textContent = words.length > WORDS_LENGTH ? `${words.slice(0, WORDS_LENGTH)}…` : words;
  document.body.append(image);
  transfer.setDragImage(image, 0, 0);
  // The element must stay until the browser has taken the image, after this event.
  setTimeout(() => image.remove());
}
