import { useLayoutEffect, useRef, useState } from 'react';
import { PersonInitials, PersonName } from '../people/PersonName.tsx';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Comment, CommentId, PassageId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Button, LinkButton, IconButton } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { keepFocusSomewhere, returnFocus } from '../../ui/focus-memory.ts';
import { InlineError, Note } from '../../ui/Note.tsx';
import { shownKeys } from '../commands/keys.ts';
import { type CommentActs, useCommentActs } from './comment-acts.ts';
import { CommentField, saidPieces } from './CommentField.tsx';
import { usePassageDraft } from '../drafts/drafts.ts';
import { useSeen, useFocusRequest } from './state.ts';
import { Menu } from '../../ui/Menu.tsx';
import { formatWhenShort } from '../format.ts';
import { useNow } from '../now.ts';

export interface ThreadProps {
  readonly passage: PassageId;
  /** Null while it is being read: a comment can be begun, but sent only afterwards. */
  readonly detail: ReviewDetail | null;
  /** If true, the field is shown only when somebody wants to write. */
  readonly compact?: boolean;
}

const NO_PEOPLE: ReviewDetail['people'] = [];

/** The comments on a passage, and the field to write one. */
export function Thread({ passage, detail, compact = false }: ThreadProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const people = detail?.people ?? NO_PEOPLE;
  const acts = useCommentActs(passage, people);
  const isNew = useSeen(passage, detail?.comments ?? null, own);
  const [replyTo, setReplyTo] = useState<CommentId | null>(null);
  const [draft] = usePassageDraft('comment', passage);
  /** Grows each time the field is asked for; 0 again when writing ends. */
  const [asked, setAsked] = useState(0);
  const from = useRef<Element | null>(null);
  const said = useRef<HTMLDivElement>(null);
  const write = (): void => {
    if (asked === 0) from.current = document.activeElement;
    setAsked((times) => times + 1);
  };
  /** Returns the focus to where it was before writing. */
  const leave = (): void => {
    setAsked(0);
    returnFocus(from.current ?? said.current);
  };
  useFocusRequest('comment', write);
  const talks = talksOf(detail?.comments ?? []);
  const reply = (talk: Talk): void => {
    setReplyTo(talk.first.id);
    write();
  };
  const answered = talks.find(({ first }) => first.id === replyTo);
  // In a read-only project a comment that was begun can only be copied.
  const isWriting = isReadOnly ? draft !== '' : !compact || asked > 0 || draft !== '';
  return (
    <>
      <div
        ref={said}
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
            people={people}
            unsigned={detail?.unsigned ?? []}
            own={own}
            acts={acts}
            isNew={isNew}
            onReply={() => reply(talk)}
          />
        ))}
      </div>
      {isWriting ? (
        <Composer
          passage={passage}
          people={people}
          canSend={detail !== null && !isReadOnly}
          isReadOnly={isReadOnly}
          acts={acts}
          asked={asked}
          answered={answered ?? null}
          onNoReply={() => setReplyTo(null)}
          onEnd={() => {
            setReplyTo(null);
            if (compact) leave();
            else setAsked(0);
          }}
          onLeave={leave}
        />
      ) : null}
    </>
  );
}

interface TalkProps {
  readonly talk: Talk;
  readonly people: ReviewDetail['people'];
  readonly unsigned: ReviewDetail['unsigned'];
  readonly own: string | null;
  readonly acts: CommentActs;
  readonly isNew: (one: Comment) => boolean;
  readonly onReply: () => void;
}

