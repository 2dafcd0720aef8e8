import { useId, useState } from 'react';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { errorDataOf, useApi, useHostEvent } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { NewPassphrase, NOTHING_TYPED, useSecretCall, wrongPassphrase } from '../../common/files/NewPassphrase.tsx';
import { formatShare } from '../../common/format.ts';
import { notify } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';

/** Asks for a new passphrase, makes one encrypted file of the project, and closes it. */
export function CloseEncryptedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const id = useId();
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const { isPending, error, run } = useSecretCall();
  const wrong = wrongPassphrase(typed);
  const close = async (): Promise<void> => {
    // Pending commits belong to this project.
    await runPending();
    try {
      const { place } = await api.call('app.closeEncrypted', { passphrase: typed.passphrase });
      notify('plain', t('closeEncrypted.done', { place }));
    } catch (thrown) {
      if (errorDataOf(thrown).code !== 'CANCELLED') throw thrown;
      notify('plain', t('closeEncrypted.stopped'));
    }
  };
  const leave = isPending ? () => void api.call('app.cancelCloseEncrypted', {}) : onClose;
  return (
    <Dialog
      title={t('closeEncrypted.title')}
      isOpen
      onClose={leave}
      ignoresOutside={isPending || typed !== NOTHING_TYPED}
      footer={
        <>
          <Button onPress={leave}>{t(isPending ? 'closeEncrypted.stop' : 'app.cancel')}</Button>
          <Button kind="primary" type="submit" form={id} isDisabled={wrong !== null} isPending={isPending}>
            {t('closeEncrypted.start')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="stack form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong === null && !isPending) run(close, onClose);
        }}
      >
        <p>{t('closeEncrypted.text')}</p>
        {isPending ? (
          <Closing />
        ) : (
          <NewPassphrase typed={typed} onChange={setTyped} hint={t('closeEncrypted.madeHint')} />
        )}
        <Note tone="warn">{t('closeEncrypted.ssd')}</Note>
        {wrong === null || isPending ? null : (
          <span className="hint" role="status">
            {t(`newPassphrase.still.${wrong}`, { count: SHORTEST_PASSPHRASE })}
          </span>
        )}
        {error === null ? null : <InlineError message={error} />}
      </form>
    </Dialog>
  );
}

function Closing() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<EventPayload<'closing.progress'> | null>(null);
  useHostEvent('closing.progress', setProgress);
  const text =
    progress === null
      ? t('closeEncrypted.phase.starting')
      : t('closeEncrypted.going', {
          phase: t(`closeEncrypted.phase.${progress.phase}`),
          share: formatShare(progress.total === 0 ? 1 : progress.done / progress.total),
        });
  return (
    <div className="stack-tight">
      <Progress
        label={t('closeEncrypted.title')}
        value={progress?.done ?? 0}
        max={progress === null ? null : progress.total}
        text={text}
      />
      <p className="hint">{text}</p>
    </div>
  );
}
