import { useEffect, useMemo, useRef } from 'react';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { PersonId } from '../../../shared/model/index.ts';
import { keyText, shownKeys } from '../../common/commands/keys.ts';
import { runCommand, useCommands, type Command } from '../../common/commands/registry.ts';
import { formatAll, formatAny, shortName } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { CommentField } from '../../common/review/CommentField.tsx';
import { usePassageDraft } from '../../common/drafts/drafts.ts';
import { isInReviewOrder, reviewIndex, type Step } from '../../common/review/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Note } from '../../ui/Note.tsx';
import { VOUCHING, type Looked } from './useSeen.ts';
import type { Acts } from './useActs.ts';
import { keyTextOf, keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';

interface ActBarProps {
  readonly detail: ReviewDetail;
  readonly main: Step | null;
  /** Whether the whole passage was on screen. */
  readonly looked: Looked;
  readonly own: PersonId | null;
  readonly acts: Acts;
  readonly returning: boolean;
  readonly onReturn: () => void;
  readonly onReturned: () => void;
  readonly onMain: () => void;
  readonly onStep: (step: Step) => void;
}

/** The buttons for the passage with their keys, and who may use them. */
export function ActBar(props: ActBarProps) {
  const { detail, main, looked, own, acts, returning, onReturn, onReturned, onMain, onStep } = props;
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  return (
    <div className="review-acts">
      {returning ? <ReturnForm detail={detail} acts={acts} onEnd={onReturned} /> : null}
      {isReadOnly ? (
        <WhoLine>{t('review.who.readOnly')}</WhoLine>
      ) : acts.problem === null ? (
        <WhoMay detail={detail} main={main} own={own} looked={looked} />
      ) : (
        <div className="review-note">
          <Note tone="bad" role="alert">
            {acts.problem}
          </Note>
        </div>
      )}
      <div className="review-keys" role="toolbar" aria-label={t('review.toolbar')}>
        {main === null || !isInReviewOrder(main.to) ? null : (
          <Button
            kind={main.allowed && (looked !== 'partly' || !VOUCHING.has(main.to)) ? 'primary' : 'plain'}
            keys={shownKeysOf('reviewStep')}
            isPending={acts.isPending}
            isDisabled={isReadOnly}
            onPress={onMain}
            {...(main.allowed && !isReadOnly ? {} : { 'aria-describedby': 'review-who' })}
          >
            {detail.state === 'reopened' && main.to === 'checked' ? t('review.act.again') : t(`review.act.${main.to}`)}
          </Button>
        )}
        <Button keys={shownKeysOf('reviewReturn')} aria-expanded={returning} isDisabled={isReadOnly} onPress={onReturn}>
          {t('review.act.return')}
        </Button>
        {isReadOnly ? null : <OtherSteps detail={detail} main={main} onStep={onStep} />}
        <div className="review-hints">
          <KeyHint keys={shownKeysOf('reviewTranslate')} text={t('review.keys.edit')} />
          <KeyHint
            keys={[...shownKeysOf('reviewNext'), ...shownKeysOf('reviewPrevious')]}
            text={t('review.keys.walk')}
          />
          <KeyHint keys={shownKeysOf('reviewComment')} text={t('review.keys.comment')} />
        </div>
        <Button kind="quiet" keys={shownKeysOf('shortcuts')} onPress={() => runCommand('shortcuts')}>
          {t('review.keys.all')}
        </Button>
      </div>
    </div>
  );
}

/** What a key does; nothing while it is off or cleared. */
function KeyHint({ keys, text }: { keys: readonly string[]; text: string }) {
  if (keys.length === 0) return null;
  return (
    <span className="review-key">
      <Kbd keys={keys} />
      {text}
    </span>
  );
}

/** At most this many people are named. */
const MAX_NAMED = 3;

/** Says beforehand why you may not take the step; or who did the work, and who can approve it after you. */
function WhoMay({ detail, main, own, looked }: Pick<ActBarProps, 'detail' | 'main' | 'own' | 'looked'>) {
  const { t } = useTranslation();
  if (main === null) {
    if (detail.state === 'released') return <WhoLine>{t('review.who.released')}</WhoLine>;
    const key = keyTextOf('reviewNext');
    return (
      <WhoLine>
        {key === null ? t('review.who.nothing') : `${t('review.who.nothing')} ${t('review.who.nothingText', { key })}`}
      </WhoLine>
    );
  }
  if (!main.allowed) return <WhoLine isNo>{shortName(main.why)}</WhoLine>;
  const names = makersOf(detail, main)
    .filter(({ id }) => id !== own)
    .slice(0, MAX_NAMED)
    .map(({ name }) => name);
  const made = detail.translations.length > 0 ? 'review.who.translated' : 'review.who.coded';
  const approvers = main.to === 'checked' ? approversAfter(detail, own).slice(0, MAX_NAMED) : [];
  const words = [
    ...(looked !== 'partly' || !VOUCHING.has(main.to) ? [] : [t('review.seen.rule')]),
    ...(names.length === 0 ? [] : [t(made, { names: formatAll(names), count: names.length })]),
    ...(main.to !== 'checked'
      ? []
      : [
          approvers.length === 0
            ? t('review.who.nobodyApproves')
            : t('review.who.approves', { names: formatAny(approvers.map(({ name }) => name)) }),
        ]),
  ];
  return words.length === 0 ? null : <WhoLine>{words.join(' ')}</WhoLine>;
}

function WhoLine({ isNo = false, children }: { isNo?: boolean; children: React.ReactNode }) {
  return (
    <p id="review-who" className="review-who" data-no={isNo || undefined}>
      <Icon name="lock" size="small" />
      <span className="grow">{children}</span>
    </p>
  );
}

/** Steps other than the next one. A locked one, when chosen, says why you may not take it. */
function OtherSteps({ detail, main, onStep }: Pick<ActBarProps, 'detail' | 'main' | 'onStep'>) {
  const { t } = useTranslation();
  const others = detail.steps
    .filter(({ to }) => to !== main?.to && isInReviewOrder(to))
    .sort((a, b) => reviewIndex(a.to) - reviewIndex(b.to));
  if (others.length === 0) return null;
  return (
    <Menu
      label={t('review.otherSteps')}
      trigger={<IconButton label={t('review.otherSteps')} icon="more" kind="plain" />}
      entries={others.flatMap((step) =>
        isInReviewOrder(step.to)
          ? {
              id: step.to,
              label: t(`review.act.${step.to}`),
              icon: step.allowed ? ('check' as const) : ('lock' as const),
              run: () => onStep(step),
            }
          : [],
      )}
    />
  );
}

/** Asks for the reason when a passage is returned. Enter sends; Escape closes and keeps the draft. */
function ReturnForm({ detail, acts, onEnd }: { detail: ReviewDetail; acts: Acts; onEnd: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = usePassageDraft('return', detail.passage.id);
  const send = (): void => {
    if (text.trim() === '') {
      acts.showProblem(t('review.returning.needsWords'));
      return;
    }
    void acts.move(detail, 'returned', text).then((done) => {
      if (!done) return;
      setText('');
      onEnd();
    });
  };
  return (
    <div className="review-returning">
      <CommentField
        label={t('review.returning.label')}
        placeholder={t('review.returning.placeholder')}
        value={text}
        onChange={setText}
        people={detail.people}
        onSend={send}
        onLeave={onEnd}
        enterSends
        autoFocus
      >
        <div className="line" data-wrap>
          <Button size="small" kind="primary" keys={shownKeys('Enter')} isPending={acts.isPending} onPress={send}>
            {t('review.returning.send')}
          </Button>
          <Button size="small" keys={['Esc']} onPress={onEnd}>
            {t('app.cancel')}
          </Button>
          <span className="hint">{t('review.returning.lines', { key: keyText('Shift+Enter') })}</span>
        </div>
      </CommentField>
    </div>
  );
}

type People = ReviewDetail['people'];

/** The people who made the passage or tagged it. */
const codersOf = ({ passage }: Pick<ReviewDetail, 'passage'>): readonly PersonId[] => [
  ...new Set([passage.person, ...passage.tags.map(({ person }) => person)]),
];
const translatorsOf = ({ translations }: Pick<ReviewDetail, 'translations'>): readonly PersonId[] => [
  ...new Set(translations.map(({ person }) => person)),
];

/**
 * Who can approve after `own` has checked: anyone who has not coded, translated or checked the passage; only editors, if
 * there are any among them.
 */
function approversAfter(detail: ReviewDetail, own: PersonId | null): People {
  const taken = new Set<string>([...codersOf(detail), ...translatorsOf(detail), ...(own === null ? [] : [own])]);
  const free = detail.people.filter(({ id }) => !taken.has(id));
  const editors = free.filter(({ roles }) => roles.includes('editor'));
  return editors.length > 0 ? editors : free;
}

/** The people whose work is checked, and who may therefore not check it. */
function makersOf(detail: ReviewDetail, main: Step | null): People {
  if (main === null || reviewIndex(main.to) < reviewIndex('checked')) return [];
  const makers = new Set<string>(translatorsOf(detail).length > 0 ? translatorsOf(detail) : codersOf(detail));
  return detail.people.filter(({ id }) => makers.has(id));
}

interface PassageKeys {
  readonly main: () => void;
  readonly startReturn: () => void;
  readonly edit: () => void;
  readonly openInPage: () => void;
}

/** Registers the keys that act on the open passage. */
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
        {
          id: 'reviewStep',
          title: t('review.commands.step'),
          group,
          icon: 'check',
          keys: keysOf('reviewStep'),
          run: run('main'),
        },
        {
          id: 'reviewReturn',
          title: t('review.commands.return'),
          group,
          icon: 'undo',
          keys: keysOf('reviewReturn'),
          run: run('startReturn'),
        },
        {
          id: 'reviewTranslate',
          title: t('review.commands.translate'),
          group,
          icon: 'edit',
          keys: keysOf('reviewTranslate'),
          run: run('edit'),
        },
        {
          id: 'reviewOpen',
          title: t('review.commands.open'),
          group,
          icon: 'openPlace',
          keys: keysOf('reviewOpen'),
          run: run('openInPage'),
        },
      ];
    }, [t]),
  );
}
