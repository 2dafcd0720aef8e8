import { useEffect, useState } from 'react';
import type { AppState } from '../../../shared/contract/app.ts';
import { useWrite } from '../../api/index.ts';
import { nameGiven, putOffName, useNameAsked } from '../../common/people/name-asked.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

const LONGEST = 200;

/** Asks for the name that edits are signed with: on the first run, and again before anything is signed without one. */
export function NameDialog({ state }: { state: AppState }) {
  const { t } = useTranslation();
  const putOff = useNameAsked((asked) => asked.putOff);
  const [name, setName] = useState('');
  const { mutate, isPending, error, reset } = useWrite('app.settings');
  const isEmpty = name.trim() === '';
  const { needsName } = state;
  useEffect(() => {
    if (!needsName) nameGiven();
  }, [needsName]);
  return (
    <Dialog
      title={t('naming.title')}
      isOpen={needsName && !putOff}
      onClose={putOffName}
      ignoresOutside={!isEmpty}
      footer={
        <>
          <Button onPress={putOffName}>{t('naming.later')}</Button>
          <Button kind="primary" type="submit" form="own-name" isDisabled={isEmpty} isPending={isPending}>
            {t('naming.save')}
          </Button>
        </>
      }
    >
      <form
        id="own-name"
        className="stack form"
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ personName: name });
        }}
      >
        <p className="reading">{t('naming.text')}</p>
        <Field
          label={t('naming.name')}
          value={name}
          onChange={(value) => {
            setName(value);
            reset();
          }}
          maxLength={LONGEST}
          autoFocus
          isRequired
          hint={t('naming.hint')}
          {...(error === null ? {} : { error: error.message })}
        />
      </form>
    </Dialog>
  );
}
