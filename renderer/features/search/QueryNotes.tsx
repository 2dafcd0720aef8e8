import { mended, type QueryMend } from '../../../shared/query/faults.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { searchFor, useSearch, type SearchResults } from './search-state.ts';

/** Puts a fault of the query right, and searches again. */
export function mendQuery(mend: QueryMend): void {
  searchFor(mended(useSearch.getState().query, mend));
}

/** The query in words, if it is more than words; or of which query the results are. */
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
