import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { SEARCH_SCOPES } from '../../../shared/contract/search.ts';
import { FilterChoice } from '../../common/choices/FilterChoice.tsx';
import { useCategoryChoices, usePersonChoices, useSourceChoices } from '../../common/choices/choices.tsx';
import { Icon } from '../../ui/Icon.tsx';

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
