import { useMemo, useState } from 'react';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { CommentId, PassageId } from '../../../shared/model/index.ts';
import { mentionsIn } from '../../../shared/review/mentions.ts';
import { errorDataOf, useApi, useWrite } from '../../api/index.ts';
import { runPending } from '../drafts/pending-commits.ts';
import { announce, notifyDone } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';

export interface CommentActs {
  /** The last error, for a person; null if there was none. */
  readonly error: string | null;
  readonly isPending: boolean;
  /** Each resolves to whether it succeeded. */
  readonly add: (text: string, parent: CommentId | null) => Promise<boolean>;
  readonly edit: (id: CommentId, text: string) => Promise<boolean>;
  readonly remove: (id: CommentId) => Promise<boolean>;
  readonly resolve: (id: CommentId, resolved: boolean) => Promise<boolean>;
}

/** The actions on a passage’s comments. Each is one commit. */
export function useCommentActs(passage: PassageId, people: ReviewDetail['people']): CommentActs {
  const { t } = useTranslation();
  const api = useApi();
  const [error, setError] = useState<string | null>(null);
  const { mutateAsync: add, isPending: isAdding } = useWrite('comments.add');
  const { mutateAsync: edit, isPending: isEditing } = useWrite('comments.edit');
  const { mutateAsync: remove, isPending: isRemoving } = useWrite('comments.remove');
  const { mutateAsync: resolve, isPending: isResolving } = useWrite('comments.resolve');
  const acts = useMemo(() => {
    const announced = async (act: () => Promise<unknown>, done: string): Promise<boolean> => {
      try {
        await runPending();
        await act();
        setError(null);
        announce(done);
        return true;
      } catch (thrown) {
        setError(errorDataOf(thrown).message);
        return false;
      }
    };
    return {
      add: (text: string, parent: CommentId | null) =>
        announced(
          () =>
            add({
              passage,
              text: text.trim(),
              ...(parent === null ? {} : { parent }),
              mentions: mentionsIn(text, people),
            }),
          t('review.thread.sent'),
        ),
      edit: (id: CommentId, text: string) =>
        announced(() => edit({ id, text: text.trim() }), t('review.thread.changed')),
      remove: (id: CommentId) =>
        announced(async () => {
          await remove({ id });
          const { undo } = await api.read('history.state', {});
          if (undo !== null) notifyDone(t('review.thread.removed'), undo);
        }, t('review.thread.removed')),
      resolve: (id: CommentId, resolved: boolean) =>
        announced(
          () => resolve({ id, resolved }),
          t(resolved ? 'review.thread.resolvedDone' : 'review.thread.reopenedDone'),
        ),
    };
  }, [api, add, edit, remove, resolve, passage, people, t]);
  return { ...acts, error, isPending: isAdding || isEditing || isRemoving || isResolving };
}
