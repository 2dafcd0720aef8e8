import { useRef, type ReactNode } from 'react';
import { Popover } from 'react-aria-components';
import { MenuList, type MenuEntry } from './Menu.tsx';

export interface ContextMenuProps {
  readonly label: string;
  /** The position of the click, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
  /** Names what the actions are about, if it is not the clicked element. */
  readonly head?: ReactNode;
}

/** A menu at the pointer, opened by a right click or the menu key. */
export function ContextMenu({ label, at, entries, onClose, head }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        className="context-anchor"
        style={{ insetInlineStart: at.x, insetBlockStart: at.y }}
        aria-hidden
      />
      <Popover
        className="popover"
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
        placement="bottom start"
        aria-label={label}
      >
        {head === undefined ? null : <div className="menu-head">{head}</div>}
        <MenuList label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  );
}
