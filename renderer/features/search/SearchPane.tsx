import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { SEARCH_SCOPES, type Indexed } from '../../../shared/contract/search.ts';
import { useHostEvent } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { HitList } from './HitList.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SearchFilters } from './SearchFilters.tsx';
import { NO_FILTERS, searchFor, setFilters, toggleScope, useSearch } from './search-state.ts';
import { useSearchResults, type SearchResults } from './useSearchResults.ts';

/** One search over the texts of all sources, the quotations of passages and memos. It stays as it is while one reads. */
export function SearchPane() {
  const { t } = useTranslation();
  const results = useSearchResults();
  const query = useSearch((state) => state.query);
  const list = useRef<HTMLDivElement>(null);
  const { hits, error, settled } = results;
  const isAsked = query.trim() !== '';
  return (
    <aside className="pane search-pane" aria-label={t('search.title')}>
      <div className="search-top">
        <SearchBox onLeave={() => list.current?.focus()} />
        <SearchFilters />
        <IndexProgress results={results} />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
      {!isAsked ? <Teaching /> : null}
      {isAsked && hits.length === 0 && settled && error === null ? <NothingFound /> : null}
      {isAsked && hits.length > 0 ? <HitList results={results} list={list} /> : null}
      <footer className="pane-foot">
        <span className="grow" aria-live="polite">
          {isAsked && settled && error === null ? totalOf(t, results) : ''}
        </span>
        {hits.length === 0 ? null : (
          <span className="search-keys" title={t('search.keys')}>
            {t('search.nextShort')}
            <Kbd keys={['F4']} />
          </span>
        )}
      </footer>
    </aside>
  );
}

function totalOf(t: ReturnType<typeof useTranslation>['t'], { total, complete }: SearchResults): string {
  const number = formatNumber(total);
  return complete ? t('search.total', { count: total, number }) : t('search.atLeast', { number });
}

/** What can be searched, and how, while nothing is. */
function Teaching() {
  const { t } = useTranslation();
  const lines: readonly ReactNode[] = [
    t('search.teach.words'),
    t('search.teach.apart'),
    t('search.teach.scripts'),
    t('search.teach.keys'),
  ];
  return (
    <div className="search-empty">
      <p className="reading mid">{t('search.teach.what')}</p>
      <ul>
        {lines.map((line, at) => (
          // The lines have no identity but their place, and never move.
          <li key={String(at)} className="hint">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Nothing there: what one can take back. */
function NothingFound() {
  const { t } = useTranslation();
  const { query, scopes, categories, people, sources } = useSearch();
  const words = query.trim().split(/\s+/u);
  const isNarrow = scopes.length < SEARCH_SCOPES.length || categories.length + people.length + sources.length > 0;
  return (
    <div className="search-empty">
      <p className="reading mid">
        {t('search.nothing')} <bdi className="strong">{query.trim()}</bdi>
      </p>
      <p className="hint">{t(isNarrow ? 'search.nothingHere' : 'search.nothingAtAll')}</p>
      {isNarrow ? (
        <Button
          size="small"
          onPress={() => {
            setFilters(NO_FILTERS);
            SEARCH_SCOPES.filter((scope) => !scopes.includes(scope)).forEach(toggleScope);
          }}
        >
          {t('search.everywhere')}
        </Button>
      ) : null}
      {words.length > 1 && !words.some((word) => /^[+＋]$/u.test(word)) ? (
        <Button size="small" onPress={() => searchFor(words.join(' + '))}>
          {t('search.apart')}
        </Button>
      ) : null}
    </div>
  );
}

/** How far the index is, while not all is in it; and which sources cannot be. When it is whole, one searches again. */
function IndexProgress({ results: { indexed: answered, again } }: { results: SearchResults }) {
  const { t } = useTranslation();
  const [told, setTold] = useState<Indexed | null>(null);
  useHostEvent('search.progress', (indexed) => {
    setTold(indexed);
    if (indexed.done + indexed.failed >= indexed.total) again();
  });
  const indexed = told ?? answered;
  if (indexed === null) return null;
  const { done, total, failed } = indexed;
  if (done + failed >= total)
    return failed === 0 ? null : <p className="hint">{t('search.unreadable', { count: failed })}</p>;
  const text = t('search.indexing', { done: formatNumber(done), total: formatNumber(total) });
  return (
    <div className="search-progress">
      <Progress label={t('search.indexingLabel')} value={done} max={total} text={text} />
      <span className="hint">{text}</span>
    </div>
  );
}
