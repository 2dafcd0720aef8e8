import { UNITS } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { usePersonChoices, FilterChoice } from '../../common/choices/FilterChoice.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Select } from '../../ui/Select.tsx';
import { type Compared, ofAssignment } from '../../../shared/agreement/compared.ts';
import { compare } from './state.ts';

/** Chooses what to compare: the assignment, the unit and the coders. */
export function ComparedFields({ compared }: { compared: Compared }) {
  const { t } = useTranslation();
  const { unit, coders, assignment } = compared;
  const assignments = useCall('assignments.list', {}).data?.assignments ?? [];
  return (
    <div className="coding-compared">
      {assignments.length === 0 ? null : (
        <Select
          label={t('coding.assignment')}
          value={assignment}
          options={assignments.map(({ id, name, coderName }) => ({ value: id, label: name === '' ? coderName : name }))}
          none={t('coding.allCoded')}
          noneIsFine
          onChange={(next) => {
            const chosen = assignments.find(({ id }) => id === next);
            compare(chosen === undefined ? { unit, coders: [], assignment: null } : ofAssignment(chosen));
          }}
        />
      )}
      {/* A sample is compared by the unit it was drawn by. */}
      {assignment === null ? (
        <Segments
          label={t('coding.by')}
          value={unit}
          onChange={(next) => compare({ ...compared, unit: next })}
          options={UNITS.map((value) => ({ value, label: t(`coding.unit.${value}`) }))}
        />
      ) : null}
      <div className="field coding-from" role="group" aria-label={t('coding.coders')}>
        <span className="field-label">{t('coding.coders')}</span>
        <FilterChoice
          label={t('coding.coders')}
          all={usePersonChoices()}
          chosen={coders}
          onChange={(chosen) => compare({ ...compared, coders: chosen })}
        />
      </div>
    </div>
  );
}
