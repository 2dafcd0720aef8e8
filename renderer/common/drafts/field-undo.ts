import { isComposing } from '../../ui/keys.ts';
import { keysOf } from '../commands/command-keys.ts';
import { isPressed } from '../commands/keys.ts';

/* Undo and redo of typing in a field. Chromium keeps one history for all fields of a page, so that Ctrl Z in one field could change the
   text of another that was left, and saved, before. So each field has a history of its own here, and Chromium’s is never used. Leaving
   a field ends its history, since its text is saved then. */

type TextField = HTMLInputElement | HTMLTextAreaElement;
export type FieldStep = 'undo' | 'redo';

interface State {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface History {
  /** The states before the present one, newest last. */
  past: State[];
  /** The undone states, newest last. */
  future: State[];
  /** The present text. If the field’s text differs, the program has set it, and the history ends. */
  value: string;
  /** The kind of the last input, the caret after it, and its time: input that continues it belongs to the same step. */
  last: { readonly kind: string; readonly caret: number; readonly at: number } | null;
}

/** Typing after a pause longer than this begins a new step, ms. */
const PAUSE = 1000;
/** States kept for a field; the oldest are dropped. */
const MOST = 200;

/** Input types: text composed by an input method, and typed letters. */
const COMPOSED = 'insertCompositionText';
const TYPED = new Set(['insertText', 'deleteContentBackward', 'deleteContentForward']);

const TEXT_TYPES = new Set(['text', 'search', 'password', 'url', 'email', 'tel']);
const histories = new WeakMap<TextField, History>();
/** The state before the change that is being made. */
const before = new WeakMap<TextField, State>();

const textFieldOf = (target: EventTarget | null): TextField | null =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXT_TYPES.has(target.type))
    ? target
    : null;

const stateOf = ({ value, selectionStart, selectionEnd }: TextField): State => ({
  value,
  start: selectionStart ?? value.length,
  end: selectionEnd ?? value.length,
});

/** The field’s history; a new one if the program has set another text since. */
function historyOf(field: TextField, value: string): History {
  const known = histories.get(field);
  if (known?.value === value) return known;
  const begun: History = { past: [], future: [], value, last: null };
  histories.set(field, begun);
  return begun;
}

/** Whether the field’s text equals the stored one; null if leaving the field does not save it. */
function isStored(field: TextField): boolean | null {
  const draft = field.closest('[data-draft]')?.getAttribute('data-draft');
  return draft === undefined || draft === null ? null : draft === 'stored';
}

function noteBefore(event: InputEvent): void {
  const field = textFieldOf(event.target);
  if (field !== null) before.set(field, stateOf(field));
}

function noteInput(event: Event): void {
  const field = textFieldOf(event.target);
  const was = field === null ? undefined : before.get(field);
  if (field === null || was === undefined || was.value === field.value) return;
  before.delete(field);
  const kind = event instanceof InputEvent ? event.inputType : '';
  const history = historyOf(field, was.value);
  const { last } = history;
  const now = Date.now();
  const isSpace = event instanceof InputEvent && event.data?.trim() === '';
  const goesOn =
    last?.kind === kind &&
    (kind === COMPOSED ||
      (TYPED.has(kind) && last.caret === was.start && was.start === was.end && !isSpace && now - last.at < PAUSE));
  if (!goesOn) history.past = [...history.past, was].slice(-MOST);
  history.future = [];
  history.value = field.value;
  history.last = { kind, caret: stateOf(field).end, at: now };
}

/** The next text that an input method composes is a new step. */
function endComposition(event: Event): void {
  const field = textFieldOf(event.target);
  const history = field === null ? undefined : histories.get(field);
  if (history !== undefined) history.last = null;
}

/** Leaving a field saves it and ends its history, unless its text cannot be saved. */
function endOnLeaving(event: Event): void {
  const field = textFieldOf(event.target);
  if (field === null || isStored(field) === null || field.getAttribute('aria-invalid') === 'true') return;
  histories.delete(field);
}

/** Sets the text in the way typing does, so that React notices. */
function write(field: TextField, { value, start, end }: State): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
  field.setSelectionRange(start, end);
}

/** Undoes or redoes typing in the field. Returns false if there is none. */
function step(field: TextField, what: FieldStep): boolean {
  const history = historyOf(field, field.value);
  const [from, to] = what === 'undo' ? [history.past, history.future] : [history.future, history.past];
  const state = from.pop();
  if (state === undefined) return false;
  to.push(stateOf(field));
  history.value = state.value;
  history.last = null;
  write(field, state);
  return true;
}

/**
 * Undo or redo in the focused field. If its text equals the stored one, runs the program’s own undo or redo, as outside of fields. Returns
 * false if no text field has the focus.
 */
export function undoInField(what: FieldStep, program: (what: FieldStep) => void): boolean {
  const field = textFieldOf(document.activeElement);
  if (field === null || field.readOnly || field.disabled) return false;
  const stored = isStored(field) === true;
  if ((what === 'undo' && stored) || (!step(field, what) && stored)) {
    // A later redo must redo this edit, not what was typed before it.
    histories.delete(field);
    program(what);
  }
  return true;
}

/** Handles undo and redo in all fields of the page, from now on. Returns a function that ends this. */
export function handleUndoInFields(program: (what: FieldStep) => void): () => void {
  const heldKey = (event: KeyboardEvent): void => {
    if (textFieldOf(event.target) === null || isComposing(event)) return;
    const what = (['undo', 'redo'] as const).find((one) => keysOf(one).some((key) => isPressed(key, event)));
    if (what === undefined || !undoInField(what, program)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  /** Undo and redo from the browser’s own menu. */
  const asked = (event: InputEvent): void => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') {
      noteBefore(event);
      return;
    }
    event.preventDefault();
    undoInField(event.inputType === 'historyUndo' ? 'undo' : 'redo', program);
  };
  const capture = { capture: true };
  const events = [
    ['input', noteInput],
    ['compositionend', endComposition],
    ['focusout', endOnLeaving],
  ] as const;
  window.addEventListener('keydown', heldKey, capture);
  document.addEventListener('beforeinput', asked, capture);
  for (const [name, listener] of events) document.addEventListener(name, listener, capture);
  return () => {
    window.removeEventListener('keydown', heldKey, capture);
    document.removeEventListener('beforeinput', asked, capture);
    for (const [name, listener] of events) document.removeEventListener(name, listener, capture);
  };
}
