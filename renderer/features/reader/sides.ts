import { createContext, use } from 'react';
import { EMPTY_SIDE } from '../../common/reader/sides.ts';
import { useWorkbench, type Side, type SideId } from '../../common/workbench/workbench.ts';

/** The side of the reader that a component belongs to. */
export const SideContext = createContext<SideId>('a');

/** The state of this side; empty while it is being closed. */
export function useSide(): Side {
  const id = use(SideContext);
  const side = useWorkbench((state) => state.sides.find((one) => one.id === id));
  return side ?? { id, ...EMPTY_SIDE };
}

/** Whether commands, the palette and the inspector refer to this side. */
export function useIsActive(): boolean {
  const id = use(SideContext);
  return useWorkbench((state) => state.active === id);
}

const focusers = new Map<SideId, () => void>();

/** Registers how to focus the source in front of a side; returns a function that unregisters it. */
export function registerFocus(side: SideId, focus: () => void): () => void {
  focusers.set(side, focus);
  return () => {
    if (focusers.get(side) === focus) focusers.delete(side);
  };
}

/** Focuses a side's source, once what was just opened or closed is drawn. */
export function focusSide(side: SideId): void {
  requestAnimationFrame(() => requestAnimationFrame(() => focusers.get(side)?.()));
}
