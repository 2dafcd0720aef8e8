import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: readonly string[];
  readonly tone?: 'bad';
  readonly isDisabled?: boolean;
  readonly run: () => void;
}
export type MenuEntry = MenuAction | 'line';

/** A button that opens a menu. `trigger` is the button. */
export function Menu({
  label,
  trigger,
  entries,
}: {
  label: string;
  trigger: ReactElement;
  entries: readonly MenuEntry[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" offset={4} placement="bottom end">
        <MenuList label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

/** The entries of a menu, wherever it opens. */
export function MenuList({
  label,
  entries,
  onClose,
}: {
  label: string;
  entries: readonly MenuEntry[];
  onClose?: () => void;
}) {
  return (
    // Without a button, a menu has to take the focus itself.
    <AriaMenu className="menu" aria-label={label} {...(onClose === undefined ? {} : { onClose, autoFocus: true })}>
      {entries.map((entry, index) =>
        entry === 'line' ? (
          // A separator has no identity but its place, and the entries of a menu never move.
          <Separator key={`line-${String(index)}`} />
        ) : (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            className="menu-item"
            data-tone={entry.tone}
            isDisabled={entry.isDisabled ?? false}
            onAction={entry.run}
          >
            {entry.icon === undefined ? null : <Icon name={entry.icon} />}
            <span className="grow">{entry.label}</span>
            {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
          </MenuItem>
        ),
      )}
    </AriaMenu>
  );
}
