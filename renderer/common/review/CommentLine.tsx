import { useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Comment } from '../../../shared/model/index.ts';
import { Initials } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { shownKeys } from '../commands/keys.ts';
import { formatWhenShort } from '../format.ts';
import { useNow } from '../now.ts';
import { CommentField } from './CommentField.tsx';
import { saidPieces } from './mentions.ts';
import type { CommentActs } from './useCommentActs.ts';

interface CommentLineProps {
  readonly comment: Comment;
  readonly people: ReviewDetail['people'];
  readonly isOwn: boolean;
  readonly isNew: boolean;
  readonly acts: CommentActs;
}

/** One thing somebody said. One's own can be changed and taken back. */
export function CommentLine({ comment, people, isOwn, isNew, acts }: CommentLineProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [editing, setEditing] = useState<string | null>(null);
  const author = people.find(({ id }) => id === comment.person);
  const name = author?.name ?? '?';
  const role = author?.roles[0];
  const save = (text: string): void => {
    if (text.trim() === '' || acts.isPending) return;
    void acts.edit(comment.id, text).then((done) => {
      if (done) setEditing(null);
    });
  };
  return (
    <article className="comment" data-new={isNew || undefined} data-parent={comment.parent !== null || undefined}>
      <Initials name={name} />
      <header className="comment-by line">
        <span className="grow">
          <bdi className="strong">{name}</bdi>
          <span className="dim">
            {role === undefined ? ' ' : ` ${t(`review.roles.${role}`)}, `}
            {formatWhenShort(comment.at, now)}
          </span>
          {isNew ? <span className="comment-new"> {t('review.thread.new')}</span> : null}
          {comment.resolved ? <span className="dim"> · {t('review.thread.resolved')}</span> : null}
        </span>
        {isOwn && editing === null ? (
          <Menu
            label={t('review.thread.more')}
            trigger={<IconButton size="small" icon="more" label={t('review.thread.more')} />}
            entries={[
              { id: 'edit', label: t('review.thread.edit'), icon: 'edit', run: () => setEditing(comment.text) },
              {
                id: 'remove',
                label: t('review.thread.remove'),
                icon: 'remove',
                tone: 'bad',
                run: () => void acts.remove(comment.id),
              },
            ]}
          />
        ) : null}
      </header>
      {editing === null ? (
        <p className="comment-text" dir="auto">
          <CommentWords text={comment.text} people={people} />
        </p>
      ) : (
        <div className="stack comment-edit">
          <CommentField
            label={t('review.thread.edit')}
            value={editing}
            onChange={setEditing}
            people={people}
            onSend={() => save(editing)}
            onLeave={() => setEditing(null)}
            autoFocus
          />
          <div className="line">
            <Button size="small" kind="primary" keys={shownKeys('$mod+Enter')} onPress={() => save(editing)}>
              {t('review.thread.save')}
            </Button>
            <Button size="small" onPress={() => setEditing(null)}>
              {t('app.cancel')}
            </Button>
          </div>
        </div>
      )}
    </article>
  );
}

/** The words of a comment, with mentioned people and roles in bold. */
export function CommentWords({ text, people }: { text: string; people: ReviewDetail['people'] }) {
  return saidPieces(text, people).map((piece, at) =>
    // Pieces have no other identity.
    piece.called ? (
      <bdi key={String(at)} className="strong">
        {piece.text}
      </bdi>
    ) : (
      piece.text
    ),
  );
}
