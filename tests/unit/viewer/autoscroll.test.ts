import { expect, it } from 'vitest';
import { scrollStep } from '../../../renderer/viewer/pdf/pointer.ts';

const VIEW = { low: 100, high: 700 };

it('a drag scrolls only outside the view, faster the further out, and at the edge of the screen', () => {
  expect([100, 101, 400, 699, 700].map((at) => scrollStep(VIEW, 900, at))).toEqual([0, 0, 0, 0, 0]);
  expect([99, 701, 60, 740].map((at) => scrollStep(VIEW, 900, at))).toEqual([-3, 3, -23, 23]);
  expect(scrollStep(VIEW, 900, 5000)).toBe(48);
  // The view reaches to the window's edges, beyond which the pointer cannot go.
  expect([0, 1, 898, 899].map((at) => scrollStep({ low: 0, high: 900 }, 900, at))).toEqual([-3, 0, 0, 3]);
});
