import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { openRelations } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';

/** The entry in the rail of the evidence that opens the relations, with the number that people recorded a decision on. */
export function RelationsEntry() {
  const { t } = useTranslation();
  const recorded = useCall('relations.recorded', {}).data?.relations;
  return (
    <RailSection title={t('relations.title')}>
      <RailEntry
        name={t('relations.every')}
        isCurrent={false}
        count={recorded === undefined ? undefined : formatNumber(recorded.length)}
        onPress={openRelations}
      />
    </RailSection>
  );
}
