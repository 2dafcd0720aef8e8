import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { MergeProgressBar, MergePreviewPane } from './MergePreviewPane.tsx';
import { MergeHome } from './MergeHome.tsx';
import { useMerging } from './merge-state.ts';
import { useMergeActs } from './useMergeActs.ts';
import { Icon } from '../../ui/Icon.tsx';
import { PasswordForm } from '../../common/files/PasswordForm.tsx';

/** A merge, from choosing a file to its result. */
export function MergeSection() {
  const stage = useMerging((state) => state.stage);
  const place = useRef<HTMLDivElement>(null);
  const step = stage.at === 'merging' ? 'preview' : stage.at;
  const before = useRef(step);
  useEffect(() => {
    // The button that was pressed has disappeared with the last step, so the focus moves to the new one.
    if (before.current !== step) place.current?.querySelector<HTMLElement>('[data-begin]')?.focus();
    before.current = step;
  }, [step]);
  return (
    <div ref={place} className="team-part">
      <Step />
    </div>
  );
}

function Step() {
  const stage = useMerging((state) => state.stage);
  switch (stage.at) {
    case 'idle':
      return <MergeHome />;
    case 'looking':
      return <Looking />;
    case 'encrypted':
      return <EncryptedFile wrong={stage.wrong} />;
    case 'preview':
    case 'merging':
      return <MergePreviewPane preview={stage.preview} />;
  }
}

function Looking() {
  const { t } = useTranslation();
  const name = useMerging((state) => state.origin?.name ?? '');
  const { cancel } = useMergeActs();
  return (
    <>
      <header className="bar">
        <h2 className="strong" tabIndex={-1} data-begin>
          {t('merge.preview')}
        </h2>
        <bdi className="dim cut grow">{name}</bdi>
      </header>
      <div className="merge-middle">
        <MergeProgressBar label={t('merge.looking')} />
        <p className="hint">{t('merge.nothingYet')}</p>
        <Button onPress={cancel} keys={['Esc']}>
          {t('app.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Asks for the passphrase of an encrypted project file. */
function EncryptedFile({ wrong }: { wrong: boolean }) {
  const { t } = useTranslation();
  const name = useMerging((state) => state.origin?.name ?? '');
  const { open, cancel } = useMergeActs();
  const [passphrase, setPassphrase] = useState('');
  return (
    <>
      <header className="bar">
        <h2 className="strong">{t('encrypted.title')}</h2>
      </header>
      <PasswordForm
        className="merge-middle"
        typed={passphrase}
        onType={setPassphrase}
        onOpen={open}
        text={
          <p className="line">
            <Icon name="lock" />
            <span>{t('merge.encrypted.text', { name })}</span>
          </p>
        }
        label={t('encrypted.passphrase')}
        error={wrong ? t('encrypted.wrong') : null}
        hint={t('merge.encrypted.hint')}
      >
        <div className="line">
          <Button kind="primary" type="submit" isDisabled={passphrase === ''}>
            {t('merge.encrypted.open')}
          </Button>
          <Button onPress={cancel}>{t('app.cancel')}</Button>
        </div>
      </PasswordForm>
    </>
  );
}
