import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { useCall } from '../../api/index.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Check } from '../../ui/Choice.tsx';
import { agree, toConfirm, useAgreement } from './agreement.ts';

/** Of a second coder without tags of their own: which of the others' they confirm by saying that it is second-coded. */
export function Confirming({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const categories = useCategories();
  const { passage, without } = useAgreement();
  const own = useCall('app.state', {}).data?.person ?? null;
  const all = toConfirm(detail, own?.id ?? null);
  if (all.length === 0) return null;
  const { id } = detail.passage;
  return (
    <div className="stack" role="group" aria-label={t('review.confirming')}>
      <p className="hint">{t('review.confirming')}</p>
      {all.map((category) => (
        <Check
          key={category}
          label={categories.get(category)?.name ?? t('inspector.unknownCategory')}
          selected={passage !== id || !without.has(category)}
          onChange={(agrees) => agree(id, category, agrees)}
        />
      ))}
    </div>
  );
}
