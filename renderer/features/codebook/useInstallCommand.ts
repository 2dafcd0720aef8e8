import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { showShelf } from '../../common/workbench/workbench.ts';
import { useCodebookActs } from './useCodebookActs.ts';

/** Brings in the built-in codebook from anywhere in a project that has no category yet, and shows it. */
export function useInstallCommand(): void {
  const { t } = useTranslation();
  const { install } = useCodebookActs();
  const isEmpty = useCall('codebook.get', {}).data?.categories.length === 0;
  useCommands(
    useMemo<Command[]>(
      () =>
        isEmpty
          ? [
              {
                id: 'installCodebook',
                title: t('codebook.installBuiltIn'),
                group: 'codebook',
                icon: 'import',
                run: () => void install().then(() => showShelf('codebook')),
              },
            ]
          : [],
      [t, install, isEmpty],
    ),
  );
}
