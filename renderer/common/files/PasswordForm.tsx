import { useId, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, type FieldProps } from '../../ui/Field.tsx';
import { useTranslation } from '../strings/use-translation.ts';

interface Secret {
  /** Whether it asks for a password that another program set, as on a PDF; otherwise for the passphrase of a project file. */
  readonly isPassword?: boolean;
}

/** A field for a secret, hidden until its button shows it: a long passphrase is easily mistyped. */
export function PassphraseField({ isPassword = false, ...rest }: Omit<FieldProps, 'type' | 'reveal'> & Secret) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const label = isPassword
    ? t(shown ? 'encrypted.hidePassword' : 'encrypted.showPassword')
    : t(shown ? 'encrypted.hide' : 'encrypted.show');
  return (
    <Field
      {...rest}
      type={shown ? 'text' : 'password'}
      reveal={{ label, isShown: shown, onPress: () => setShown(!shown) }}
    />
  );
}

interface Asking extends Secret {
  readonly label: string;
  readonly hint?: string;
  /** Why the last attempt did not open the file; shown until another password is typed. */
  readonly error: string | null;
  readonly onOpen: (password: string) => void;
}

interface PasswordFormProps extends Asking {
  readonly id?: string;
  readonly className?: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly text?: ReactNode;
  /** Buttons, unless they are outside of the form. */
  readonly children?: ReactNode;
}

/** Asks for the password or passphrase of a locked file. It is passed on once and stored nowhere. */
export function PasswordForm(props: PasswordFormProps) {
  const { id, className = 'stack', typed, onType, onOpen, text, children, error, ...field } = props;
  return (
    <Form
      {...(id === undefined ? {} : { id })}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') onOpen(typed);
      }}
    >
      {text}
      <PassphraseField
        {...field}
        value={typed}
        onChange={onType}
        autoFocus
        maxLength={1000}
        dir="ltr"
        error={typed === '' ? error : null}
      />
      {children}
    </Form>
  );
}

/** {@link PasswordForm} as a part of a larger dialog, with its own button. */
export function PasswordWithin({ openLabel, ...asking }: Asking & { readonly openLabel: string }) {
  const [typed, setTyped] = useState('');
  return (
    <PasswordForm {...asking} typed={typed} onType={setTyped}>
      <div className="line">
        <Button type="submit">{openLabel}</Button>
      </div>
    </PasswordForm>
  );
}

export interface PasswordDialogProps extends Asking {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly text?: ReactNode;
  readonly openLabel: string;
  readonly leaveLabel: string;
  /** Whether an entered password is being tried. */
  readonly isTrying?: boolean;
  readonly onLeave: () => void;
  /** A failure that is not about the password. */
  readonly failure?: ReactNode;
}

/** {@link PasswordForm} in a dialog. */
export function PasswordDialog(props: PasswordDialogProps) {
  const { title, isOpen = true, text, openLabel, leaveLabel, isTrying = false, failure, ...asking } = props;
  const id = useId();
  const [typed, setTyped] = useState('');
  const leave = (): void => {
    setTyped('');
    props.onLeave();
  };
  const open = (password: string): void => {
    if (isTrying) return;
    setTyped('');
    props.onOpen(password);
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      ignoresOutside
      onClose={leave}
      footer={
        <>
          <Button onPress={leave}>{leaveLabel}</Button>
          <Button kind="primary" type="submit" form={id} isDisabled={typed === '' && !isTrying} isPending={isTrying}>
            {openLabel}
          </Button>
        </>
      }
    >
      <PasswordForm
        id={id}
        typed={typed}
        onType={setTyped}
        text={text}
        label={asking.label}
        error={isTrying ? null : asking.error}
        onOpen={open}
        {...(asking.hint === undefined ? {} : { hint: asking.hint })}
        {...(asking.isPassword === undefined ? {} : { isPassword: asking.isPassword })}
      >
        {failure}
      </PasswordForm>
    </Dialog>
  );
}
