import { useMemo, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { CommentId, PassageId } from '../../../shared/model/index.ts';
import { mentionsIn } from '../../../shared/review/mentions.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { announce, notifyDone } from '../notices/notices.ts';
import { settle } from '../drafts/pending-commits.ts';

export interface CommentActs {
  /** What failed last, for a person; null where nothing did. */
  readonly error: string | null;
  readonly isPending: boolean;
  /** Each answers whether it was done. */
  readonly add: (text: string, parent: CommentId | null) => Promise<boolean>;
  readonly edit: (id: CommentId, text: string) => Promise<boolean>;
  readonly remove: (id: CommentId) => Promise<boolean>;
  readonly resolve: (id: CommentId, resolved: boolean) => Promise<boolean>;
}

/** What can be done about what is said of a passage. Each is one commit. */
export function useCommentActs(passage: PassageId, people: ReviewDetail['people']): CommentActs {
  const { t } = useTranslation();
  const api = useApi();
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const acts = useMemo(() => {
    const told = async (act: () => Promise<unknown>, done: string): Promise<boolean> => {
      setPending(true);
      try {
        await settle();
        await act();
        setError(null);
        announce(done);
        return true;
      } catch (thrown) {
        setError(errorDataOf(thrown).message);
        return false;
      } finally {
        setPending(false);
      }
    };
    return {
      add: (text: string, parent: CommentId | null) =>
        told(
          () =>
            api.call('comments.add', {
              passage,
              text: text.trim(),
              ...(parent === null ? {} : { parent }),
              mentions: mentionsIn(text, people),
            }),
          t('review.thread.sent'),
        ),
      edit: (id: CommentId, text: string) =>
        told(() => api.call('comments.edit', { id, text: text.trim() }), t('review.thread.changed')),
      remove: (id: CommentId) =>
        told(async () => {
          await api.call('comments.remove', { id });
          const { undo } = await api.read('history.state', {});
          if (undo !== null) notifyDone(t('review.thread.removed'), undo);
        }, t('review.thread.removed')),
      resolve: (id: CommentId, resolved: boolean) =>
        told(
          () => api.call('comments.resolve', { id, resolved }),
          t(resolved ? 'review.thread.resolvedDone' : 'review.thread.reopenedDone'),
        ),
    };
  }, [api, passage, people, t]);
  return { ...acts, error, isPending };
}
