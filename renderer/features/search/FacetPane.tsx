import { useState, useCallback, useMemo } from 'react';
import { SEARCH_SCOPES } from '../../../shared/contract/search.ts';
import type { EvidenceFacet } from '../../../shared/contract/evidence.ts';
import { valuesOf, withValues, textOf, type QueryForm } from '../../../shared/query/form.ts';
import { useCall, useApi, useWrite } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { choiceOf, type Fields } from '../../common/query/field-choices.tsx';
import type { FormOfQuery } from '../../common/query/query-form.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton, IconButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import {
  countedOf,
  setPassages,
  setUnread,
  toggleScope,
  useSearch,
  changesOfSaved,
  commitText,
  openSaved,
  type SearchResults,
} from './search-state.ts';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { dateBounds } from '../../../shared/model/dates.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { datesOf } from '../../../shared/query/dates.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';

/** Saved searches, the scopes of the search, and the number of hits by properties of their sources and passages. */
export function FacetPane({ results, of, fields }: { results: SearchResults; of: FormOfQuery; fields: Fields }) {
  const { t } = useTranslation();
  const { scopes, unread } = useSearch();
  const counts = useFacetCounts(results, of.form);
  const { form, setForm } = of;
  return (
    <aside className="pane search-facets scroll" aria-label={t('search.screen.facets')}>
      <header className="pane-head">
        <h2>{t('search.title')}</h2>
      </header>
      <SavedSearches />
      <section className="pane-section">
        <h3>{t('search.scopes')}</h3>
        {SEARCH_SCOPES.map((scope) => (
          <Check
            key={scope}
            label={t(`search.scope.${scope}`)}
            selected={scopes.includes(scope)}
            onChange={() => toggleScope(scope)}
          />
        ))}
      </section>
      <AlreadyFacet results={results} />
      <section className="pane-section">
        <Check label={t('search.screen.unread')} selected={unread} onChange={setUnread} />
      </section>
      <div inert={!of.isCurrent}>
        {SOURCE_FACETS.map((facet) => (
          <Facet
            key={facet}
            field={facet}
            title={facet === 'published' ? t('search.screen.year') : fields.nameOf(facet)}
            values={counts.get(facet) ?? []}
            form={form}
            setForm={setForm}
            fields={fields}
          />
        ))}
        <PassageFacet by="places" field="place" of={of} fields={fields} results={results} />
        <PassageFacet by="category" field="category" of={of} fields={fields} results={results} />
        <PassageFacet by="tagger" field="person" of={of} fields={fields} results={results} />
      </div>
    </aside>
  );
}

/** How many hits are within passages already, and how many are not. */
function AlreadyFacet({ results }: { results: SearchResults }) {
  const { t } = useTranslation();
  const { passages } = useSearch();
  const [outside, within] = [useCountOf('outside', results), useCountOf('within', results)];
  if (outside === null || within === null || (outside + within === 0 && passages === 'any')) return null;
  return (
    <section className="pane-section" aria-label={t('search.screen.already')}>
      <h3>{t('search.screen.already')}</h3>
      {(['outside', 'within'] as const).map((one) => (
        <div key={one} className="search-facet">
          <Check
            label={t(`search.screen.alreadyIs.${one}`)}
            selected={passages === one}
            onChange={(is) => setPassages(is ? one : 'any')}
          />
          <span className="hint">{formatNumber(one === 'outside' ? outside : within)}</span>
        </div>
      ))}
    </section>
  );
}

/** The number of hits within passages, or outside of them; null while it is not known. */
function useCountOf(passages: 'outside' | 'within', results: SearchResults): number | null {
  const search = useSearch();
  const isAsked = search.query.trim() !== '' && results.faults.length === 0 && results.isUpToDate;
  return useCall('search.query', isAsked ? countedOf(search, { passages }) : null).data?.total ?? null;
}

/** The passages with these words, by category or person. Hits in a source’s text have neither. */
function PassageFacet({
  by,
  field,
  of: { form, setForm },
  fields,
  results,
}: {
  by: EvidenceFacet;
  field: string;
  of: FormOfQuery;
  fields: Fields;
  results: SearchResults;
}) {
  const { t } = useTranslation();
  const query = useSearch((state) => state.query);
  const isAsked = query.trim() !== '' && results.faults.length === 0 && results.isUpToDate;
  const groups = useCall('evidence.rows', isAsked ? { query, group: by, count: 0 } : null).data?.groups ?? [];
  const choices = fields.choicesOf(field) ?? [];
  const values = groups.flatMap(({ value, count }): FacetValue[] => {
    const choice = choices.find(({ names, id }) => id === value || names.includes(value));
    return choice === undefined ? [] : [{ value: choice.id, count }];
  });
  const chosen = valuesOf(form, field).filter((value) => !values.some((one) => one.value === value));
  return (
    <Facet
      field={field}
      title={t('search.screen.passagesBy', { by: fields.nameOf(field) })}
      values={[...chosen.map((value) => ({ value, count: 0 })), ...values].toSorted((a, b) => b.count - a.count)}
      form={form}
      setForm={setForm}
      fields={fields}
    />
  );
}

