import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useMerging } from './merge-state.ts';
import { useMergeActs } from './useMergeActs.ts';
import { PassphraseField } from '../../common/files/PassphraseField.tsx';

/** A project file that is encrypted asks for its passphrase here, not in a dialog. */
export function SealedFile({ wrong }: { wrong: boolean }) {
  const { t } = useTranslation();
  const name = useMerging((state) => state.origin?.name ?? '');
  const { open, cancel } = useMergeActs();
  const [passphrase, setPassphrase] = useState('');
  return (
    <>
      <header className="bar">
        <h2 className="strong">{t('team.sealed.title')}</h2>
      </header>
      <Form
        className="team-middle"
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase !== '') open(passphrase);
        }}
      >
        <p className="line">
          <Icon name="lock" />
          <span>{t('team.sealed.text', { name })}</span>
        </p>
        <PassphraseField
          label={t('team.sealed.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          maxLength={1000}
          dir="ltr"
          error={wrong ? t('team.sealed.wrong') : null}
          hint={t('team.sealed.hint')}
        />
        <div className="line">
          <Button kind="primary" type="submit" isDisabled={passphrase === ''}>
            {t('team.sealed.open')}
          </Button>
          <Button onPress={cancel}>{t('app.cancel')}</Button>
        </div>
      </Form>
    </>
  );
}
