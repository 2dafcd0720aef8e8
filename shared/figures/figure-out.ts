import type { FoundFigure } from '../contract/figure-readings.ts';
import type { Figure, ReadInterval } from './figure.ts';

const intervalOut = ({ low, high, reason }: ReadInterval): FoundFigure['interval'] => ({
  low: low?.toString() ?? null,
  high: high?.toString() ?? null,
  reason,
});

/** A figure as it crosses a thread or the contract: numbers are exact and therefore text. */
export function figureOut(figure: Figure): FoundFigure {
  const { id, start, end, text, language, value, interval, otherwise, unit, qualifier, kind, period, place, source } =
    figure;
  return {
    id,
    start,
    end,
    text,
    language,
    value: value.toString(),
    interval: intervalOut(interval),
    otherwise: otherwise === null ? null : intervalOut(otherwise),
    unit,
    qualifier,
    kind,
    period,
    place,
    source,
  };
}
