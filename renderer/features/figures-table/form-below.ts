import { useRef, useState } from 'react';

/** What was pressed. */
interface Pressed {
  readonly target: Element;
}

/**
 * A form below a table, which one of its rows or a button in its place opens. The keyboard goes back there when it is closed.
 * `isBack`: the button in its place takes the keyboard, which had opened it.
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

/** Before a button of a row goes: the keyboard goes to the first act of the row. */
export const toFirstAct = ({ target }: Pressed): void => firstActOf(target.closest('tr'))?.focus();

/** Before a row goes: the keyboard goes to the first act of the row after it or before it, else to what is below the table. */
export function toNextRow({ target }: Pressed): void {
  const row = target.closest('tr');
  const next = firstActOf(row?.nextElementSibling) ?? firstActOf(row?.previousElementSibling);
  const below = target.closest('table')?.parentElement?.querySelector<HTMLElement>(':scope > button, form input');
  (next ?? below)?.focus();
}

const firstActOf = (row: Element | null | undefined): HTMLElement | null => row?.querySelector('button') ?? null;
