import { COUNTED, type CountedUnit } from '../../../shared/contract/view-figures.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';

/** Whether a chart counts passages, their sources, or their origins. */
export function UnitChoice({ unit, onChange }: { unit: CountedUnit; onChange: (unit: CountedUnit) => void }) {
  const { t } = useTranslation();
  return (
    <Segments
      label={t('evidence.unit.label')}
      value={unit}
      options={COUNTED.map((value) => ({ value, label: t(`evidence.unit.of.${value}`) }))}
      onChange={onChange}
    />
  );
}
