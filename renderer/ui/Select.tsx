import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { Field, SaidError } from './Field.tsx';
import { Icon } from './Icon.tsx';
import type { Option } from './Choice.tsx';

export interface SelectProps<V extends string> {
  readonly label: string;
  /** Null: nothing selected, shown as a gap. */
  readonly value: V | null;
  readonly options: readonly Option<V>[];
  /** Shown while nothing is selected; also the option that clears the selection. */
  readonly none: string;
  readonly onChange: (value: V | null) => void;
  readonly error?: string | null;
  /** Whether an empty value is normal and not a gap. */
  readonly noneIsFine?: boolean;
  /** Whether the value is shown as text that can be read and copied. */
  readonly isReadOnly?: boolean;
}

const NONE = '';

/** A list to choose one option from, or none. */
export function Select<V extends string>({
  label,
  value,
  options,
  none,
  onChange,
  error = null,
  noneIsFine = false,
  isReadOnly = false,
}: SelectProps<V>) {
  const isGap = value === null && !noneIsFine;
  if (isReadOnly) {
    const chosen = options.find((option) => option.value === value);
    return (
      <Field
        label={label}
        value={chosen?.label ?? value ?? ''}
        onChange={() => undefined}
        placeholder={none}
        gap={isGap}
        error={error}
        isReadOnly
      />
    );
  }
  return (
    <AriaSelect
      className="field"
      data-gap={isGap || undefined}
      value={value ?? NONE}
      onChange={(key) => onChange(options.find((option) => option.value === key)?.value ?? null)}
      isInvalid={error !== null}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <Button className="field-box">
        <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="collapse" size="small" />
      </Button>
      <SaidError error={error} />
      <Popover className="popover" offset={4}>
        <ListBox className="list-box">
          <ListBoxItem id={NONE} textValue={none} className="menu-item">
            <span className="dim">{none}</span>
          </ListBoxItem>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="menu-item">
              <span className="grow">{option.label}</span>
              {option.hint === undefined || option.hint === '' ? null : <span className="hint">{option.hint}</span>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
