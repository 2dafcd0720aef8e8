import type { RelationCard, RelationChecked } from '../../../shared/contract/relations.ts';
import { drawnNumber, type Line, lineOfRows, type LineRow } from '../../common/figures/number-line.ts';

const endOf = (end: string | null): number | null => (end === null ? null : drawnNumber(end));

/** The printed result above the computed one, for drawing. Null if there is no printed result, or if none can be computed. */
export function lineOf(printed: RelationCard['printed'], check: RelationChecked): Line | null {
  if (printed === null || check.computed === null) return null;
  const { low, high } = printed.interval;
  const box: LineRow = { low: endOf(low), high: endOf(high), at: drawnNumber(printed.value), look: 'hollow' };
  const own: LineRow = {
    low: endOf(check.low),
    high: endOf(check.high),
    at: drawnNumber(check.computed),
    look: 'filled',
  };
  return lineOfRows([box, own], [box.low ?? box.at, box.high ?? box.at, own.at]);
}
