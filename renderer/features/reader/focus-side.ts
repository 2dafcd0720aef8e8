import type { SideId } from '../../common/workbench/workbench.ts';

const focusers = new Map<SideId, () => void>();

/** Says how the source in front of a side takes the keyboard; returns what takes that back. */
export function registerFocus(side: SideId, focus: () => void): () => void {
  focusers.set(side, focus);
  return () => {
    if (focusers.get(side) === focus) focusers.delete(side);
  };
}

/** Gives the keyboard to a side's source, once what was just opened or closed is drawn. */
export function focusSide(side: SideId): void {
  requestAnimationFrame(() => requestAnimationFrame(() => focusers.get(side)?.()));
}
