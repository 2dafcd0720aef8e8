import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import { shownState, type ShownState } from '../../../shared/model/index.ts';
import { useCategoryChoices, usePersonChoices, useSourceChoices } from '../../common/choices/choices.tsx';
import { FilterChoice, type Choice } from '../../common/choices/FilterChoice.tsx';

/** Which part: what fits all that is chosen. Nothing chosen is no limit. */
export function Part({ only, onChange }: { only: Selection; onChange: (only: Selection) => void }) {
  const { t } = useTranslation();
  const states = useMemo(
    () => shownState.options.map((id): Choice<ShownState> => ({ id, name: t(`review.states.${id}`), also: '' })),
    [t],
  );
  return (
    <div className="field" role="group" aria-label={t('handingOver.part')}>
      <span className="field-label">{t('handingOver.part')}</span>
      <div className="line" data-wrap>
        <FilterChoice
          label={t('search.source')}
          all={useSourceChoices()}
          chosen={only.sources}
          onChange={(sources) => onChange({ ...only, sources })}
        />
        <FilterChoice
          label={t('search.category')}
          all={useCategoryChoices()}
          chosen={only.categories}
          onChange={(categories) => onChange({ ...only, categories })}
        />
        <FilterChoice
          label={t('search.person')}
          all={usePersonChoices()}
          chosen={only.people}
          onChange={(people) => onChange({ ...only, people })}
        />
        <FilterChoice
          label={t('handingOver.state')}
          all={states}
          chosen={only.states}
          onChange={(chosen) => onChange({ ...only, states: chosen })}
        />
      </div>
      <span className="hint">{t('handingOver.partHint')}</span>
    </div>
  );
}
