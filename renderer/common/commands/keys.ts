import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from 'tinykeys';

/** The part of a keyboard event that bindings use; a view in a frame passes it on as plain values. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** Signs that bindings name by their key on an American keyboard. */
const SIGNS: Readonly<Record<string, string>> = {
  ',': 'Comma',
  '-': 'Minus',
  '=': 'Equal',
  '+': 'Equal',
  '\\': 'Backslash',
};

/**
 * The name of the pressed key as bindings write it (`KeyZ`, `Digit1`, `Comma`). Latin letters, digits and these signs
 * go by what the key prints, so that Ctrl Z is where a French keyboard has its Z, and Ctrl + where a German one has its
 * plus. All others go by position, so that they work with a Chinese, Uyghur or Russian layout. The two brackets always
 * go by position.
 */
function codeOf({ key, code, ctrlKey, metaKey }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (/^[0-9]$/.test(key)) return `Digit${key}`;
  const isBracket = code.startsWith('Bracket') && !ctrlKey && !metaKey;
  return (isBracket || code.startsWith('Numpad') ? undefined : SIGNS[key]) ?? code;
}

/** What layouts without a slash key print on that key’s position: a letter, or one of these signs. */
const INSTEAD_OF_SLASH = /^(?:[.,]|(?!\p{Script=Latin})\p{L})$/u;

/**
 * What a key prints, for bindings by character. Where a layout has no Latin sign on the slash key, that key still means
 * `/` and `?`.
 */
function printedBy({ key, code, shiftKey }: KeyPress): string {
  const plain = key === '؟' ? '?' : key.normalize('NFKC');
  if (plain === '?' || plain === '/') return plain;
  return code === 'Slash' && INSTEAD_OF_SLASH.test(key) ? (shiftKey ? '?' : '/') : key;
}

/** Parsed bindings; null for a binding of several presses. Kept, because every key press is compared with a hundred bindings. */
const parsed = new Map<string, KeybindingPress | null>();

function partsOf(binding: string): KeybindingPress | null {
  const known = parsed.get(binding);
  if (known !== undefined) return known;
  const [press, ...more] = parseKeybinding(binding);
  const parts = press === undefined || more.length > 0 ? null : press;
  parsed.set(binding, parts);
  return parts;
}

/** The event that each press is matched as. */
const matched = new WeakMap<KeyPress, KeyboardEvent>();

function eventOf(press: KeyPress): KeyboardEvent {
  const known = matched.get(press);
  if (known !== undefined) return known;
  const modifiers: Record<string, boolean> = {
    Control: press.ctrlKey,
    Meta: press.metaKey,
    Alt: press.altKey,
    Shift: press.shiftKey,
  };
  const event = new KeyboardEvent('keydown', {
    key: printedBy(press),
    code: codeOf(press),
    ctrlKey: press.ctrlKey,
    metaKey: press.metaKey,
    altKey: press.altKey,
    shiftKey: press.shiftKey,
  });
  Object.defineProperty(event, 'getModifierState', { value: (name: string) => modifiers[name] ?? false });
  matched.set(press, event);
  return event;
}

/** Whether a press is a binding: `$mod+Shift+KeyZ`, `KeyT`, `[Shift]+?` (by what it prints). `$mod` is Ctrl, ⌘ on macOS. */
export function isPressed(binding: string, press: KeyPress): boolean {
  const wanted = partsOf(binding);
  return wanted !== null && matchKeybindingPress(eventOf(press), wanted);
}

/** The part of a binding after its modifiers that prints a character. */
const CHARACTER =
  /^(?:Key[A-Z]|Digit\d|Bracket(?:Left|Right)|Comma|Period|Slash|Semicolon|Quote|Minus|Equal|Backslash|Backquote|[^\w\s])$/u;

/** Whether a binding is one character, with no modifier but Shift: what speech input and a slip of the finger can type. */
export const isSingleCharacter = (binding: string): boolean =>
  CHARACTER.test(binding.replace(/^(?:Shift|\[Shift\])\+/, ''));

/** Keys that a browser or the system keeps. */
const KEPT = /^F(?:1|5|11|12)$/;

/**
 * The binding that a press stands for, of those that a command can be given: a character or a function key, alone or with
 * Shift, Alt or both. Null for any other.
 */
export function bindingOf(press: KeyPress): string | null {
  if (press.ctrlKey || press.metaKey) return null;
  const printed = printedBy(press);
  if (!press.altKey && (printed === '/' || printed === '?')) return `[Shift]+${printed}`;
  const code = codeOf(press);
  if (!CHARACTER.test(code) && (!/^F\d{1,2}$/.test(code) || KEPT.test(code))) return null;
  return `${press.altKey ? 'Alt+' : ''}${press.shiftKey ? 'Shift+' : ''}${code}`;
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
  Period: '.',
  Semicolon: ';',
  Quote: '’',
  Backquote: '`',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  NumpadAdd: '+',
  NumpadSubtract: '−',
};

/** A binding within a sentence: `Ctrl+Shift+F`, `⌘+⇧+F` on macOS. */
export const keyText = (binding: string, mac: boolean = isMac()): string => shownKeys(binding, mac).join('+');

/** A binding as keys to show: `['Ctrl', 'Shift', 'Z']`, `['⌘', '⇧', 'Z']` on macOS. */
export function shownKeys(binding: string, mac: boolean = isMac()): string[] {
  return binding
    .split(/(?<=\w|\])\+/)
    .filter((part) => !part.startsWith('['))
    .map((part) => (mac ? MAC : OTHER)[part] ?? NAMES[part] ?? part.replace(/^(?:Key|Digit)(?=.$)/, ''));
}
