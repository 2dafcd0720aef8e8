import type { ScreenBox } from './types.ts';

export const movedBox = (box: ScreenBox, x: number, y: number): ScreenBox => ({
  left: box.left + x,
  top: box.top + y,
  right: box.right + x,
  bottom: box.bottom + y,
});

/** From the viewport of a frame that is drawn `zoom` times as large to the app's own. */
export const outOfFrame = ({ left, top, right, bottom }: ScreenBox, frame: DOMRect, zoom: number): ScreenBox => ({
  left: frame.left + left * zoom,
  top: frame.top + top * zoom,
  right: frame.left + right * zoom,
  bottom: frame.top + bottom * zoom,
});

/** The least box around all of them; null for none. */
export function unionOf(boxes: readonly ScreenBox[]): ScreenBox | null {
  const [first, ...more] = boxes;
  if (first === undefined) return null;
  return more.reduce(
    (whole, box) => ({
      left: Math.min(whole.left, box.left),
      top: Math.min(whole.top, box.top),
      right: Math.max(whole.right, box.right),
      bottom: Math.max(whole.bottom, box.bottom),
    }),
    first,
  );
}