/** One thread. A resolved thread shows only its beginning until it is unfolded. */
function TalkSection({ talk: { first, answers }, people, unsigned, own, acts, isNew, onReply }: TalkProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const [isUnfolded, setUnfolded] = useState(false);
  const shown = first.resolved && !isUnfolded ? [] : answers;
  const isOpen = !first.resolved;
  const signedByOther = new Map<string, string>(unsigned.map(({ id, words }) => [id, words]));
  return (
    <section className="thread-talk" data-resolved={first.resolved || undefined} aria-label={t('review.thread.one')}>
      {[first, ...shown].map((one) => (
        <CommentLine
          key={one.id}
          comment={one}
          people={people}
          unsigned={signedByOther.get(one.id) ?? null}
          isOwn={one.person === own}
          isNew={isNew(one)}
          acts={acts}
        />
      ))}
      <div className="line thread-acts" data-wrap>
        {isOpen && !isReadOnly ? <LinkButton onPress={onReply}>{t('review.thread.reply')}</LinkButton> : null}
        {isReadOnly ? null : (
          <LinkButton onPress={() => void acts.resolve(first.id, isOpen)}>
            {t(isOpen ? 'review.thread.resolve' : 'review.thread.reopen')}
          </LinkButton>
        )}
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
  readonly passage: PassageId;
  readonly people: ReviewDetail['people'];
  /** False until the people that a comment can mention are known. */
  readonly canSend: boolean;
  readonly isReadOnly: boolean;
  readonly acts: CommentActs;
  /** The field takes the focus whenever this grows. */
  readonly asked: number;
  readonly answered: Talk | null;
  readonly onNoReply: () => void;
  readonly onEnd: () => void;
  readonly onLeave: () => void;
}

function Composer({
  passage,
  people,
  canSend,
  isReadOnly,
  acts,
  asked,
  answered,
  onNoReply,
  onEnd,
  onLeave,
}: ComposerProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = usePassageDraft('comment', passage);
  // Focus before the next key press: a frame later, the first letters would be lost or run commands.
  useLayoutEffect(() => {
    if (asked > 0) field.current?.focus();
  }, [asked]);
  const send = (): void => {
    if (text.trim() === '' || acts.isPending || !canSend) return;
    void acts.add(text, answered?.first.id ?? null).then((done) => {
      if (!done) return;
      setText('');
      onEnd();
    });
  };
  const leave = (): void => {
    if (answered === null) onLeave();
    else onNoReply();
  };
  const name = answered === null ? null : (people.find(({ id }) => id === answered.first.person)?.name ?? '?');
  return (
    <div className="thread-compose stack">
      {name === null ? null : (
        <p className="line hint">
          <span className="grow cut">{t('review.thread.replyingTo', { name })}</span>
          <LinkButton onPress={onNoReply}>{t('review.thread.newInstead')}</LinkButton>
        </p>
      )}
      <CommentField
        label={t('review.thread.comment')}
        placeholder={t('review.thread.placeholder')}
        value={text}
        onChange={setText}
        people={people}
        onSend={send}
        onLeave={leave}
        fieldRef={field}
        isReadOnly={isReadOnly}
      />
      {acts.error === null ? null : <InlineError message={acts.error} />}
      <div className="line">
        {isReadOnly ? (
          <span className="hint grow">{t('review.thread.readOnly')}</span>
        ) : (
          <span className="hint grow line">
            <Kbd keys={shownKeys('$mod+Enter')} />
            {t('review.thread.toSend')}
          </span>
        )}
        <Button isDisabled={text.trim() === '' || !canSend} isPending={acts.isPending} onPress={send}>
          {t(answered === null ? 'review.thread.send' : 'review.thread.sendReply')}
        </Button>
      </div>
    </div>
  );
}

interface CommentLineProps {
  readonly comment: Comment;
  readonly people: ReviewDetail['people'];
  /** A sentence that names the signer, if that is not the comment’s author. */
  readonly unsigned: string | null;
  readonly isOwn: boolean;
  readonly isNew: boolean;
  readonly acts: CommentActs;
}

/** One comment. One's own can be edited and removed. */
export function CommentLine({ comment, people, unsigned, isOwn, isNew, acts }: CommentLineProps) {
  const { t } = useTranslation();
  const now = useNow();
  const isReadOnly = useReadOnly();
  const [editing, setEditing] = useState<string | null>(null);
  const author = people.find(({ id }) => id === comment.person);
  const name = author?.name ?? '?';
  const role = author?.roles[0];
  const stop = (): void => {
    setEditing(null);
    keepFocusSomewhere();
  };
  const save = (text: string): void => {
    if (text.trim() === '' || acts.isPending) return;
    void acts.edit(comment.id, text).then((done) => {
      if (done) stop();
    });
  };
  return (
    <article className="comment" data-new={isNew || undefined} data-parent={comment.parent !== null || undefined}>
      <PersonInitials id={comment.person} name={name} />
      <header className="comment-by line">
        <span className="grow">
          <PersonName id={comment.person} name={name} strong />
          <span className="dim">
            {role === undefined ? ' ' : ` ${t(`roles.${role}`).toLocaleLowerCase('en')}, `}
            {formatWhenShort(comment.at, now)}
          </span>
          {isNew ? <span className="comment-new"> {t('review.thread.new')}</span> : null}
          {comment.resolved ? <span className="dim"> · {t('review.thread.resolved')}</span> : null}
        </span>
        {isOwn && editing === null && !isReadOnly ? (
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
        <CommentText text={comment.text} people={people} unsigned={unsigned} of={isOwn ? null : name} />
      ) : (
        <div className="stack comment-edit">
          <CommentField
            label={t('review.thread.edit')}
            value={editing}
            onChange={setEditing}
            people={people}
            onSend={() => save(editing)}
            onLeave={stop}
            autoFocus
          />
          <div className="line">
            <Button size="small" kind="primary" keys={shownKeys('$mod+Enter')} onPress={() => save(editing)}>
              {t('review.thread.save')}
            </Button>
            <Button size="small" onPress={stop}>
              {t('app.cancel')}
            </Button>
          </div>
        </div>
      )}
    </article>
  );
}

interface CommentTextProps extends Pick<CommentLineProps, 'people' | 'unsigned'> {
  readonly text: string;
  /** The comment’s author; null if that is the reader. */
  readonly of: string | null;
}

/** The text of a comment, and its signer if that is not its author. */
function CommentText({ text, people, unsigned, of }: CommentTextProps) {
  const { t } = useTranslation();
  return (
    <>
      {unsigned === null ? null : (
        <Note tone="warn">
          <bdi>{unsigned}</bdi> {of === null ? t('review.thread.notYours') : t('review.thread.askThem', { name: of })}
        </Note>
      )}
      <p className="comment-text" dir="auto">
        <CommentWords text={text} people={people} />
      </p>
    </>
  );
}

/** The words of a comment, with mentioned people and roles in bold. */
export function CommentWords({ text, people }: { text: string; people: ReviewDetail['people'] }) {
  return saidPieces(text, people).map((piece, at) =>
    // Pieces have no id, only a position.
    piece.called ? (
      <bdi key={String(at)} className="strong">
        {piece.text}
      </bdi>
    ) : (
      piece.text
    ),
  );
}

/** A first comment and its replies, in order. */
export interface Talk {
  readonly first: Comment;
  readonly answers: readonly Comment[];
}

/** Comments as threads, the oldest first. A reply whose first comment is missing is a thread of its own. */
export function talksOf(comments: readonly Comment[]): readonly Talk[] {
  const inOrder = [...comments].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const ids = new Set(inOrder.map(({ id }) => id));
  const isFirst = ({ parent }: Comment): boolean => parent === null || !ids.has(parent);
  return inOrder.filter(isFirst).map((first) => ({ first, answers: inOrder.filter((one) => one.parent === first.id) }));
}

/** The number of threads that are not resolved. */
export const openTalks = (comments: readonly Comment[]): number =>
  talksOf(comments).filter(({ first }) => !first.resolved).length;
