import type { Markish } from '@observablehq/plot';
import { signOf } from '../../ui/FamilySign.tsx';
import { OWN_FAMILY, strokeOf } from '../../viewer/passages/shapes.ts';
import { familyCode, familyColour, type ChartCategory } from './family.ts';
import { blocks, labels, lines } from './shapes.ts';

/** The width of a family’s sign, in CSS pixels. */
export const SIGN = 34;
/** Distance of the sign’s upper and lower edge from its middle. */
const [ABOVE, BELOW] = [9, 8];

interface PlacedSign {
  readonly category: ChartCategory;
  /** The left edge. */
  readonly x: number;
  /** The vertical middle. */
  readonly y: number;
}

/** The signs of families: the code on the family’s colour, above the family’s line pattern, which tells families apart without colour. */
export function familySigns(signs: readonly PlacedSign[]): Markish {
  const byFamily = Map.groupBy(signs, ({ category }) => signOf(category.code, category.colour) ?? OWN_FAMILY);
  return [
    blocks(
      signs.map(({ category, x, y }) => ({
        x1: x,
        x2: x + SIGN,
        y1: y - ABOVE,
        y2: y + BELOW,
        fill: familyColour(category),
      })),
      { fillOpacity: 0.15 },
    ),
    Array.from(byFamily, ([family, some]) =>
      strokeOf(family).map(({ width, dash, below }) =>
        lines(
          some.map(({ category, x, y }) => {
            // The lowest line of a family’s pattern is at the sign’s edge.
            const at = y + BELOW - 2 + below - 1;
            return { x1: x, x2: x + SIGN, y1: at, y2: at, stroke: familyColour(category) };
          }),
          { strokeWidth: width, strokeDasharray: dash.length === 0 ? 'none' : dash.join(' ') },
        ),
      ),
    ),
    labels(
      signs.map(({ category, x, y }) => ({ x: x + SIGN / 2, y: y - 2, text: familyCode(category) })),
      { fontFamily: 'var(--mono)' },
    ),
  ];
}
