/** What lies over the page for a while, and never is a place to come back to. */
const OVER = '[role="dialog"], [role="alertdialog"], .popover, .notices';
/** Where the keyboard belongs where nothing one was at is left: the source one reads, else the list, else the first thing to press. */
const HOMES = ['main [role="document"]', 'main [role="grid"]', 'main [role="treegrid"]', 'main button'];
/** So many places one was at, newest first: the newest may be gone with what was removed. */
const KEPT = 6;
/** So long what was just closed or removed is given to be drawn, frames. */
const FRAMES = 4;

interface Place {
  readonly element: HTMLElement;
  /** A row that is drawn again is another element. */
  readonly row: string | null;
}
let places: readonly Place[] = [];

/** Remembers where the keyboard was on the page; returns what ends that. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest(OVER) !== null) return;
    const before = places.filter(({ element }) => element !== target && element.isConnected);
    places = [{ element: target, row: target.getAttribute('data-key') }, ...before].slice(0, KEPT);
  };
  document.addEventListener('focusin', note);
  return () => document.removeEventListener('focusin', note);
}

/** Once what was closed or removed is gone: a keyboard that is nowhere then comes back to where one was, or to the list. */
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

/** A dialog that opens with the keyboard on itself gives it to its first control: the body's, else its button. */
export function focusFirstIn(dialog: HTMLElement): void {
  if (document.activeElement !== dialog) return;
  const inBody = dialog.querySelector<HTMLElement>('.dialog-body')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const inFeet = dialog.querySelector<HTMLElement>('.dialog-feet')?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  const all = [...inBody, ...inFeet];
  // Of several radio buttons the chosen one has the keyboard.
  const first = all.find((one) => !(one instanceof HTMLInputElement) || one.type !== 'radio' || one.checked);
  first?.focus({ preventScroll: true });
}