/** The number of values listed at first. */
const FIRST = 5;

function Facet({
  field,
  title,
  values,
  form,
  setForm,
  fields,
}: {
  field: string;
  title: string;
  values: readonly FacetValue[];
  form: QueryForm;
  setForm: (form: QueryForm) => void;
  fields: Fields;
}) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  if (values.length === 0) return null;
  const chosen = valuesOf(form, field);
  const shown = isWhole ? values : values.filter(({ value }, at) => at < FIRST || chosen.includes(value));
  const toggle = (value: string, isChosen: boolean): void =>
    setForm(withValues(form, field, isChosen ? [...chosen, value] : chosen.filter((one) => one !== value)));
  const choices = fields.choicesOf(field) ?? [];
  return (
    <section className="pane-section" aria-label={title}>
      <h3>{title}</h3>
      {shown.map(({ value, count }) => (
        <div key={value} className="search-facet">
          <Check
            label={choiceOf(choices, value)?.name ?? value}
            selected={chosen.includes(value)}
            onChange={(is) => toggle(value, is)}
          />
          <span className="hint">{formatNumber(count)}</span>
        </div>
      ))}
      {shown.length === values.length ? null : (
        <LinkButton onPress={() => setWhole(true)}>
          {t('search.screen.moreValues', { count: values.length - shown.length })}
        </LinkButton>
      )}
    </section>
  );
}

/** The properties that hits are counted by. All are details of sources, and fields of the query. */
const SOURCE_FACETS = ['type', 'published', 'publisher', 'lang'] as const;
type SourceFacet = (typeof SOURCE_FACETS)[number];

interface FacetValue {
  /** The value as the query writes it. */
  readonly value: string;
  readonly count: number;
}

/** A date that spans more years than this is counted for none of them. */
const MOST_YEARS = 3;

/** The values under which a facet counts a source. */
function facetValues(facet: SourceFacet, source: Source): readonly string[] {
  switch (facet) {
    case 'type':
      return source.documentType === null ? [] : [source.documentType];
    case 'lang':
      return source.language === null ? [] : [source.language];
    case 'publisher':
      return source.publisher === null ? [] : [source.publisher];
    case 'published': {
      const bounds = dateBounds(source.dateOfPublication?.edtf ?? null);
      if (bounds === null || bounds.from === null || bounds.to === null) return [];
      const [from, to] = [Math.floor(bounds.from / 10_000), Math.floor(bounds.to / 10_000)];
      return to - from >= MOST_YEARS ? [] : Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
    }
  }
}

/** A day as `dateBounds` gives it: 20230517. */
const numberOf = (day: string): number => Number(day.replaceAll('-', ''));

/** Whether a source matches the query’s condition on this facet. */
function has(facet: SourceFacet, source: Source, value: string): boolean {
  if (facet === 'publisher')
    return source.publisher !== null && foldForSearch(source.publisher).text.includes(foldForSearch(value).text.trim());
  if (facet === 'published') {
    // A query may name a month or a range of years, under which no source is counted directly.
    const [bounds, asked] = [dateBounds(source.dateOfPublication?.edtf ?? null), datesOf(value)];
    if (bounds === null || asked === null) return false;
    return (
      (asked.to === null || bounds.from === null || bounds.from <= numberOf(asked.to)) &&
      (asked.from === null || bounds.to === null || bounds.to >= numberOf(asked.from))
    );
  }
  const own = facetValues(facet, source);
  return facet === 'lang' ? own.some((one) => one === value || one.startsWith(`${value}-`)) : own.includes(value);
}

/** The hits by the values of a facet, most hits first; years newest first. Chosen values are listed even without hits. */
function countedBy(
  facet: SourceFacet,
  counts: readonly { readonly source: SourceId | null; readonly total: number }[],
  sources: ReadonlyMap<SourceId, Source>,
  chosen: readonly string[],
): FacetValue[] {
  const found = counts.flatMap(({ source, total }) => {
    const known = source === null ? undefined : sources.get(source);
    return known === undefined ? [] : [{ source: known, total }];
  });
  const values = new Set([...chosen, ...found.flatMap(({ source }) => facetValues(facet, source))]);
  return [...values]
    .map((value) => ({
      value,
      count: found.reduce((sum, { source, total }) => (has(facet, source, value) ? sum + total : sum), 0),
    }))
    .sort((a, b) => (facet === 'published' ? b.value.localeCompare(a.value) : b.count - a.count));
}

