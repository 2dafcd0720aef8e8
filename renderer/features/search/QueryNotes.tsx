import { mended, type QueryMend } from '../../../shared/query/faults.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { searchFor, selectInField, useSearch, type SearchResults } from './search-state.ts';

/** What is wrong with the query, with buttons that put it right. Alt and a number puts right the fault of that number. */
export function QueryFaults({ results: { faults } }: { results: SearchResults }) {
  const { t } = useTranslation();
  if (faults.length === 0) return null;
  return (
    <div className="search-faults" role="alert">
      <p className="search-faults-head">
        <Icon name="alert" size="small" />
        {t('search.faults', { count: faults.length })}
      </p>
      <ol>
        {faults.map(({ span, sentence, mends }, at) => (
          <li key={`${String(span.start)} ${sentence}`}>
            <Button
              size="small"
              kind="quiet"
              aria-label={t('search.showFault', { number: at + 1 })}
              onPress={() => selectInField(span)}
            >
              <span className="search-fault-number">{at + 1}</span>
            </Button>
            <span className="search-fault-text">
              <bdi>{sentence}</bdi>
              <span className="line" data-wrap>
                {mends.map((mend, n) => (
                  <Button
                    key={`${mend.label} ${mend.text}`}
                    size="small"
                    {...(n === 0 && at < MOST_KEYS ? { keys: shownKeys(`Alt+${String(at + 1)}`) } : {})}
                    onPress={() => mendQuery(mend)}
                  >
                    <bdi>{mend.label}</bdi>
                  </Button>
                ))}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Faults that a key puts right. */
const MOST_KEYS = 9;

/** The fault that Alt and this key put right; null for another key. */
export function mendOfKey(event: KeyboardEvent, { faults }: SearchResults): QueryMend | null {
  // The code, since Alt and a number type a sign on some keyboards.
  const number = event.altKey && !event.ctrlKey && !event.metaKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
  return number === undefined ? null : (faults[Number(number) - 1]?.mends[0] ?? null);
}

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
