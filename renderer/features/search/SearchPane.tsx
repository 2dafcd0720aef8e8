import { useRef, useState, type ReactNode, useEffect } from 'react';
import { Button as AriaButton, Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { SEARCH_SCOPES, type Indexed } from '../../../shared/contract/search.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import { useHostEvent } from '../../api/index.ts';
import {
  FilterChoice,
  useCategoryChoices,
  usePersonChoices,
  useSourceChoices,
} from '../../common/choices/FilterChoice.tsx';
import { keyText } from '../../common/commands/keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { keyOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { isComposing } from '../../ui/keys.ts';
import { FaultMarks } from '../../common/query/FaultMarks.tsx';
import { QueryFaults } from '../../common/query/QueryFaults.tsx';
import { mendQuery, QueryReading } from './QueryNotes.tsx';
import { ResultList } from './ResultList.tsx';
import {
  NO_FILTERS,
  searchFor,
  setFilters,
  setPassages,
  setUnread,
  showContents,
  toggleScope,
  useSearch,
  useSearchResults,
  type SearchResults,
  commitText,
  setText,
  searchFieldFocused,
  selectInField,
} from './search-state.ts';

/** Searches the texts of all sources, passages and memos. The results stay while results are opened in the reader. */
export function SearchPane() {
  const { t } = useTranslation();
  const results = useSearchResults();
  const query = useSearch((state) => state.query);
  const list = useRef<HTMLDivElement>(null);
  const { hits, error, isUpToDate, faults } = results;
  const isAsked = query.trim() !== '';
  return (
    <aside className="pane search-pane" aria-label={t('search.title')}>
      <div className="search-top">
        <SearchBox results={results} onLeave={() => list.current?.focus()} />
        <QueryFaults
          faults={faults}
          title={t('search.faults', { count: faults.length })}
          onShow={selectInField}
          onMend={mendQuery}
        />
        <QueryReading results={results} />
        <SearchFilters />
        <IndexProgress results={results} />
        <PassagesLine />
        <UnreadLine />
        <ContentsLine results={results} />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
      {!isAsked ? <SearchHelp /> : null}
      {isAsked && hits.length === 0 && isUpToDate && error === null && faults.length === 0 ? <NoResults /> : null}
      {isAsked && hits.length > 0 ? <ResultList results={results} list={list} /> : null}
      <footer className="pane-foot">
        <span className="grow" aria-live="polite">
          {isAsked && isUpToDate && error === null ? totalOf(t, results) : ''}
        </span>
        {hits.length === 0 ? null : (
          <span className="search-keys" title={t('search.keys', KEY_WORDS)}>
            {t('search.nextShort')}
            <Kbd keys={shownKeysOf('nextHit')} />
          </span>
        )}
      </footer>
    </aside>
  );
}

/** The keys that the search's strings name. */
const KEY_WORDS = {
  search: keyText(keyOf('searchAll')),
  next: keyText(keyOf('nextHit')),
  previous: keyText(keyOf('previousHit')),
};

export function totalOf(t: ReturnType<typeof useTranslation>['t'], { total, complete, counts }: SearchResults): string {
  if (!complete) return t('search.atLeast', { count: total });
  const results = t('search.total', { count: total });
  if (counts.size < 2) return results;
  // Hits without a source are in the codebook or in the project’s own memo.
  const isBeside = counts.has(null);
  const sources = counts.size - (isBeside ? 1 : 0);
  return `${results} ${t(isBeside ? 'search.inSourcesAndMore' : 'search.inSources', { count: sources })}`;
}

/** Tells how many matches in tables of contents are left out, with a button that lists them. */
export function ContentsLine({ results: { contents, complete, isUpToDate } }: { results: SearchResults }) {
  const { t } = useTranslation();
  const isShown = useSearch((state) => state.contents);
  const isAsked = useSearch((state) => state.query.trim() !== '');
  if (contents === 0 || !isAsked || !isUpToDate) return null;
  const key = isShown ? 'search.contentsShown' : complete ? 'search.contentsHidden' : 'search.contentsHiddenOrMore';
  return (
    <p className="search-contents hint">
      <span>{t(key, { count: contents })}</span>
      <LinkButton onPress={() => showContents(!isShown)}>
        {t(isShown ? 'search.hideContents' : 'search.showContents')}
      </LinkButton>
    </p>
  );
}

/** Tells that only hits within passages are listed, or only those outside, with a button that lists all. */
function PassagesLine() {
  const { t } = useTranslation();
  const passages = useSearch((state) => state.passages);
  if (passages === 'any') return null;
  return (
    <p className="search-contents hint">
      <span>{t(`search.onlyPassages.${passages}`)}</span>
      <LinkButton onPress={() => setPassages('any')}>{t('search.showAll')}</LinkButton>
    </p>
  );
}

/** Tells that only unread sources are searched, with a button that searches all. */
function UnreadLine() {
  const { t } = useTranslation();
  if (!useSearch((state) => state.unread)) return null;
  return (
    <p className="search-contents hint">
      <span>{t('search.onlyUnread')}</span>
      <LinkButton onPress={() => setUnread(false)}>{t('search.showAll')}</LinkButton>
    </p>
  );
}

/** What can be searched, and how. Shown while the field is empty. */
export function SearchHelp() {
  const { t } = useTranslation();
  const lines: readonly ReactNode[] = [
    t('search.teach.words'),
    t('search.teach.apart'),
    t('search.teach.operators'),
    t('search.teach.scripts'),
    t('search.teach.keys', KEY_WORDS),
  ];
  return (
    <div className="search-empty">
      <p className="reading mid">{t('search.teach.what')}</p>
      <ul>
        {lines.map((line, at) => (
          // The lines never change order.
          <li key={String(at)} className="hint">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Shown without results: offers to remove the filters. */
export function NoResults() {
  const { t } = useTranslation();
  const { query, scopes, passages, unread, categories, people, sources } = useSearch();
  // Several words, which are matched as one phrase.
  const words = readQuery(query).query?.kind === 'words' ? query.trim().split(/\s+/u) : [];
  const isNarrow =
    scopes.length < SEARCH_SCOPES.length ||
    passages !== 'any' ||
    unread ||
    categories.length + people.length + sources.length > 0;
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
            setPassages('any');
            setUnread(false);
            SEARCH_SCOPES.filter((scope) => !scopes.includes(scope)).forEach(toggleScope);
          }}
        >
          {t('search.everywhere')}
        </Button>
      ) : null}
      {words.length > 1 ? (
        <Button size="small" onPress={() => searchFor(words.join(' + '))}>
          {t('search.apart')}
        </Button>
      ) : null}
    </div>
  );
}

/** The progress of the index, then the number of sources it cannot include. The search is repeated once the index is complete. */
export function IndexProgress({ results: { indexed: answered, again } }: { results: SearchResults }) {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<Indexed | null>(null);
  useHostEvent('search.progress', (indexed) => {
    setProgress(indexed);
    if (indexed.done + indexed.failed >= indexed.total) again();
  });
  const indexed = progress ?? answered;
  if (indexed === null) return null;
  const { done, total, failed } = indexed;
  if (done + failed >= total)
    return failed === 0 ? null : <p className="hint">{t('search.unreadable', { count: failed })}</p>;
  const text = t('search.indexing', { done, total });
  return (
    <div className="search-progress">
      <Progress label={t('search.indexingLabel')} value={done} max={total} text={text} />
      <span className="hint">{text}</span>
    </div>
  );
}

/** How long typing must pause before a search, in ms. */
const TYPING_PAUSE_MS = 150;

const NO_FAULTS: SearchResults['faults'] = [];

interface BoxProps {
  readonly results: SearchResults;
  readonly onLeave: () => void;
  /** Whether the field takes the focus when its screen is entered without a query. Beside a source it never does. */
  readonly isFirst?: boolean;
}

/** The search field. It searches while you type, but not while an input method composes. */
export function SearchBox({ results, onLeave, isFirst = false }: BoxProps) {
  const { t } = useTranslation();
  const { text, query, wantsFocus, wantsSelection } = useSearch();
  const [composing, setComposing] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!wantsFocus) return;
    searchFieldFocused();
    input.current?.focus();
    if (wantsSelection === null) input.current?.select();
    else input.current?.setSelectionRange(wantsSelection.start, wantsSelection.end);
  }, [wantsFocus, wantsSelection]);
  useEffect(() => {
    if (composing) return undefined;
    const timer = setTimeout(commitText, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, composing]);

  return (
    <SearchField
      aria-label={t('search.field')}
      value={text}
      onChange={setText}
      className="filter-field"
      spellCheck="false"
      isInvalid={results.faults.length > 0}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'ArrowDown')) {
          event.continuePropagation();
          return;
        }
        event.preventDefault();
        commitText();
        onLeave();
      }}
    >
      <div className="field-box">
        <Icon name="search" size="small" />
        <FaultMarks text={text} faults={text === query ? results.faults : NO_FAULTS} fieldRef={input}>
          <Input
            ref={input}
            placeholder={t('search.field')}
            dir="auto"
            data-takes-focus={(isFirst && text === '') || undefined}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={() => setComposing(false)}
          />
        </FaultMarks>
        {text === '' ? null : (
          // React Aria's SearchField gives the button its label and action.
          <AriaButton className="field-clear">
            <Icon name="close" size="small" />
          </AriaButton>
        )}
      </div>
    </SearchField>
  );
}

