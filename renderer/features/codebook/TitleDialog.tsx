import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

export interface TitleDialogProps {
  readonly title: string;
  readonly version: string;
  readonly onClose: () => void;
}

/** What the codebook is called, and which version of it this is: reports name both. */
export function TitleDialog({ title, version, onClose }: TitleDialogProps) {
  const { t } = useTranslation();
  const { mutate, error } = useWrite('codebook.edit');
  const [newTitle, setTitle] = useState(title);
  const [newVersion, setVersion] = useState(version);
  const isWhole = newTitle.trim() !== '' && newVersion.trim() !== '';
  const save = (): void => {
    const changed = {
      ...(newTitle.trim() === title ? {} : { title: newTitle }),
      ...(newVersion.trim() === version ? {} : { version: newVersion }),
    };
    if (Object.keys(changed).length === 0) onClose();
    else mutate(changed, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('codebook.titleAndVersion')}
      isOpen
      onClose={onClose}
      isHeld={newTitle !== title || newVersion !== version}
      feet={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!isWhole} onPress={save}>
            {t('codebook.saveTitle')}
          </Button>
        </>
      }
    >
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) save();
        }}
      >
        {error === null ? null : <InlineError message={error.message} />}
        <Field label={t('codebook.ownTitle')} value={newTitle} onChange={setTitle} maxLength={400} autoFocus />
        <Field
          label={t('codebook.ownVersion')}
          value={newVersion}
          onChange={setVersion}
          maxLength={60}
          hint={t('codebook.versionHint')}
          dir="ltr"
        />
      </Form>
    </Dialog>
  );
}
