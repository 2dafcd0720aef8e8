import { useState } from 'react';
import type { ReviewDetail, ReviewMove } from '../../../shared/contract/review.ts';
import { formatAll, formatWhenShort, formatWhen, shortName } from '../../common/format.ts';
import { isVouched } from '../../../shared/review/status.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { directionOf, languageName } from '../../common/review/languages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** The passage's history in review, newest first. A draft of a translation unfolds to its changes. */
export function History({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const all = historyOf(detail);
  if (all.length === 0) return <p className="hint">{t('review.history.none')}</p>;
  const isMany = new Set(detail.drafts.map(({ language }) => language)).size > 1;
  return (
    <ol className="review-history">
      {all.map((one) => (
        <Line
          key={`${one.kind} ${String(one.at)} ${one.kind === 'draft' ? one.draft.language : `${one.move.state} ${one.of ?? ''}`}`}
          one={one}
          isMany={isMany}
        />
      ))}
    </ol>
  );
}

function Line({ one, isMany }: { one: HistoryEvent; isMany: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div className="review-happened">
        <span className="grow">
          {one.kind === 'move' ? (
            <Move one={one} />
          ) : (
            <DraftName one={one} isMany={isMany} isOpen={isOpen} onOpen={() => setOpen(!isOpen)} />
          )}
        </span>
        <span className="hint" title={formatMoment(one.at)}>
          {one.kind === 'move' ? (
            <PersonName id={one.move.person} name={one.move.name} />
          ) : (
            <PersonName id={null} name={one.draft.person} />
          )}
          , {formatWhenShort(one.at, now)}
        </span>
      </div>
      {one.kind === 'draft' && isOpen ? (
        <p className="review-draft review-words" lang={one.draft.language} dir={directionOf(one.draft.language)}>
          {one.draft.text === '' ? (
            <span className="unset">{t('review.history.emptied')}</span>
          ) : (
            <MarkedWords text={one.draft.text} before={one.before?.text ?? null} />
          )}
        </p>
      ) : null}
    </li>
  );
}

function Move({ one: { move, of } }: { one: Extract<HistoryEvent, { kind: 'move' }> }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`review.states.${move.state}`)}
      {move.comment === '' ? null : (
        <>
          : <bdi dir="auto">{move.comment}</bdi>
        </>
      )}
      {of === null ? null : <span className="hint"> {t('review.history.beside', { name: of })}</span>}
      {move.second === null ? null : <span className="hint"> {shortName(move.second.words)}</span>}
      {move.sameInstallation.length === 0 ? null : (
        <>
          {' '}
          <Badge
            tone={move.confirmedBy.length === 0 ? 'warn' : 'ok'}
            icon={move.confirmedBy.length === 0 ? 'alert' : 'verified'}
          >
            {t(
              move.confirmedBy.length === 0
                ? 'review.history.sameInstallation'
                : 'review.history.sameInstallationConfirmed',
              { names: formatAll(move.sameInstallation), by: formatAll(move.confirmedBy) },
            )}
          </Badge>
        </>
      )}
      {move.counts ? null : (
        <>
          {' '}
          <Badge tone={move.forged ? 'bad' : 'warn'} icon={move.forged ? 'unverified' : 'alert'}>
            {t('review.history.notCounted')}
          </Badge>{' '}
          <span className="hint" title={move.why}>
            {shortName(move.why)}
          </span>
        </>
      )}
    </>
  );
}

interface DraftNameProps {
  readonly one: Extract<HistoryEvent, { kind: 'draft' }>;
  readonly isMany: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function DraftName({ one: { number, before, draft }, isMany, isOpen, onOpen }: DraftNameProps) {
  const { t } = useTranslation();
  const what =
    before === null
      ? t('review.history.draft', { number })
      : t('review.history.replaces', { number, before: number - 1 });
  return (
    <LinkButton aria-expanded={isOpen} onPress={onOpen}>
      {isMany ? `${what}, ${languageName(draft.language)}` : what}
    </LinkButton>
  );
}

type Draft = ReviewDetail['drafts'][number];

/** An event in the passage's history. */
type HistoryEvent =
  | {
      readonly kind: 'move';
      readonly at: number;
      readonly move: ReviewMove;
      /** Whose passage it is on, if it is another one at the same place. */
      readonly of: string | null;
    }
  | {
      readonly kind: 'draft';
      readonly at: number;
      readonly draft: Draft;
      /** Counts from 1 within its language. */
      readonly number: number;
      /** The previous draft; null for the first. */
      readonly before: Draft | null;
    };

/** Each draft with its number and its predecessor within its language, newest first. */
export function numbered(drafts: readonly Draft[]): Extract<HistoryEvent, { kind: 'draft' }>[] {
  const oldestFirst = [...drafts].sort((a, b) => a.at - b.at);
  const last = new Map<string, { number: number; draft: Draft }>();
  const all = oldestFirst.map((draft) => {
    const before = last.get(draft.language);
    const number = (before?.number ?? 0) + 1;
    last.set(draft.language, { number, draft });
    return { kind: 'draft' as const, at: draft.at, draft, number, before: before?.draft ?? null };
  });
  return all.reverse();
}

/** Moves, forged ones of the other passages at its place, and drafts, newest first. */
export function historyOf({
  moves,
  forgedBeside,
  drafts,
}: Pick<ReviewDetail, 'moves' | 'forgedBeside' | 'drafts'>): readonly HistoryEvent[] {
  const moved = moves.map((move): HistoryEvent => ({ kind: 'move', at: move.at, move, of: null }));
  const beside = forgedBeside.map(({ move, of }): HistoryEvent => ({ kind: 'move', at: move.at, move, of }));
  return [...moved, ...beside, ...numbered(drafts)].sort((a, b) => b.at - a.at);
}

/** What changed since it was checked: before and after, by whom and when. */
export function Differences({ detail, language }: { detail: ReviewDetail; language: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  const { differences, moves } = detail;
  if (differences.length === 0) return null;
  const last = moves.filter(({ counts, state }) => counts && isVouched(state)).sort((a, b) => b.at - a.at)[0];
  return (
    <section className="review-reopened" aria-label={t('review.reopened.title')}>
      <h3 className="line strong">
        <Icon name="alert" size="small" />
        {last === undefined
          ? t('review.reopened.title')
          : t('review.reopened.since', {
              state: t(`review.states.${last.state}`).toLocaleLowerCase('en'),
              name: last.name,
              when: formatWhen(last.at, now),
            })}
      </h3>
      <dl>
        {differences.map((one, at) => (
          // Differences have no other identity, and are read together.
          <div key={String(at)} className="review-difference">
            <dt>
              {t(`review.reopened.what.${one.what}`)}
              {one.person === null ? null : (
                <span className="hint">
                  {' '}
                  <PersonName id={null} name={one.person} />
                  {one.at === null ? '' : `, ${formatWhen(one.at, now)}`}
                </span>
              )}
            </dt>
            <dd
              className={one.what === 'quote' ? 'source-words review-words' : 'review-words'}
              dir="auto"
              {...(one.what === 'quote' && language !== null ? { lang: language } : {})}
            >
              {one.what === 'quote' || one.what === 'translation' || one.what === 'memo' ? (
                <MarkedWords text={one.after} before={one.before} />
              ) : (
                <>
                  <span className="unseen">{t('review.gone')} </span>
                  <span className="mid">{one.before === '' ? t('review.reopened.nothing') : one.before}</span>
                  <Icon name="go" size="small" />
                  <span className="unseen">{t('review.new')} </span>
                  <span>{one.after === '' ? t('review.reopened.nothing') : one.after}</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
