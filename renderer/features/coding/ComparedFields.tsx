import { useTranslation } from '../../app/strings/use-translation.ts';
import { UNITS } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { usePersonChoices } from '../../app/choices/choices.tsx';
import { FilterChoice } from '../../app/choices/FilterChoice.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Select } from '../../ui/Select.tsx';
import { compare, useCoding } from './state.ts';

/** Of whom, by which unit, of which assignment. */
export function ComparedFields() {
  const { t } = useTranslation();
  const { unit, coders, assignment } = useCoding((state) => state.compared);
  const assignments = useCall('assignments.list', {}).data?.assignments ?? [];
  return (
    <div className="line coding-compared" data-wrap>
      <Segments
        label={t('coding.by')}
        value={unit}
        onChange={(next) => compare({ unit: next })}
        options={UNITS.map((value) => ({ value, label: t(`coding.unit.${value}`) }))}
      />
      <FilterChoice
        label={t('coding.coders')}
        all={usePersonChoices()}
        chosen={coders}
        onChange={(chosen) => compare({ coders: chosen })}
      />
      {assignments.length === 0 ? null : (
        <Select
          label={t('coding.assignment')}
          value={assignment}
          options={assignments.map(({ id, name, coderName }) => ({ value: id, label: name === '' ? coderName : name }))}
          none={t('coding.allCoded')}
          noneIsFine
          onChange={(next) => compare({ assignment: next })}
        />
      )}
    </div>
  );
}
