import type { ScreenBox, ViewKey } from '../types.ts';
import { isElementNode } from './frame-text.ts';
import type { Frame } from './frame-style.ts';

/** What a person does in the frame. Points and boxes are in the frame's viewport. */
export interface FrameInputEvents {
  /** The selection may have changed, and no button or key that changes it is down any more. */
  onSelectionSettled(): void;
  /** The selection is another, settled or not. */
  onSelectionMoved(): void;
  /** A click that selected nothing. */
  onClick(x: number, y: number): void;
  /** A link to another place in the page. */
  onFragment(fragment: string): void;
  /** The pointer or the focus is on a link to this address; null when it is on none any more. */
  onLink(address: string | null): void;
  onAddress(address: string, box: ScreenBox): void;
  /** A right click on anything else than a link that has an address. */
  onMenu(x: number, y: number): void;
  /** True when the app took the key. */
  onKey(key: ViewKey): boolean;
  /** A key the app did not take; true when it did something to the selection. */
  onOwnKey(event: KeyboardEvent): boolean;
  onCopy(event: ClipboardEvent): void;
  onDragStart(event: DragEvent): void;
  onDragEnd(): void;
  onScroll(isWholePage: boolean): void;
  onWheel(event: WheelEvent): void;
  /** The page may have changed its shape. */
  onReshaped(): void;
  /** The frame is wider or narrower, or another zoom: lines break elsewhere. */
  onResized(): void;
}

const LINK = 'data-fz-href';
/** 229 is what browsers send for keys that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;

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
    makeLinksReachable(frame.document);
    this.#onPointer();
    this.#on('keydown', (event) => this.#keyDown(event));
    this.#on('copy', (event) => events.onCopy(event));
    this.#on('cut', (event) => event.preventDefault());
    this.#on('dragstart', (event) => events.onDragStart(event));
    this.#on('dragend', () => events.onDragEnd());
    this.#on('dragover', (event) => event.preventDefault());
    this.#on('drop', (event) => event.preventDefault());
    this.#on('focusin', (event) => events.onLink(linkAt(event.target)));
    this.#on('focusout', () => events.onLink(null));
    this.#on('scroll', (event) => events.onScroll(event.target === frame.document));
    frame.document.addEventListener('wheel', (event) => events.onWheel(event), {
      passive: false,
      signal: this.#gone.signal,
    });
    this.#on('toggle', () => events.onReshaped());
    this.#on('load', () => events.onReshaped());
    frame.document.addEventListener('selectionchange', () => events.onSelectionMoved(), { signal: this.#gone.signal });
    // Released outside the frame: the button went up elsewhere.
    const options = { signal: this.#gone.signal };
    frame.window.addEventListener('blur', () => this.#isDown && this.#released(), options);
    frame.window.addEventListener('resize', () => events.onResized(), options);
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

  #onPointer(): void {
    this.#on('pointerdown', () => (this.#isDown = true));
    this.#on('pointerup', () => this.#released());
    this.#on('pointercancel', () => this.#released());
    this.#on('click', (event) => this.#clicked(event));
    this.#on('auxclick', (event) => event.preventDefault());
    this.#on('contextmenu', (event) => this.#menu(event));
    this.#on('pointerover', (event) => this.#events.onLink(linkAt(event.target)));
    this.#on('pointerleave', () => this.#events.onLink(null));
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
    const { clientX, clientY } = event;
    if (address === null || address.startsWith('#')) {
      this.#events.onMenu(clientX, clientY);
      return;
    }
    this.#events.onAddress(address, { left: clientX, top: clientY, right: clientX, bottom: clientY });
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD) return;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    if (
      this.#events.onKey({ key, code, ctrlKey, metaKey, altKey, shiftKey, repeat }) ||
      this.#events.onOwnKey(event) ||
      this.#follow(event)
    )
      event.preventDefault();
  }

  /** Enter on a link that has the focus: a place in the page is gone to, any other address is offered. */
  #follow({ key, target }: KeyboardEvent): boolean {
    const link = key === 'Enter' ? closest(target, `[${LINK}]`) : null;
    const address = linkAt(link);
    if (link === null || address === null) return false;
    if (address.startsWith('#')) this.#events.onFragment(address);
    else this.#events.onAddress(address, link.getBoundingClientRect());
    return true;
  }
}

/** A frozen link has no address of its own, so that nothing can follow it, and with it went its place among the tab stops. */
function makeLinksReachable(document: Document): void {
  for (const link of document.querySelectorAll(`[${LINK}]`)) {
    const address = link.getAttribute(LINK) ?? '';
    if (address === '') continue;
    link.setAttribute('tabindex', '0');
    link.setAttribute('role', 'link');
    link.setAttribute('aria-description', address);
  }
}

const isNode = (target: EventTarget | null): target is Node => target !== null && 'nodeType' in target;

function closest(target: EventTarget | null, selector: string): Element | null {
  if (!isNode(target)) return null;
  return isElementNode(target) ? target.closest(selector) : (target.parentElement?.closest(selector) ?? null);
}

/** The address of the link around a node; null for none. */
function linkAt(target: EventTarget | null): string | null {
  const address = closest(target, `[${LINK}]`)?.getAttribute(LINK) ?? '';
  return address === '' ? null : address;
}
