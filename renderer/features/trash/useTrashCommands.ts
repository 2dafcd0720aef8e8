import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';

/** What can be done with what is chosen in the trash; null: not now. */
interface TrashActs {
  readonly onRestore: (() => void) | null;
  readonly onShow: (() => void) | null;
}

export function useTrashCommands(acts: TrashActs): void {
  const { t } = useTranslation();
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'library';
      return [
        {
          id: 'restoreChosen',
          title: t('commands.restoreChosen'),
          group,
          icon: 'restore',
          when: () => latest.current.onRestore !== null,
          run: () => latest.current.onRestore?.(),
        },
        {
          id: 'showChosenPlace',
          title: t('commands.showChosenPlace'),
          group,
          icon: 'go',
          when: () => latest.current.onShow !== null,
          run: () => latest.current.onShow?.(),
        },
      ];
    }, [t]),
  );
}
