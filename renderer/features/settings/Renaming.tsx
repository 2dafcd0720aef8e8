import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

export interface RenamingProps {
  readonly id: string;
  readonly label: string;
  readonly stored: string;
  readonly hint: string;
  readonly action: string;
  readonly isPending: boolean;
  readonly done: string | null;
  readonly error: string | null;
  readonly onSave: (value: string) => void;
}

/** A name that is changed on purpose: by its button or Enter, not as one types. */
export function Renaming({ id, label, stored, hint, action, isPending, done, error, onSave }: RenamingProps) {
  const [draft, setDraft] = useState(stored);
  const next = draft.trim();
  return (
    <form
      id={id}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== '' && next !== stored) onSave(next);
      }}
    >
      <Field label={label} value={draft} onChange={setDraft} hint={hint} maxLength={200} />
      <div className="line" data-wrap>
        <Button size="small" type="submit" isDisabled={next === '' || next === stored} isPending={isPending}>
          {action}
        </Button>
        <span className="hint" role="status">
          {next === stored ? done : null}
        </span>
      </div>
      {error === null ? null : <InlineError message={error} />}
    </form>
  );
}
