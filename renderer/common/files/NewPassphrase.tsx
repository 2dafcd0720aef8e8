import { useState } from 'react';
import { isLongEnough, newPassphrase, SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { errorDataOf } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { PassphraseField } from './PasswordForm.tsx';

/** A new passphrase, typed twice. */
export interface Typed {
  readonly passphrase: string;
  readonly again: string;
}
export const NOTHING_TYPED: Typed = { passphrase: '', again: '' };

/** Why it can’t be used; null if it can. */
export function wrongPassphrase({ passphrase, again }: Typed): 'short' | 'differ' | null {
  if (!isLongEnough(passphrase)) return 'short';
  return passphrase === again ? null : 'differ';
}

interface NewPassphraseProps {
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  /** What to do with one that was made: it is shown only here. */
  readonly hint: string;
}

/** The two fields of a new passphrase, and a button that makes one of seven words. */
export function NewPassphrase({ typed, onChange, hint }: NewPassphraseProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  const { passphrase, again } = typed;
  const wrong = wrongPassphrase(typed);
  const make = (): void => {
    const next = newPassphrase();
    setMade(next);
    onChange({ passphrase: next, again: next });
  };
  return (
    <>
      <div className="stack-tight">
        <div>
          <Button onPress={make}>{t('newPassphrase.make')}</Button>
        </div>
        {made === null || made !== passphrase ? null : (
          <p className="made-passphrase" role="status">
            <bdi className="code">{made}</bdi>
            <span className="hint">{hint}</span>
          </p>
        )}
      </div>
      <div className="handing-passphrase">
        <PassphraseField
          label={t('newPassphrase.passphrase')}
          value={passphrase}
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

/** Runs a call with a secret in it, which a cache of calls would keep. */
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
