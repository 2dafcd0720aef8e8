import { useMemo, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { z } from 'zod';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { IconButton, IconToggle } from '../../ui/Button.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { PaneOpens } from './CodebookDialogs.tsx';

/** Whether archived categories are shown; kept per project. */
export const useShowArchived = () => useViewState('codebook.archived', z.boolean(), false);

interface CodebookHeadProps {
  readonly onAdd: () => void;
  readonly opens: PaneOpens;
}

/** The pane's title, and the actions on the codebook as a whole. */
export function CodebookHead({ onAdd, opens }: CodebookHeadProps) {
  const { t } = useTranslation();
  const archived = useShowArchived();
  const isReadOnly = useReadOnly();
  const { value: isShown, set } = archived;
  const toggleTitle = t(isShown ? 'codebook.hideArchived' : 'codebook.showArchived');
  useCommands(
    useMemo<Command[]>(
      () => [
        { id: 'showArchived', title: toggleTitle, group: 'codebook', run: () => set(!isShown) },
        { id: 'codebookValues', title: t('codebook.values.menu'), group: 'codebook', writes: true, run: opens.values },
        { id: 'codebookTitle', title: t('codebook.titleMenu'), group: 'codebook', writes: true, run: opens.title },
      ],
      [t, toggleTitle, set, isShown, opens],
    ),
  );
  return (
    <header className="pane-head">
      <h2 className="grow">{t('codebook.title')}</h2>
      {isReadOnly ? null : <AddButton onAdd={onAdd} />}
      <Menu
        label={t('codebook.menu')}
        trigger={
          <AriaButton className="button" data-kind="quiet" data-only-icon aria-label={t('codebook.menu')}>
            <Icon name="more" />
          </AriaButton>
        }
        entries={[
          { id: 'archived', label: toggleTitle, icon: 'backup', run: () => set(!isShown) },
          ...(isReadOnly
            ? []
            : ([
                'line',
                { id: 'values', label: t('codebook.values.menu'), icon: 'list', run: opens.values },
                { id: 'title', label: t('codebook.titleMenu'), icon: 'edit', run: opens.title },
              ] as const)),
        ]}
      />
    </header>
  );
}

function AddButton({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'addCategory',
          writes: true,
          title: t('codebook.add'),
          group: 'codebook',
          icon: 'add',
          keys: keysOf('addCategory'),
          run: onAdd,
        },
      ],
      [t, onAdd],
    ),
  );
  return <IconButton label={t('codebook.add')} icon="add" keys={shownKeysOf('addCategory')} onPress={onAdd} />;
}

interface CodebookFilterProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onlyHere: boolean;
  /** Null while no source is open. */
  readonly onOnlyHere: ((onlyHere: boolean) => void) | null;
  /** Moves focus into the tree. */
  readonly onLeave: () => void;
}

/** Filters the tree by text, and by what is used in the open source. */
export function CodebookFilter({ filter, onFilter, onlyHere, onOnlyHere, onLeave }: CodebookFilterProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'filterCategories',
          title: t('codebook.filterCommand'),
          group: 'codebook',
          keys: keysOf('filterCategories'),
          run: () => input.current?.focus(),
        },
      ],
      [t],
    ),
  );
  return (
    <div className="codebook-filter line">
      <FilterField
        label={t('codebook.filter')}
        value={filter}
        onChange={onFilter}
        keys="/"
        inputRef={input}
        onLeave={onLeave}
      />
      <IconToggle
        label={t('codebook.onlyHere')}
        icon="filter"
        selected={onlyHere}
        onChange={(next) => onOnlyHere?.(next)}
        isDisabled={onOnlyHere === null}
      />
    </div>
  );
}
