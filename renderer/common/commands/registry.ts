import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import type { IconName } from '../../ui/Icon.tsx';
import { isComposing } from '../../ui/keys.ts';
import { isPressed, type KeyPress } from './keys.ts';

/** In the order of the shortcut sheet: what one does all day comes first. */
export const COMMAND_GROUPS = [
  'anywhere',
  'reading',
  'tagging',
  'selecting',
  'review',
  'team',
  'codebook',
  'library',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something one can do, by key, from a menu, and from the palette of commands. */
export interface Command {
  /** A stable name: the host's menu calls it by this. */
  readonly id: string;
  /** Verb and object, in the person's language. */
  readonly title: string;
  readonly group: CommandGroup;
  /** What it would do now: the act that undo takes back. */
  readonly detail?: string;
  /** Other words people look for it by. */
  readonly also?: readonly string[];
  readonly icon?: IconName;
  /** Bindings, see {@link isPressed}; the first one is shown. */
  readonly keys?: readonly string[];
  /** Whether it can be done now. */
  readonly when?: () => boolean;
  /** Works while one types in a field too. */
  readonly inFields?: boolean;
  /** Of several commands with its key it is the one that is meant, while it can be done: one has come by that key, and goes back by it. */
  readonly isFirst?: boolean;
  /** A held key repeats it. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

export const useCommandList = create<{ commands: readonly Command[] }>()(() => ({ commands: [] }));

/** Adds commands; returns what takes them away. Of two with one key, the later one that can be done is meant. */
export function registerCommands(commands: readonly Command[]): () => void {
  useCommandList.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () =>
    useCommandList.setState((state) => ({ commands: state.commands.filter((command) => !commands.includes(command)) }));
}

/**
 * Commands that are there as long as the component is: as soon as it is to be seen, so that no key pressed then is lost.
 * Keep the list itself stable (useMemo).
 */
export function useCommands(commands: readonly Command[]): void {
  useLayoutEffect(() => registerCommands(commands), [commands]);
}

/** Whether a command can be done now. */
export const canRun = (command: Command): boolean => command.when?.() ?? true;

/** The command a key press means, or null. */
export function commandFor(press: KeyPress, inField: boolean, commands: readonly Command[]): Command | null {
  const fits = (command: Command): boolean =>
    (command.inFields === true || !inField) &&
    (command.repeats === true || !press.repeat) &&
    (command.keys ?? []).some((binding) => isPressed(binding, press)) &&
    canRun(command);
  const fitting = commands.filter(fits);
  return fitting.findLast(({ isFirst }) => isFirst === true) ?? fitting.at(-1) ?? null;
}

/** Runs what a key means; answers whether it meant anything. For views that hear their own keys. */
export function runKey(press: KeyPress, inField = false): boolean {
  const command = commandFor(press, inField, useCommandList.getState().commands);
  command?.run();
  return command !== null;
}

/** Runs a command by its id, if it can be done now; answers whether it was. */
export function runCommand(id: string): boolean {
  const command = useCommandList.getState().commands.findLast((candidate) => candidate.id === id && canRun(candidate));
  command?.run();
  return command !== undefined;
}

const FIELDS =
  'input:not([type="checkbox"], [type="radio"], [type="file"]), textarea, select, [contenteditable="true"]';
const MODAL = '[role="dialog"], [role="alertdialog"]';

/** Whether a key typed at `target` is text for a field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FIELDS) !== null;

/** A modal dialog has the keyboard to itself. */
const isBehindDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && (target.closest(MODAL) !== null || document.querySelector('.veil') !== null);

/** Hears the keyboard for the whole page, before any component does. */
export function useShortcuts(): void {
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.defaultPrevented || isBehindDialog(event.target)) return;
      if (!runKey(event, isField(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
