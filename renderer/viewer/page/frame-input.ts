import type { ScreenBox, ViewKey } from '../types.ts';
import { isElementNode } from './dom-tree.ts';
import type { Frame } from './frame-style.ts';

/** What a person does in the frame. Points and boxes are in the frame's viewport. */
export interface FrameInputEvents {
  /** The selection may have changed, and no button or key that changes it is down any more. */
  onSelectionSettled(): void;
  /** A click that selected nothing. */
  onClick(x: number, y: number): void;
  /** A link to another place in the page. */
  onFragment(fragment: string): void;
  onAddress(address: string, box: ScreenBox): void;
  /** True when the app took the key. */
  onKey(key: ViewKey): boolean;
  /** Shift and an arrow, and nothing is selected: the first place in view becomes the selection's beginning. */
  onSelectionWanted(): void;
  onScroll(isWholePage: boolean): void;
  /** The page may have changed its shape. */
  onReshaped(): void;
}

const LINK = 'data-fz-href';

/**
 * Listens to the frame from outside: nothing in it runs. Every default that could leave the page is stopped, even though
 * a frozen page has nothing that leads out.
 */
export class FrameInput {
  readonly #frame: Frame;
  readonly #events: FrameInputEvents;
  readonly #gone = new AbortController();
  readonly #resized: ResizeObserver;
  #isDown = false;

  constructor(frame: Frame, events: FrameInputEvents) {
    this.#frame = frame;
    this.#events = events;
    this.#on('pointerdown', () => (this.#isDown = true));
    this.#on('pointerup', () => this.#released());
    this.#on('pointercancel', () => this.#released());
    this.#on('click', (event) => this.#clicked(event));
    this.#on('auxclick', (event) => event.preventDefault());
    this.#on('dragstart', (event) => event.preventDefault());
    this.#on('contextmenu', (event) => this.#menu(event));
    this.#on('pointerover', (event) => showAddress(event.target));
    this.#on('keydown', (event) => this.#keyDown(event));
    this.#on('keyup', (event) => {
      if (event.key === 'Shift' || event.shiftKey || event.key.toLowerCase() === 'a') events.onSelectionSettled();
    });
    this.#on('scroll', (event) => events.onScroll(event.target === frame.document));
    this.#on('toggle', () => events.onReshaped());
    this.#on('load', () => events.onReshaped());
    // Released outside the frame: the button went up elsewhere.
    const options = { signal: this.#gone.signal };
    frame.window.addEventListener('blur', () => this.#isDown && this.#released(), options);
    frame.window.addEventListener('resize', () => events.onReshaped(), options);
    this.#resized = new ResizeObserver(() => events.onReshaped());
    this.#resized.observe(frame.document.documentElement);
  }

  destroy(): void {
    this.#gone.abort();
    this.#resized.disconnect();
  }

  #on<K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void): void {
    this.#frame.document.addEventListener(type, listener, { capture: true, signal: this.#gone.signal });
  }

  #released(): void {
    this.#isDown = false;
    // The selection is what it will be only after the event. (The frame's own timers do not run without scripts.)
    setTimeout(() => this.#events.onSelectionSettled());
  }

  #clicked(event: MouseEvent): void {
    // A summary unfolds; nothing else of a page does anything.
    if (closest(event.target, 'summary') === null) event.preventDefault();
    const link = linkAt(event.target);
    const selection = this.#frame.document.getSelection();
    if (selection !== null && !selection.isCollapsed) return;
    if (link?.startsWith('#') === true) this.#events.onFragment(link);
    this.#events.onClick(event.clientX, event.clientY);
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    const address = linkAt(event.target);
    if (address === null || address === '') return;
    const { clientX, clientY } = event;
    this.#events.onAddress(address, { left: clientX, top: clientY, right: clientX, bottom: clientY });
  }

  #keyDown(event: KeyboardEvent): void {
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    if (this.#events.onKey({ key, code, ctrlKey, metaKey, altKey, shiftKey, repeat })) {
      event.preventDefault();
      return;
    }
    const selection = this.#frame.document.getSelection();
    const extends_ = shiftKey && /^(?:Arrow|Home|End)/.test(key);
    if (extends_ && (selection === null || selection.rangeCount === 0)) this.#events.onSelectionWanted();
    if (extends_) {
      event.preventDefault();
      extend(this.#frame.document.getSelection(), key, ctrlKey || altKey);
    }
  }
}

/** Without scripts there is no caret browsing, so the selection is moved for the person. */
function extend(selection: Selection | null, key: string, byWord: boolean): void {
  switch (key) {
    case 'ArrowLeft':
      return selection?.modify('extend', 'left', byWord ? 'word' : 'character');
    case 'ArrowRight':
      return selection?.modify('extend', 'right', byWord ? 'word' : 'character');
    case 'ArrowUp':
      return selection?.modify('extend', 'backward', byWord ? 'paragraph' : 'line');
    case 'ArrowDown':
      return selection?.modify('extend', 'forward', byWord ? 'paragraph' : 'line');
    case 'Home':
      return selection?.modify('extend', 'backward', byWord ? 'documentboundary' : 'lineboundary');
    case 'End':
      return selection?.modify('extend', 'forward', byWord ? 'documentboundary' : 'lineboundary');
    default:
      return undefined;
  }
}

const isNode = (target: EventTarget | null): target is Node => target !== null && 'nodeType' in target;

function closest(target: EventTarget | null, selector: string): Element | null {
  if (!isNode(target)) return null;
  return isElementNode(target) ? target.closest(selector) : (target.parentElement?.closest(selector) ?? null);
}

const linkAt = (target: EventTarget | null): string | null => closest(target, `[${LINK}]`)?.getAttribute(LINK) ?? null;

/** A link shows where it went, as browsers do, where the page does not use the title for something of its own. */
function showAddress(target: EventTarget | null): void {
  const link = closest(target, `[${LINK}]`);
  const address = link?.getAttribute(LINK) ?? '';
  if (link !== null && address !== '' && !link.hasAttribute('title')) link.setAttribute('title', address);
}
