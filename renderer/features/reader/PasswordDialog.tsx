import { useCallback, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

export interface PasswordQuestion {
  /** Null while nothing is asked. */
  readonly asked: { readonly wrong: boolean } | null;
  readonly ask: (wrong: boolean) => Promise<string | null>;
  readonly answer: (password: string | null) => void;
  /** Whether it was asked for and not given. */
  readonly wasRefused: () => boolean;
}

/** Asks for the password of a PDF that is to be painted. It is used for that and kept nowhere. */
export function usePassword(): PasswordQuestion {
  const [asked, setAsked] = useState<PasswordQuestion['asked']>(null);
  const waiting = useRef<((password: string | null) => void) | null>(null);
  const ask = useCallback(
    (wrong: boolean) =>
      new Promise<string | null>((resolve) => {
        waiting.current = resolve;
        setAsked({ wrong });
      }),
    [],
  );
  const refused = useRef(false);
  const wasRefused = useCallback(() => refused.current, []);
  const answer = useCallback((password: string | null) => {
    refused.current = password === null;
    setAsked(null);
    waiting.current?.(password);
    waiting.current = null;
  }, []);
  return { asked, ask, answer, wasRefused };
}

export function PasswordDialog({ password: { asked, answer } }: { password: PasswordQuestion }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const send = (): void => {
    answer(typed);
    setTyped('');
  };
  return (
    <Dialog
      title={t('reader.passwordTitle')}
      isOpen={asked !== null}
      onClose={() => answer(null)}
      feet={
        <>
          <Button onPress={() => answer(null)}>{t('reader.passwordNone')}</Button>
          <Button kind="primary" isDisabled={typed === ''} onPress={send}>
            {t('reader.passwordOpen')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          label={t('reader.password')}
          type="password"
          value={typed}
          onChange={setTyped}
          autoFocus
          hint={t('reader.passwordHint')}
          error={asked?.wrong === true ? t('reader.passwordWrong') : null}
        />
      </form>
    </Dialog>
  );
}
