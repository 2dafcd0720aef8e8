import { useTranslation } from '../../app/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { useCategories } from '../../app/state/source-passages.ts';
import { Chip } from '../../ui/Chip.tsx';

/** What the passage was tagged with, by whom: what one says yes to. */
export function TagsPart({ detail: { passage, people } }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const byPerson = [...Map.groupBy(passage.tags, ({ person }) => person)];
  return (
    <section aria-label={t('review.tags')}>
      <h3 className="review-cap">{t('review.tags')}</h3>
      {byPerson.length === 0 ? <p className="unset">{t('review.noTags')}</p> : null}
      {byPerson.map(([person, tags]) => (
        <div key={person} className="review-tags-of">
          <bdi className="hint">{people.find(({ id }) => id === person)?.name ?? '?'}</bdi>
          <div className="line" data-wrap>
            {tags.map(({ category: id }) => {
              const category = categories.get(id);
              return category === undefined ? (
                <span key={id} className="chip dim">
                  {t('inspector.unknownCategory')}
                </span>
              ) : (
                <Chip key={id} code={category.code} name={category.name} colour={category.colour} />
              );
            })}
          </div>
        </div>
      ))}
    </section>
  );
}
