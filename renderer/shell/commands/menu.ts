import { isField } from '../../common/commands/useShortcuts.ts';
import { runCommand } from '../../common/commands/registry.ts';

/**
 * Carries out what the host's menu asks for. Undo and redo belong to the text one is typing, as the keys do: macOS sends them
 * through the menu even where a field has the focus.
 */
export function runFromMenu(command: string): void {
  if ((command === 'undo' || command === 'redo') && isField(document.activeElement)) document.execCommand(command);
  else runCommand(command);
}
