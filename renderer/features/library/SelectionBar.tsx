import { useMemo, useState } from 'react';
import type { Source } from '../../../shared/model/index.ts';
import { useWrite } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import type { Selection } from '../../ui/selection.ts';
import { useLatest } from './useLibraryCommands.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';

export interface SelectionBarProps {
  readonly selected: readonly Source[];
  /** The selection after the sources are moved to the trash. */
  readonly next: Selection;
  readonly onSelection: (selection: Selection) => void;
}

/** Actions on the selected sources. */
export function SelectionBar({ selected, next, onSelection }: SelectionBarProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const [asking, setAsking] = useState(false);
  const remove = useWrite('sources.remove');
  const passages = selected.reduce((sum, source) => sum + source.passages, 0);

  const doRemove = (): void => {
    remove.mutate(
      { ids: selected.map(({ id }) => id) },
      {
        onSuccess: () => {
          onSelection(next);
          announce(t('library.movedToTrash', { count: selected.length }));
          keepFocusSomewhere();
        },
      },
    );
    setAsking(false);
  };
  // Undo restores sources, but passages are people's work: if there are any, ask first.
  const askOrRemove = (): void => (passages > 0 ? setAsking(true) : doRemove());

  useRemoveCommand(isReadOnly ? 0 : selected.length, askOrRemove);

  if (selected.length === 0) return null;
  const failed = remove.error;
  const [only] = selected;
  return (
    <div className="selection-bar">
      {failed === null ? null : <InlineError message={failed.message} />}
      <div className="line" data-wrap>
        <span className="grow mid">{t('library.selected', { count: selected.length })}</span>
        {selected.length === 1 && only !== undefined ? (
          <Button size="small" icon="go" keys={shownKeys('Enter')} onPress={() => openSource(only.id)}>
            {t('library.open')}
          </Button>
        ) : null}
        {isReadOnly ? null : (
          <Button size="small" icon="remove" keys={shownKeysOf('removeSources')} onPress={askOrRemove}>
            {t('library.removeButton')}
          </Button>
        )}
      </div>
      <RemoveDialog
        sources={selected.length}
        passages={passages}
        isOpen={asking}
        onKeep={() => setAsking(false)}
        onRemove={doRemove}
      />
    </div>
  );
}

interface RemoveDialogProps {
  readonly sources: number;
  readonly passages: number;
  readonly isOpen: boolean;
  readonly onKeep: () => void;
  readonly onRemove: () => void;
}

function RemoveDialog({ sources, passages, isOpen, onKeep, onRemove }: RemoveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('library.removeTitle', { count: sources })}
      isOpen={isOpen}
      onClose={onKeep}
      role="alertdialog"
      footer={
        <>
          <Button onPress={onKeep}>{t('library.keep', { count: sources })}</Button>
          <Button kind="danger" autoFocus onPress={onRemove}>
            {t('library.remove', { count: sources })}
          </Button>
        </>
      }
    >
      <p className="mid">{t('library.removeText', { count: passages })}</p>
    </Dialog>
  );
}

/** The key that moves the selected sources to the trash. */
function useRemoveCommand(count: number, remove: () => void): void {
  const { t } = useTranslation();
  const latest = useLatest(remove);
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'removeSources',
        title: t('library.remove', { count: Math.max(1, count) }),
        group: 'library',
        keys: keysOf('removeSources'),
        when: () => count > 0,
        run: () => latest.current(),
      },
    ],
    [t, count, latest],
  );
  useCommands(commands);
}
