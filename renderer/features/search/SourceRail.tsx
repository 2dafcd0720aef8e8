import { useMemo, type RefObject } from 'react';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { keyOfResult, rowsOf, setCurrent, type SearchResults } from './search-state.ts';

/** With fewer sources, the list of results is short enough without the rail. */
const LEAST = 6;

/** The sources of the results with their numbers of hits; pressing one goes to its first result. */
export function SourceRail({ results, list }: { results: SearchResults; list: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const { hits, counts, more } = results;
  const all = useCall('sources.list', { deleted: true }).data?.sources;
  const sources = useMemo(() => new Map((all ?? []).map((one) => [one.id, one])), [all]);
  const heads = useMemo(() => rowsOf(hits, counts).filter((row) => row.kind === 'head'), [hits, counts]);
  if (heads.length < LEAST) return null;
  const further = counts.size - heads.length;
  return (
    <nav className="search-rail scroll" aria-label={t('search.rail.label')}>
      <ul>
        {heads.map(({ key, source, count }) => (
          <li key={key}>
            <button
              type="button"
              className="line"
              onClick={() => {
                const first = hits.find((hit) => hit.source === source);
                if (first === undefined) return;
                // Focusing the list makes its first result current; so focus it before the chosen one is set.
                list.current?.focus();
                setCurrent(keyOfResult(first));
              }}
            >
              <span className="cut grow">
                {source === null ? t('search.noSource') : <SourceName source={sources.get(source)} />}
              </span>
              <span className="number">{formatNumber(count.total)}</span>
            </button>
          </li>
        ))}
      </ul>
      {further > 0 ? (
        <p>
          <LinkButton onPress={more}>{t('search.rail.more', { count: further })}</LinkButton>
        </p>
      ) : null}
    </nav>
  );
}
