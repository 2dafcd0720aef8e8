import type { FigureKind } from '../../../shared/figures/figure.ts';

/**
 * The sign of a figure’s kind: a filled circle for actual, a square for a quota, a dashed one for a plan, a hollow circle for a comparison.
 * A word always stands beside it.
 */
export function KindSign({ kind, words }: { kind: FigureKind; words: string }) {
  return (
    <span className="figure-kind" data-kind={kind}>
      <i aria-hidden="true" />
      {words}
    </span>
  );
}
