import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import type { Chart, ChartMark, Paper } from '../../common/charts/chart.ts';
import { blocks, dots, inPixels, labels } from '../../common/charts/shapes.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import { HEAT } from './matrix-draw.ts';
import type { Tile, TileGroup } from './place-tiles.ts';
import type { Marked } from './state.ts';
import { tied } from './tied.ts';

interface TilesAsked {
  readonly groups: readonly TileGroup[];
  readonly unit: CountedUnit;
  readonly t: Words;
  readonly open: (marked: Marked) => void;
}

/** Counties under their prefectures, in the order of the administrative tree, shaded by what is counted. */
export function placeTilesChart({ groups, unit, t, open }: TilesAsked): Chart {
  const tiles = groups.flatMap((group) => group.tiles);
  const [first] = tiles.toSorted((a, b) => b.count - a.count);
  const counted = (count: number): string => t(`evidence.${unit}`, { count });
  const words = ({ is, count }: Tile): string =>
    is === 'some' ? counted(count) : t(is === 'none' ? 'evidence.noneHere' : 'evidence.places.noSourceAll');
  return {
    kind: 'placeTiles',
    id: 'place tiles',
    title:
      first === undefined || first.count === 0
        ? t('evidence.places.tilesNone')
        : t('evidence.places.tilesFinding', { name: first.name, counted: counted(first.count) }) +
          tied(
            tiles.map(({ count }) => count),
            t,
          ),
    marks: groups.flatMap(({ tiles: own }, lane) =>
      own.map((tile): ChartMark => ({
        key: tile.place,
        lane,
        label: t('evidence.cell', { title: tile.name, counted: words(tile) }),
        run: () => open({ title: tile.name, marks: [{ by: 'placesWithin', value: tile.place }] }),
      })),
    ),
    table: {
      columns: [
        t('evidence.matrixColumns.county'),
        t('evidence.places.id'),
        t('evidence.places.chinese'),
        t('evidence.matrixColumns.prefecture'),
        t(`evidence.restsOn.${unit}`),
      ],
      rows: groups.flatMap(({ name, tiles: own }) =>
        own.map((tile) => [tile.name, tile.place, tile.chinese, name, tile.count]),
      ),
    },
    draw: (paper) => drawTiles(groups, t, paper),
    // Cut pages below a row of tiles, so that a prefecture’s name stays with its first tiles.
    cuts: ({ width }) => ({
      head: 0,
      rows: [...new Set(placed(groups, width).tiles.map(({ y }) => y + HIGH))].toSorted((one, other) => one - other),
    }),
  };
}

/** The least width of a tile, the height of a tile and of a head, and the gap between groups, in CSS pixels. Tiles share spare width. */
const [LEAST, HIGH, HEAD, GAP] = [88, 58, 24, 12];

interface Placed extends Tile {
  readonly x: number;
  readonly y: number;
}

/** Places groups side by side while there is room; each is as wide as its tiles. */
function placed(groups: readonly TileGroup[], width: number) {
  const across = Math.max(1, Math.floor(width / LEAST));
  const wide = Math.floor(width / across);
  const heads: { readonly x: number; readonly y: number; readonly name: string; readonly room: number }[] = [];
  const tiles: Placed[] = [];
  let [x, y, deepest] = [0, 0, 0];
  for (const { name, tiles: own } of groups) {
    const columns = Math.min(across, own.length);
    if (x > 0 && x + columns * wide > width) [x, y, deepest] = [0, y + deepest + GAP, 0];
    heads.push({ x, y: y + HEAD / 2, name, room: columns * wide });
    for (const [at, tile] of own.entries())
      tiles.push({ ...tile, x: x + (at % columns) * wide, y: y + HEAD + Math.floor(at / columns) * HIGH });
    deepest = Math.max(deepest, HEAD + Math.ceil(own.length / columns) * HIGH);
    x += columns * wide + GAP;
  }
  return { heads, tiles, wide, height: y + deepest };
}

/** Cuts a text of Han characters to `most`. Plot’s own cutting counts them as narrow as Latin letters, so they would overflow. */
const cutHan = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`;

function drawTiles(groups: readonly TileGroup[], t: Words, paper: Paper) {
  const { heads, tiles, wide, height } = placed(groups, paper.width);
  const frame = ({ place, x, y }: Placed) => ({ key: place, x1: x + 1, x2: x + wide - 1, y1: y + 1, y2: y + HIGH - 1 });
  const is = (what: Tile['is']): readonly Placed[] => tiles.filter((tile) => tile.is === what);
  const ink = ({ is: what, step }: Tile): string =>
    what === 'some' && !paper.isPlain ? (HEAT[step]?.ink ?? 'var(--ink)') : 'var(--ink)';
  const middle = (tile: Placed, down: number) => ({ x: tile.x + wide / 2, y: tile.y + down, fill: ink(tile) });
  const cut = { lineWidth: (wide - 8) / 11, textOverflow: 'ellipsis' } as const;
  const most = Math.max(1, ...tiles.map(({ count }) => count));
  const words = ({ is: what, count }: Tile): string =>
    what === 'some' ? String(count) : t(what === 'none' ? 'evidence.noneHere' : 'evidence.places.noSourceAll');
  return inPixels(height, [
    heads.map(({ x, y, name, room }) =>
      labels([{ x, y, text: name }], {
        textAnchor: 'start',
        fontSize: 12,
        fontWeight: 600,
        lineWidth: room / 12,
        textOverflow: 'ellipsis',
      }),
    ),
    blocks(
      is('some').map((tile) => ({
        ...frame(tile),
        fill: paper.isPlain ? 'none' : (HEAT[tile.step]?.ground ?? 'none'),
        stroke: 'var(--rule-2)',
      })),
    ),
    blocks(
      is('noSource').map((tile) => ({ ...frame(tile), fill: paper.pattern('hatch'), stroke: 'var(--rule)' })),
      // Words stand on it.
      { fillOpacity: 0.35 },
    ),
    blocks(
      is('none').map((tile) => ({ ...frame(tile), stroke: 'var(--rule-2)' })),
      { strokeDasharray: '3 2' },
    ),
    // In black and white the area of a dot replaces the shade.
    paper.isPlain
      ? dots(
          is('some').map(({ x, y, count }) => ({
            x: x + 14,
            y: y + 46,
            r: 8 * Math.sqrt(count / most),
            stroke: 'var(--ink)',
          })),
        )
      : null,
    labels(tiles.map((tile) => ({ ...middle(tile, 12), text: cutHan(tile.chinese ?? '', (wide - 8) / 11) }))),
    labels(
      tiles.map((tile) => ({ ...middle(tile, 29), text: tile.name })),
      cut,
    ),
    labels(
      tiles.map((tile) => ({ ...middle(tile, 46), text: words(tile) })),
      { fontWeight: 600 },
    ),
  ]);
}
