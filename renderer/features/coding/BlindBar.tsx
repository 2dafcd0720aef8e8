import { useEffect, useMemo } from 'react';
import type { Assignment } from '../../../shared/model/index.ts';
import { sameName } from '../../../shared/model/person-name.ts';
import { useCall } from '../../api/index.ts';
import { runCommand, useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showTeam } from '../../common/workbench/screens.ts';
import { openDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import {
  unitKey,
  useBlind,
  useTagged,
  openAdjacentUnit,
  showTab,
  useCoding,
  CODING_TABS,
  resetCoding,
} from './state.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';

/**
 * Shown on every screen of a copy for blind coding: the progress, the next and previous unit, and the way to submit.
 */
export function BlindBar() {
  const blind = useBlind();
  const isOnIt = useWorkbench(({ place }) => place === 'team');
  return blind === undefined || isOnIt ? null : <Bar assignment={blind} />;
}

function Bar({ assignment: { unit, units, coderDone, coder, coderName } }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const me = useCall('app.state', {}).data?.person;
  // Only the coder can submit it. Tags that someone else adds here are not part of the coder's work.
  const isOthers = me !== undefined && (coder === null ? !sameName(me.name, coderName) : coder !== me.id);
  const opened = useCoding((state) => state.unit);
  const tagged = useTagged(units);
  const at = units.findIndex((one) => unitKey(one) === opened);
  const where =
    at < 0
      ? t('coding.blindLine', { units: t(`coding.units.${unit}`, { count: units.length }) })
      : t('coding.blindAt', { number: at + 1, units: t(`coding.units.${unit}`, { count: units.length }) });
  return (
    <>
      {isOthers ? (
        <Note tone="bad" role="alert">
          <div className="line">
            <span className="grow">{t('coding.forAnother', { coder: coderName, me: me.name })}</span>
            <Button size="small" onPress={() => openDialog('settings')}>
              {t('people.changeName')}
            </Button>
          </div>
        </Note>
      ) : null}
      <div className="bar coding-blind" role="region" aria-label={t('coding.blind')}>
        <span className="grow cut">
          {where}
          {tagged === undefined ? null : <span className="mid"> {t('coding.tagged', { count: tagged.size })}</span>}
          {coderDone ? <span className="mid"> {t('coding.handedBack')}</span> : null}
        </span>
        <IconButton
          label={t('coding.commands.previousUnit')}
          icon="back"
          size="small"
          keys={shownKeysOf('coding.previousUnit')}
          isDisabled={at === 0}
          onPress={() => void runCommand('coding.previousUnit')}
        />
        <IconButton
          label={t('coding.commands.nextUnit')}
          icon="forward"
          size="small"
          keys={shownKeysOf('coding.nextUnit')}
          isDisabled={at === units.length - 1}
          onPress={() => void runCommand('coding.nextUnit')}
        />
        <Button
          size="small"
          onPress={() => {
            showTab('assignments');
            showTeam('coding');
          }}
        >
          {t('coding.showSample')}
        </Button>
      </div>
    </>
  );
}

/** Commands that open the coding section from anywhere and, in a blind copy, move between the units of its sample. */
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
        if (!openAdjacentUnit(units, by)) announce(t(by === 1 ? 'coding.lastUnit' : 'coding.firstUnit'));
      };
      const more = { group, inFields: true, repeats: true } as const;
      return [
        ...to,
        people,
        {
          ...more,
          id: 'coding.nextUnit',
          title: t('coding.commands.nextUnit'),
          keys: keysOf('coding.nextUnit'),
          run: go(1),
        },
        {
          ...more,
          id: 'coding.previousUnit',
          title: t('coding.commands.previousUnit'),
          keys: keysOf('coding.previousUnit'),
          run: go(-1),
        },
      ];
    }, [t, units]),
  );
}
