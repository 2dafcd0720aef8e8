import { expect, it } from 'vitest';
import { placeBy } from '../../../renderer/features/palette/PaletteBox.tsx';

const WHOLE = { left: 0, top: 0, right: 1440, bottom: 900 };
/** The area of the source: below the reader's toolbar, above the status bar, between the panes. */
const DESK = { left: 300, top: 110, right: 1090, bottom: 870 };
const line = (top: number): Parameters<typeof placeBy>[0] => ({ left: 400, top, right: 700, bottom: top + 20 });
const place = (box: Parameters<typeof placeBy>[0], width = 720): ReturnType<typeof placeBy> =>
  placeBy(box, width, 256, DESK, WHOLE);

it('is below its passage while there is room, and ends where the source does', () => {
  expect(place(line(200))).toEqual({ inset: { left: 360, top: 230 }, tall: 630 });
  expect(place(line(574))).toEqual({ inset: { left: 360, top: 604 }, tall: 256 });
});

it('is above a passage low on the page, and leaves the toolbar visible', () => {
  const { inset, tall } = place(line(700));
  expect(inset).toEqual({ left: 360, bottom: 210 });
  expect(900 - 210 - tall).toBe(DESK.top + 10);
});

it('covers the toolbar rather than a passage that fills the source', () => {
  expect(place({ left: 400, top: 290, right: 700, bottom: 700 })).toEqual({
    inset: { left: 360, bottom: 620 },
    tall: 270,
  });
});

it('extends to the start side where it does not fit, never over the inspector or the window’s edge', () => {
  expect(place(line(200), 900).inset.left).toBe(180);
  expect(placeBy(line(200), 720, 256, { ...DESK, left: 700 }, WHOLE).inset.left).toBe(360);
  expect(place(line(200), 1300).inset.left).toBe(10);
});
