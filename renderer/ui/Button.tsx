import type { ReactNode } from 'react';
import { Button as AriaButton, ToggleButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import { Tip } from './Tip.tsx';

export type ButtonKind = 'plain' | 'primary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly kind?: ButtonKind;
  readonly size?: 'normal' | 'small';
  readonly icon?: IconName;
  /** Keys as they are shown: `['Ctrl', 'O']`. */
  readonly keys?: readonly string[];
  readonly children: ReactNode;
}

export function Button({
  kind = 'plain',
  size = 'normal',
  icon,
  keys,
  isPending = false,
  children,
  ...rest
}: ButtonProps) {
  // A pending button keeps its focus and does nothing. (The library’s own way announces a progress bar that it expects
  // inside the button; here the text beside it says what is going on.)
  const { onPress, type, ...others } = rest;
  const acts = isPending
    ? {}
    : { ...(onPress === undefined ? {} : { onPress }), ...(type === undefined ? {} : { type }) };
  return (
    <AriaButton
      {...others}
      {...acts}
      className="button"
      data-kind={kind}
      data-size={size}
      data-waiting={isPending || undefined}
      {...(isPending ? { 'aria-disabled': true } : {})}
    >
      {icon === undefined ? null : <Icon name={icon} size={size} />}
      {children}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** The button’s name for screen readers, also its tooltip. */
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: readonly string[];
  readonly kind?: ButtonKind;
  readonly size?: 'normal' | 'small';
}

/** A button that shows only an icon; its name and keys are in the tooltip. */
export function IconButton({ label, icon, keys, kind = 'quiet', size = 'normal', ...rest }: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton {...rest} aria-label={label} className="button" data-only-icon data-kind={kind} data-size={size}>
        <Icon name={icon} size={size} />
      </AriaButton>
    </Tip>
  );
}

export interface IconToggleProps {
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: readonly string[];
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** An icon button that is on or off. */
export function IconToggle({ label, icon, keys, selected, onChange, isDisabled = false }: IconToggleProps) {
  return (
    <Tip text={label} keys={keys}>
      <ToggleButton
        aria-label={label}
        isSelected={selected}
        onChange={onChange}
        isDisabled={isDisabled}
        className="button"
        data-only-icon
        data-kind="quiet"
      >
        <Icon name={icon} />
      </ToggleButton>
    </Tip>
  );
}

/** A button within text, underlined like a link. */
export function LinkButton(props: Omit<AriaButtonProps, 'className' | 'style'>) {
  return <AriaButton {...props} className="link" />;
}
