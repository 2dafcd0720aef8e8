import { useEffect, useMemo, useRef } from 'react';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { announce, announceRow } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { nextOpen, showAs, showReport, showSentence, unresolved, useDesk } from './state.ts';
import { type DeskActs, openEvidence } from './useDeskActs.ts';

interface Current {
  readonly desk: DraftDesk;
  readonly sentence: DraftSentence | undefined;
  readonly acts: DeskActs;
  readonly isReadOnly: boolean;
  readonly onLink: () => void;
  /** Moves to the field for the comment of a return, or for the reason to keep a finding. */
  readonly onForm: (keeping: DraftFinding | null) => void;
}

/** The desk’s commands. `DONE`: they change a sentence, so they need one that may be changed. `SEEN`: they only move or show. */
const DONE = ['deskAccept', 'deskReturn', 'deskNothing', 'deskLink', 'deskRemedyOne', 'deskRemedyTwo'] as const;
const SEEN = ['deskOpen', 'deskNext', 'deskPrevious', 'deskNextOpen', 'deskReport', 'deskText'] as const;
type Act = (typeof DONE)[number] | (typeof SEEN)[number];

const TITLES = {
  deskAccept: 'desk.commands.accept',
  deskReturn: 'desk.commands.return',
  deskNothing: 'desk.commands.nothing',
  deskLink: 'desk.commands.link',
  deskRemedyOne: 'desk.commands.remedyOne',
  deskRemedyTwo: 'desk.commands.remedyTwo',
  deskOpen: 'desk.commands.open',
  deskNext: 'desk.commands.next',
  deskPrevious: 'desk.commands.previous',
  deskNextOpen: 'desk.commands.nextOpen',
  deskReport: 'desk.commands.report',
  deskText: 'desk.commands.text',
} as const;

/** The keys of the desk. */
export function useDeskCommands(current: Current): void {
  const { t } = useTranslation();
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });
  useCommands(
    useMemo<Command[]>(
      () =>
        [...DONE, ...SEEN].map((id): Command => ({
          id,
          title: t(TITLES[id]),
          group: 'review',
          keys: id === 'deskRemedyOne' ? ['Digit1'] : id === 'deskRemedyTwo' ? ['Digit2'] : keysOf(id),
          repeats: id === 'deskNext' || id === 'deskPrevious',
          when: () =>
            SEEN.some((one) => one === id) || (!latest.current.isReadOnly && latest.current.sentence !== undefined),
          run: () => run(id, latest.current, t),
        })),
      [t],
    ),
  );
}

function run(id: Act, current: Current, t: ReturnType<typeof useTranslation>['t']): void {
  const { desk, sentence, acts, onLink, onForm } = current;
  if (id === 'deskReport') showReport();
  if (id === 'deskText') showAs(useDesk.getState().look === 'text' ? 'sentences' : 'text');
  if (sentence === undefined) return;
  const go = (to: DraftSentence | undefined, otherwise: string): void => {
    if (to === undefined) return announce(otherwise);
    showSentence(to.number);
    const { number, text, state } = to;
    announceRow(`${t('desk.cell', { number, state: t(`desk.states.${state}`) })}: ${text}`);
  };
  switch (id) {
    case 'deskAccept':
      return acts.accept(sentence, 'accepted');
    case 'deskNothing':
      return acts.accept(sentence, 'nothing');
    case 'deskReturn':
      return onForm(null);
    case 'deskLink':
      return onLink();
    case 'deskRemedyOne':
      return resolve(current, sentence, 'change', t('desk.noneToResolve'));
    case 'deskRemedyTwo':
      return resolve(current, sentence, 'keep', t('desk.noneToResolve'));
    case 'deskOpen':
      if (!openEvidence(sentence)) announce(t('desk.noLinks'));
      return;
    case 'deskNext':
      return go(desk.sentences[sentence.number], t('desk.done.end'));
    case 'deskPrevious':
      return go(desk.sentences[sentence.number - 2], t('desk.done.end'));
    case 'deskNextOpen':
      return go(nextOpen(desk, sentence.number), t('desk.done.lastOpen'));
    case 'deskReport':
    case 'deskText':
      return;
  }
}

/** Resolves a finding. Keeping an error needs a reason, which the form asks for. */
function resolve(
  { acts, onForm }: Current,
  sentence: DraftSentence,
  remedy: 'change' | 'keep',
  otherwise: string,
): void {
  const [finding] = unresolved(sentence);
  if (finding === undefined) return announce(otherwise);
  if (remedy === 'keep' && finding.weight === 'error') onForm(finding);
  else void acts.resolve(sentence, finding, remedy);
}
