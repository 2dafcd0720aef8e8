import { createContext, use } from 'react';
import { EMPTY_SIDE } from '../../common/reader/sides.ts';
import { useWorkbench, type Side, type SideId } from '../../common/workbench/workbench.ts';

/** The side of the reader that a component stands in. */
export const SideContext = createContext<SideId>('a');

/** Where one is in this side; a side that is being closed shows nothing. */
export function useSide(): Side {
  const id = use(SideContext);
  const side = useWorkbench((state) => state.sides.find((one) => one.id === id));
  return side ?? { id, ...EMPTY_SIDE };
}

/** Whether commands, the palette and the inspector follow this side. */
export function useIsActive(): boolean {
  const id = use(SideContext);
  return useWorkbench((state) => state.active === id);
}

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
