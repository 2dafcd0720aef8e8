import { useState } from 'react';
import type { Category } from '../../../shared/model/index.ts';
import { foldedTerm } from '../../../shared/suggest/find-terms.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';

const NOTHING = { terms: [], learned: { accepted: 0, rejected: 0, never: 0 } };

/**
 * What came of a category’s terms: in how many places of all sources each stands, and what people decided where it was suggested; and
 * what they decided about suggestions that were learned from its tags.
 */
export function TermUse({ category }: { category: Category }) {
  const { t } = useTranslation();
  const api = useApi();
  const { terms, learned } = useCall('suggestions.terms', { category: category.id }).data ?? NOTHING;
  const hasLearned = learned.accepted + learned.rejected + learned.never > 0;
  const count = useWrite('suggestions.count');
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  useHostEvent('suggestions.progress', ({ what, done, total }) => {
    if (what === 'count') setProgress({ done, total });
  });
  if (terms.length === 0 && !hasLearned) return null;
  const counted = count.data === undefined ? null : new Map(count.data.terms.map((one) => [one.folded, one.places]));
  const start = (): void =>
    count.mutate(
      {},
      {
        onSuccess: ({ sources }) => announce(t('codebook.termUse.done', { count: sources })),
        onError: (thrown) => {
          const error = errorDataOf(thrown);
          if (error.code === 'CANCELLED') announce(error.message);
          else notifyError(error);
        },
      },
    );
  return (
    <section className="field" aria-label={t('codebook.termUse.title')}>
      <h4 className="field-label">{t('codebook.termUse.title')}</h4>
      <ul className="terms">
        {terms.map(({ term, accepted, rejected, never, former }) => {
          const places = counted === null ? null : (counted.get(foldedTerm(term)) ?? 0);
          const isSought = Array.from(foldedTerm(term)).length > 1;
          return (
            <li key={term} className="chip" data-unused={places === 0 || undefined}>
              <bdi>{term}</bdi>
              <span className="hint">
                {[
                  ...(former ? [t('codebook.termUse.former')] : []),
                  ...(isSought ? [] : [t('codebook.termUse.single')]),
                  ...(!isSought || places === null
                    ? []
                    : [places === 0 ? t('codebook.termUse.none') : t('codebook.termUse.places', { count: places })]),
                  ...(accepted + rejected + never === 0
                    ? []
                    : [t('codebook.termUse.decided', { accepted, rejected, never })]),
                ].join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
      {hasLearned ? <p className="hint">{t('codebook.termUse.learned', learned)}</p> : null}
      {count.isPending ? (
        <div className="stack">
          <Progress
            label={t('codebook.termUse.counting')}
            value={progress?.done ?? 0}
            max={progress === null || progress.total === 0 ? null : progress.total}
            text={t('codebook.termUse.progress', progress ?? { done: 0, total: 0 })}
          />
          <Button size="small" onPress={() => void api.call('suggestions.stop', {})}>
            {t('codebook.termUse.stop')}
          </Button>
        </div>
      ) : (
        <div className="line" data-wrap>
          <Button size="small" onPress={start}>
            {t('codebook.termUse.count')}
          </Button>
          <span className="hint">
            {count.data === undefined ? null : t('codebook.termUse.of', { count: count.data.sources })}
          </span>
        </div>
      )}
    </section>
  );
}
