import { useState, type ReactNode } from 'react';
import { DialogTrigger, Popover } from 'react-aria-components';
import { Button } from './Button.tsx';

/** A quiet button that opens what it names beside itself. Escape, and a press elsewhere, close it. */
export function Flyout({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button kind="quiet" size="small">
        {label}
      </Button>
      {/* The popover itself is the dialog, so that what closes it for a screen reader lies within it too */}
      <Popover aria-label={label} className="popover flyout" offset={4} placement="bottom end">
        <div ref={takeFocus} tabIndex={-1} className="flyout-body">
          {children(() => setOpen(false))}
        </div>
      </Popover>
    </DialogTrigger>
  );
}

const takeFocus = (body: HTMLDivElement | null): void => body?.focus();
