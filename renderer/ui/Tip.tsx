import type { ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './Kbd.tsx';

/** A tooltip of a button, on hover and keyboard focus. */
export function Tip({
  text,
  keys,
  children,
}: {
  text: string;
  keys?: readonly string[] | undefined;
  children: ReactElement;
}) {
  return (
    <TooltipTrigger>
      {children}
      <Tooltip className="tooltip" offset={4}>
        {text}
        {keys === undefined ? null : <Kbd keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