/** All hits, counted by each facet. A facet’s own condition does not narrow its numbers, so that another value can be chosen as well. */
function useFacetCounts(results: SearchResults, form: QueryForm): ReadonlyMap<SourceFacet, FacetValue[]> {
  const api = useApi();
  const search = useSearch();
  const { query } = search;
  const all = useCall('sources.list', { deleted: true }).data?.sources;
  const isAsked = query.trim() !== '' && results.faults.length === 0 && results.isUpToDate;
  const asked = useMemo(
    () =>
      SOURCE_FACETS.map((facet) => (valuesOf(form, facet).length === 0 ? query : textOf(withValues(form, facet, [])))),
    [form, query],
  );
  const wanted = useMemo(() => [...new Set(asked)].filter((one) => one.trim() !== ''), [asked]);
  const counted = useQueries({
    queries: wanted.map((one) => {
      const input = countedOf(search, { query: one });
      return {
        queryKey: ['search.query', input],
        queryFn: () => api.read('search.query', input),
        enabled: isAsked,
      };
    }),
    combine: useCallback(
      (answers: readonly UseQueryResult<CallOutput<'search.query'>>[]) =>
        new Map(answers.flatMap(({ data }, at) => (data === undefined ? [] : [[wanted[at], data.sources] as const]))),
      [wanted],
    ),
  });
  return useMemo(() => {
    const sources = new Map(all?.map((one) => [one.id, one]));
    return new Map(
      SOURCE_FACETS.map((facet, at) => [
        facet,
        countedBy(facet, counted.get(asked[at]) ?? [], sources, valuesOf(form, facet)),
      ]),
    );
  }, [all, asked, counted, form]);
}

const NO_VIEWS: readonly SavedView[] = [];

/** The searches that are saved in the project. */
function SavedSearches() {
  const { t } = useTranslation();
  const saved = (useCall('views.list', {}).data?.views ?? NO_VIEWS).filter(({ shape }) => shape === 'search');
  const now = useSearch();
  const { query, text } = now;
  const isReadOnly = useReadOnly();
  const change = useWrite('views.change');
  const remove = useWrite('views.remove');
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null);
  return (
    <RailSection
      title={t('search.screen.saved')}
      acts={
        <IconButton
          size="small"
          icon="add"
          label={t('search.screen.save')}
          isDisabled={isReadOnly || text.trim() === ''}
          onPress={() => {
            // Saves the text that was just typed, too.
            commitText();
            setNaming('new');
          }}
        />
      }
    >
      {saved.length === 0 ? <p className="hint">{t('search.screen.noneSaved')}</p> : null}
      {saved.map((view) => {
        const changes = changesOfSaved(now, view);
        const isShown = Object.keys(changes).length === 0;
        return (
          <RailEntry
            key={view.id}
            name={view.name}
            isCurrent={isShown}
            onPress={() => openSaved(view)}
            menu={
              isReadOnly ? null : (
                <Menu
                  label={t('search.screen.savedMenu', { name: view.name })}
                  trigger={
                    <IconButton size="small" icon="more" label={t('search.screen.savedMenu', { name: view.name })} />
                  }
                  entries={[
                    {
                      id: 'replace',
                      label: t('search.screen.replace'),
                      isDisabled: query.trim() === '' || isShown,
                      run: () => change.mutate({ id: view.id, ...changes }),
                    },
                    { id: 'rename', label: t('search.screen.rename'), icon: 'edit', run: () => setNaming(view) },
                    {
                      id: 'remove',
                      label: t('search.screen.remove'),
                      icon: 'remove',
                      tone: 'bad',
                      run: () => remove.mutate({ id: view.id }),
                    },
                  ]}
                />
              )
            }
          />
        );
      })}
      {naming === null ? null : (
        <SearchNameDialog view={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />
      )}
    </RailSection>
  );
}

/** Asks for the name of a search that is saved, or renamed. */
function SearchNameDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('views.create');
  const change = useWrite('views.change');
  const now = useSearch();
  const error = create.error ?? change.error;
  const save = (name: string): void => {
    if (view !== null) return change.mutate({ id: view.id, name }, { onSuccess: onClose });
    create.mutate({ query: now.query, ...changesOfSaved(now), name, shape: 'search' }, { onSuccess: onClose });
  };
  return (
    <NameDialog
      title={t(view === null ? 'search.screen.save' : 'search.screen.rename')}
      label={t('search.screen.name')}
      words={{ save: t('search.screen.saveIt'), cancel: t('search.screen.cancel') }}
      initial={view?.name ?? ''}
      error={error === null ? null : error.message}
      isPending={create.isPending || change.isPending}
      onSave={save}
      onClose={onClose}
    />
  );
}
