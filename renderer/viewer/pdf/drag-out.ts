import type { TextRange } from '../types.ts';
import type { PageBox } from './page-box.ts';

export interface DragOutHost {
  /** The page at a place, where that place is selected text; null elsewhere. */
  selectedAt(x: number, y: number): PageBox | null;
  selection(): TextRange | null;
  /** The words of the selection, as far as they are here, for the picture under the pointer. */
  words(range: TextRange): string;
  /** The passage meant by a code in the margin. */
  passageOf(code: Element): string | null;
  dragOut(passage: string | null, transfer: DataTransfer): void;
  /** Pressed on the selection and let go without dragging. */
  clicked(x: number, y: number): void;
}

/** Characters of a selection shown under the pointer while it is dragged. */
const SHOWN = 80;

/**
 * Dragging out of the page, as HTML drags: the selection by its own text, a passage by its code in the margin. (The words
 * of a passage cannot be what one drags it by: a press there begins a selection inside it.) A page is draggable only from
 * a press on selected text until that press ends, so that every other press still selects.
 */
export class DragOut {
  readonly #root: HTMLElement;
  readonly #host: DragOutHost;
  #armed: { readonly box: PageBox; dragging: boolean } | null = null;
  #touching = false;

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

  /** Browsers let a mouse follow what a finger did: it drags nothing. */
  readonly #onPointer = (event: PointerEvent): void => {
    this.#touching = event.pointerType === 'touch';
  };

  readonly #onDown = (event: MouseEvent): void => {
    const plain =
      !this.#touching && event.button === 0 && event.detail === 1 && !event.shiftKey && !isControl(event.target);
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
    // Nobody took it up: there is nothing to drag.
    if (transfer.types.length === 0) event.preventDefault();
  };
}

/** The picture under the pointer: the words, not the whole page that the browser would show. */
function showWords(transfer: DataTransfer, words: string): void {
  const picture = document.createElement('div');
  picture.className = 'dragged-words';
  picture.dir = 'auto';
  picture.textContent = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  document.body.append(picture);
  transfer.setDragImage(picture, 0, 0);
  // It must be there while the browser takes the picture, after this event.
  setTimeout(() => picture.remove());
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, input, a, .margin-codes') !== null;
