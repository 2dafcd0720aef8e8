/** Temporary elements over the page, to which the focus never returns. */
const OVER = '[role="dialog"], [role="alertdialog"], .popover, .notices';
/** Holds the focus while a source loads, and passes it on. Without it no element has the focus, and a screen reader is silent. */
const HOLDER = '[data-holds-focus]';
/** How many earlier places are remembered, newest first: the newest ones may have been removed. */
const KEPT = 6;
/** How many frames to wait for a closed or removed element to be gone, and for one that takes its place. */
const FRAMES = 4;
const MORE_FRAMES = 60;

interface Place {
  readonly element: HTMLElement;
  /** The key of the row: a row that is rendered again is another element. */
  readonly row: string | null;
  /** Kind and name of the control: it is another element after the panes are folded. */
  readonly control: string | null;
}
let places: readonly Place[] = [];

/** Remembers where the focus was; returns a function that ends this. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest(OVER) !== null || target.matches(HOLDER)) return;
    const before = places.filter(({ element }) => element !== target && element.isConnected);
    places = [{ element: target, row: target.getAttribute('data-key'), control: controlOf(target) }, ...before].slice(
      0,
      KEPT,
    );
  };
  document.addEventListener('focusin', note);
  return () => document.removeEventListener('focusin', note);
}

/**
 * Once an element is closed or removed, and the focus is lost with it, returns the focus to where it was before, or to
 * the list.
 */
