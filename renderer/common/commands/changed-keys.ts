import type { Settings } from '../../../shared/contract/settings.ts';
import { chosenKeysOf, FIXED_KEYS, LETTER_COMMANDS, type LetterCommand } from './command-keys.ts';
import { isSingleCharacter } from './keys.ts';
import { useCommandList } from './registry.ts';

/** Why a key is already in use: by a command, by the number keys, or by the letters of categories. */
export type KeyConflict =
  | { readonly kind: 'letter'; readonly command: LetterCommand }
  | { readonly kind: 'fixed'; readonly title: string | null }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'categories' };

type Screen = 'anywhere' | 'source' | 'library' | 'search' | 'review' | 'draft' | 'merge' | 'coding';

/** Where a command acts. One key can serve several commands that are never available together. */
function screenOf({ id, group }: LetterCommand): Screen {
  switch (group) {
    case 'anywhere':
    case 'library':
    case 'search':
      return group;
    case 'review':
      return id.startsWith('desk') ? 'draft' : id.startsWith('review') ? 'review' : 'source';
    case 'team':
      return id.startsWith('coding.') ? 'coding' : 'merge';
    default:
      return 'source';
  }
}

const meet = (a: Screen, b: Screen): boolean => a === b || a === 'anywhere' || b === 'anywhere';

/** Screens whose number keys act on the rows of a list. */
const NUMBERED: readonly Screen[] = ['anywhere', 'source', 'review', 'draft', 'coding'];

/** The conflict of a binding where this command acts, or null. A command’s own default keys conflict only with a changed key. */
export function conflictOf(command: LetterCommand, binding: string): KeyConflict | null {
  const screen = screenOf(command);
  const isUsual = (command.keys as readonly string[]).includes(binding);
  const other = LETTER_COMMANDS.find(
    (one) =>
      one.id !== command.id &&
      meet(screenOf(one), screen) &&
      chosenKeysOf(one).includes(binding) &&
      !(isUsual && (one.keys as readonly string[]).includes(binding)),
  );
  if (other !== undefined) return { kind: 'letter', command: other };
  if (isUsual) return null;
  if (FIXED_KEYS.includes(binding)) {
    const owner = useCommandList.getState().commands.find(({ keys = [] }) => keys.includes(binding));
    return { kind: 'fixed', title: owner?.title ?? null };
  }
  if (/^Digit\d$/.test(binding) && NUMBERED.includes(screen)) return { kind: 'numbers' };
  const isShiftLetter = binding.startsWith('Shift+Key') && isSingleCharacter(binding);
  return isShiftLetter && meet(screen, 'source') ? { kind: 'categories' } : null;
}

/** The preferences with another key for the command; null removes its key. A default key is not stored. */
export function withKey(keys: Settings['keys'], command: LetterCommand, binding: string | null): Settings['keys'] {
  const others = Object.fromEntries(Object.entries(keys).filter(([id]) => id !== command.id));
  return binding === command.keys[0] ? others : { ...others, [command.id]: binding ?? '' };
}
