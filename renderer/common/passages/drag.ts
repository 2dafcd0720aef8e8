import type { Quotation } from './quotation.ts';
import type { TagTarget } from '../reader/reading-state.ts';

/**
 * What is being dragged inside this window, and only there: the transfer itself carries nothing but the quotation, which
 * any other program may take, and a project's own ids never leave with it.
 */
let dragged: TagTarget | null = null;

/** Marks the transfer of a `dragstart`; the target is known to {@link draggedTarget} until the drag ends. */
export function startDrag(transfer: DataTransfer, target: TagTarget, { plain, html }: Quotation): void {
  transfer.effectAllowed = 'copy';
  transfer.setData('text/plain', plain);
  transfer.setData('text/html', html);
  dragged = target;
  // A view whose drag begins in a frame of its own (a frozen page) lets the window hear its end.
  window.addEventListener('dragend', () => (dragged = null), { once: true, capture: true });
}

/** What could be tagged by dropping it here; null when something else is dragged. */
export const draggedTarget = (): TagTarget | null => dragged;
