import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import type { IconName } from '../../ui/Icon.tsx';
import { isComposing } from '../../ui/keys.ts';
import { dropHeldKeys, holdKey, runFor } from './held-keys.ts';
import { activeOf } from './key-preferences.ts';
import { isPressed, type KeyPress } from './keys.ts';

/** In the order of the list of shortcuts: the most used first. */
export const COMMAND_GROUPS = [
  'anywhere',
  'reading',
  'tagging',
  'selecting',
  'masking',
  'review',
  'team',
  'codebook',
  'library',
  'search',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** An action that can be run by key, from a menu, and from the command palette. */
export interface Command {
  /** A stable name, by which the host’s menu calls it. */
  readonly id: string;
  /** Verb and object, in the person's language. */
  readonly title: string;
  readonly group: CommandGroup;
  /** The command’s present effect: for undo, the label of the edit it would undo. */
  readonly detail?: string;
  /** Further words that the palette finds it by. */
  readonly also?: readonly string[];
  readonly icon?: IconName;
  /** Bindings, see {@link isPressed}; the first one is shown. */
  readonly keys?: readonly string[];
  /** Whether it can be done now. */
  readonly when?: () => boolean;
  /** Changes the project: it is not offered while that is read-only. */
  readonly writes?: boolean;
  /** Whether the command also works while a field has the focus. */
  readonly inFields?: boolean;
  /**
   * Takes precedence over other commands with the same key while it can run: for commands that return to where that key was pressed before.
   */
  readonly isFirst?: boolean;
  /** Repeats while the key is held. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

interface CommandList {
  readonly commands: readonly Command[];
  /** While the project is read-only: shows that the command whose key was pressed is refused. */
  readonly refuse: ((command: Command) => void) | null;
}
export const useCommandList = create<CommandList>()(() => ({ commands: [], refuse: null }));

/** Adds commands; returns a function that removes them. If two share a key, the later one that can run is used. */
export function registerCommands(commands: readonly Command[]): () => void {
  useCommandList.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () =>
    useCommandList.setState((state) => ({ commands: state.commands.filter((command) => !commands.includes(command)) }));
}

/**
 * Commands that are registered while the component is mounted: in a layout effect, so that no key is lost between
 * drawing and registering. Keep the list itself stable (useMemo).
 */
export function useCommands(commands: readonly Command[]): void {
  useLayoutEffect(() => registerCommands(commands), [commands]);
}

/**
 * While the project is read-only, commands that change it can’t run; `refuse` is called if the key of one is pressed. Returns a function
 * that ends this.
 */
export function withoutWrites(refuse: (command: Command) => void): () => void {
  useCommandList.setState({ refuse });
  return () => useCommandList.setState({ refuse: null });
}

const isPossible = ({ when }: Command): boolean => when?.() ?? true;

/** Whether a command can be done now. */
export const canRun = (command: Command): boolean =>
  !(command.writes === true && useCommandList.getState().refuse !== null) && isPossible(command);

/** The command for a key press, or null. `can` decides whether a command can run. */
export function commandFor(
  press: KeyPress,
  inField: boolean,
  commands: readonly Command[],
  can: (command: Command) => boolean = canRun,
): Command | null {
  const fits = (command: Command): boolean =>
    (command.inFields === true || !inField) &&
    (command.repeats === true || !press.repeat) &&
    activeOf(command.keys ?? []).some((binding) => isPressed(binding, press)) &&
    can(command);
  const fitting = commands.filter(fits);
  return fitting.findLast(({ isFirst }) => isFirst === true) ?? fitting.at(-1) ?? null;
}

/** Runs the command for a key press; returns whether there was one. For views that receive their own keys. */
export function runKey(press: KeyPress, inField = false): boolean {
  const { commands, refuse } = useCommandList.getState();
  const command = commandFor(press, inField, commands);
  if (command !== null) runFor(press, command.run);
  const refused = command === null && refuse !== null ? commandFor(press, inField, commands, isPossible) : null;
  if (refused !== null) refuse?.(refused);
  return command !== null;
}

/**
 * Holds a key that follows an act whose result it would act on, see {@link holdKeys}; returns whether it did. Views that receive their own
 * keys ask this first. `again` presses the key later.
 */
export const isKeyHeld = (press: KeyPress, inField = false, again?: () => void): boolean =>
  holdKey(
    press,
    () => !inField && commandFor(press, inField, useCommandList.getState().commands, () => true) !== null,
    again,
  );

/** Runs a command by its id, if it can run now; returns whether it did. */
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

/** While a modal dialog is open, keys belong to it. */
export const isBehindDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && (target.closest(MODAL) !== null || document.querySelector('.veil') !== null);

/** Handles keys for the whole page, before any component does. */
export function useShortcuts(): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.defaultPrevented) return;
      const inField = isField(event.target);
      const isBehind = isBehindDialog(event.target);
      if (!isKeyHeld(event, inField || isBehind) && (isBehind || !runKey(event, inField))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('pointerdown', dropHeldKeys, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('pointerdown', dropHeldKeys, { capture: true });
    };
  }, []);
}
