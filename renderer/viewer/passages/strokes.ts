/**
 * The stroke under a passage, by the family of its first tag: colour is never the only sign. Lengths are CSS pixels at
 * 100 %; the drawing scales them with the page.
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

/** What a passage without a tag, or of a family of the project's own making, is drawn with. */
export const PLAIN_FAMILY = 'none';
const PLAIN: readonly StrokeLine[] = solid(1);

/** Lines drawn under a passage of this family. */
export const strokeOf = (family: string): readonly StrokeLine[] => STROKES[family] ?? PLAIN;

/** The family whose colour token exists, else {@link PLAIN_FAMILY}. */
export const knownFamily = (family: string | undefined): string =>
  family !== undefined && Object.hasOwn(STROKES, family) ? family : PLAIN_FAMILY;

/** Height of one lane of strokes. */
export const LANE_HEIGHT = 4;