export function keepFocusSomewhere(): void {
  let left = FRAMES;
  const look = (): void => {
    left -= 1;
    if (left > 0) return void requestAnimationFrame(look);
    if (document.activeElement !== document.body || isEntering) return;
    // The dialog below may have lost the control that opened the closed one, and with it the focus and Escape.
    const below = [...document.querySelectorAll<HTMLElement>('.dialog')].at(-1);
    if (below !== undefined) return below.focus({ preventScroll: true });
    if (document.querySelector('.veil') !== null) return;
    const before = lastPlace();
    if (before !== null) before.focus({ preventScroll: true });
    else if (reader !== null) reader();
    else {
      const home = HOMES.map((one) => document.querySelector<HTMLElement>(one)).find(takesFocus);
      home?.focus({ preventScroll: true });
      if (home === undefined && left > -MORE_FRAMES) requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

/** Focuses the content of the shown screen, such as the source. */
let reader: (() => void) | null = null;

/** The element that has or contains the focus while a source is loading, until somebody uses it. */
let substitute: Element | null = null;
/** A control that has the focus while a list is loading, until somebody uses it. */
let standIn: Element | null = null;

/**
 * Registers the function that focuses the shown screen’s content. If a substitute has the focus, it is called at once. Returns a function
 * that ends this.
 */
export function registerScreenFocus(focus: () => void): () => void {
  reader = focus;
  const { activeElement } = document;
  // A list passes the focus on to one of its rows.
  const isHeld = activeElement?.matches(HOLDER) === true;
  if (isHeld || substitute?.contains(activeElement) === true) focus();
  substitute = null;
  // The frame of a saved page takes the focus only once it is drawn.
  if (isHeld && document.activeElement === activeElement) focusScreen(true);
  return () => {
    if (reader === focus) reader = null;
  };
}

/** What takes the focus on a screen without a source: its table, tree or list, or an element marked for this. */
const LISTS = [
  ...['grid', 'treegrid', 'listbox', 'tree'].map((role) => `main [role="${role}"]:not(aside *)`),
  'main [data-takes-focus]',
];
const ANY_LIST =
  'main :is([role="grid"], [role="treegrid"], [role="listbox"], [role="tree"]):has([role="row"], [role="option"], [role="treeitem"])';
/** Where the focus goes if no earlier place is left: the source, else the list, else the first control. */
const HOMES = ['main [role="document"]', ...LISTS, ANY_LIST, 'main button'];
/** The first action on an empty screen. */
const FIRST_ACT = 'main .empty-state button:not(:disabled)';
/** Controls that may take the focus. No choices inside a pane: an arrow key would change and save them. */
const ANY_CONTROLS = ['main [role="radio"][aria-checked="true"]:not(aside *)', 'main button:not(:disabled)'];
/** Frames to wait for a screen that is still being read, and after how many of them any control will do. */
const SCREEN_FRAMES = 240;
const ANY_AFTER = 60;
let screens = 0;
/** Whether a screen was opened and nothing on it has the focus yet: the focus is for its content, not for the first control. */
let isEntering = false;

/**
 * After a change of screen: focuses its content once it is drawn, unless something on the screen has the focus by then. Forgets the earlier
 * focus on the screen. `isReader`: the content is a source.
 */
export function focusScreen(isReader: boolean): void {
  places = [];
  substitute = null;
  standIn = null;
  screens += 1;
  const own = screens;
  isEntering = true;
  let frames = 0;
  const look = (): void => {
    frames += 1;
    const { activeElement: active } = document;
    if (own !== screens) return;
    if (frames > SCREEN_FRAMES) return void (isEntering = false);
    const isOver = document.querySelector('.veil, .popover') !== null;
    const isFree = active === null || active === document.body || active.matches(HOLDER);
    const isTaken = !isFree && active.closest('.frame-top, .status-bar') === null;
    const list = active === standIn && standIn !== null ? firstOf([...LISTS, ANY_LIST]) : undefined;
    if (list !== undefined && !isOver) list.focus({ preventScroll: true });
    else if (active === standIn && standIn !== null) return void requestAnimationFrame(look);
    if (isTaken && !isOver) return void (isEntering = false);
    const isLate = frames > ANY_AFTER;
    const holder = isReader && reader === null ? visible(`main ${HOLDER}`) : undefined;
    if (!isOver && frames > 2) {
      if (holder !== undefined) holder.focus({ preventScroll: true });
      else if (!isReader || reader !== null || isLate) enterScreen(isReader, isLate);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const visible = (selector: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.getClientRects().length > 0);

const firstOf = (selectors: readonly string[]): HTMLElement | undefined =>
  selectors.map(visible).find((element) => element !== undefined);

function enterScreen(isReader: boolean, isLate: boolean): void {
  const { activeElement } = document;
  const lists = firstOf([...LISTS, ANY_LIST, FIRST_ACT]);
  const seen = lists ?? (isLate ? firstOf(ANY_CONTROLS) : undefined);
  if (reader === null && seen === undefined) return;
  // A source that is still loading takes the focus only if nothing has it.
  if (activeElement instanceof HTMLElement) activeElement.blur();
  if (reader !== null) return reader();
  seen?.focus({ preventScroll: true });
  if (isReader) substitute = seen ?? null;
  else if (lists === undefined) standIn = seen ?? null;
  const leave = (): void => {
    substitute = null;
    standIn = null;
  };
  for (const done of ['keydown', 'pointerdown']) document.addEventListener(done, leave, { once: true, capture: true });
}

/** Returns the focus to where it was before something was written, if that element still exists. */
export function returnFocus(to: Element | null): void {
  if (to instanceof HTMLElement && to.isConnected && to !== document.body) return to.focus({ preventScroll: true });
  // A field that stays on screen would keep the focus, and take the next letter for text instead of a command.
  const { activeElement } = document;
  places = places.filter(({ element }) => element !== activeElement);
  if (activeElement instanceof HTMLElement) activeElement.blur();
  keepFocusSomewhere();
}

const CONTROL = ':is(input, textarea, button, [role="grid"], [role="treegrid"], [role="listbox"], [role="tree"])';

/** A control’s kind and name; null without a name. */
function controlOf(element: HTMLElement): string | null {
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
  const name =
    element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent.trim().slice(0, 80);
  return name === '' || !element.matches(CONTROL) ? null : `${element.localName} ${element.role ?? ''} ${name}`;
}

const takesFocus = (element: HTMLElement | null): element is HTMLElement =>
  element !== null && element.getClientRects().length > 0 && !element.matches(':disabled');

/** The most recently focused element that still exists. */
function lastPlace(): HTMLElement | null {
  const there = places.flatMap(({ element, row, control }) => {
    if (element.isConnected) return [element];
    const same = row === null ? null : document.querySelector<HTMLElement>(`[data-key="${CSS.escape(row)}"]`);
    const alike = control === null ? [] : [...document.querySelectorAll<HTMLElement>(`main ${CONTROL}`)];
    return [same ?? alike.find((one) => controlOf(one) === control)].filter((one) => one !== undefined);
  });
  return there.find(takesFocus) ?? null;
}

/**
 * While a dialog is open: if its focused element is removed or disabled, the dialog takes the focus, since Escape would otherwise do
 * nothing. Returns a function that ends this.
 */
export function keepFocusIn(dialog: HTMLElement): () => void {
  const observer = new MutationObserver(() =>
    // A browser takes the focus from a disabled control when it draws the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const isOnTop = [...document.querySelectorAll('.dialog')].at(-1) === dialog;
        if (isOnTop && document.activeElement === document.body) dialog.focus({ preventScroll: true });
      }),
    ),
  );
  observer.observe(dialog, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  return () => observer.disconnect();
}

const CONTROLS =
  'input:not(:disabled), textarea:not(:disabled), button:not(:disabled), a[href], [tabindex="0"]:not([role="region"])';

/** Moves the focus of a new dialog to its first control: in the body, else a button. */
export function focusFirstIn(dialog: HTMLElement): void {
  if (document.activeElement !== dialog) return;
  const inBody = dialog.querySelector<HTMLElement>('.dialog-body')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const inFooter = dialog.querySelector<HTMLElement>('.dialog-footer')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const all = [...inBody, ...inFooter];
  // Of several radio buttons, the selected one takes the focus.
  const first = all.find((one) => !(one instanceof HTMLInputElement) || one.type !== 'radio' || one.checked);
  first?.focus({ preventScroll: true });
}
