import { useRef, useState } from 'react';

/** The press event, as far as it is used: the element that was pressed. */
interface Pressed {
  readonly target: Element;
}

/**
 * State of a form below a table. A row of the table opens it, or a button that the form replaces. Closing returns the focus to what opened
 * it. `isBack`: what opened it is no longer on the page, so the button takes the focus.
 */
export function useFormBelow<T>() {
  const [edited, setEdited] = useState<T | null>(null);
  const [isBack, setBack] = useState(false);
  const opener = useRef<Element | null>(null);
  return {
    edited,
    isBack,
    change: setEdited,
    open: (value: T, { target }: Pressed): void => {
      opener.current = target;
      setBack(false);
      setEdited(value);
    },
    close: (): void => {
      const { current } = opener;
      setEdited(null);
      if (current instanceof HTMLElement && current.isConnected) current.focus();
      else setBack(true);
    },
  };
}

/** Moves the focus to the first button of the row. Call it before a button of the row is removed. */
export const toFirstAct = ({ target }: Pressed): void => firstActOf(target.closest('tr'))?.focus();

/** Moves the focus to the next or previous row’s first button, otherwise below the table. Call it before a row is removed. */
export function toNextRow({ target }: Pressed): void {
  const row = target.closest('tr');
  const next = firstActOf(row?.nextElementSibling) ?? firstActOf(row?.previousElementSibling);
  const below = target.closest('table')?.parentElement?.querySelector<HTMLElement>(':scope > button, form input');
  (next ?? below)?.focus();
}

const firstActOf = (row: Element | null | undefined): HTMLElement | null => row?.querySelector('button') ?? null;
