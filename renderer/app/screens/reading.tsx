import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { goTo } from '../state/workbench.ts';

/** The source in front. */
export function ReaderPane() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('panes.noSource')} text={t('panes.noSourceText')}>
      <Button kind="primary" onPress={() => goTo('library')}>
        {t('commands.library')}
      </Button>
    </EmptyState>
  );
}

/** The passage one is on. */
export function InspectorPane() {
  const { t } = useTranslation();
  return <aside className="pane" aria-label={t('panes.inspector')} />;
}
