import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Chart } from '../../common/charts/chart.ts';
import { blocks, inPixels, labels, lines } from '../../common/charts/shapes.ts';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import { countOf } from './place-tiles.ts';
import { tied } from './tied.ts';

type Place = CallOutput<'evidence.places'>['places'][number];

const HIGH = 22;
/** The widths of the names and of the numbers beside the bars. */
const [LEFT, RIGHT] = [330, 60];
const DEEPEST = 4;

/** Passages by place as bars in the order of the tree, and as a table with names in three scripts. It is used in files; the screen has its own table. */
export function placesChart(places: readonly Place[], unit: CountedUnit, t: Words): Chart {
  const found = places.filter(({ total }) => total > 0);
  const named = found.filter(({ part, place }) => part !== 'other' && place !== 'cn-xinjiang');
  const among = named.length > 0 ? named : found;
  const first = among.toSorted((a, b) => countOf(b, unit) - countOf(a, unit))[0];
  const others = tied(
    among.map((one) => countOf(one, unit)),
    t,
  );
  return {
    kind: 'places',
    id: 'places',
    title: t(`evidence.places.finding.${unit}`, { count: found.length, name: first?.name ?? '' }) + others,
    marks: [],
    table: {
      columns: [
        t('evidence.places.place'),
        t('evidence.places.id'),
        t('evidence.places.chinese'),
        t('evidence.places.uyghur'),
        t('evidence.places.part'),
        ...(['passages', 'itself', 'sources', 'origins', 'unread'] as const).map((column) =>
          t(`evidence.places.counts.${column}`),
        ),
      ],
      rows: places.map(({ name, place, chinese, uyghur, part, total, own, sources, origins, unread }) => [
        name,
        place,
        chinese,
        uyghur,
        t(`evidence.places.partNames.${part}`),
        total,
        own,
        sources,
        origins,
        unread,
      ]),
    },
    draw: ({ width }) => drawPlaces(places, unit, width),
    cuts: () => ({ head: 0, rows: places.map((_, at) => (at + 1) * HIGH) }),
  };
}

function drawPlaces(places: readonly Place[], unit: CountedUnit, width: number) {
  const most = Math.max(1, ...places.map((place) => countOf(place, unit)));
  const parents = new Map(places.map(({ place, parent }) => [place, parent]));
  const placed = places.map((place, at) => ({
    ...place,
    y: at * HIGH + HIGH / 2,
    depth: depthOf(place.place, parents),
    count: countOf(place, unit),
    end: LEFT + (countOf(place, unit) / most) * (width - LEFT - RIGHT),
  }));
  return inPixels(places.length * HIGH + 4, [
    lines(placed.map(({ y }) => ({ x1: 0, x2: width, y1: y + HIGH / 2, y2: y + HIGH / 2 }))),
    labels(
      placed.map(({ y, depth, name, chinese }) => ({
        x: depth * 14,
        y,
        text: chinese === null || chinese === name ? name : `${name} ${chinese}`,
      })),
      { textAnchor: 'start', fontSize: 12, lineWidth: LEFT / 12 - 3, textOverflow: 'ellipsis' },
    ),
    blocks(placed.map(({ y, end }) => ({ x1: LEFT, x2: end, y1: y - 7, y2: y + 7, fill: 'var(--accent)' }))),
    labels(
      placed.map(({ y, end, count }) => ({ x: end + 6, y, text: String(count), fill: 'var(--ink-2)' })),
      { textAnchor: 'start', fontSize: 12 },
    ),
  ]);
}

/** How many of these places contain a place. It stops at a ring, which a merge can make. */
function depthOf(place: string, parents: ReadonlyMap<string, string | null>): number {
  const seen = new Set<string>();
  for (
    let at = parents.get(place) ?? null;
    at !== null && parents.has(at) && !seen.has(at);
    at = parents.get(at) ?? null
  )
    seen.add(at);
  return Math.min(DEEPEST, seen.size);
}
