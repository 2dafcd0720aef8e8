import { useState } from 'react';
import { SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { useApi } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { NewPassphrase, NOTHING_TYPED, useSecretCall, wrongPassphrase } from '../../common/files/NewPassphrase.tsx';
import { notify } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/** Asks for a new passphrase, makes one encrypted file of the project, and closes it. */
export function CloseEncryptedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const { isPending, error, run } = useSecretCall();
  const wrong = wrongPassphrase(typed);
  const close = async (): Promise<void> => {
    // Pending commits belong to this project.
    await runPending();
    const { place } = await api.call('app.closeEncrypted', { passphrase: typed.passphrase });
    notify('plain', t('closeEncrypted.done', { place }));
  };
  return (
    <Dialog
      title={t('closeEncrypted.title')}
      isOpen
      // It can’t be stopped half-way: until it is done, the folder is as it was.
      onClose={isPending ? () => undefined : onClose}
      isHeld={isPending || typed !== NOTHING_TYPED}
      feet={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            {t('app.cancel')}
          </Button>
          <Button kind="primary" isDisabled={wrong !== null} isPending={isPending} onPress={() => run(close, onClose)}>
            {t('closeEncrypted.start')}
          </Button>
        </>
      }
    >
      <div className="stack form">
        <p>{t('closeEncrypted.text')}</p>
        <NewPassphrase typed={typed} onChange={setTyped} hint={t('closeEncrypted.madeHint')} />
        <Note tone="warn">{t('closeEncrypted.ssd')}</Note>
        <span className="hint" role="status">
          {isPending ? t('closeEncrypted.working') : null}
          {wrong === null || isPending ? null : t(`newPassphrase.still.${wrong}`, { count: SHORTEST_PASSPHRASE })}
        </span>
        {error === null ? null : <InlineError message={error} />}
      </div>
    </Dialog>
  );
}
