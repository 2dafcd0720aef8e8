import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from './Button.tsx';

/** A quiet button that opens what it names beside itself. Escape, and a press elsewhere, close it. */
export function Flyout({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  return (
    <DialogTrigger>
      <Button kind="quiet" size="small">
        {label}
      </Button>
      <Popover className="popover flyout" offset={4} placement="bottom end">
        <Dialog aria-label={label} className="flyout-body">
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
