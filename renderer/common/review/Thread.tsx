import { useRef, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Comment, CommentId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { shownKeys } from '../commands/keys.ts';
import { CommentField } from './CommentField.tsx';
import { CommentLine } from './CommentLine.tsx';
import { useSaying } from './drafts.ts';
import { useSeen } from './seen.ts';
import { talksOf, type Talk } from './threads.ts';
import { useCommentActs, type CommentActs } from './useCommentActs.ts';
import { useWished } from './wish.ts';

export interface ThreadProps {
  readonly detail: ReviewDetail;
  /** The field is there only once somebody wants to write. */
  readonly compact?: boolean;
}

/** What people say of a passage, and the field to say something in. */
export function Thread({ detail, compact = false }: ThreadProps) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const passage = detail.passage.id;
  const acts = useCommentActs(passage, detail.people);
  const isNew = useSeen(passage, detail.comments, own);
  const [replyTo, setReplyTo] = useState<CommentId | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [said] = useSaying('comment', passage);
  const [asked, setAsked] = useState(false);
  useWished('comment', () => {
    setAsked(true);
    requestAnimationFrame(() => field.current?.focus());
  });
  const talks = talksOf(detail.comments);
  const reply = (talk: Talk): void => {
    setReplyTo(talk.first.id);
    setAsked(true);
    requestAnimationFrame(() => field.current?.focus());
  };
  const answered = talks.find(({ first }) => first.id === replyTo);
  const isWriting = !compact || asked || said !== '';
  return (
    <>
      <div
        className={compact ? 'stack' : 'scroll'}
        {...(compact ? {} : { role: 'region', tabIndex: 0, 'aria-label': t('review.thread.said') })}
      >
        {talks.length === 0 ? (
          <p className={compact ? 'unset' : 'thread-none hint'}>
            {t(compact ? 'review.thread.noneShort' : 'review.thread.none')}
          </p>
        ) : null}
        {talks.map((talk) => (
          <TalkSection
            key={talk.first.id}
            talk={talk}
            detail={detail}
            own={own}
            acts={acts}
            isNew={isNew}
            onReply={() => reply(talk)}
          />
        ))}
      </div>
      {isWriting ? (
        <Composer
          detail={detail}
          acts={acts}
          field={field}
          answered={answered ?? null}
          onNoReply={() => setReplyTo(null)}
          onEnd={() => {
            setReplyTo(null);
            setAsked(false);
          }}
          {...(compact ? { onLeave: () => setAsked(false) } : {})}
        />
      ) : null}
    </>
  );
}

interface TalkProps {
  readonly talk: Talk;
  readonly detail: ReviewDetail;
  readonly own: string | null;
  readonly acts: CommentActs;
  readonly isNew: (one: Comment) => boolean;
  readonly onReply: () => void;
}

/** One thread. Once it is settled only its beginning is shown, until somebody wants to read it. */
function TalkSection({ talk: { first, answers }, detail, own, acts, isNew, onReply }: TalkProps) {
  const { t } = useTranslation();
  const [isUnfolded, setUnfolded] = useState(false);
  const shown = first.resolved && !isUnfolded ? [] : answers;
  const isOpen = !first.resolved;
  return (
    <section className="thread-talk" data-resolved={first.resolved || undefined} aria-label={t('review.thread.one')}>
      {[first, ...shown].map((one) => (
        <CommentLine
          key={one.id}
          comment={one}
          people={detail.people}
          isOwn={one.person === own}
          isNew={isNew(one)}
          acts={acts}
        />
      ))}
      <div className="line thread-acts" data-wrap>
        {isOpen ? <LinkButton onPress={onReply}>{t('review.thread.reply')}</LinkButton> : null}
        <LinkButton onPress={() => void acts.resolve(first.id, isOpen)}>
          {t(isOpen ? 'review.thread.resolve' : 'review.thread.reopen')}
        </LinkButton>
        {first.resolved && answers.length > 0 ? (
          <LinkButton aria-expanded={isUnfolded} onPress={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? t('review.thread.fold') : t('review.thread.answers', { count: answers.length })}
          </LinkButton>
        ) : null}
      </div>
    </section>
  );
}

interface ComposerProps {
  readonly detail: ReviewDetail;
  readonly acts: CommentActs;
  readonly field: React.RefObject<HTMLTextAreaElement | null>;
  readonly answered: Talk | null;
  readonly onNoReply: () => void;
  readonly onEnd: () => void;
  readonly onLeave?: () => void;
}

function Composer({ detail, acts, field, answered, onNoReply, onEnd, onLeave }: ComposerProps) {
  const { t } = useTranslation();
  const [text, setText] = useSaying('comment', detail.passage.id);
  const send = (): void => {
    if (text.trim() === '' || acts.isPending) return;
    void acts.add(text, answered?.first.id ?? null).then((done) => {
      if (!done) return;
      setText('');
      onEnd();
    });
  };
  const leave = (): void => {
    if (answered !== null) onNoReply();
    else if (onLeave === undefined) field.current?.blur();
    else onLeave();
  };
  const name = answered === null ? null : (detail.people.find(({ id }) => id === answered.first.person)?.name ?? '?');
  return (
    <div className="thread-compose stack">
      {name === null ? null : (
        <p className="line hint">
          <bdi className="grow cut">{t('review.thread.replyingTo', { name })}</bdi>
          <LinkButton onPress={onNoReply}>{t('review.thread.newInstead')}</LinkButton>
        </p>
      )}
      <CommentField
        label={t('review.thread.comment')}
        placeholder={t('review.thread.placeholder')}
        value={text}
        onChange={setText}
        people={detail.people}
        onSend={send}
        onLeave={leave}
        fieldRef={field}
      />
      {acts.error === null ? null : <InlineError message={acts.error} />}
      <div className="line">
        <span className="hint grow line">
          <Kbd keys={shownKeys('$mod+Enter')} />
          {t('review.thread.toSend')}
        </span>
        <Button isDisabled={text.trim() === ''} isPending={acts.isPending} onPress={send}>
          {t(answered === null ? 'review.thread.send' : 'review.thread.sendReply')}
        </Button>
      </div>
    </div>
  );
}
