import { FEW } from '../../common/charts/chart.ts';
import type { Cell, MatrixRow } from './matrix-cells.ts';

/** Two categories, and how often both are tagged on the same passage. */
export interface Pair {
  readonly cell: Cell;
  readonly one: MatrixRow;
  readonly other: MatrixRow;
  /** The rarer of the two categories, and the share of its passages that have the other, too; null if it has too few passages for a share. */
  readonly rarer: MatrixRow;
  readonly share: number | null;
}

/** The pairs of categories, most often tagged together first. A category and its own subcategory are not a pair. */
export function pairsOf(rows: readonly MatrixRow[], cells: readonly Cell[]): readonly Pair[] {
  const within = linesOf(rows);
  const byId = new Map(rows.map((row) => [String(row.category.id), row]));
  return cells
    .flatMap((cell): Pair[] => {
      const [one, other] = [rows[cell.row], byId.get(cell.value)];
      if (cell.count === 0 || one === undefined || other === undefined) return [];
      if (within.get(one)?.includes(other) === true || within.get(other)?.includes(one) === true) return [];
      const rarer = one.counts.total <= other.counts.total ? one : other;
      const { total } = rarer.counts;
      return [{ cell, one, other, rarer, share: total < FEW ? null : cell.count / total }];
    })
    .toSorted((a, b) => b.cell.count - a.cell.count || (b.share ?? 0) - (a.share ?? 0));
}

/** For each row, the rows it is below in the codebook. A row comes after its parents. */
function linesOf(rows: readonly MatrixRow[]): ReadonlyMap<MatrixRow, readonly MatrixRow[]> {
  const open: MatrixRow[] = [];
  return new Map(
    rows.map((row) => {
      open.length = Math.min(open.length, row.depth);
      const line = [...open];
      open.push(row);
      return [row, line] as const;
    }),
  );
}
