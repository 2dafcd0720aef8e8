import { isComposing } from '../../ui/keys.ts';
import { keysOf } from '../commands/command-keys.ts';
import { isPressed } from '../commands/keys.ts';

/*
 * Undo and redo of what is typed in a field. Chromium keeps one history for all fields of a page: Ctrl Z in one field
 * would go on to change the text of others that were left, and saved, before. So its history is never used, and each
 * field has one of its own here. It ends when the field is left, since its text is saved then.
 */

type TextField = HTMLInputElement | HTMLTextAreaElement;
export type FieldStep = 'undo' | 'redo';

interface State {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface History {
  /** The states before the present one, the latest last. */
  past: State[];
  /** The undone states, the latest last. */
  future: State[];
  /** The present text. If the field has another one, the program has set it: the history ends. */
  value: string;
  /** What was typed last, where the caret was after it, and when: typing that goes on is one step. */
  last: { readonly kind: string; readonly caret: number; readonly at: number } | null;
}

/** Typing after a longer pause is a step of its own, ms. */
const PAUSE = 1000;
/** States kept for a field; the oldest are dropped. */
const MOST = 200;

/** What an input method composes, and what is typed letter by letter. */
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

/** The field's history, begun anew if the program has set another text since. */
function historyOf(field: TextField, value: string): History {
  const known = histories.get(field);
  if (known?.value === value) return known;
  const begun: History = { past: [], future: [], value, last: null };
  histories.set(field, begun);
  return begun;
}

/** Whether the field’s text is stored; null if it is not, and leaving the field does not save it. */
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

/** What an input method composes next is a step of its own. */
function endComposition(event: Event): void {
  const field = textFieldOf(event.target);
  const history = field === null ? undefined : histories.get(field);
  if (history !== undefined) history.last = null;
}

/** A field that is left is saved; the history of one whose text cannot be saved is kept. */
function endOnLeaving(event: Event): void {
  const field = textFieldOf(event.target);
  if (field === null || isStored(field) === null || field.getAttribute('aria-invalid') === 'true') return;
  histories.delete(field);
}

/** Sets the text as typing would, so that React hears of it. */
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
 * Undo or redo in the field with the focus. Where its text is what is stored, that is the program’s own, as it is
 * outside of fields. Returns false if no text field has the focus.
 */
export function undoInField(what: FieldStep, program: (what: FieldStep) => void): boolean {
  const field = textFieldOf(document.activeElement);
  if (field === null || field.readOnly || field.disabled) return false;
  const stored = isStored(field) === true;
  if ((what === 'undo' && stored) || (!step(field, what) && stored)) {
    // Redo is of the same edit then, not of what was typed before it.
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
  /** The browser’s own menu. */
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
