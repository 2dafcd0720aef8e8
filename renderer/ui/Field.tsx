import { useId, type ReactNode } from 'react';
import {
  Button,
  FieldError,
  Input,
  Label,
  SearchField,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';
import { Icon } from './Icon.tsx';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, and how to correct it. */
  readonly error?: string | null;
  /** The value is missing: drawn as a gap. */
  readonly gap?: boolean;
  /** Whether the field’s text equals the stored one. For a field that is not saved by leaving it, give this only while it is true. */
  readonly stored?: boolean;
  readonly lines?: number;
  readonly type?: 'text' | 'password';
  /** A button at the end of the field that shows or hides what was typed. */
  readonly reveal?: { readonly label: string; readonly isShown: boolean; readonly onPress: () => void };
  /** Called on Enter in a field of several lines, where Shift+Enter starts a line. */
  readonly onEnter?: () => void;
  /** Called on Escape. */
  readonly onLeave?: () => void;
  readonly dir?: 'auto' | 'ltr' | 'rtl';
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  /** Values offered while typing; others can be entered too. */
  readonly suggestions?: readonly string[];
}

/** Marks a field with stored text, for common/drafts/field-undo.ts. */
export const draftMark = (stored: boolean | undefined): 'stored' | 'changed' | undefined =>
  stored === undefined ? undefined : stored ? 'stored' : 'changed';

/**
 * Why the value is refused. A live region that exists before the error: the focus stays in the field, and screen readers don’t read a
 * description that changes meanwhile.
 */
export function SaidError({ error }: { error: string | null | undefined }) {
  return (
    <div className="field-said" aria-live="polite">
      <FieldError className="field-error">{error}</FieldError>
    </div>
  );
}

/** A labelled line or block of text. Nothing here is ever spell-checked: Chromium would fetch dictionaries. */
export function Field({
  label,
  hint,
  error,
  gap = false,
  stored,
  lines = 1,
  placeholder = '',
  dir = 'auto',
  suggestions = [],
  reveal,
  onEnter,
  onLeave,
  ...rest
}: FieldProps) {
  const list = useId();
  const leaving: Pick<TextFieldProps, 'onKeyDown'> =
    onLeave === undefined
      ? {}
      : { onKeyDown: (event) => (event.key === 'Escape' ? onLeave() : event.continuePropagation()) };
  return (
    <TextField
      {...rest}
      {...leaving}
      className="field"
      data-gap={gap || undefined}
      data-draft={draftMark(stored)}
      isInvalid={error !== null && error !== undefined}
      validationBehavior="aria"
      spellCheck="false"
    >
      <Label className="field-label">{label}</Label>
      <div className="field-box">
        {lines > 1 ? (
          <TextArea
            rows={lines}
            placeholder={placeholder}
            dir={dir}
            onKeyDown={(event) => {
              // Enter that chooses a Chinese character belongs to the input method.
              const isOwn = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
              if (onEnter === undefined || !isOwn) return;
              event.preventDefault();
              onEnter();
            }}
          />
        ) : (
          <Input placeholder={placeholder} dir={dir} {...(suggestions.length === 0 ? {} : { list })} />
        )}
        {reveal === undefined ? null : (
          <Button className="field-clear" aria-label={reveal.label} onPress={reveal.onPress}>
            <Icon name={reveal.isShown ? 'eyeOff' : 'eye'} size="small" />
          </Button>
        )}
      </div>
      {suggestions.length === 0 ? null : (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} aria-label={one} />
          ))}
        </datalist>
      )}
      {hint === undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <SaidError error={error} />
    </TextField>
  );
}

export interface FilterFieldProps {
  /** The field’s name for screen readers and its placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly keys?: string;
  readonly inputRef?: React.Ref<HTMLInputElement>;
  /** Called on Enter and on the down arrow: moves the focus to the filtered list. */
  readonly onLeave?: () => void;
  /** Called on Enter instead of `onLeave`. */
  readonly onEnter?: () => void;
}

/** A field that filters a list. Escape clears it. */
export function FilterField({ label, value, onChange, keys, inputRef, onLeave, onEnter = onLeave }: FilterFieldProps) {
  return (
    <SearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className="filter-field"
      spellCheck="false"
      onKeyDown={(event) => {
        const act = event.key === 'ArrowDown' ? onLeave : event.key === 'Enter' ? onEnter : undefined;
        if (act !== undefined && !event.nativeEvent.isComposing) {
          event.preventDefault();
          act();
        } else event.continuePropagation();
      }}
    >
      <div className="field-box">
        <Icon name="search" size="small" />
        <Input ref={inputRef ?? null} placeholder={label} dir="auto" />
        {value === '' ? (
          keys === undefined ? null : (
            <kbd aria-hidden>{keys}</kbd>
          )
        ) : (
          // The search field around it gives the button its name and action.
          <Button className="field-clear">
            <Icon name="close" size="small" />
          </Button>
        )}
      </div>
    </SearchField>
  );
}
