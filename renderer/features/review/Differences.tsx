import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { formatWhen } from '../../common/format.ts';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** What is no longer as it was looked at: before and after, by whom and when. */
export function Differences({ detail, language }: { detail: ReviewDetail; language: string | null }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const { differences, moves } = detail;
  if (differences.length === 0) return null;
  const last = moves.filter(({ counts, state }) => counts && LOOKED_AT.has(state)).sort((a, b) => b.at - a.at)[0];
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
          // Differences have no identity but their place, and are read anew together.
          <div key={String(at)} className="review-difference">
            <dt>
              {t(`review.reopened.what.${one.what}`)}
              {one.person === null ? null : (
                <bdi className="hint">
                  {' '}
                  {one.person}
                  {one.at === null ? '' : `, ${formatWhen(one.at, now)}`}
                </bdi>
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

const LOOKED_AT: ReadonlySet<string> = new Set(['checked', 'approved', 'released']);
