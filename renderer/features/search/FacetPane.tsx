import { useState } from 'react';
import { SEARCH_SCOPES } from '../../../shared/contract/search.ts';
import type { EvidenceFacet } from '../../../shared/contract/evidence.ts';
import { valuesOf, withValues, type QueryForm } from '../../../shared/query/form.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { choiceOf, type Fields } from '../../common/query/field-choices.tsx';
import type { FormOfQuery } from '../../common/query/query-form.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { SOURCE_FACETS, useFacetCounts, type FacetValue } from './facets.ts';
import { SavedSearches } from './SavedSearches.tsx';
import { countedOf, setPassages, setUnread, toggleScope, useSearch, type SearchResults } from './search-state.ts';

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
