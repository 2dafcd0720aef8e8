import { Field, type FieldProps } from '../../ui/Field.tsx';
import { useReadOnly } from '../read-only.ts';
import { useSavedDraft } from './saved-draft.ts';
import type { FieldName } from './refused.ts';

export interface SavedFieldProps extends Omit<FieldProps, 'onChange' | 'onBlur' | 'error' | 'gap' | 'hint' | 'stored'> {
  /** The stored text. */
  readonly value: string;
  /** Record and field: a text that can’t be saved is kept under this name. */
  readonly name: FieldName;
  /** Takes the trimmed text; calls `tell` with whether it was stored. */
  readonly onSave: (value: string, tell: (isStored: boolean) => void) => void;
  /** Returns what is wrong with the trimmed text, or null. */
  readonly check?: (text: string) => string | null;
  /** A hint, which may depend on the trimmed text that is in the field now. */
  readonly hint?: string | ((text: string) => string | undefined);
  readonly isGap?: (text: string) => boolean;
}

/**
 * A text field of a record. Leaving the field saves the text if it is valid and has changed. In a read-only project it can only be read.
 */
export function SavedField({ name, value, onSave, check, hint, isGap, ...rest }: SavedFieldProps) {
  const isReadOnly = useReadOnly();
  const { draft, setDraft, leave } = useSavedDraft({
    name,
    stored: value,
    isValid: (text) => (check?.(text) ?? null) === null,
    save: onSave,
  });
  const next = draft.trim();
  const error = check?.(next) ?? null;
  const shown = typeof hint === 'function' ? hint(next) : hint;
  return (
    <Field
      {...rest}
      isReadOnly={isReadOnly || (rest.isReadOnly ?? false)}
      value={draft}
      onChange={setDraft}
      onBlur={leave}
      error={error}
      stored={draft === value}
      gap={isGap?.(next) ?? false}
      {...(shown === undefined ? {} : { hint: shown })}
    />
  );
}
