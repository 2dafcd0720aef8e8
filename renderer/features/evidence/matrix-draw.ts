import type { Markish } from '@observablehq/plot';
import { familySigns, SIGN } from '../../common/charts/family-signs.ts';
import { FEW, type ChartCuts, type Paper } from '../../common/charts/chart.ts';
import { restOf } from '../../ui/FamilySign.tsx';
import { blocks, dots, inPixels, labels, type Block, type Dot, type Label } from '../../common/charts/shapes.ts';
import { stepOf, type Cell, type Column, type MatrixAsked, type MatrixRow } from './matrix-cells.ts';
import { totalOf } from './units.ts';

/** By shade step, beginning with no passage. */
export const HEAT = [
  { ground: 'none', ink: 'var(--ink)' },
  { ground: 'var(--h-1)', ink: 'var(--h-t1)' },
  { ground: 'var(--h-2)', ink: 'var(--h-t2)' },
  { ground: 'var(--h-3)', ink: 'var(--h-t3)' },
  { ground: 'var(--h-4)', ink: 'var(--h-t4)' },
  { ground: 'var(--h-5)', ink: 'var(--h-t5)' },
] as const;
const HIGH = 34;

/** Where the cells begin, and the width of a cell. */
function layoutOf({ by }: MatrixAsked, columns: readonly Column[], paper: Paper) {
  const isNarrow = paper.width < 800;
  const [left, end] = [isNarrow ? 120 : 260, 100];
  const width = Math.min(96, (paper.width - left - end) / Math.max(1, columns.length));
  // In a matrix of pairs the columns have codes for heads, which need less room than names.
  const isUpright = width < (by === 'below' ? SIGN + 4 : 44);
  return { isNarrow, left, width, isUpright, top: isUpright ? 130 : by === 'below' ? 30 : 62 };
}

/** Where a matrix of many rows is cut for paper. */
export function matrixCuts(asked: MatrixAsked, columns: readonly Column[], paper: Paper): ChartCuts {
  const { top } = layoutOf(asked, columns, paper);
  return { head: top, rows: asked.rows.map((_, at) => top + (at + 1) * HIGH) };
}

/** Draws the cells with the categories before them, the columns above them and the totals after them. */
export function drawMatrix(asked: MatrixAsked, columns: readonly Column[], cells: readonly Cell[], paper: Paper) {
  const { rows, by } = asked;
  const { isNarrow, left, width, isUpright, top } = layoutOf(asked, columns, paper);
  const x = new Map(columns.map(({ at }, place) => [at, left + place * width]));
  const placed = cells.map((cell) => ({ ...cell, x: x.get(cell.column) ?? 0, y: top + cell.row * HIGH }));
  const right = left + columns.length * width;
  const most = Math.max(1, ...cells.map(({ count }) => count));
  return inPixels(top + rows.length * HIGH + 4, [
    rowHeads(asked, { left, top, isNarrow }, paper),
    columnHeads(asked, columns, { left, top, width, isUpright }, paper),
    by === 'below' || asked.look === 'dots' || paper.isPlain
      ? dotCells(placed, width, most, asked, paper)
      : heatCells(placed, width, most, asked, paper),
    totals(rows, { right, top }, paper),
  ]);
}

interface PlacedCell extends Cell {
  readonly x: number;
  readonly y: number;
}

const frame = ({ key, x, y }: PlacedCell, width: number): Block => ({
  key,
  x1: x + 1,
  x2: x + width - 1,
  y1: y + 1,
  y2: y + HIGH - 1,
});
const middle = ({ x, y }: PlacedCell, width: number) => ({ x: x + width / 2, y: y + HIGH / 2 });

/** Cells without a passage: dashed if sources of the column were read, hatched if none was. */
function emptyCells(cells: readonly PlacedCell[], width: number, { t }: MatrixAsked, paper: Paper): Markish {
  const empty = cells.filter(({ count }) => count === 0);
  const [unread, read] = [true, false].map((isUnread) => empty.filter((cell) => cell.isUnread === isUnread));
  return [
    blocks(unread?.map((cell) => ({ ...frame(cell, width), fill: paper.pattern('hatch') })) ?? []),
    blocks(read?.map((cell) => ({ ...frame(cell, width), stroke: 'var(--rule-2)' })) ?? [], { strokeDasharray: '3 2' }),
    width < 40
      ? null
      : labels(
          read?.map((cell) => ({ ...middle(cell, width), text: t('evidence.noneHere'), fill: 'var(--ink-3)' })) ?? [],
        ),
  ];
}

