/** One value on a line, in the units of the line. Floats are exact enough to draw. */
export interface LineRow {
  /** The ends of the interval. Null: open on that side, drawn to the end of the line. */
  readonly low: number | null;
  readonly high: number | null;
  readonly at: number;
  /** Printed values are hollow, computed ones filled; if nothing is computed, all are filled. */
  readonly look: 'hollow' | 'filled';
}
/** Values one below the other on one axis. */
export interface Line {
  readonly rows: readonly LineRow[];
  /** Numbers under the axis. */
  readonly ticks: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * Lays values out on one axis. `marked`: numbers to write under it; of two that would touch, the first is written. Returns null for a
 * number too large to draw.
 */
export function lineOfRows(rows: readonly LineRow[], marked: readonly number[]): Line | null {
  const all = rows.flatMap(({ low, high, at }) => [low ?? at, at, high ?? at]);
  if (all.length === 0 || all.some((one) => !Number.isFinite(one))) return null;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.2;
  const from = low - room;
  const to = high + room;
  return { rows, ticks: ticksOf(marked, from, to), from, to };
}

/** An exact number, such as `22/7`, as the nearest float. */
export function drawnNumber(exact: string): number {
  const [numerator = '', denominator = '1'] = exact.split('/');
  return Number(numerator) / Number(denominator);
}

/** Least distance between two numbers under the line, as a share of its length. */
const APART = 0.24;
function ticksOf(wanted: readonly number[], from: number, to: number): number[] {
  const ticks: number[] = [];
  for (const one of wanted) if (ticks.every((other) => Math.abs(other - one) >= (to - from) * APART)) ticks.push(one);
  return ticks;
}
