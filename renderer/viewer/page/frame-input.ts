import type { ScreenBox, ViewKey } from '../types.ts';
import { isElementNode } from './frame-text.ts';
import type { Frame } from './frame-style.ts';
import { isComposing } from '../../ui/keys.ts';

/** User input in the frame. Points and boxes are in the frame’s viewport. */
export interface FrameInputEvents {
  /** The selection may have changed, and no button or key that changes it is down. */
  onSelectionDone(): void;
  /** The selection changed, perhaps with the button still down. */
  onSelectionChange(): void;
  /** A click that left nothing selected. */
  onClick(x: number, y: number): void;
  /** A link to another part of the page was followed. */
  onFragment(fragment: string): void;
  /** The pointer or the focus is on a link to this address; null when it left. */
  onLink(address: string | null): void;
  /** The context menu of a link to this address was requested. */
  onAddress(address: string, box: ScreenBox): void;
  /** A right click, except on a link with an address. */
  onMenu(x: number, y: number): void;
  /** Returns true when the app handled the key. */
  onKey(key: ViewKey): boolean;
  /** A key the app did not handle; returns true when it changed the selection. */
  onOwnKey(event: KeyboardEvent): boolean;
  onCopy(event: ClipboardEvent): void;
  onDragStart(event: DragEvent): void;
  onDragEnd(): void;
  onScroll(isWholePage: boolean): void;
  onWheel(event: WheelEvent): void;
  /** The page’s layout may have changed. */
  onLayoutChange(): void;
  /** The frame’s width or zoom changed: lines break elsewhere. */
  onResized(): void;
}

const LINK = 'data-fz-href';

/**
 * Listens to the frame from outside, since no script runs in it. Every default action that could leave the page is
 * prevented, although a frozen page has no working links.
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
    this.#on('toggle', () => events.onLayoutChange());
    this.#on('load', () => events.onLayoutChange());
    frame.document.addEventListener('selectionchange', () => events.onSelectionChange(), { signal: this.#gone.signal });
    // The button may go up outside the frame.
    const options = { signal: this.#gone.signal };
    frame.window.addEventListener('blur', () => this.#isDown && this.#released(), options);
    frame.window.addEventListener('resize', () => events.onResized(), options);
    this.#resized = new ResizeObserver(() => events.onLayoutChange());
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
    // The selection is final only after the event. (Timers of the frame do not run: it has no scripts.)
    setTimeout(() => this.#events.onSelectionDone());
  }

  #clicked(event: MouseEvent): void {
    // Only a `summary` keeps its default action.
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
    if (isComposing(event)) return;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    if (
      this.#events.onKey({ key, code, ctrlKey, metaKey, altKey, shiftKey, repeat }) ||
      this.#events.onOwnKey(event) ||
      this.#follow(event)
    )
      event.preventDefault();
  }

  /** Enter on a focused link scrolls to a fragment, and opens the menu of any other address. Returns whether it did. */
  #follow({ key, target }: KeyboardEvent): boolean {
    const link = key === 'Enter' ? closest(target, `[${LINK}]`) : null;
    const address = linkAt(link);
    if (link === null || address === null) return false;
    if (address.startsWith('#')) this.#events.onFragment(address);
    else this.#events.onAddress(address, link.getBoundingClientRect());
    return true;
  }
}

/** Makes links tab stops: a frozen link has no `href`, so that it can’t be followed, and would not be one. */
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