function heatCells(
  cells: readonly PlacedCell[],
  width: number,
  most: number,
  asked: MatrixAsked,
  paper: Paper,
): Markish {
  const filled = cells.filter(({ count }) => count > 0);
  return [
    emptyCells(cells, width, asked, paper),
    // The lightest shade is hardly darker than the background, so it gets an edge.
    blocks(
      filled.map((cell) => ({
        ...frame(cell, width),
        fill: HEAT[stepOf(cell.count, most)]?.ground ?? 'none',
        stroke: 'var(--rule-2)',
      })),
      { strokeWidth: 0.5 },
    ),
    labels(
      filled.map((cell) => ({
        ...middle(cell, width),
        text: String(cell.count),
        fill: HEAT[stepOf(cell.count, most)]?.ink ?? 'var(--ink)',
      })),
      { fontSize: width < 24 ? 8 : 12 },
    ),
  ];
}

function dotCells(
  cells: readonly PlacedCell[],
  width: number,
  most: number,
  asked: MatrixAsked,
  paper: Paper,
): Markish {
  const filled = cells.filter(({ count }) => count > 0);
  const greatest = Math.max(3, Math.min(14, width / 4));
  const circle = (cell: PlacedCell): Dot => ({
    x: cell.x + width / 2 - Math.min(8, width / 5),
    y: cell.y + HIGH / 2,
    r: Math.max(1.5, greatest * Math.sqrt(cell.count / most)),
    fill: 'var(--h-3)',
    stroke: 'var(--accent)',
  });
  const isFew = totalOf(asked.answer, asked.unit) < FEW && width >= 60;
  /** A dot for each passage, in rows. */
  const single = (cell: PlacedCell): Dot[] => {
    const across = Math.floor((width - 30) / 8);
    const rows = Math.ceil(cell.count / across);
    return Array.from({ length: cell.count }, (_, at) => ({
      ...circle(cell),
      x: cell.x + 9 + (at % across) * 8,
      y: cell.y + HIGH / 2 + (Math.floor(at / across) - (rows - 1) / 2) * 8,
      r: 2.5,
    }));
  };
  return [
    emptyCells(cells, width, asked, paper),
    paper.isPlain ? null : blocks(filled.map((cell) => ({ ...frame(cell, width), fill: 'var(--hover)' }))),
    dots(filled.flatMap(isFew ? single : circle), { strokeWidth: 1 }),
    labels(
      filled.map((cell) => ({ x: cell.x + width - 5, y: cell.y + HIGH / 2, text: String(cell.count) })),
      { textAnchor: 'end', fontSize: width < 40 ? 9 : 11 },
    ),
  ];
}

function rowHeads(
  { rows, unfolded }: MatrixAsked,
  { left, top, isNarrow }: { left: number; top: number; isNarrow: boolean },
  { isPlain }: Paper,
): Markish {
  const placed = rows.map((row, at) => ({ ...row, y: top + at * HIGH + HIGH / 2 }));
  const families = placed.filter(({ depth }) => depth === 0);
  const indent = ({ depth }: MatrixRow): number => 18 + Math.min(depth, 3) * 12;
  const folds: Label[] = placed
    .filter(({ hasBelow }) => hasBelow)
    .map((row) => ({
      x: indent(row) - 12,
      y: row.y,
      text: unfolded.has(row.category.id) ? '▾' : '▸',
      fill: 'var(--ink-2)',
    }));
  const spelled = placed.filter(({ depth }) => !isNarrow || depth > 0);
  return [
    familySigns(families.map(({ category, y }) => ({ category, x: 18, y }))),
    spelled.map((row) => {
      const start = row.depth === 0 ? 18 + SIGN + 8 : indent(row) + 8;
      const text = [{ x: start, y: row.y, text: row.category.name }];
      return labels(text, {
        textAnchor: 'start',
        fontSize: 12,
        lineWidth: (left - start - 10) / 12,
        textOverflow: 'ellipsis',
      });
    }),
    // Nothing can be folded on paper.
    isPlain ? null : labels(folds, { fontSize: 14 }),
    // The fold sign is small, so the whole row head can be pressed.
    blocks(
      placed
        .filter(({ hasBelow }) => hasBelow)
        .map((row) => ({
          key: `fold ${row.category.id}`,
          x1: 0,
          x2: left - 6,
          y1: row.y - HIGH / 2 + 2,
          y2: row.y + HIGH / 2 - 2,
        })),
    ),
  ];
}

