import type { ViewEvents } from '../types.ts';

/**
 * Dragging what is selected out of a view. The transfer is emptied first: it would hold what the page says its words are (its
 * markup, its pictures), and only the listener's own may leave. Everything else in a source stays where it is.
 */
export function dragSelection(event: DragEvent, hasSelection: boolean, events: ViewEvents): void {
  const transfer = event.dataTransfer;
  const isPicture = isElement(event.target) && event.target.closest('img, picture, svg, canvas') !== null;
  transfer?.clearData();
  if (transfer !== null && hasSelection && !isPicture) events.onDragOut?.(null, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}

/** A node of a frame is no instance of this window's classes. */
const isElement = (target: EventTarget | null): target is Element => target !== null && 'closest' in target;

/** Dragging a passage by its code in the margin. */
export function dragPassage(event: DragEvent, passages: readonly string[], events: ViewEvents): void {
  const [passage] = passages;
  const transfer = event.dataTransfer;
  transfer?.clearData();
  if (passage !== undefined && transfer !== null) events.onDragOut?.(passage, transfer);
  if (transfer === null || transfer.types.length === 0) event.preventDefault();
}
