import { create } from 'zustand';
import type { SourceId } from '../../../shared/model/index.ts';
import type { SideId } from '../../common/workbench/workbench.ts';

/** A tab that is being dragged within this window. Its transfer is empty: a project's own ids never leave with it. */
export interface DraggedTab {
  readonly source: SourceId;
  readonly side: SideId;
}
export const useDraggedTab = create<{ tab: DraggedTab | null }>()(() => ({ tab: null }));

export const TAB_TYPE = 'application/x-sourcebook-tab';

export function startTabDrag(transfer: DataTransfer, tab: DraggedTab): void {
  transfer.effectAllowed = 'move';
  transfer.setData(TAB_TYPE, '');
  // Once the browser has taken its picture of the tab: what may take it is drawn over the source then.
  window.setTimeout(() => useDraggedTab.setState({ tab }), 0);
  window.addEventListener('dragend', endTabDrag, { once: true, capture: true });
}

export const endTabDrag = (): void => useDraggedTab.setState({ tab: null });

/** Where in a row of tabs one is dropped: before the first whose middle is beyond the pointer. Boxes in the order of the tabs. */
export function dropIndex(boxes: readonly { left: number; right: number }[], x: number, rtl: boolean): number {
  const beyond = boxes.findIndex(({ left, right }) => (rtl ? x > (left + right) / 2 : x < (left + right) / 2));
  return beyond < 0 ? boxes.length : beyond;
}
