/** One value on a line, in the units of the line; floats are enough to draw. */
export interface LineRow {
  /** Null: the interval has no end there, and is drawn to the end of the line. */
  readonly low: number | null;
  readonly high: number | null;
  readonly at: number;
  /** Printed is hollow, computed is filled; where nothing is computed, all are filled. */
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

/** `marked`: the numbers to write under the axis; of two that would touch the first wins. Null: a number too large to draw. */
export function lineOfRows(rows: readonly LineRow[], marked: readonly number[]): Line | null {
  const all = rows.flatMap(({ low, high, at }) => [low ?? at, at, high ?? at]);
  if (all.length === 0 || all.some((one) => !Number.isFinite(one))) return null;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.2;
  const from = low - room;
  const to = high + room;
  return { rows, ticks: ticksOf(marked, from, to), from, to };
}

/** An exact number, such as `22/7`, as near as it can be drawn. */
export function drawnNumber(exact: string): number {
  const [numerator = '', denominator = '1'] = exact.split('/');
  return Number(numerator) / Number(denominator);
}

/** Least distance of two numbers under the line, of its whole length. */
const APART = 0.24;
function ticksOf(wanted: readonly number[], from: number, to: number): number[] {
  const ticks: number[] = [];
  for (const one of wanted) if (ticks.every((other) => Math.abs(other - one) >= (to - from) * APART)) ticks.push(one);
  return ticks;
}
