import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { QueryChips } from '../../common/query/QueryChips.tsx';
import { QueryFaults } from '../../common/query/QueryFaults.tsx';
import { QueryForm, type FormFocus } from '../../common/query/QueryForm.tsx';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useFields, type Fields } from '../../common/query/field-choices.tsx';
import { useFormOfQuery, type FormOfQuery } from '../../common/query/query-form.ts';
import { EMPTY_FORM } from '../../../shared/query/form.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { FacetPane } from './FacetPane.tsx';
import { LookThrough } from './LookThrough.tsx';
import { openLookThrough, useIsLooking, useMayMakePassages } from './look-through.ts';
import { mendQuery, QueryReading } from './QueryNotes.tsx';
import { ResultList } from './ResultList.tsx';
import { ContentsLine, IndexProgress, NoResults, SearchBox, SearchHelp, totalOf } from './SearchPane.tsx';
import {
  commitText,
  focusSearchField,
  NO_FILTERS,
  resultsFocused,
  searchFor,
  selectInField,
  setFilters,
  setPassages,
  setUnread,
  useSearch,
  useSearchResults,
  keyOfResult,
  rowsOf,
  setCurrent,
  type SearchResults,
} from './search-state.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';

/**
 * The search on a full screen: facets at the left, the query as text and as a form, and the hits by source. While a person goes through the
 * hits, facets and query stay if there is room.
 */
export function SearchPage({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  useCarried();
  const isLooking = useIsLooking();
  const mayMake = useMayMakePassages();
  const results = useSearchResults();
  const query = useSearch((state) => state.query);
  const fields = useFields();
  const of = useFormOfQuery(query, searchFor);
  const [areFacetsOpen, setFacetsOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const isWide = width === 'wide';
  const facets = isWide || areFacetsOpen ? <FacetPane results={results} of={of} fields={fields} /> : null;
  const top = (
    <QueryTop results={results} of={of} fields={fields} onLeave={() => focusList(list.current)}>
      {isWide ? null : (
        <Button icon="filter" aria-expanded={areFacetsOpen} onPress={() => setFacetsOpen(!areFacetsOpen)}>
          {t('search.screen.facets')}
        </Button>
      )}
    </QueryTop>
  );
  if (isLooking && mayMake)
    return (
      <LookThrough isNarrow={width === 'one'} list={list} facets={isWide ? facets : null} top={isWide ? top : null} />
    );
  return (
    <div className="search-page">
      {facets}
      <div className="search-main">
        {top}
        <Results results={results} isAsked={query.trim() !== ''} isWide={isWide} list={list} />
      </div>
    </div>
  );
}

/** Focuses the list, or the list inside the element. */
function focusList(list: HTMLElement | null): void {
  (list?.querySelector<HTMLElement>('[role="listbox"]') ?? list)?.focus();
}

interface TopProps {
  readonly results: SearchResults;
  readonly of: FormOfQuery;
  readonly fields: Fields;
  readonly onLeave: () => void;
  /** Shown before the field. */
  readonly children: ReactNode;
}

/** The query as text, as chips and as a form, with its faults. */
function QueryTop({ results, of, fields, onLeave, children }: TopProps) {
  const { t } = useTranslation();
  const [isFormOpen, setFormOpen] = useState(false);
  const [focus, setFocus] = useState<FormFocus | null>(null);
  const beside = useBeside();
  const { faults } = results;
  return (
    <div className="search-page-top">
      <div className="search-page-field">
        {children}
        <SearchBox results={results} onLeave={onLeave} isFirst />
        <Button aria-expanded={isFormOpen} onPress={() => setFormOpen(!isFormOpen)}>
          {t('queryForm.open')}
        </Button>
      </div>
      <QueryChips
        form={of.isCurrent ? of.form : EMPTY_FORM}
        setForm={of.setForm}
        fields={fields}
        beside={beside}
        onChange={(field) => {
          setFormOpen(true);
          setFocus((before) => ({ field, times: (before?.times ?? 0) + 1 }));
        }}
      />
      <PaneFilters />
      <QueryFaults
        faults={faults}
        title={t('search.faults', { count: faults.length })}
        onShow={selectInField}
        onMend={mendQuery}
      />
      {isFormOpen ? <QueryForm of={of} fields={fields} focus={focus} /> : null}
      <QueryReading results={results} />
      <IndexProgress results={results} />
      <ContentsLine results={results} />
    </div>
  );
}

interface ResultsProps {
  readonly results: SearchResults;
  readonly isAsked: boolean;
  readonly isWide: boolean;
  readonly list: RefObject<HTMLDivElement | null>;
}

function Results({ results, isAsked, isWide, list }: ResultsProps) {
  const { hits, error, isUpToDate, faults } = results;
  const wantsList = useSearch((state) => state.wantsList);
  useEffect(() => {
    if (!wantsList || !isUpToDate) return;
    resultsFocused();
    if (list.current === null) focusSearchField();
    else list.current.focus();
  }, [wantsList, isUpToDate, list]);
  return (
    <>
      {error === null ? null : <InlineError message={error.message} />}
      {isAsked && hits.length > 0 ? <ResultsHead results={results} /> : null}
      {!isAsked ? <SearchHelp /> : null}
      {isAsked && hits.length === 0 && isUpToDate && error === null && faults.length === 0 ? <NoResults /> : null}
      {isAsked && hits.length > 0 ? (
        <div className="search-listed">
          <ResultList results={results} list={list} />
          {isWide ? <SourceRail results={results} list={list} /> : null}
        </div>
      ) : null}
    </>
  );
}

/** The number of hits, and a button that opens the same query in the evidence. */
function ResultsHead({ results }: { results: SearchResults }) {
  const { t } = useTranslation();
  const isShown = results.isUpToDate && results.error === null;
  const mayMake = useMayMakePassages();
  const canLook = mayMake && isShown && results.faults.length === 0;
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'lookThrough',
          title: t('search.look.command'),
          group: 'search',
          icon: 'tag',
          keys: keysOf('lookThrough'),
          inFields: true,
          when: () => canLook,
          run: look,
        },
      ],
      [t, canLook],
    ),
  );
  return (
    <div className="bar search-page-head">
      <span className="strong grow" aria-live="polite">
        {isShown ? totalOf(t, results) : ''}
      </span>
      {mayMake ? (
        <Button size="small" icon="tag" keys={shownKeysOf('lookThrough')} isDisabled={!canLook} onPress={look}>
          {t('search.look.open')}
        </Button>
      ) : null}
      <Button
        size="small"
        icon="openPlace"
        isDisabled={results.faults.length > 0}
        onPress={() => {
          commitText();
          useCarriedQuery.setState({ evidence: useSearch.getState().query });
          goTo('evidence');
        }}
      >
        {t('search.screen.asEvidence')}
      </Button>
    </div>
  );
}

