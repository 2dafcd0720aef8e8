/** An affine map [a b c d e f]: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];
export type Point = readonly [number, number];
/** left, bottom, right, top in PDF user space. */
export type Box = readonly [number, number, number, number];

/** A point, mapped. */
export const apply = ([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point => [a * x + c * y + e, b * x + d * y + f];

/** Applies `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b] = [outer[0] * inner[0] + outer[2] * inner[1], outer[1] * inner[0] + outer[3] * inner[1]];
  const [c, d] = [outer[0] * inner[2] + outer[2] * inner[3], outer[1] * inner[2] + outer[3] * inner[3]];
  const [e, f] = apply(outer, [inner[4], inner[5]]);
  return [a, b, c, d, e, f];
}

/** The inverse map; the identity for a map without one (a page of no size). */
export function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const det = a * d - b * c;
  if (det === 0) return [1, 0, 0, 1, 0, 0];
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}

/** The map followed by scaling. */
export const scaled = ([a, b, c, d, e, f]: Matrix, by: number): Matrix => [
  a * by,
  b * by,
  c * by,
  d * by,
  e * by,
  f * by,
];

/** A page at scale 1 (one point per unit): the map from user space, y down, and its size. */
export interface PageView {
  readonly matrix: Matrix;
  readonly width: number;
  readonly height: number;
}

/** A rotation as 0, 90, 180 or 270 degrees. */
const quarterTurns = (degrees: number): number => (((Math.round(degrees / 90) % 4) + 4) % 4) * 90;

/** The view of a page by its box and total rotation (its own and the reader’s), clockwise, in degrees. */
export function pageView([left, bottom, right, top]: Box, rotation: number): PageView {
  const width = right - left;
  const height = top - bottom;
  switch (quarterTurns(rotation)) {
    case 90:
      return { matrix: [0, 1, 1, 0, -bottom, -left], width: height, height: width };
    case 180:
      return { matrix: [-1, 0, 0, 1, right, -bottom], width, height };
    case 270:
      return { matrix: [0, -1, -1, 0, top, right], width: height, height: width };
    default:
      return { matrix: [1, 0, 0, -1, -left, top], width, height };
  }
}
