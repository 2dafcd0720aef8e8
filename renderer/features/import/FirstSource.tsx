import { Trans } from 'react-i18next';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** What stands in a library without sources: what belongs here, the first act, what follows. */
export function FirstSource({ onChoose, importKey }: { onChoose: () => void; importKey: string }) {
  const { t } = useTranslation();
  return (
    <div className="scroll">
      <EmptyState title={t('import.first.title')} text={t('import.first.text')}>
        <div className="drop-zone">
          <span className="line">
            <Icon name="import" />
            {t('import.first.drop')}
          </span>
          <span className="hint">{t('import.first.or')}</span>
          <Button keys={shownKeys(importKey)} onPress={onChoose}>
            {t('import.first.choose')}
          </Button>
        </div>
        <ol className="first-steps">
          {(['one', 'two', 'three'] as const).map((step, index) => (
            <li key={step}>
              <kbd aria-hidden>{index + 1}</kbd>
              <span>
                <Trans i18nKey={`import.first.steps.${step}`} components={{ kbd: <kbd /> }} />
              </span>
            </li>
          ))}
        </ol>
      </EmptyState>
    </div>
  );
}
