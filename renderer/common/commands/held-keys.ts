import type { KeyPress } from './keys.ts';

/*
 * Some acts change what the next key acts on: a highlight becomes the current passage, a resolved conflict leaves its list. While such an
 * act is being saved, the keys that follow are held. They are pressed again, in their order, when the act has ended and its
 * result is drawn.
 */

/** How long one act holds keys, ms. After that, keys act on what is drawn, so that a stuck disk doesn't stop the keyboard. */
const LONGEST_HOLD = 5000;
/** The longest wait for a frame, ms: a hidden window draws none. */
const LONGEST_FRAME = 100;

interface HeldKey {
  readonly press: KeyPress;
  readonly again: () => void;
}

/** The acts in progress that hold keys, and the key that began each; null if it is not dropped when it is pressed again. */
const acts = new Map<Promise<unknown>, KeyPress | null>();
/** The key whose command is being run. */
let running: KeyPress | null = null;
let held: HeldKey[] = [];
/** Whether held keys wait for the acts, or are being pressed again. */
let isWaiting = false;
/** Events that are held keys pressed again. They are not held a second time. */
const pressedAgain = new WeakSet<KeyPress>();

/** Runs a key’s command, so that {@link holdKeys} knows the key. */
export function runFor(press: KeyPress, run: () => void): void {
  const before = running;
  running = press;
  try {
    run();
  } finally {
    running = before;
  }
}

/**
 * Holds the keys that follow until `act` has ended, well or not, and the window shows it. Returns the act’s own result. The key that began
 * the act is dropped if it is pressed again meanwhile: a slip of the finger must not act on what nobody has seen.
 * `isRepeated`: it is held like the others, as for undo.
 */
export function holdKeys<T>(act: Promise<T>, isRepeated = false): Promise<T> {
  const ended = Promise.race([act.catch(() => undefined), after(LONGEST_HOLD)]).then(drawn);
  acts.set(ended, isRepeated ? null : running);
  void ended.then(() => acts.delete(ended));
  return act;
}

/**
 * Holds a key if an act is in progress, and returns whether it did. `isCommand`: whether the key belongs to a command, even to one that can't
 * run yet. `again` presses the key later; by default it is typed where the focus is then.
 */
export function holdKey(press: KeyPress, isCommand: () => boolean, again = () => typeKey(press)): boolean {
  if (pressedAgain.has(press) || (acts.size === 0 && !isWaiting)) return false;
  // Keys after a held one are held too, so that their order stays.
  if (!((isWaiting && isTyped(press)) || isCommand())) return false;
  const isSlip = held.length === 0 && [...acts.values()].some((began) => began !== null && isSameKey(began, press));
  if (press.repeat || isSlip) return true;
  held.push({ press, again });
  if (!isWaiting) void pressHeldKeys();
  return true;
}

const isSameKey = (a: KeyPress, b: KeyPress): boolean =>
  a.code === b.code &&
  a.shiftKey === b.shiftKey &&
  a.altKey === b.altKey &&
  a.ctrlKey === b.ctrlKey &&
  a.metaKey === b.metaKey;

/** Drops the held keys: the pointer chose something else, for which they were not meant. */
export function dropHeldKeys(): void {
  held = [];
}

async function pressHeldKeys(): Promise<void> {
  isWaiting = true;
  try {
    await ended();
    for (let next = held.shift(); next !== undefined; next = held.shift()) {
      next.again();
      await drawn();
      await ended();
    }
  } finally {
    isWaiting = false;
  }
}

async function ended(): Promise<void> {
  while (acts.size > 0) await Promise.all(acts.keys());
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
/** Resolves when what React was told to show has been drawn, and its effects have run. */
const drawn = (): Promise<void> => Promise.race([frame().then(frame), after(LONGEST_FRAME)]);

/** Whether a key types or moves something where the focus is. Ctrl C and the like belong to the browser. */
const isTyped = ({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean =>
  key.length === 1 ? !ctrlKey && !metaKey && !altKey : /^(?:Enter|Escape|Tab|Backspace|Delete|Arrow\w+)$/.test(key);

/** Presses a key where the focus is. An event made by a script has no default action, so that of fields and buttons is done here. */
function typeKey(press: KeyPress): void {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  const target = document.activeElement ?? document.body;
  const init = { key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true, composed: true };
  const event = new KeyboardEvent('keydown', init);
  pressedAgain.add(event);
  if (!target.dispatchEvent(event)) return;
  if (target instanceof HTMLButtonElement) {
    if (key === 'Enter' || key === ' ') target.click();
  } else if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) editField(target, press);
}

function editField(field: HTMLInputElement | HTMLTextAreaElement, { key, ctrlKey, metaKey, altKey }: KeyPress): void {
  if (ctrlKey || metaKey || altKey) return;
  const { selectionStart, selectionEnd, value } = field;
  const start = selectionStart ?? value.length;
  const end = selectionEnd ?? value.length;
  const isLine = key === 'Enter' && field instanceof HTMLTextAreaElement;
  if (key.length === 1 || isLine) field.setRangeText(isLine ? '\n' : key, start, end, 'end');
  else if (key === 'Backspace') field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
  else return;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }));
}
