import type { KeyboardEvent } from 'react';
import { rowAfterKey } from './selection.ts';

/** Browsers send 229 for every key that an input method handles. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether an input method is composing: the key belongs to it, whatever it looks like. */
export const isComposing = (event: { readonly isComposing: boolean; readonly keyCode: number }): boolean =>
  event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;

export interface ListKeys {
  /** The current row; -1: none yet. */
  readonly current: number;
  readonly count: number;
  readonly onMove: (row: number) => void;
  /** Called first. Returns whether the key was handled. */
  readonly onKey?: () => boolean;
  /** Whether keys with Ctrl, ⌘ or Alt are ignored. */
  readonly ignoresModifiers?: boolean;
  /** How many rows PageUp and PageDown move. */
  readonly page?: number;
}

const PAGE_STEP = 8;

/** Handles the keys of a list with one tab stop: arrows, Home, End, PageUp and PageDown move; the list may handle more. */
export function handleListKey(event: KeyboardEvent, keys: ListKeys): void {
  const { current, count, onMove, onKey, ignoresModifiers = false, page = PAGE_STEP } = keys;
  if (isComposing(event.nativeEvent)) return;
  if (ignoresModifiers && (event.ctrlKey || event.metaKey || event.altKey)) return;
  if (onKey?.() !== true) {
    const next = rowAfterKey(event.key, current, count, page);
    if (next === null) return;
    onMove(next);
  }
  event.preventDefault();
  event.stopPropagation();
}

/** How many rows PageUp and PageDown move if a page is what fits in the list; one row stays in view. */
export const rowsInPage = (list: HTMLElement | null, rowHeight: number): number =>
  Math.max(1, Math.floor((list?.clientHeight ?? 0) / Math.max(1, rowHeight)) - 1);
