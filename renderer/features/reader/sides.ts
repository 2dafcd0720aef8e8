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
