import { useLayoutEffect } from 'react';
import { isComposing } from './keys.ts';
import { runKey } from './registry.ts';

const FIELDS =
  'input:not([type="checkbox"], [type="radio"], [type="file"]), textarea, select, [contenteditable="true"]';
const MODAL = '[role="dialog"], [role="alertdialog"]';

/** Whether a key typed at `target` is text for a field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FIELDS) !== null;

/** A modal dialog has the keyboard to itself. */
const isBehindDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && (target.closest(MODAL) !== null || document.querySelector('.veil') !== null);

/** Hears the keyboard for the whole page, before any component does. */
export function useShortcuts(): void {
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.defaultPrevented || isBehindDialog(event.target)) return;
      if (!runKey(event, isField(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
