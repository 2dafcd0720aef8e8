import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showRemoved } from '../state/library-shelf.ts';
import { useCommands, type Command } from './registry.ts';

/** The way to what was removed, from anywhere in a project. */
export function useTrashCommand(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => [{ id: 'trash', title: t('trash.show'), group: 'anywhere', run: showRemoved }], [t]),
  );
}
