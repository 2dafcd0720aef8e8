import { useMemo } from 'react';
import type { Selection } from '../../../shared/contract/export.ts';
import { shownState, type ShownState } from '../../../shared/model/index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { type Choice, FilterChoice, useCategoryChoices, usePersonChoices, useSourceChoices } from './FilterChoice.tsx';

/** Filters for the exported part. All of them must match; without any, everything is exported. */
export function PartChoice({ only, onChange }: { only: Selection; onChange: (only: Selection) => void }) {
  const { t } = useTranslation();
  const states = useMemo(
    () => shownState.options.map((id): Choice<ShownState> => ({ id, name: t(`review.states.${id}`), also: '' })),
    [t],
  );
  return (
    <div className="field" role="group" aria-label={t('share.part')}>
      <span className="field-label">{t('share.part')}</span>
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
          label={t('share.state')}
          all={states}
          chosen={only.states}
          onChange={(chosen) => onChange({ ...only, states: chosen })}
        />
      </div>
      <span className="hint">{t('share.partHint')}</span>
    </div>
  );
}
