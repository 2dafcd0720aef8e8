import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';

export interface PassageKeys {
  readonly main: () => void;
  readonly giveBack: () => void;
  readonly edit: () => void;
  readonly look: () => void;
}

/** What keys do about the passage one reviews. */
export function usePassageCommands(keys: PassageKeys): void {
  const { t } = useTranslation();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'review' as const;
      const run = (what: keyof PassageKeys) => () => latest.current[what]();
      return [
        { id: 'reviewStep', title: t('review.commands.step'), group, icon: 'check', keys: ['KeyA'], run: run('main') },
        {
          id: 'reviewReturn',
          title: t('review.commands.return'),
          group,
          icon: 'undo',
          keys: ['KeyR'],
          run: run('giveBack'),
        },
        {
          id: 'reviewTranslate',
          title: t('review.commands.translate'),
          group,
          icon: 'edit',
          keys: ['KeyE'],
          run: run('edit'),
        },
        {
          id: 'reviewOpen',
          title: t('review.commands.open'),
          group,
          icon: 'openPlace',
          keys: ['KeyO'],
          run: run('look'),
        },
      ];
    }, [t]),
  );
}
