import { useRef, useState } from 'react';
import type { AppState } from '../../../shared/contract/app.ts';
import { useApi } from '../../api/index.ts';
import { useSecretCall } from '../../common/files/NewPassphrase.tsx';
import { PasswordForm } from '../../common/files/PasswordForm.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Wordmark } from '../frame/TopBar.tsx';

/** Shown instead of everything else until the passphrase of the signing key is entered. */
export function LockScreen({ person, isBrowser }: { person: AppState['person']; isBrowser: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const [typed, setTyped] = useState('');
  const { isPending, error, run } = useSecretCall();
  /** A passphrase entered while another was being tried, which takes a second or more: it is tried next if that one is wrong. */
  const next = useRef<string | null>(null);
  const tryOne = async (passphrase: string): Promise<void> => {
    try {
      await api.call('app.unlock', { passphrase });
    } catch (thrown) {
      const entered = next.current;
      next.current = null;
      if (entered === null) throw thrown;
      await tryOne(entered);
    }
  };
  const unlock = (passphrase: string): void => {
    setTyped('');
    if (isPending) next.current = passphrase;
    else
      run(
        () => tryOne(passphrase),
        () => undefined,
      );
  };
  return (
    <main className="locked">
      <div className="locked-box">
        <div className="start-mark">
          <Wordmark />
        </div>
        <h1 className="start-title">{t('locked.title')}</h1>
        <PasswordForm
          className="stack form"
          typed={typed}
          onType={setTyped}
          text={<p className="mid">{t('locked.text', { name: person.name })}</p>}
          label={t('locked.passphrase')}
          error={isPending ? null : error}
          onOpen={unlock}
        >
          <div>
            <Button kind="primary" type="submit" isDisabled={typed === '' && !isPending} isPending={isPending}>
              {t(isPending ? 'locked.unlocking' : 'locked.unlock')}
            </Button>
          </div>
        </PasswordForm>
        <p className="hint">{t(isBrowser ? 'locked.forgottenBrowser' : 'locked.forgotten')}</p>
      </div>
    </main>
  );
}
