import { useMemo } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SEARCH_SCOPES } from '../../../shared/contract/search.ts';
import type { CategoryId, PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FilterChoice, type Choice } from './FilterChoice.tsx';
import { setFilters, toggleScope, useSearch } from './search-state.ts';

/** Where one searches, and what narrows it. */
export function SearchFilters() {
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
          all={useCategories()}
          chosen={categories}
          onChange={(chosen) => setFilters({ categories: chosen })}
        />
        <FilterChoice
          label={t('search.person')}
          all={usePeople()}
          chosen={people}
          onChange={(chosen) => setFilters({ people: chosen })}
        />
        <FilterChoice
          label={t('search.source')}
          all={useSources()}
          chosen={sources}
          onChange={(chosen) => setFilters({ sources: chosen })}
        />
      </div>
    </div>
  );
}

function useCategories(): readonly Choice<CategoryId>[] {
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(
    () =>
      (categories ?? [])
        .filter(({ deleted, passages, archived }) => !deleted && (!archived || passages > 0))
        .map(({ id, name, code, colour, termsZh, termsEn }) => ({
          id,
          name,
          also: [code, ...termsZh, ...termsEn].map((one) => (typeof one === 'string' ? one : one.term)).join(' '),
          sign: (
            <span className="search-code">
              <FamilySign code={code} colour={colour} />
              {restOf(code) === '' ? null : <span className="code">{restOf(code)}</span>}
            </span>
          ),
        })),
    [categories],
  );
}

function usePeople(): readonly Choice<PersonId>[] {
  const people = useCall('project.info', {}).data?.people;
  return useMemo(() => (people ?? []).map(({ id, name }) => ({ id, name, also: '' })), [people]);
}

function useSources(): readonly Choice<SourceId>[] {
  const sources = useCall('sources.list', {}).data?.sources;
  return useMemo(
    () =>
      (sources ?? []).map(({ id, title, fileName, language }) => ({
        id,
        name: title ?? fileName,
        also: fileName,
        lang: language ?? undefined,
      })),
    [sources],
  );
}
