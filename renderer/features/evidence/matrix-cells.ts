import type { EvidenceMark } from '../../../shared/contract/evidence.ts';
import type { CountedUnit, Together } from '../../../shared/contract/view-figures.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Category } from '../../../shared/model/index.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import type { Marked, MatrixColumns } from './state.ts';

type Answer = CallOutput<'evidence.matrix'>;

export type MatrixCategory = Pick<Category, 'id' | 'code' | 'name' | 'colour'>;

/** A row that is shown: a category, and whether its subcategories are shown, too. */
export interface MatrixRow {
  readonly category: MatrixCategory;
  readonly depth: number;
  readonly hasBelow: boolean;
  readonly counts: Answer['rows'][number];
}

export interface MatrixAsked {
  readonly answer: Answer;
  readonly rows: readonly MatrixRow[];
  readonly by: MatrixColumns;
  /** Draw cells as shades with the number inside, or as dots beside the number. A matrix of pairs always has dots. */
  readonly look: 'heat' | 'dots';
  /** The unit counted in a matrix of pairs of categories. */
  readonly together: Together;
  /** The unit counted in any other matrix. */
  readonly unit: CountedUnit;
  /** The number of columns that are drawn. */
  readonly most: number;
  readonly unfolded: ReadonlySet<string>;
  readonly t: Words;
  readonly open: (marked: Marked) => void;
  readonly fold: (category: string) => void;
}

/** Five shades, by the square root of the count, since counts differ by orders of magnitude. */
export const stepOf = (count: number, most: number): number =>
  count === 0 ? 0 : Math.min(5, Math.max(1, Math.ceil((5 * Math.sqrt(count)) / Math.sqrt(Math.max(1, most)))));

/** The passages of a cell. */
export function marksOfCell(
  { by, together }: Pick<MatrixAsked, 'by' | 'together'>,
  category: string,
  value: string,
): EvidenceMark[] {
  if (by === 'below' && together !== 'passage') return [{ by: 'together', value: `${together} ${category} ${value}` }];
  if (by === 'tagger') return [{ by: 'tag', value: `${category} ${value}` }];
  return [
    { by: 'below', value: category },
    { by, value },
  ];
}

/** The name of the columns for use in a sentence. (The choice beside the chart has a shorter name.) */
export const byName = (t: Words, by: MatrixColumns): string =>
  t(by === 'publishedYear' ? 'evidence.facets.publishedYear' : `evidence.matrixColumns.${by}`);

export const columnName = (t: Words, by: MatrixColumns, label: string, value: string): string =>
  value === '' ? t(`evidence.missingOf.${by}`) : label;

export interface Cell {
  readonly key: string;
  readonly row: number;
  readonly column: number;
  /** Of its column. */
  readonly value: string;
  readonly count: number;
  readonly isUnread: boolean;
  readonly title: string;
  readonly marks: readonly EvidenceMark[];
}

export interface Column {
  readonly at: number;
  readonly value: string;
  readonly name: string;
  readonly total: number;
  readonly isUnread: boolean;
}

/** The columns that are drawn. In a matrix of pairs, only categories that are rows: each pair is drawn once, below the diagonal. */
export function columnsOf({ answer, rows, by, most, t }: MatrixAsked): readonly Column[] {
  const all = answer.columns.map(({ value, label, total, read }, at) => ({
    at,
    value,
    name: columnName(t, by, label, value),
    total,
    isUnread: read === 0,
  }));
  if (by !== 'below') return all.slice(0, most);
  const order = orderOf(rows);
  return all
    .filter(({ value }) => (order.get(value) ?? Infinity) < rows.length - 1)
    .toSorted((a, b) => (order.get(a.value) ?? 0) - (order.get(b.value) ?? 0))
    .slice(0, most);
}

/** The row index of each category. A category without passages has a row but no column. */
const orderOf = (rows: readonly MatrixRow[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ category }, at) => [String(category.id), at]));

export function cellsOf({ rows, by, together, t }: MatrixAsked, columns: readonly Column[]): readonly Cell[] {
  const order = orderOf(rows);
  const isDrawn = (row: number, { value }: Column): boolean => by !== 'below' || (order.get(value) ?? row) < row;
  return rows.flatMap(({ category, counts }, row) =>
    columns
      .filter((column) => isDrawn(row, column))
      .map(({ at, value, name, isUnread }): Cell => {
        const count = counts.cells[at] ?? 0;
        return {
          key: `${category.id} ${value}`,
          row,
          column: at,
          value,
          count,
          isUnread: count === 0 && isUnread,
          title: by === 'below' ? t('evidence.pair', { one: category.name, other: name }) : `${category.name}, ${name}`,
          marks: marksOfCell({ by, together }, category.id, value),
        };
      }),
  );
}