/** The scopes of the search, and its filters. */
function SearchFilters() {
  const { t } = useTranslation();
  const { scopes, categories, people, sources } = useSearch();
  return (
    <div className="search-filters">
      <ToggleButtonGroup
        aria-label={t('search.scopes')}
        className="segments search-scopes"
        selectionMode="multiple"
        selectedKeys={scopes}
        onSelectionChange={(keys) =>
          SEARCH_SCOPES.filter((one) => keys.has(one) !== scopes.includes(one)).forEach(toggleScope)
        }
      >
        {SEARCH_SCOPES.map((scope) => (
          <ToggleButton key={scope} id={scope}>
            {scopes.includes(scope) ? <Icon name="check" size="small" /> : null}
            {t(`search.scope.${scope}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="search-choice-row">
        <FilterChoice
          label={t('search.category')}
          all={useCategoryChoices()}
          chosen={categories}
          onChange={(chosen) => setFilters({ categories: chosen })}
        />
        <FilterChoice
          label={t('search.person')}
          all={usePersonChoices()}
          chosen={people}
          onChange={(chosen) => setFilters({ people: chosen })}
        />
        <FilterChoice
          label={t('search.source')}
          all={useSourceChoices()}
          chosen={sources}
          onChange={(chosen) => setFilters({ sources: chosen })}
        />
      </div>
    </div>
  );
}
