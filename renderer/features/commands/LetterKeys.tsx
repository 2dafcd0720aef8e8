import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useWrite } from '../../api/index.ts';
import { useSettings } from '../../common/appearance.ts';
import { conflictOf, withKey, type KeyConflict } from '../../common/commands/changed-keys.ts';
import { chosenKeysOf, type LetterCommand } from '../../common/commands/command-keys.ts';
import { bindingOf, isSingleCharacter, keyText, shownKeys } from '../../common/commands/keys.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** Turns single-character keys on and off, and restores the default keys. */
export function LetterKeys() {
  const { t } = useTranslation();
  const { letterKeys, keys } = useSettings();
  const { mutate, error } = useWrite('app.settings');
  const reset = (): void => {
    mutate({ keys: {} });
    announce(t('shortcuts.letters.resetDone'));
  };
  return (
    <div className="letter-keys">
      <div className="line" data-wrap>
        <span className="grow">
          <Check
            label={t('shortcuts.letters.title')}
            selected={letterKeys}
            onChange={(on) => mutate({ letterKeys: on })}
          />
        </span>
        <Button size="small" isDisabled={Object.keys(keys).length === 0} onPress={reset}>
          {t('shortcuts.letters.reset')}
        </Button>
      </div>
      <span className="hint">{t(letterKeys ? 'shortcuts.letters.hint' : 'shortcuts.letters.hintOff')}</span>
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}

/** Waits for a key press and gives that key to the command. If the key is in use, says by what. */
function useKeyChange(command: LetterCommand, title: string, onChanged: () => void) {
  const { t } = useTranslation();
  const { keys } = useSettings();
  const { mutate, error } = useWrite('app.settings');
  const [waits, setWaits] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (next: string | null): void => {
    const conflict = next === null ? null : conflictOf(command, next);
    const words = next !== null && conflict !== null ? conflictWords(t, keyText(next), conflict) : null;
    setRefusal(words);
    if (words !== null) return announce(words);
    setWaits(false);
    mutate({ keys: withKey(keys, command, next) });
    announce(
      next === null
        ? t('shortcuts.letters.cleared', { title })
        : t('shortcuts.letters.changed', { title, key: keyText(next) }),
    );
    onChanged();
  };
  const stop = (): void => {
    setWaits(false);
    setRefusal(null);
  };
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.isComposing || ['Tab', 'Shift', 'Alt', 'Control', 'Meta', 'AltGraph'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return stop();
    if (event.key === 'Delete' || event.key === 'Backspace') return change(null);
    const next = bindingOf(event);
    if (next !== null) return change(next);
    setRefusal(t('shortcuts.letters.notOne'));
    announce(t('shortcuts.letters.notOne'));
  });
  useEffect(() => {
    if (!waits) return undefined;
    const listener = (event: KeyboardEvent): void => onKey(event);
    // Before the dialog, which closes on Escape, and before the button.
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, [waits]);
  const wait = (): void => {
    setWaits(true);
    announce(t('shortcuts.letters.press'));
  };
  return { waits, wait, stop, change, refusal: refusal ?? error?.message ?? null };
}

/** A line of the list whose key can be changed: the key is a button that waits for another one. */
export function ChangedKey({ command, title }: { command: LetterCommand; title: string }) {
  const { t } = useTranslation();
  const { letterKeys, keys } = useSettings();
  const row = useRef<HTMLLIElement>(null);
  // The reset button disappears when pressed, so the focus moves to the key.
  const focusKey = (): void => row.current?.querySelector('button')?.focus();
  const { waits, wait, stop, change, refusal } = useKeyChange(command, title, focusKey);
  const binding = chosenKeysOf(command)[0] ?? null;
  const isOff = binding !== null && isSingleCharacter(binding) && !letterKeys;
  const isChanged = keys[command.id] !== undefined;
  return (
    <li ref={row} data-changed={isChanged || undefined} data-off={isOff || undefined}>
      <span>{title}</span>
      <span>
        {isOff && !waits ? <span className="hint">{t('shortcuts.letters.off')}</span> : null}
        <Button kind="quiet" size="small" onPress={wait} onBlur={stop}>
          {/* In the button’s content, not its label: a label would have to repeat the keys as they are drawn. */}
          <span className="unseen">{labelOf(t, title, binding, waits)} </span>
          {waits ? (
            t('shortcuts.letters.press')
          ) : binding === null ? (
            t('shortcuts.letters.none')
          ) : (
            <Kbd keys={shownKeys(binding)} />
          )}
        </Button>
        {isChanged && !waits ? (
          <IconButton
            size="small"
            icon="undo"
            label={t('shortcuts.letters.resetOne', { title, key: keyText(command.keys[0]) })}
            onPress={() => change(command.keys[0])}
          />
        ) : null}
      </span>
      {refusal === null ? null : <InlineError message={refusal} />}
    </li>
  );
}

function labelOf(t: Words, title: string, binding: string | null, waits: boolean): string {
  if (waits) return t('shortcuts.letters.pressFor', { title });
  return t(binding === null ? 'shortcuts.letters.give' : 'shortcuts.letters.change', { title });
}

function conflictWords(t: Words, key: string, conflict: KeyConflict): string {
  switch (conflict.kind) {
    case 'letter':
      return t('shortcuts.letters.taken', { key, title: t(conflict.command.title) });
    case 'fixed':
      return conflict.title === null
        ? t('shortcuts.letters.takenFixed', { key })
        : t('shortcuts.letters.taken', { key, title: conflict.title });
    case 'numbers':
      return t('shortcuts.letters.takenNumbers');
    case 'categories':
      return t('shortcuts.letters.takenCategories');
  }
}
