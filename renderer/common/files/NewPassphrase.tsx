import { useState } from 'react';
import { isLongEnough, newPassphrase, SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { errorDataOf } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { announce, notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { PassphraseField } from './PasswordForm.tsx';

/** A new passphrase, typed twice. */
export interface Typed {
  readonly passphrase: string;
  readonly again: string;
  /** A generated passphrase, until the person says that it is written down. */
  readonly unwritten: string | null;
}
export const NOTHING_TYPED: Typed = { passphrase: '', again: '', unwritten: null };

/** Why it can’t be used; null if it can. */
export function wrongPassphrase({ passphrase, again, unwritten }: Typed): 'short' | 'differ' | 'unwritten' | null {
  if (!isLongEnough(passphrase)) return 'short';
  if (passphrase !== again) return 'differ';
  return unwritten === passphrase ? 'unwritten' : null;
}

interface NewPassphraseProps {
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  /** What to do with a generated passphrase: it is shown only here. */
  readonly hint: string;
  /** Whether the first field takes the focus. In a dialog it does so anyway. */
  readonly autoFocus?: boolean;
}

/** The two fields of a new passphrase, and a button that makes one of seven words. */
export function NewPassphrase({ typed, onChange, hint, autoFocus = false }: NewPassphraseProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  const { passphrase, again } = typed;
  const wrong = wrongPassphrase(typed);
  const make = (): void => {
    const next = newPassphrase();
    setMade(next);
    onChange({ passphrase: next, again: next, unwritten: next });
  };
  const copy = (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => announce(t('newPassphrase.copied')),
      (thrown: unknown) => notifyError(errorDataOf(thrown)),
    );
  };
  return (
    <>
      <div className="stack-tight">
        <div>
          <Button onPress={make}>{t('newPassphrase.make')}</Button>
        </div>
        {made === null || made !== passphrase ? null : (
          <div className="made-passphrase">
            <div className="line" data-wrap role="status">
              <bdi className="code">{made}</bdi>
              <Button size="small" icon="copy" onPress={() => copy(made)}>
                {t('newPassphrase.copy')}
              </Button>
            </div>
            <span className="hint">{hint}</span>
            <span className="hint">{t('newPassphrase.once')}</span>
            <Check
              label={t('newPassphrase.written')}
              selected={typed.unwritten !== made}
              onChange={(isWritten) => onChange({ ...typed, unwritten: isWritten ? null : made })}
            />
          </div>
        )}
      </div>
      <div className="handing-passphrase">
        <PassphraseField
          label={t('newPassphrase.passphrase')}
          value={passphrase}
          autoFocus={autoFocus}
          onChange={(next) => onChange({ ...typed, passphrase: next })}
          error={
            wrong === 'short' && passphrase !== '' ? t('newPassphrase.short', { count: SHORTEST_PASSPHRASE }) : null
          }
        />
        <PassphraseField
          label={t('newPassphrase.again')}
          value={again}
          onChange={(next) => onChange({ ...typed, again: next })}
          error={wrong === 'differ' && again !== '' ? t('newPassphrase.differ') : null}
        />
      </div>
    </>
  );
}

/** Runs a call that contains a secret; the call is not cached. */
export function useSecretCall(): {
  readonly isPending: boolean;
  readonly error: string | null;
  readonly run: (work: () => Promise<unknown>, done: () => void) => void;
} {
  const [state, setState] = useState<{ readonly isPending: boolean; readonly error: string | null }>({
    isPending: false,
    error: null,
  });
  const run = (work: () => Promise<unknown>, done: () => void): void => {
    setState({ isPending: true, error: null });
    const ending = async (): Promise<void> => {
      try {
        await work();
        setState({ isPending: false, error: null });
        done();
      } catch (thrown) {
        setState({ isPending: false, error: errorDataOf(thrown).message });
      }
    };
    void ending();
  };
  return { ...state, run };
}
