import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LearnedSummary } from '../../../shared/contract/suggestions.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { formatShare, formatWhen } from '../../common/format.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useNow } from '../../common/now.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useLearnedShown } from '../../common/suggestions/suggestions.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Progress } from '../../ui/Progress.tsx';

/** Switches on suggestions that are learned from tags, starts the learning, and shows how often they are right. */
export function LearnedSection() {
  const { t } = useTranslation();
  const { value: isShown, set } = useLearnedShown();
  return (
    <section className="pane-section" aria-label={t('terms.learned.title')}>
      <p className="strong">{t('terms.learned.title')}</p>
      <Check label={t('terms.learned.show')} selected={isShown} onChange={set} />
      <p className="hint">{t('terms.learned.about')}</p>
      {isShown ? <Learned /> : null}
    </section>
  );
}

function Learned() {
  const { t } = useTranslation();
  const now = useNow();
  const learned = useCall('suggestions.learned', {}).data?.learned ?? null;
  const { isLearning, progress, start, stop } = useLearning();
  return (
    <>
      {learned === null ? (
        <p className="hint">{t('terms.learned.nothing')}</p>
      ) : (
        <>
          <p className="hint">
            {t('terms.learned.from', { count: learned.sources, when: formatWhen(learned.at, now) })}
          </p>
          <Measured learned={learned} />
        </>
      )}
      {isLearning ? (
        <div className="stack">
          <Progress
            label={t('terms.learned.learning')}
            value={progress?.done ?? 0}
            max={progress === null || progress.total === 0 ? null : progress.total}
            text={t('terms.learned.progress', progress ?? { done: 0, total: 0 })}
          />
          <Button size="small" onPress={stop}>
            {t('terms.learned.stop')}
          </Button>
        </div>
      ) : (
        <Button size="small" onPress={start}>
          {t(learned === null ? 'terms.learned.start' : 'terms.learned.again')}
        </Button>
      )}
    </>
  );
}

function useLearning() {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const learn = useWrite('suggestions.learn');
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  useHostEvent('suggestions.progress', ({ what, done, total }) => {
    if (what === 'learn') setProgress({ done, total });
  });
  return {
    isLearning: learn.isPending,
    progress,
    start: () => {
      setProgress(null);
      learn.mutate(
        {},
        {
          onSuccess: () => {
            // Read again by hand: what was learned is not in the log, so no edit announces it.
            for (const name of ['suggestions.learned', 'suggestions.list'])
              void client.invalidateQueries({ queryKey: [name] });
            announce(t('terms.learned.done'));
          },
          onError: (thrown) => {
            const error = errorDataOf(thrown);
            if (error.code === 'CANCELLED') announce(error.message);
            else notifyError(error);
          },
        },
      );
    },
    stop: () => void api.call('suggestions.stop', {}),
  };
}

/** For each learned category, how often its suggestions are right. */
function Measured({ learned: { categories } }: { learned: LearnedSummary }) {
  const { t } = useTranslation();
  const known = useCategories();
  if (categories.length === 0) return <p className="hint">{t('terms.learned.tooFew')}</p>;
  return (
    <ul className="suggestion-list" aria-label={t('terms.learned.measured')}>
      {categories.map(({ category, measured }) => {
        const one = known.get(category);
        if (one === undefined) return null;
        return (
          <li key={category} className="suggestion-decided line">
            <FamilySign code={one.code} colour={one.colour} />
            <span className="code">{restOf(one.code)}</span>
            <span className="dim grow">{measuredText(t, measured)}</span>
          </li>
        );
      })}
    </ul>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** How often suggestions of a category are right, in a sentence. */
export function measuredText(
  t: Translate,
  { precision, recall }: LearnedSummary['categories'][number]['measured'],
): string {
  if (precision === null) return t('terms.learned.unmeasured');
  return t('terms.learned.right', {
    share: formatShare(precision.value),
    low: formatShare(precision.low),
    high: formatShare(precision.high),
    found: formatShare(recall),
  });
}
