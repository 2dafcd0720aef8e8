import { useMemo } from 'react';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import type { DraftRemedy } from '../../../shared/model/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage, openRange } from '../../common/workbench/workbench.ts';
import { nextOpen, showSentence } from './state.ts';

export interface DeskActs {
  readonly accept: (sentence: DraftSentence, as: 'accepted' | 'nothing') => void;
  /** Returns the sentence to its author. Resolves to whether it succeeded. */
  readonly sendBack: (sentence: DraftSentence, comment: string) => Promise<boolean>;
  readonly resolve: (
    sentence: DraftSentence,
    finding: DraftFinding,
    remedy: DraftRemedy | null,
    reason?: string,
  ) => Promise<boolean>;
  readonly unlink: (link: DraftSentence['links'][number]['id']) => void;
  readonly release: () => Promise<void>;
}

/** The actions on the sentences of a draft. If the engine refuses one, a notice shows its message. */
export function useDeskActs(desk: DraftDesk | undefined): DeskActs {
  const { t } = useTranslation();
  const api = useApi();
  return useMemo(() => {
    const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work();
        return true;
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
        return false;
      }
    };
    const id = desk?.draft.id;
    const of = ({ text, nth }: DraftSentence) => (id === undefined ? null : { draft: id, text, nth });
    const onwards = (from: DraftSentence): void => {
      const next = desk === undefined ? undefined : nextOpen(desk, from.number);
      if (next !== undefined) showSentence(next.number);
    };
    return {
      accept: (sentence, as) => {
        const which = of(sentence);
        if (which === null) return;
        void attempt(() => api.call('drafts.accept', { ...which, as })).then((done) => {
          if (!done) return;
          announce(t(`desk.done.${as}`, { number: sentence.number }));
          onwards(sentence);
        });
      },
      sendBack: async (sentence, comment) => {
        const which = of(sentence);
        if (which === null) return false;
        const done = await attempt(() => api.call('drafts.return', { ...which, comment }));
        if (done) announce(t('desk.done.returned', { number: sentence.number }));
        return done;
      },
      resolve: async (sentence, finding, remedy, reason = '') => {
        const which = of(sentence);
        if (which === null) return false;
        const done = await attempt(() =>
          api.call('drafts.resolve', { ...which, finding: finding.key, remedy, reason }),
        );
        if (done) announce(t(`desk.done.${remedy ?? 'undone'}`));
        return done;
      },
      unlink: (link) => {
        if (id !== undefined) void attempt(() => api.call('drafts.unlink', { draft: id, link }));
      },
      release: async () => {
        if (desk === undefined) return;
        const { id: released, version } = desk.draft;
        if (await attempt(() => api.call('drafts.release', { id: released })))
          announce(t('desk.report.done', { version }));
      },
    };
  }, [api, t, desk]);
}

/** Opens the evidence of a sentence in the source: its first link, otherwise the place where its first quotation was found. */
export function openEvidence({ links, findings }: DraftSentence): boolean {
  for (const { to } of links)
    if (to.kind === 'passage') {
      openPassage({ source: to.source, passage: to.passage });
      return true;
    }
  for (const one of findings) {
    if (one.kind === 'quotation' && one.found !== null) {
      openRange(one.found.source, { start: one.found.start, end: one.found.end });
      return true;
    }
    if (one.kind !== 'figure') continue;
    const [card] = one.cards;
    if (card !== undefined) {
      openRange(card.source, { start: card.start, end: card.end });
      return true;
    }
    const [match] = one.matches;
    if (match !== undefined) {
      openPassage(match);
      return true;
    }
  }
  return false;
}
