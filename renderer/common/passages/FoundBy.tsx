import type { PassageId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { useCategories } from './source-passages.ts';

/** The search that a passage was made from, if any, and the suggestions accepted for it. */
export function FoundBy({ passage }: { passage: PassageId }) {
  const { t } = useTranslation();
  const found = useCall('passages.foundBy', { id: passage }).data;
  const categories = useCategories();
  if (found === undefined) return null;
  return (
    <>
      {found.query === null ? null : (
        <p className="hint">
          {t('foundBy.search')} <bdi className="mono">{found.query}</bdi>
        </p>
      )}
      {found.accepted.map(({ term, sure, category, person }) => (
        <p className="hint" key={`${category} ${person} ${term}`}>
          {t(term === '' ? 'foundBy.learned' : 'foundBy.term', {
            category: categories.get(category)?.name ?? '',
            term,
            sure: sure ?? 0,
          })}
        </p>
      ))}
    </>
  );
}
