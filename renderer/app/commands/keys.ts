import { matchKeybindingPress, parseKeybinding } from 'tinykeys';

/** What is needed of a keyboard event; a view that runs in a frame of its own sends it as plain values. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** 229 is what browsers send for every key that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;

/** An input method is composing: the key belongs to it, whatever it looks like. */
export const isComposing = (event: { readonly isComposing: boolean; readonly keyCode: number }): boolean =>
  event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;

/**
 * The key's name as bindings write it (`KeyZ`, `Digit1`): by what it prints where that is a Latin letter or a digit, so
 * that Ctrl Z is where a French keyboard has its Z; by where it lies otherwise, so that it works while a Chinese,
 * Uyghur or Russian layout is on.
 */
function codeOf({ key, code }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (/^[0-9]$/.test(key)) return `Digit${key}`;
  return code;
}

/** Whether a press is a binding: `$mod+Shift+KeyZ`, `KeyT`, `[Shift]+?` (by what it prints). `$mod` is Ctrl, ⌘ on macOS. */
export function isPressed(binding: string, press: KeyPress): boolean {
  const modifiers: Record<string, boolean> = {
    Control: press.ctrlKey,
    Meta: press.metaKey,
    Alt: press.altKey,
    Shift: press.shiftKey,
  };
  const [wanted, ...more] = parseKeybinding(binding);
  if (wanted === undefined || more.length > 0) return false;
  const event = new KeyboardEvent('keydown', {
    key: press.key,
    code: codeOf(press),
    ctrlKey: press.ctrlKey,
    metaKey: press.metaKey,
    altKey: press.altKey,
    shiftKey: press.shiftKey,
  });
  Object.defineProperty(event, 'getModifierState', { value: (name: string) => modifiers[name] ?? false });
  return matchKeybindingPress(event, wanted);
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const MAC: Record<string, string> = { $mod: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' };
const OTHER: Record<string, string> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' };
const NAMES: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Escape: 'Esc',
  Backslash: '\\',
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '−',
  Equal: '+',
  Slash: '/',
  Backquote: '`',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  NumpadAdd: '+',
  NumpadSubtract: '−',
};

/** A binding as keys to show: `['Ctrl', 'Shift', 'Z']`, `['⌘', '⇧', 'Z']` on macOS. */
export function shownKeys(binding: string, mac: boolean = isMac()): string[] {
  return binding
    .split(/(?<=\w|\])\+/)
    .filter((part) => !part.startsWith('['))
    .map((part) => (mac ? MAC : OTHER)[part] ?? NAMES[part] ?? part.replace(/^(?:Key|Digit)(?=.$)/, ''));
}
