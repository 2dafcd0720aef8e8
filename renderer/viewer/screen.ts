import type { ScreenBox } from './types.ts';

/** A box moved by `x` and `y`. */
export const movedBox = (box: ScreenBox, x: number, y: number): ScreenBox => ({
  left: box.left + x,
  top: box.top + y,
  right: box.right + x,
  bottom: box.bottom + y,
});

/** Converts a box in the viewport of a frame shown at `zoom` to the app’s own viewport. */
export const outOfFrame = ({ left, top, right, bottom }: ScreenBox, frame: DOMRect, zoom: number): ScreenBox => ({
  left: frame.left + left * zoom,
  top: frame.top + top * zoom,
  right: frame.left + right * zoom,
  bottom: frame.top + bottom * zoom,
});

/** The smallest box around all of them; null for none. */
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

/**
 * Sets `is-pointed` on a view from a pointer press until it loses focus, so that it shows no focus ring: once a key was
 * pressed anywhere, browsers draw the ring around an element that a script focuses, as happens here at each click.
 */
export function followPointing(root: HTMLElement): void {
  root.addEventListener('pointerdown', () => root.classList.add('is-pointed'), { capture: true });
  root.addEventListener('blur', () => root.classList.remove('is-pointed'));
}

const DEFAULT_REM = 16;
let known: { readonly set: string; readonly pixels: number } | null = null;

/**
 * One rem in CSS pixels. Reading it forces a style update, which would happen for each page drawn; so it is read again
 * only after the document’s font size was set.
 */
export function rootPixels(): number {
  const root = document.documentElement;
  const set = root.style.fontSize;
  if (known?.set !== set) known = { set, pixels: Number.parseFloat(getComputedStyle(root).fontSize) || DEFAULT_REM };
  return known.pixels;
}

/** Whether the target of an event is a control on a page, which handles the pointer itself. */
export const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, input, a, .margin-codes') !== null;

/** Keeps an event from the browser and from listeners further up. */
export const stopEvent = (event: Event): void => {
  event.preventDefault();
  event.stopPropagation();
};
