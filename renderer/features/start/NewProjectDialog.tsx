import { useState } from 'react';
import { useWrite } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

type Codebook = 'xinjiang-labour' | 'empty';
const LONGEST = 200;

/** Asks for the title and the codebook of a new project. */
export function NewProjectDialog({
  isOpen,
  onClose,
  place,
}: {
  isOpen: boolean;
  onClose: () => void;
  place: string | null;
}) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [codebook, setCodebook] = useState<Codebook>('xinjiang-labour');
  const { mutate, isPending, error, reset } = useWrite('app.newProject');
  /** Closes the dialog and keeps the title for the next time. */
  const leave = (): void => {
    reset();
    onClose();
  };
  const close = (): void => {
    setTitle('');
    leave();
  };
  return (
    <Dialog
      title={t('commands.newProject')}
      isOpen={isOpen}
      onClose={leave}
      ignoresOutside={title.trim() !== ''}
      footer={
        <>
          <Button onPress={close}>{t('app.cancel')}</Button>
          <Button
            kind="primary"
            type="submit"
            form="new-project"
            isDisabled={title.trim() === ''}
            isPending={isPending}
          >
            {t('start.create')}
          </Button>
        </>
      }
    >
      <form
        id="new-project"
        className="stack form"
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ title, codebook }, { onSuccess: ({ opened }) => (opened ? close() : undefined) });
        }}
      >
        <Field
          label={t('start.title')}
          value={title}
          onChange={setTitle}
          maxLength={LONGEST}
          autoFocus
          isRequired
          hint={place === null ? t('start.placeAsked') : t('start.placeBrowser', { place })}
        />
        <Radios<Codebook>
          label={t('start.codebook')}
          value={codebook}
          onChange={setCodebook}
          options={[
            { value: 'xinjiang-labour', label: t('start.codebookLabour'), hint: t('start.codebookLabourHint') },
            { value: 'empty', label: t('start.codebookEmpty'), hint: t('start.codebookEmptyHint') },
          ]}
        />
        {error === null ? null : <InlineError message={error.message} />}
      </form>
    </Dialog>
  );
}
