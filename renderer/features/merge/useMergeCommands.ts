import { useEffect, useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useHostEvent } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { resetTeam, showTeam, useTeam } from '../../common/workbench/screens.ts';
import { goTo, useWorkbench } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { resetMerging, useMerging } from './merge-state.ts';
import { useMergeActs, type MergeActs } from './useMergeActs.ts';

/** Commands for the Team screen and its sections. Also follows the progress of a merge while other screens are shown. */
export function useMergeCommands(): MergeActs {
  const { t } = useTranslation();
  const acts = useMergeActs();
  const { choose } = acts;
  useHostEvent('merge.progress', (progress) => {
    const { at } = useMerging.getState().stage;
    if (at === 'looking' || at === 'merging') useMerging.setState({ progress });
  });
  // The state belongs to this project, so it is reset when the project changes.
  useEffect(
    () => () => {
      resetTeam();
      resetMerging();
    },
    [],
  );
  useCommands(
    useMemo<Command[]>(() => {
      const more = { group: 'team' } as const;
      return [
        {
          ...more,
          id: 'team',
          title: t('team.commands.team'),
          keys: keysOf('team'),
          inFields: true,
          run: () => showTeam(),
        },
        {
          ...more,
          id: 'team.merge',
          writes: true,
          title: t('merge.commands.merge'),
          icon: 'merge',
          also: [t('merge.commands.alsoMerge')],
          keys: keysOf('team.merge'),
          inFields: true,
          run: () => choose('file'),
        },
        {
          ...more,
          id: 'team.merges',
          title: t('merge.commands.merges'),
          icon: 'list',
          also: [t('merge.commands.alsoMerges')],
          run: () => showTeam('merge'),
        },
        {
          ...more,
          id: 'team.conflicts',
          title: t('merge.commands.conflicts'),
          icon: 'alert',
          run: () => showTeam('conflicts'),
        },
        {
          ...more,
          id: 'team.back',
          title: t('merge.commands.back'),
          icon: 'back',
          keys: keysOf('team.back'),
          when: () => useTeam.getState().cameFrom !== null && useWorkbench.getState().place !== 'team',
          run: () => {
            useTeam.setState({ cameFrom: null });
            goTo('team');
          },
        },
      ];
    }, [t, choose]),
  );
  return acts;
}
