import type { FigureKind } from '../../../shared/figures/figure.ts';

/** What a figure says: a filled circle what was done, a square what was set, a dashed one what is planned, a hollow circle a comparison. The word stays. */
export function KindSign({ kind, words }: { kind: FigureKind; words: string }) {
  return (
    <span className="figure-kind" data-kind={kind}>
      <i aria-hidden="true" />
      {words}
    </span>
  );
}
