import { useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Field, type FieldProps } from '../../ui/Field.tsx';

/** A field for a secret, hidden until its button shows it: a long passphrase is easily mistyped. */
export function PassphraseField({
  isPassword = false,
  ...rest
}: Omit<FieldProps, 'type' | 'reveal'> & { readonly isPassword?: boolean }) {
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
