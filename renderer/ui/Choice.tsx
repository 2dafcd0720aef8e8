import type { ReactNode } from 'react';
import { Checkbox, Label, Radio, RadioGroup, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Icon } from './Icon.tsx';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

/** One of a few options, each with an explanation. */
export function Radios<V extends string>({
  label,
  note,
  value,
  options,
  onChange,
}: {
  label: string;
  /** What people need to know before they choose. */
  note?: ReactNode;
  /** Null: nothing is selected yet. */
  value: V | null;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}) {
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      {note}
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="radio">
          <span className="radio-dot" />
          <span className="stack-tight">
            <span>{option.label}</span>
            {option.hint === undefined ? null : <span className="hint">{option.hint}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** One of a few options with short names. */
export function Segments<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}) {
  return (
    <ToggleButtonGroup
      ref={keepEntered}
      aria-label={label}
      className="segments"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} excludeFromTabOrder={option.value !== value}>
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/**
 * Makes Tab and Shift Tab focus the selected option, and a click the clicked one. By itself the library focuses the option that last had
 * the focus, which may no longer be selected.
 */
function keepEntered(group: HTMLDivElement | null): (() => void) | undefined {
  const entered = ({ target, relatedTarget }: FocusEvent): void => {
    const isFromOutside = !(relatedTarget instanceof Node && group?.contains(relatedTarget) === true);
    if (isFromOutside && target instanceof HTMLElement) target.focus();
  };
  group?.addEventListener('focusin', entered);
  return () => group?.removeEventListener('focusin', entered);
}

export function Check({
  label,
  selected,
  isMixed = false,
  onChange,
  isDisabled = false,
}: {
  label: string;
  selected: boolean;
  /** Whether it is true for some items and false for others. */
  isMixed?: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <Checkbox
      className="check"
      isSelected={selected}
      isIndeterminate={isMixed}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className="check-box">
        <Icon name={isMixed ? 'minus' : 'check'} size="small" />
      </span>
      <span>{label}</span>
    </Checkbox>
  );
}
