import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useCodebookActs } from './useCodebookActs.ts';

/** A codebook without categories: what they are for, and two ways to begin. */
export function EmptyCodebook({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  return (
    <div className="scroll empty-codebook">
      <EmptyState title={t('codebook.emptyTitle')} text={t('codebook.emptyText')}>
        <Button kind="primary" icon="add" onPress={onAdd}>
          {t('codebook.addFirst')}
        </Button>
        <Button onPress={() => void acts.install()}>{t('codebook.installBuiltIn')}</Button>
        <p className="hint">{t('codebook.installMeaning')}</p>
      </EmptyState>
    </div>
  );
}