function columnHeads(
  { by, rows }: MatrixAsked,
  columns: readonly Column[],
  { left, top, width, isUpright }: { left: number; top: number; width: number; isUpright: boolean },
  paper: Paper,
): Markish {
  const most = Math.max(1, ...columns.map(({ total }) => total));
  const placed = columns.map((column, at) => ({ ...column, x: left + at * width + width / 2 }));
  const names = placed.map(({ x, name }) => ({ x, y: top - 10, text: name, fill: 'var(--ink-2)' }));
  const named = isUpright
    ? labels(names, { rotate: -90, textAnchor: 'start', lineWidth: by === 'below' ? 10 : 7, textOverflow: 'ellipsis' })
    : labels(names, { lineWidth: width / 12, textOverflow: 'ellipsis', fontSize: 12 });
  if (by === 'below') return width < SIGN + 4 ? named : columnSigns(rows, placed, { top, width });
  const base = isUpright ? 34 : 44;
  const half = Math.min(14, width / 3);
  const bar = ({ total }: Column): number => base - 24 * (total / most);
  return [
    named,
    blocks(placed.map((one) => ({ x1: one.x - half, x2: one.x + half, y1: bar(one), y2: base, ...barLook(paper) }))),
    isUpright && width < 24
      ? null
      : labels(placed.map((one) => ({ x: one.x, y: bar(one) - 7, text: String(one.total) }))),
    blocks(
      placed.map(({ value, x }) => ({
        key: `column ${value}`,
        x1: x - width / 2,
        x2: x + width / 2,
        y1: 0,
        y2: top - 2,
      })),
    ),
  ];
}

/** Heads of category columns. There is no room for names, so they have the codes that also precede the rows. */
function columnSigns(
  rows: readonly MatrixRow[],
  columns: readonly { readonly value: string; readonly x: number }[],
  { top, width }: { top: number; width: number },
): Markish {
  const byId = new Map(rows.map((row) => [String(row.category.id), row]));
  const placed = columns.flatMap(({ value, x }) => {
    const row = byId.get(value);
    return row === undefined ? [] : [{ ...row, x }];
  });
  const y = top - 12;
  const families = placed.filter(({ depth }) => depth === 0);
  return [
    familySigns(families.map(({ category, x }) => ({ category, x: x - SIGN / 2, y: y + 1 }))),
    labels(
      placed
        .filter(({ depth }) => depth > 0)
        .map(({ x, category }) => ({ x, y, text: restOf(category.code), fill: 'var(--ink-2)' })),
      { fontFamily: 'var(--mono)', lineWidth: width / 12, textOverflow: 'ellipsis' },
    ),
  ];
}

const barLook = ({ isPlain, pattern }: Paper): Pick<Block, 'fill' | 'stroke'> =>
  isPlain ? { fill: pattern('hatch'), stroke: 'var(--ink)' } : { fill: 'var(--h-3)' };

function totals(rows: readonly MatrixRow[], { right, top }: { right: number; top: number }, paper: Paper): Markish {
  const most = Math.max(1, ...rows.map(({ counts }) => counts.total));
  const placed = rows.map(({ category, counts }, at) => ({
    key: `all ${category.id}`,
    total: counts.total,
    x2: right + 10 + 48 * (counts.total / most),
    y: top + at * HIGH + HIGH / 2,
  }));
  return [
    blocks(placed.map(({ x2, y }) => ({ x1: right + 10, x2, y1: y - 7, y2: y + 7, ...barLook(paper) }))),
    labels(
      placed.map(({ x2, y, total }) => ({ x: x2 + 5, y, text: String(total) })),
      { textAnchor: 'start', fontSize: 12 },
    ),
    blocks(placed.map(({ key, y }) => ({ key, x1: right + 6, x2: right + 98, y1: y - 14, y2: y + 14 }))),
  ];
}
