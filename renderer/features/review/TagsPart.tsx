import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Initials } from '../../ui/Badge.tsx';
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
          <span className="line hint">
            <Initials name={people.find(({ id }) => id === person)?.name ?? '?'} size="small" />
            <bdi>{people.find(({ id }) => id === person)?.name ?? '?'}</bdi>
          </span>
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
