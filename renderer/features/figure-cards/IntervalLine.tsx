import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { Rational } from '../../../shared/figures/rational.ts';

/** Parts of the line from the edge to the ends of the interval. */
const LEFT = 20;
const RIGHT = 80;

/** Draws the values that a number may mean on a line. An open end has no cross stroke. The words beside it say the same. */
export function IntervalLine({
  value,
  interval: { low, high },
  label,
}: {
  value: string;
  interval: Pick<FigureInText['interval'], 'low' | 'high'>;
  label: string;
}) {
  const isPoint = low === value && high === value;
  const at = isPoint ? 50 : placeOf(value, low, high);
  const [from, to] = isPoint ? [50, 50] : [low === null ? 0 : LEFT, high === null ? 100 : RIGHT];
  return (
    <svg className="interval-line" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <path className="interval-axis" d="M0 6H100" />
      <path className="interval-range" d={`M${from} 3H${to}`} />
      {low === null || isPoint ? null : <path className="interval-end" d={`M${from} 1V5`} />}
      {high === null || isPoint ? null : <path className="interval-end" d={`M${to} 1V5`} />}
      <path className="interval-value" d={`M${at} 0.5V5.5`} />
    </svg>
  );
}

/** The position of the value between both ends, or beside the only end. */
function placeOf(value: string, low: string | null, high: string | null): number {
  const [one, least, most] = [value, low, high].map((text) => (text === null ? null : Rational.read(text)));
  if (one === null || one === undefined || least === undefined || most === undefined) return 50;
  if (least === null || most === null) return least === null && most === null ? 50 : least === null ? RIGHT : LEFT;
  const share = one.minus(least).dividedBy(most.minus(least));
  return share === null ? 50 : LEFT + (RIGHT - LEFT) * Number(share.toDecimal(4));
}
