import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './Button.tsx';
import { focusFirstIn, keepFocusIn, keepFocusSomewhere } from './focus-memory.ts';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Names the close button in the corner. Without it there is none, and the footer must have one. */
  readonly closeLabel?: string;
  readonly size?: 'normal' | 'wide' | 'sheet';
  /** An alert asks before something is removed. */
  readonly role?: 'dialog' | 'alertdialog';
  /** A press outside does not close it: something was typed or selected in it. */
  readonly ignoresOutside?: boolean;
  readonly head?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A modal dialog: focus stays in it and returns where it came from; Escape closes. */
export function Dialog({
  title,
  isOpen,
  onClose,
  closeLabel,
  size = 'normal',
  role = 'dialog',
  ignoresOutside = false,
  head,
  footer,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      isDismissable={role === 'dialog' && !ignoresOutside}
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <Modal className="dialog-box" data-size={size}>
        <AriaDialog className="dialog" role={role}>
          <Keyboard />
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {head}
            {closeLabel === undefined ? null : <IconButton label={closeLabel} icon="close" onPress={onClose} />}
          </header>
          <div className="dialog-body">{children}</div>
          {footer === undefined ? null : <footer className="dialog-footer">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Keeps the focus inside the dialog while it is open. */
function Keyboard() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const dialog = place.current?.closest<HTMLElement>('.dialog');
    const frame = requestAnimationFrame(() => (dialog ? focusFirstIn(dialog) : undefined));
    const end = dialog ? keepFocusIn(dialog) : undefined;
    return () => {
      end?.();
      cancelAnimationFrame(frame);
      keepFocusSomewhere();
    };
  }, []);
  return <span ref={place} hidden />;
}
