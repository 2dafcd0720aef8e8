import type { DrawnPassage } from '../types.ts';

/**
 * The stroke under a passage, by the family of its first tag: colour is never the only sign. Lengths are CSS pixels at
 * 100 %; the drawing scales them with the page. They are the `--dash` and `--line` of renderer/styles/tokens.css, which do
 * not reach into a frozen page's frame; a test holds the two against each other.
 */
export interface StrokeLine {
  readonly width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
  /** How far the line's middle lies below the edge of the text. */
  readonly below: number;
}

const solid = (width: number): readonly StrokeLine[] => [{ width, dash: [], below: width / 2 }];
const dashed = (width: number, ...dash: readonly number[]): readonly StrokeLine[] => [
  { width, dash, below: width / 2 },
];

const STROKES: Readonly<Record<string, readonly StrokeLine[]>> = {
  sys: solid(3),
  trf: solid(2),
  trn: dashed(2, 8, 4),
  mon: dashed(2, 2, 3),
  lnd: dashed(2, 8, 3, 2, 3),
  man: [
    { width: 1, dash: [], below: 0.5 },
    { width: 1, dash: [], below: 3 },
  ],
  plc: dashed(2, 14, 4),
  gra: dashed(2, 4, 3),
  grp: dashed(2, 8, 3, 2, 3, 2, 3),
  aim: solid(1),
  rsk: dashed(3, 6, 4),
  // A ruler: ticks that stand on a thin line.
  fig: [
    { width: 1, dash: [], below: 3.5 },
    { width: 3, dash: [1, 5], below: 1.5 },
  ],
};

/** What a passage without a tag is drawn with, and where colours are only known by family also one of {@link OWN_FAMILY}. */
export const PLAIN_FAMILY = 'none';
const PLAIN: readonly StrokeLine[] = dashed(2, 1, 3);
/** A family of the project's own making: its colour is data. */
export const OWN_FAMILY = 'own';
const OWN: readonly StrokeLine[] = dashed(2, 3, 3, 6, 3);

/** Lines drawn under a passage of this family. */
export const strokeOf = (family: string): readonly StrokeLine[] =>
  STROKES[family] ?? (family === OWN_FAMILY ? OWN : PLAIN);

/** Height of one lane of strokes. */
export const LANE_HEIGHT = 4;

/** How a passage looks: its family, and the colour where that is the project's own. */
export interface Look {
  readonly family: string;
  readonly colour?: string;
}
export function lookOf(passage: Pick<DrawnPassage, 'families' | 'colour'> | undefined): Look {
  const [family] = passage?.families ?? [];
  if (family === undefined || Object.hasOwn(STROKES, family)) return { family: family ?? PLAIN_FAMILY };
  return passage?.colour === undefined ? { family: PLAIN_FAMILY } : { family: OWN_FAMILY, colour: passage.colour };
}
