import type { CommandGroup } from '../../common/commands/registry.ts';
import type { Strings } from '../../common/strings/use-translation.ts';

/** A key that a list or a source hears itself while it has the focus: no command, but to be found in the sheet. */
export interface ViewKey {
  readonly group: CommandGroup;
  /** Its words: `shortcuts.views.<name>`. */
  readonly name: keyof Words['views'];
  /** Alternatives, each as bindings are written. */
  readonly keys?: readonly string[];
  /** What is done with the pointer instead. */
  readonly gesture?: keyof Words['gestures'];
}
type Words = Strings['shortcuts'];

/** In the order of the sheet. */
export const VIEW_KEYS: readonly ViewKey[] = [
  { group: 'anywhere', name: 'nextControl', keys: ['Tab', 'Shift+Tab'] },
  { group: 'anywhere', name: 'closeOrLeave', keys: ['Escape'] },
  { group: 'library', name: 'openRow', keys: ['Enter'] },
  { group: 'library', name: 'extendRows', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { group: 'library', name: 'chooseRow', keys: ['Space'] },
  { group: 'library', name: 'allRows', keys: ['$mod+KeyA'] },
  { group: 'library', name: 'dropFiles', gesture: 'drag' },
  { group: 'reading', name: 'scrollPage', keys: ['PageDown', 'PageUp'] },
  { group: 'reading', name: 'startOrEnd', keys: ['Home', 'End'] },
  { group: 'reading', name: 'unfoldRow', keys: ['ArrowRight', 'ArrowLeft'] },
  { group: 'tagging', name: 'stayOpen', keys: ['Shift+Enter'] },
  { group: 'tagging', name: 'pinFromPalette', keys: ['Alt+1–9'] },
  { group: 'tagging', name: 'otherPalette', keys: ['Tab'] },
  { group: 'tagging', name: 'dragToTag', gesture: 'drag' },
  { group: 'selecting', name: 'character', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
  { group: 'selecting', name: 'word', keys: ['$mod+Shift+ArrowLeft', '$mod+Shift+ArrowRight'] },
  { group: 'selecting', name: 'line', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
  { group: 'selecting', name: 'lineEnd', keys: ['Shift+Home', 'Shift+End'] },
  { group: 'selecting', name: 'wholeText', keys: ['$mod+KeyA'] },
  { group: 'selecting', name: 'wordByClick', gesture: 'doubleClick' },
  { group: 'selecting', name: 'caret', keys: ['F7'] },
  { group: 'selecting', name: 'passageOfSelected', keys: ['Enter'] },
  { group: 'selecting', name: 'letGo', keys: ['Escape'] },
];
