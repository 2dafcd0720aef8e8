import { useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Field } from './Field.tsx';

export interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly words: { readonly save: string; readonly cancel: string };
  /** The present name; empty for a new record. */
  readonly initial: string;
  /** The field’s number of lines, for a name that is a sentence. Enter saves nevertheless. */
  readonly lines?: number;
  readonly error: string | null;
  readonly isPending: boolean;
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for a name; Enter saves one that is not empty. */
export function NameDialog({
  title,
  label,
  words,
  initial,
  lines = 1,
  error,
  isPending,
  onSave,
  onClose,
}: NameDialogProps) {
  const [name, setName] = useState(initial);
  const isEmpty = name.trim() === '';
  const save = (): void => {
    if (!isEmpty && !isPending) onSave(name);
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      ignoresOutside
      footer={
        <>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button kind="primary" isDisabled={isEmpty} isPending={isPending} onPress={save}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={label} value={name} onChange={setName} lines={lines} onEnter={save} autoFocus error={error} />
      </form>
    </Dialog>
  );
}
