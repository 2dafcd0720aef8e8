import { useState, type ReactNode } from 'react';
import { DialogTrigger, Popover } from 'react-aria-components';
import { Button } from './Button.tsx';

/** A plain button that opens a popover. Escape, or a press elsewhere, closes it. */
export function Flyout({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button kind="quiet" size="small">
        {label}
      </Button>
      {/* The popover has the role of the dialog, so that its close button for screen readers is inside */}
      <Popover aria-label={label} className="popover flyout" offset={4} placement="bottom end">
        <div ref={takeFocus} tabIndex={-1} className="flyout-body">
          {children(() => setOpen(false))}
        </div>
      </Popover>
    </DialogTrigger>
  );
}

const takeFocus = (body: HTMLDivElement | null): void => body?.focus();
