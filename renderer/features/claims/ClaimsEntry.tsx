import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { openClaims } from '../../common/claims/state.ts';

/** The entry in the rail of the evidence that opens the claims, with their count. */
export function ClaimsEntry() {
  const { t } = useTranslation();
  const claims = useCall('claims.list', {}).data?.claims;
  return (
    <RailSection title={t('claims.title')}>
      <RailEntry
        name={t('claims.every')}
        isCurrent={false}
        count={claims === undefined ? undefined : formatNumber(claims.length)}
        onPress={openClaims}
      />
    </RailSection>
  );
}
