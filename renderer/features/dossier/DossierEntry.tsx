import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { openDossiers } from './state.ts';

/** The entry in the rail of the evidence that opens the dossiers, with their count. */
export function DossierEntry() {
  const { t } = useTranslation();
  const dossiers = useCall('dossiers.list', {}).data?.dossiers;
  return (
    <RailSection title={t('dossier.title')}>
      <RailEntry
        name={t('dossier.every')}
        isCurrent={false}
        count={dossiers === undefined ? undefined : formatNumber(dossiers.length)}
        onPress={openDossiers}
      />
    </RailSection>
  );
}
