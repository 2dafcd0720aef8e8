/** Temporary elements over the page, to which the focus never returns. */
const OVER = '[role="dialog"], [role="alertdialog"], .popover, .notices';
/** Where the focus goes if no earlier place is left: the source, else the list, else the first control. */
const HOMES = ['main [role="document"]', 'main [role="grid"]', 'main [role="treegrid"]', 'main button'];
/** The number of places remembered, newest first: the newest may have been removed. */
const KEPT = 6;
/** How many frames to wait for a closed or removed element to be gone. */
const FRAMES = 4;

interface Place {
  readonly element: HTMLElement;
  /** A row that is rendered again is another element. */
  readonly row: string | null;
}
let places: readonly Place[] = [];

/** Remembers where the focus was; returns a function that ends this. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest(OVER) !== null) return;
    const before = places.filter(({ element }) => element !== target && element.isConnected);
    places = [{ element: target, row: target.getAttribute('data-key') }, ...before].slice(0, KEPT);
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
    if (document.activeElement !== document.body || document.querySelector('.veil') !== null) return;
    home()?.focus({ preventScroll: true });
  };
  requestAnimationFrame(look);
}

function home(): HTMLElement | null {
  const there = places.flatMap(({ element, row }) => {
    if (element.isConnected) return [element];
    const same = row === null ? null : document.querySelector<HTMLElement>(`[data-key="${CSS.escape(row)}"]`);
    return same === null ? [] : [same];
  });
  const fits = (element: HTMLElement | null): boolean =>
    element?.checkVisibility() === true && !element.matches(':disabled');
  return [...there, ...HOMES.map((one) => document.querySelector<HTMLElement>(one))].find(fits) ?? null;
}

const CONTROLS =
  'input:not(:disabled), textarea:not(:disabled), button:not(:disabled), a[href], [tabindex="0"]:not([role="region"])';

/** Moves the focus of a new dialog to its first control: in the body, else a button. */
export function focusFirstIn(dialog: HTMLElement): void {
  if (document.activeElement !== dialog) return;
  const inBody = dialog.querySelector<HTMLElement>('.dialog-body')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const inFeet = dialog.querySelector<HTMLElement>('.dialog-feet')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const all = [...inBody, ...inFeet];
  // Of several radio buttons, the selected one takes the focus.
  const first = all.find((one) => !(one instanceof HTMLInputElement) || one.type !== 'radio' || one.checked);
  first?.focus({ preventScroll: true });
}