/** Goes through the hits of the text in the field, even if typing has only just paused. */
function look(): void {
  commitText();
  openLookThrough();
}

/** The filters that are not part of the query, as chips. */
function useBeside() {
  const { t } = useTranslation();
  const { passages, unread } = useSearch();
  return [
    ...(passages === 'any'
      ? []
      : [
          {
            key: 'passages',
            name: t('search.screen.already'),
            value: t(`search.screen.alreadyIs.${passages}`),
            remove: () => setPassages('any'),
          },
        ]),
    ...(unread
      ? [
          {
            key: 'unread',
            name: t('search.screen.sources'),
            value: t('search.screen.onlyUnread'),
            remove: () => setUnread(false),
          },
        ]
      : []),
  ];
}

/** The filters that were chosen in the pane beside the reader; they apply here, too. */
function PaneFilters() {
  const { t } = useTranslation();
  const { categories, people, sources } = useSearch();
  const count = categories.length + people.length + sources.length;
  if (count === 0) return null;
  return (
    <p className="hint line">
      <span>{t('search.screen.filtered', { count })}</span>
      <Button size="small" onPress={() => setFilters(NO_FILTERS)}>
        {t('search.screen.unfilter')}
      </Button>
    </p>
  );
}

/** Takes the query that the evidence handed over. */
function useCarried(): void {
  const carried = useCarriedQuery((state) => state.search);
  useEffect(() => {
    if (carried === null) return;
    useCarriedQuery.setState({ search: null });
    setFilters(NO_FILTERS);
    setUnread(carried.unread);
    searchFor(carried.query);
  }, [carried]);
}

/** With fewer sources, the list of results is short enough without the rail. */
const LEAST = 6;

/** The sources of the results with their numbers of hits; pressing one goes to its first result. */
function SourceRail({ results, list }: { results: SearchResults; list: RefObject<HTMLDivElement | null> }) {
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
