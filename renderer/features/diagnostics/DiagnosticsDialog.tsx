import { useState } from 'react';
import { errorDataOf, useCall } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

const LINES = 16;

/** Shows the text to copy for a problem report, before it is copied. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error } = useCall('app.diagnostics', {});
  const [copyError, setCopyError] = useState<string | null>(null);
  const problem = error?.message ?? copyError;
  const text = data?.text ?? '';
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        announce(t('diagnostics.copied'));
        onClose();
      },
      (thrown: unknown) => setCopyError(errorDataOf(thrown).message),
    );
  };
  return (
    <Dialog
      title={t('diagnostics.title')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" icon="copy" isDisabled={data === undefined} onPress={copy}>
            {t('diagnostics.copy')}
          </Button>
        </>
      }
    >
      <p className="mid">{t('diagnostics.text')}</p>
      <div className="diagnostics">
        <Field
          label={t('diagnostics.label')}
          value={text}
          onChange={() => undefined}
          lines={LINES}
          dir="ltr"
          isReadOnly
        />
      </div>
      {problem === null ? null : <InlineError message={problem} />}
    </Dialog>
  );
}
