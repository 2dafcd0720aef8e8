import type { RelationCard, RelationChecked } from '../../../shared/contract/relations.ts';

/** What a number line draws, in its own units; floats are enough to draw. */
export interface Line {
  readonly printed: { readonly low: number; readonly high: number; readonly at: number };
  readonly computed: { readonly low: number; readonly high: number; readonly at: number };
  readonly ticks: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Null where there is nothing to draw: no printed result, or none that can be computed. */
export function lineOf(printed: RelationCard['printed'], check: RelationChecked): Line | null {
  if (printed === null || check.computed === null) return null;
  const at = numberOf(printed.value);
  const computed = numberOf(check.computed);
  const box = { low: endOf(printed.interval.low, at), high: endOf(printed.interval.high, at), at };
  const own = { low: endOf(check.low, computed), high: endOf(check.high, computed), at: computed };
  const all = [box.low, box.high, box.at, own.low, own.high, own.at];
  if (all.some((one) => !Number.isFinite(one))) return null;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.2;
  const from = low - room;
  const to = high + room;
  return { printed: box, computed: own, ticks: ticksOf([box.low, box.high, own.at], from, to), from, to };
}

function numberOf(exact: string): number {
  const [numerator = '', denominator = '1'] = exact.split('/');
  return Number(numerator) / Number(denominator);
}
/** An interval without end is drawn to its value. */
const endOf = (end: string | null, value: number): number => (end === null ? value : numberOf(end));

/** Least distance of two numbers under the line, of its whole length. */
const APART = 0.24;
/** The first of two that would touch wins. */
function ticksOf(wanted: readonly number[], from: number, to: number): number[] {
  const ticks: number[] = [];
  for (const one of wanted) if (ticks.every((other) => Math.abs(other - one) >= (to - from) * APART)) ticks.push(one);
  return ticks;
}
