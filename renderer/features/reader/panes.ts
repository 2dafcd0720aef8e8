import { createContext, use } from 'react';
import { EMPTY_PANE } from '../../common/reader/panes.ts';
import { useWorkbench, type ReaderPane, type PaneId } from '../../common/workbench/workbench.ts';

/** The pane of the reader that a component belongs to. */
export const PaneContext = createContext<PaneId>('a');

/** The state of this pane; empty while it is being closed. */
export function useReaderPane(): ReaderPane {
  const id = use(PaneContext);
  const pane = useWorkbench((state) => state.panes.find((one) => one.id === id));
  return pane ?? { id, ...EMPTY_PANE };
}

/** Whether commands, the palette and the inspector refer to this pane. */
export function useIsActive(): boolean {
  const id = use(PaneContext);
  return useWorkbench((state) => state.active === id);
}

const focusers = new Map<PaneId, () => void>();

/** Registers how to focus the source in front of a pane; returns a function that unregisters it. */
export function registerFocus(pane: PaneId, focus: () => void): () => void {
  focusers.set(pane, focus);
  return () => {
    if (focusers.get(pane) === focus) focusers.delete(pane);
  };
}

/** Focuses a pane's source, once what was just opened or closed is drawn. */
export function focusPane(pane: PaneId): void {
  requestAnimationFrame(() => requestAnimationFrame(() => focusers.get(pane)?.()));
}
