import type { PassageId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../strings/use-translation.ts';

/** The search that a passage was made from, if it was. */
export function FoundBy({ passage }: { passage: PassageId }) {
  const { t } = useTranslation();
  const query = useCall('passages.foundBy', { id: passage }).data?.query ?? null;
  if (query === null) return null;
  return (
    <p className="hint">
      {t('foundBy.search')} <bdi className="mono">{query}</bdi>
    </p>
  );
}
