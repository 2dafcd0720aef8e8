import { useEffect, useMemo, useRef } from 'react';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { nextOpen, showSentence, unsettled } from './state.ts';
import { type DeskActs, openEvidence } from './useDeskActs.ts';

/** A dialog of the desk. */
export type Asked = 'link' | 'report';

interface InHand {
  readonly desk: DraftDesk;
  readonly sentence: DraftSentence | undefined;
  readonly acts: DeskActs;
  readonly isReadOnly: boolean;
  readonly onAsk: (asked: Asked) => void;
  /** Goes to the comment of a return, or to the reason for keeping a finding. */
  readonly onForm: (keeping: DraftFinding | null) => void;
}

/** The keys of the desk. */
export function useDeskCommands(inHand: InHand): void {
  const { t } = useTranslation();
  const latest = useRef(inHand);
  useEffect(() => {
    latest.current = inHand;
  });
  useCommands(
    useMemo<Command[]>(() => {
      const now = (): InHand => latest.current;
      const may = (): boolean => !now().isReadOnly && now().sentence !== undefined;
      const act = (id: string, title: string, run: (sentence: DraftSentence) => void): Command => ({
        id,
        title,
        group: 'review',
        when: may,
        run: () => {
          const { sentence } = now();
          if (sentence !== undefined) run(sentence);
        },
      });
      const go = (by: 1 | -1): void => {
        const { desk, sentence } = now();
        const next = desk.sentences[(sentence?.number ?? 1) - 1 + by];
        if (next === undefined) announce(t('desk.done.end'));
        else showSentence(next.number);
      };
      const settle = (remedy: 'change' | 'keep') => (sentence: DraftSentence) => {
        const [finding] = unsettled(sentence);
        if (finding === undefined) return;
        if (remedy === 'keep' && finding.weight === 'error') now().onForm(finding);
        else void now().acts.settle(sentence, finding, remedy);
      };
      return [
        {
          ...act('deskAccept', t('desk.commands.accept'), (one) => now().acts.accept(one, 'accepted')),
          icon: 'check',
          keys: keysOf('deskAccept'),
        },
        {
          ...act('deskReturn', t('desk.commands.return'), () => now().onForm(null)),
          icon: 'undo',
          keys: keysOf('deskReturn'),
        },
        {
          ...act('deskNothing', t('desk.commands.nothing'), (one) => now().acts.accept(one, 'nothing')),
          keys: keysOf('deskNothing'),
        },
        {
          ...act('deskLink', t('desk.commands.link'), () => now().onAsk('link')),
          icon: 'link',
          keys: keysOf('deskLink'),
        },
        { ...act('deskRemedyOne', t('desk.commands.remedyOne'), settle('change')), keys: ['Digit1'] },
        { ...act('deskRemedyTwo', t('desk.commands.remedyTwo'), settle('keep')), keys: ['Digit2'] },
        {
          id: 'deskOpen',
          title: t('desk.commands.open'),
          group: 'review',
          icon: 'openPlace',
          keys: keysOf('deskOpen'),
          run: () => {
            const { sentence } = now();
            if (sentence === undefined || !openEvidence(sentence)) announce(t('desk.noLinks'));
          },
        },
        {
          id: 'deskNext',
          title: t('desk.commands.next'),
          group: 'review',
          keys: keysOf('deskNext'),
          repeats: true,
          run: () => go(1),
        },
        {
          id: 'deskPrevious',
          title: t('desk.commands.previous'),
          group: 'review',
          keys: keysOf('deskPrevious'),
          repeats: true,
          run: () => go(-1),
        },
        {
          id: 'deskNextOpen',
          title: t('desk.commands.nextOpen'),
          group: 'review',
          keys: keysOf('deskNextOpen'),
          run: () => {
            const { desk, sentence } = now();
            const next = nextOpen(desk, sentence?.number ?? 0);
            if (next === undefined) announce(t('desk.done.lastOpen'));
            else showSentence(next.number);
          },
        },
        {
          id: 'deskReport',
          title: t('desk.commands.report'),
          group: 'review',
          icon: 'list',
          keys: keysOf('deskReport'),
          run: () => now().onAsk('report'),
        },
      ];
    }, [t]),
  );
}
