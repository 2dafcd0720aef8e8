import { useEffect, useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { showTeam } from '../../common/workbench/team-screen.ts';
import { openUnitBeside, useBlind } from './sample.ts';
import { CODING_TABS, resetCoding, showTab } from './state.ts';

export const NEXT_UNIT_KEY = 'Alt+KeyU';
export const PREVIOUS_UNIT_KEY = 'Alt+Shift+KeyU';

/** The ways to the coding part from anywhere in a project and, in a blind copy, from unit to unit of its sample. */
export function useCodingCommands(): void {
  const { t } = useTranslation();
  const units = useBlind()?.units;
  useEffect(() => resetCoding, []);
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'team' as const;
      const to = CODING_TABS.map((tab): Command => ({
        id: `coding.${tab}`,
        title: t(`coding.commands.${tab}`),
        group,
        icon: 'tag',
        also: [t('coding.commands.also')],
        run: () => {
          showTab(tab);
          showTeam('coding');
        },
      }));
      const people: Command = {
        id: 'team.people',
        title: t('people.command'),
        group,
        icon: 'key',
        also: [t('people.alsoCommand')],
        run: () => showTeam('people'),
      };
      if (units === undefined) return [...to, people];
      const go = (by: 1 | -1) => (): void => {
        if (!openUnitBeside(units, by)) announce(t(by === 1 ? 'coding.lastUnit' : 'coding.firstUnit'));
      };
      const more = { group, inFields: true, repeats: true } as const;
      return [
        ...to,
        people,
        { ...more, id: 'coding.nextUnit', title: t('coding.commands.nextUnit'), keys: [NEXT_UNIT_KEY], run: go(1) },
        {
          ...more,
          id: 'coding.previousUnit',
          title: t('coding.commands.previousUnit'),
          keys: [PREVIOUS_UNIT_KEY],
          run: go(-1),
        },
      ];
    }, [t, units]),
  );
}
