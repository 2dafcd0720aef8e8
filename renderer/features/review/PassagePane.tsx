import { useRef, useState } from 'react';
import type { ReviewDetail, ReviewMove } from '../../../shared/contract/review.ts';
import { isInOtherLanguage } from '../../../shared/review/queues.ts';
import { type Passage, pagesOf, REVIEW_ORDER, type Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatWhenShort, formatWhen, shortName } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Thread, CommentWords } from '../../common/review/Thread.tsx';
import { useChecks, type TextChecks, CheckList } from '../../common/review/checks.tsx';
import { useTranslationDraft } from '../../common/drafts/drafts.ts';
import { OTHER_LANGUAGE, USUAL_LANGUAGE } from '../../common/review/languages.ts';
import { lookInPage, isInReviewOrder, type Step, reviewIndex, type OrderedState } from '../../common/review/state.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/Note.tsx';
import { ActBar, usePassageCommands } from './ActBar.tsx';
import { Differences, History } from './History.tsx';
import { InPage, Original } from './Original.tsx';
import { focusQueue } from './QueuePane.tsx';
import { TO_SEE, type Seen, useSeen, VOUCHING } from './useSeen.ts';
import { TranslationPart } from './TranslationPart.tsx';
import { type Acts, agree, toConfirm, useAgreement } from './useActs.ts';
import type { OpenDetail } from './useQueue.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

interface PassagePaneProps {
  readonly open: OpenDetail;
  readonly acts: Acts;
  /** Shows the comments below, where there is no pane for them. */
  readonly withThread: boolean;
}

