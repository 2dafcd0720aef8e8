import { familyCode } from '../../common/charts/family.ts';
import type { Chart, ChartMark } from '../../common/charts/chart.ts';
import { byName, cellsOf, columnsOf, type Cell, type Column, type MatrixAsked } from './matrix-cells.ts';
import { drawMatrix, matrixCuts } from './matrix-draw.ts';
import { pairsOf } from './matrix-pairs.ts';
import { totalOf } from './units.ts';
import { tied } from './tied.ts';

/** Categories by year, type, person …, or by each other. */
export function matrixChart(asked: MatrixAsked): Chart {
  const columns = columnsOf(asked);
  const cells = cellsOf(asked, columns);
  const { rows, by, t } = asked;
  return {
    kind: 'matrix',
    id: `matrix ${by}`,
    title: findingOf(asked, cells),
    draw: (paper) => drawMatrix(asked, columns, cells, paper),
    cuts: (paper) => matrixCuts(asked, columns, paper),
    codes: rows
      .filter(({ depth }) => depth === 0)
      .map(({ category }) => ({ code: familyCode(category), name: category.name })),
    marks: marksOf(asked, columns, cells),
    table: {
      columns: [t('evidence.category'), ...columns.map(({ name }) => name), t('evidence.total')],
      rows: rows.map(({ category, counts }, row) => [
        category.name,
        ...columns.map(({ at }) => {
          const cell = cells.find((one) => one.row === row && one.column === at);
          return cell === undefined ? null : cell.count;
        }),
        counts.total,
      ]),
    },
  };
}

function findingOf({ answer, rows, by, together, unit, t }: MatrixAsked, cells: readonly Cell[]): string {
  if (by === 'below') {
    const pairs = pairsOf(rows, cells);
    const [first] = pairs;
    return first === undefined
      ? t(`evidence.pairsNone.${together}`)
      : t(`evidence.pairsFinding.${together}`, { title: first.cell.title, count: first.cell.count }) +
          tied(
            pairs.map(({ cell }) => cell.count),
            t,
          );
  }
  const families = rows.filter(({ depth }) => depth === 0);
  const [most] = families.toSorted((a, b) => b.counts.total - a.counts.total);
  const others = tied(
    families.map(({ counts }) => counts.total),
    t,
  );
  const finding = t('evidence.matrixFinding', {
    by: byName(t, by),
    name: most?.category.name ?? '',
    count: most?.counts.total ?? 0,
    all: t(`evidence.${unit}`, { count: totalOf(answer, unit) }),
  });
  return finding + others;
}

function marksOf(
  { rows, by, together, unit, unfolded, t, open, fold }: MatrixAsked,
  columns: readonly Column[],
  cells: readonly Cell[],
) {
  const counted = (title: string, count: number): string =>
    by === 'below'
      ? t(`evidence.pairCell.${together}`, { title, count })
      : t('evidence.cell', { title, counted: t(`evidence.${unit}`, { count }) });
  const heads = columns.map(({ value, name, total }): ChartMark => ({
    key: `column ${value}`,
    lane: 0,
    label: counted(name, total),
    run: () => open({ title: name, marks: [{ by, value }] }),
  }));
  const inRows = rows.flatMap(({ category, hasBelow, counts }, row): ChartMark[] => {
    const lane = row + 1;
    const { id, name } = category;
    const own = cells.filter((one) => one.row === row);
    const label = t(unfolded.has(id) ? 'evidence.fold' : 'evidence.unfold', { name });
    return [
      ...(hasBelow ? [{ key: `fold ${id}`, lane, label, run: () => fold(id) }] : []),
      ...own.map(({ key, count, isUnread, title, marks }) => ({
        key,
        lane,
        label:
          count > 0 ? counted(title, count) : `${title}: ${t(isUnread ? 'evidence.noSource' : 'evidence.noneHere')}`,
        run: () => open({ title, marks }),
      })),
      {
        key: `all ${id}`,
        lane,
        label: counted(name, counts.total),
        run: () => open({ title: name, marks: [{ by: 'below', value: id }] }),
      },
    ];
  });
  return by === 'below' ? inRows : [...heads, ...inRows];
}
