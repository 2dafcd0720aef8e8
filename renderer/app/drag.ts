import type { Quotation } from './quotation.ts';
import type { TagTarget } from './state/reading.ts';

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
  // The drag may end in another document (a frozen page's frame): both hear of it.
  window.addEventListener('dragend', () => (dragged = null), { once: true, capture: true });
}

/** To be called by a view whose drag began in a frame of its own when that frame hears `dragend`. */
export const endDrag = (): void => void (dragged = null);

/** What could be tagged by dropping it here; null when something else is dragged. */
export const draggedTarget = (): TagTarget | null => dragged;
