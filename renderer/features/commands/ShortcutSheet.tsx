import { useState } from 'react';
import { matchText, wantedOf } from '../../common/choices/match.ts';
import { activeOf } from '../../common/commands/key-preferences.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { COMMAND_GROUPS, useCommandList, type CommandGroup } from '../../common/commands/registry.ts';
import { useTranslation, type Strings } from '../../common/strings/use-translation.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { ChangedKey, LetterKeys } from './LetterKeys.tsx';
import {
  chosenKeysOf,
  letterCommandOf,
  MORE_LETTER_COMMANDS,
  SCREEN_COMMANDS,
} from '../../common/commands/command-keys.ts';

/** The commands that come first in their group; those in `LAST` come last. */
const FIRST: readonly string[] = [
  'commands',
  'searchAll',
  'undo',
  'redo',
  'read',
  'library',
  'shelf.codebook',
  'shelf.sources',
  'toggleShelf',
  'toggleInspector',
  'nextRegion',
  'previousRegion',
  'nextPassage',
  'previousPassage',
  'find',
  'findNext',
  'findPrevious',
  'nextHit',
  'previousHit',
  'tag',
  'highlight',
  'dimensions',
  'memo',
];
const LAST: readonly string[] = ['theme', 'textLarger', 'textSmaller', 'textUsual'];
const lineOrder = ({ id }: Line): number => {
  const first = FIRST.indexOf(id);
  return first < 0 ? FIRST.length + LAST.indexOf(id) + 1 : first;
};

interface Line {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** Alternatives, each as keys to show. */
  readonly keys: readonly (readonly string[])[];
  readonly gesture?: string;
}

const focusOnMount = (input: HTMLInputElement | null): void => input?.focus();

/**
 * All keyboard shortcuts, those of commands (also ones that are not available now) and those handled by lists and
 * sources.
 */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const close = (): void => {
    setFilter('');
    onClose();
  };
  return (
    <Dialog
      title={t('shortcuts.title')}
      isOpen={isOpen}
      onClose={close}
      closeLabel={t('app.close')}
      size="sheet"
      head={<FilterField label={t('shortcuts.filter')} value={filter} onChange={setFilter} inputRef={focusOnMount} />}
    >
      <LetterKeys />
      <Groups filter={filter} />
    </Dialog>
  );
}

/**
 * The content of the open sheet. A component of its own, since commands are registered again with every passage a person goes to: a closed
 * sheet must not be redrawn for that.
 */
function Groups({ filter }: { filter: string }) {
  const { t } = useTranslation();
  const wanted = wantedOf(filter);
  const lines = useLines()
    .filter((line) => wanted === '' || matchesLine(line, wanted, filter))
    .sort((a, b) => lineOrder(a) - lineOrder(b));
  const groups = COMMAND_GROUPS.map((group) => ({ group, own: lines.filter((line) => line.group === group) })).filter(
    ({ own }) => own.length > 0,
  );
  return (
    <>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="shortcuts" role="group" aria-label={t('shortcuts.title')} tabIndex={0}>
        {groups.map(({ group, own }) => (
          <section key={group}>
            <h3>{t(`shortcuts.groups.${group}`)}</h3>
            <ul>
              {own.map(({ id, title, keys, gesture }) => (
                <Row key={id} id={id} title={title} keys={keys} gesture={gesture} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {groups.length === 0 ? <p className="mid">{t('shortcuts.none')}</p> : null}
    </>
  );
}

function Row({ id, title, keys, gesture }: Pick<Line, 'id' | 'title' | 'keys'> & { gesture: string | undefined }) {
  const command = letterCommandOf(id);
  if (command !== undefined) return <ChangedKey command={command} title={title} />;
  return (
    <li>
      <span>{title}</span>
      <span>
        {keys.map((shown) => (
          <Kbd key={shown.join(' ')} keys={shown} />
        ))}
        {gesture}
      </span>
    </li>
  );
}

/** Matches the title, or keys: `undo`, `ctrl z`, `F6`. */
function matchesLine({ title, keys }: Line, wanted: string, typed: string): boolean {
  if (matchText(title, wanted) !== null) return true;
  const parts = typed
    .trim()
    .toLocaleLowerCase()
    .split(/[\s+]+/u);
  return keys.some((shown) => parts.every((part) => shown.some((key) => key.toLocaleLowerCase() === part)));
}

const shownFirst = (bindings: readonly string[]): string[][] =>
  bindings.slice(0, 1).map((binding) => shownKeys(binding));

function useLines(): Line[] {
  const { t } = useTranslation();
  const commands = useCommandList((state) => state.commands);
  // If several commands share an id, the last one applies, as it does for keys.
  const byId = new Map(commands.map((command) => [command.id, command]));
  return [
    ...[...byId.values()].flatMap(({ id, group, title, keys = [] }): Line[] => {
      const letter = letterCommandOf(id);
      const bindings = letter === undefined ? activeOf(keys) : chosenKeysOf(letter);
      return bindings.length === 0 && letter === undefined ? [] : [{ id, group, title, keys: shownFirst(bindings) }];
    }),
    ...[...SCREEN_COMMANDS, ...MORE_LETTER_COMMANDS]
      .filter(({ id }) => !byId.has(id))
      .map((row): Line => {
        const letter = letterCommandOf(row.id);
        const { id, group, title } = row;
        return { id, group, title: t(title), keys: shownFirst(letter === undefined ? row.keys : chosenKeysOf(letter)) };
      }),
    ...VIEW_KEYS.map(({ group, name, keys = [], gesture }) => ({
      id: `view ${name}`,
      group,
      title: t(`shortcuts.views.${name}`),
      keys: keys.map((binding) => shownKeys(binding)),
      ...(gesture === undefined ? {} : { gesture: t(`shortcuts.gestures.${gesture}`) }),
    })),
  ];
}

/** A key or gesture that a list or a source handles itself. */
interface ViewKey {
  readonly group: CommandGroup;
  /** The string `shortcuts.views.<name>`. */
  readonly name: keyof Words['views'];
  /** Alternatives, each as bindings are written. */
  readonly keys?: readonly string[];
  /** A pointer gesture instead of keys. */
  readonly gesture?: keyof Words['gestures'];
}
type Words = Strings['shortcuts'];

/** In the sheet's order. */
const VIEW_KEYS: readonly ViewKey[] = [
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
