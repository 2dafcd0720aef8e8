import type { ScreenBox } from '../../viewer/types.ts';

/** Where the palette lies in the window, CSS pixels, and how tall it may be there. */
export interface PalettePlace {
  readonly inset: { readonly left: number } & ({ readonly top: number } | { readonly bottom: number });
  readonly tall: number;
}

/** Distance from the passage and from the edges of its room, CSS pixels. */
const GAP = 10;

/**
 * Below the passage, over the text that follows it; above it where only there is room for a palette `least` pixels tall.
 * It stays within the source's own `room` and so leaves the toolbar in sight; only where a large passage leaves too little
 * of that does it take what the window has, and only where that is too little too does it cover the passage.
 * Across it stays in the room where it fits, else it goes over what is before it rather than over the inspector.
 */
export function placeBy(box: ScreenBox, width: number, least: number, room: ScreenBox, whole: ScreenBox): PalettePlace {
  const most = Math.min(room.right, whole.right) - GAP - width;
  const left = Math.max(Math.max(whole.left + GAP, Math.min(room.left + GAP, most)), Math.min(box.left, most));
  const under = (bottom: number): number => bottom - box.bottom - 2 * GAP;
  const over = (top: number): number => box.top - top - 2 * GAP;
  for (const { top, bottom } of [room, whole]) {
    if (under(bottom) >= least) return { inset: { left, top: box.bottom + GAP }, tall: under(bottom) };
    if (over(top) >= least) return { inset: { left, bottom: whole.bottom - box.top + GAP }, tall: over(top) };
  }
  return { inset: { left, bottom: GAP }, tall: least };
}
