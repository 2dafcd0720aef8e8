import { mended, type QueryMend } from '../../../shared/query/faults.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { searchFor, useSearch, type SearchResults } from './search-state.ts';

/** Corrects a fault of the query, and searches again. */
export function mendQuery(mend: QueryMend): void {
  searchFor(mended(useSearch.getState().query, mend));
}

/** The query in words, if it has conditions; or, if the present query has faults, the query that the results belong to. */
export function QueryReading({ results: { faults, reading, answered } }: { results: SearchResults }) {
  const { t } = useTranslation();
  if (faults.length > 0)
    return answered === '' ? null : (
      <p className="hint">
        {t('search.stillShowing')} <bdi className="strong">{answered}</bdi>
      </p>
    );
  return reading === '' ? null : (
    <p className="hint">
      <bdi>{reading}</bdi>
    </p>
  );
}