/** One passage, with everything needed to review it. */
export function PassagePane({ open: { detail, main, source }, acts, withThread }: PassagePaneProps) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person ?? null;
  const { passage } = detail;
  const [wanted, setWanted] = useState<string | null>(null);
  const needsTranslation = isToTranslate(passage, source);
  const language = wanted ?? detail.translations[0]?.language ?? (needsTranslation ? USUAL_LANGUAGE : OTHER_LANGUAGE);
  const { draft } = useTranslationDraft(passage.id, language);
  const stored = detail.translations.find((one) => one.language === language);
  const checks = useChecks(passage, draft?.text ?? stored?.text ?? '', language);
  const [doing, setDoing] = useState<'edit' | 'return' | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useSeen(scroller, seenContent(detail));
  const end = (): void => {
    setDoing(null);
    // The focus returns to the queue.
    requestAnimationFrame(focusQueue);
  };
  const takeStep = useStep(detail, acts, seen);
  const takeNextStep = (): void => {
    // Only a saved translation can be approved.
    if (draft !== null && draft.text !== (stored?.text ?? '')) acts.showProblem(t('review.translation.saveFirst'));
    else if (main === null) acts.showProblem(t('review.who.nothing'));
    else takeStep(main);
  };
  usePassageCommands({
    main: takeNextStep,
    startReturn: () => setDoing('return'),
    edit: () => setDoing('edit'),
    openInPage: () => lookInPage(passage.source, passage.id),
  });
  return (
    <section className="review-passage" aria-label={t('review.passage')} data-looked={seen.looked}>
      <Head open={{ detail, main, source }} />
      <Steps detail={detail} main={main} me={own?.name ?? ''} />
      {/* Focusable, so that a long passage can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroller} className="scroll" role="region" aria-label={t('review.content')} tabIndex={0}>
        <ReturnReason detail={detail} />
        <Differences detail={detail} language={source?.language ?? null} />
        <div className="review-duo">
          <Original passage={passage} source={source} />
          <TranslationPart
            detail={detail}
            language={language}
            onLanguage={setWanted}
            checks={checks}
            needed={needsTranslation}
            editing={doing === 'edit'}
            hasDraft={draft !== null}
            onEdit={() => setDoing('edit')}
            onEnd={end}
          />
        </div>
        <PassageDetails
          detail={detail}
          source={source}
          checks={stored === undefined && draft === null ? null : checks}
          needsTranslation={needsTranslation}
        />
        {withThread ? (
          <section className="review-below" aria-label={t('review.thread.title')}>
            <h3 className="review-cap">{t('review.thread.title')}</h3>
            <Thread passage={detail.passage.id} detail={detail} compact />
          </section>
        ) : null}
      </div>
      <ActBar
        detail={detail}
        main={main}
        looked={seen.looked}
        own={own?.id ?? null}
        acts={acts}
        returning={doing === 'return'}
        onReturn={() => setDoing(doing === 'return' ? null : 'return')}
        onReturned={end}
        onMain={takeNextStep}
        onStep={takeStep}
      />
    </section>
  );
}

const isToTranslate = ({ anchor }: Passage, source: Source | undefined): boolean =>
  anchor.kind === 'text' && isInOtherLanguage(source?.language ?? null, anchor.exact);

/** Takes a step. Nobody vouches for what was not on screen: what is left of it is then scrolled into view. */
function useStep(detail: ReviewDetail, acts: Acts, seen: Seen): (step: Step) => void {
  const { t } = useTranslation();
  return (step) => {
    if (!step.allowed) acts.showProblem(step.why);
    else if (!VOUCHING.has(step.to) || seen.looked === 'in full') void acts.move(detail, step.to);
    else acts.showProblem(t(seen.showRest() ? 'review.seen.scrolled' : 'review.seen.tooSoon'));
  };
}

/** The next step, the source and page of the passage, and the button that opens it there. */
function Head({ open: { detail, main, source } }: { open: OpenDetail }) {
  const { t } = useTranslation();
  const { passage } = detail;
  return (
    <header className="bar review-head">
      <h2 className="strong cut">{titleOf(t, main, detail.translations.length > 0)}</h2>
      <span className="dim cut grow">
        {source === undefined ? null : (
          <>
            <bdi>{sourceName(source)}</bdi>, {t('review.page', { ...pagesOf(passage.anchor) })}
          </>
        )}
      </span>
      <Button
        kind="quiet"
        icon="openPlace"
        keys={shownKeysOf('reviewOpen')}
        onPress={() => lookInPage(passage.source, passage.id)}
      >
        {t('review.openInPage')}
      </Button>
    </header>
  );
}

interface PassageDetailsProps {
  readonly detail: ReviewDetail;
  readonly source: Source | undefined;
  /** Null if there is nothing to check. */
  readonly checks: TextChecks | null;
  readonly needsTranslation: boolean;
}

/** What was seen: another wording, translation or set of tags has to be looked at again. */
const seenContent = ({ passage, translations }: ReviewDetail): string =>
  JSON.stringify([
    passage.id,
    passage.anchor,
    translations.map(({ language, text }) => [language, text]),
    passage.tags.map(({ category, person }) => [category, person]),
  ]);

/** What is shown below the passage: its context beside its tags, then checks and history. */
function PassageDetails({ detail, source, checks, needsTranslation }: PassageDetailsProps) {
  const { t } = useTranslation();
  const { passage } = detail;
  return (
    <>
      <div className="review-duo">
        <InPage passage={passage} source={source} />
        <div className="review-part">
          <TagsPart detail={detail} />
          <ConfirmTags detail={detail} />
          <UnsignedWarning detail={detail} />
        </div>
      </div>
      <div className="review-duo">
        <section aria-label={t('review.checks.title')}>
          <h3 className="review-cap">{t('review.checks.title')}</h3>
          {checks === null ? (
            <p className="hint">
              {t(needsTranslation ? 'review.checks.whenTranslated' : 'review.checks.noTranslation')}
            </p>
          ) : (
            <CheckList checks={checks} />
          )}
        </section>
        <section aria-label={t('review.history.title')}>
          <h3 className="review-cap">{t('review.history.title')}</h3>
          <History detail={detail} />
        </section>
      </div>
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function titleOf(t: Translate, main: Step | null, isTranslated: boolean): string {
  if (main === null || !isInReviewOrder(main.to)) return t('review.titles.over');
  if (main.to === 'checked') return t(isTranslated ? 'review.titles.checkTranslation' : 'review.titles.checkCoding');
  return t(`review.titles.${main.to}`);
}

interface StepsProps {
  readonly detail: ReviewDetail;
  readonly main: Step | null;
  /** The reviewer's name, for the next step. */
  readonly me: string;
}

/** The steps of a passage: those done and by whom, the next one, and those ahead. */
function Steps({ detail, main, me }: StepsProps) {
  const { t } = useTranslation();
  const now = useNow();
  const by = ({ is, move }: Progress): string => {
    switch (is) {
      case 'done':
        return move === null ? '' : `${move.name}, ${formatWhenShort(move.at, now)}`;
      case 'now':
        return main?.allowed === true ? t('review.way.you', { name: me }) : t('review.way.notYou');
      case 'skipped':
        return t('review.way.skipped');
      case 'ahead':
        return '';
    }
  };
  return (
    <ol className="review-steps" aria-label={t('review.way.label')}>
      {progressOf(detail, main).map((one) => (
        <li key={one.state} data-is={one.is} {...(one.is === 'now' ? { 'aria-current': 'step' } : {})}>
          <span className="review-step">
            {one.is === 'done' ? <Icon name="check" size="small" /> : null}
            {one.is === 'now' ? <Icon name="eye" size="small" /> : null}
            <span className="cut">
              {t(one.is === 'done' ? `review.states.${one.state}` : `review.way.act.${one.state}`)}
            </span>
          </span>
          <span className="review-step-by cut" title={by(one)}>
            {one.is === 'done' && one.move !== null ? (
              <>
                <PersonName id={one.move.person} name={one.move.name} />, {formatWhenShort(one.move.at, now)}
              </>
            ) : (
              by(one)
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface Progress {
  readonly state: OrderedState;
  /** `skipped`: the passage went on without this step. */
  readonly is: 'done' | 'skipped' | 'now' | 'ahead';
  /** The last move to this step; null if there was none. */
  readonly move: ReviewMove | null;
}

/** The state of each step of a passage. */
export function progressOf(
  { moves, state, passage, translations }: Pick<ReviewDetail, 'moves' | 'state' | 'passage' | 'translations'>,
  main: Step | null,
): Progress[] {
  // Tags and translations count as done whether or not a step was taken.
  const isThere = (one: OrderedState): boolean =>
    (one === 'coded' && passage.tags.length > 0) || (one === 'translated' && translations.length > 0);
  const counted = moves.filter(({ counts }) => counts);
  const inOrder = [...counted].sort((a, b) => a.at - b.at);
  const reached = Math.max(-1, reviewIndex(state), main === null ? -1 : reviewIndex(main.to) - 1);
  const back = state === 'returned' || state === 'reopened';
  return REVIEW_ORDER.map((one, index): Progress => {
    const move = inOrder.findLast((made) => made.state === one) ?? null;
    if (main?.to === one) return { state: one, is: 'now', move: null };
    // A step that was returned or reopened is to be done again.
    if (index > reached || (back && main !== null && index > reviewIndex(main.to)))
      return { state: one, is: 'ahead', move: null };
    return { state: one, is: move === null && !isThere(one) ? 'skipped' : 'done', move };
  });
}

/**
 * Asks a second coder which tags of others they confirm with the step "second-coded". Shown only if they have not tagged
 * the passage themselves.
 */
function ConfirmTags({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const { passage, without } = useAgreement();
  const own = useCall('app.state', {}).data?.person ?? null;
  const all = toConfirm(detail, own?.id ?? null);
  if (all.length === 0) return null;
  const { id } = detail.passage;
  return (
    <div className="stack" role="group" aria-label={t('review.confirming')}>
      <p className="hint">{t('review.confirming')}</p>
      {all.map((category) => (
        <Check
          key={category}
          label={categories.get(category)?.name ?? t('inspector.unknownCategory')}
          selected={passage !== id || !without.has(category)}
          onChange={(agrees) => agree(id, category, agrees)}
        />
      ))}
    </div>
  );
}

/** Why the passage was returned, and by whom. */
function ReturnReason({ detail: { state, moves, people } }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  if (state !== 'returned') return null;
  const last = moves.filter((one) => one.counts && one.state === 'returned').sort((a, b) => b.at - a.at)[0];
  if (last === undefined) return null;
  return (
    <section className="review-returned" aria-label={t('review.states.returned')}>
      <h3 className="line strong">
        <Icon name="undo" size="small" />
        {t('review.returnedBy', { name: last.name, when: formatWhen(last.at, now) })}
      </h3>
      <p className="review-returned-words" dir="auto">
        <CommentWords text={last.comment} people={people} />
      </p>
    </section>
  );
}

/** The tags at the passage’s place, by person: two coders may each have a passage there. */
function TagsPart({ detail: { passage, beside, people } }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const all = [passage, ...beside].flatMap(({ tags }) => tags);
  const distinct = new Map(all.map((tag) => [`${tag.person} ${tag.category}`, tag])).values();
  const byPerson = [...Map.groupBy(distinct, ({ person }) => person)];
  return (
    <section aria-label={t('review.tags')} {...TO_SEE}>
      <h3 className="review-cap">{t('review.tags')}</h3>
      {byPerson.length === 0 ? <p className="unset">{t('review.noTags')}</p> : null}
      {byPerson.map(([person, tags]) => (
        <div key={person} className="review-tags-of">
          <span className="line hint">
            <PersonName id={person} name={people.find(({ id }) => id === person)?.name ?? '?'} initials="small" />
          </span>
          <ul className="review-tags">
            {tags.map(({ category: id }) => {
              const category = categories.get(id);
              return (
                <li key={id}>
                  {category === undefined ? (
                    <span className="chip dim">{t('inspector.unknownCategory')}</span>
                  ) : (
                    <Chip code={category.code} name={category.name} colour={category.colour} />
                  )}
                  {(category?.definition ?? '') === '' ? null : <p className="hint">{category?.definition}</p>}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Warns of content that was written in the name of a person who did not sign it. */
function UnsignedWarning({ detail: { unsigned } }: { detail: ReviewDetail }) {
  return unsigned.length === 0 ? null : (
    <Note tone="warn">
      {unsigned.map(({ id, words }) => (
        <p key={id}>
          <bdi title={words}>{shortName(words)}</bdi>
        </p>
      ))}
    </Note>
  );
}
