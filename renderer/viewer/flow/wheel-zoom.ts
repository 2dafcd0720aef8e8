import type { ViewEvents } from '../types.ts';

/** A turn of the wheel by so many pixels is e times as large. PDFs use the same. */
const PER_E = 300;

/** The wheel with Ctrl, which is also what two fingers on a trackpad send: the source is zoomed, not the program. */
export function wheelZoom(event: WheelEvent, events: Pick<ViewEvents, 'onZoom'>): void {
  if (!event.ctrlKey) return;
  event.preventDefault();
  events.onZoom?.(Math.exp(-event.deltaY / PER_E));
}
