// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import type { Chart } from '../../../../../renderer/common/charts/chart.ts';
import { sheetParts } from '../../../../../renderer/common/charts/print-chart.ts';
import type { Words } from '../../../../../renderer/common/strings/use-translation.ts';
import { placePairsChart } from '../../../../../renderer/features/evidence/place-pairs-chart.ts';
import { placeTilesChart } from '../../../../../renderer/features/evidence/place-tiles-chart.ts';
import { placesChart } from '../../../../../renderer/features/evidence/places-chart.ts';
import { readChart } from '../../../../../renderer/features/evidence/read-chart.ts';

const WIDTH = 680;
const t: Words = (key, values = {}) => [key, ...Object.values(values)].join('|');
const open = (): undefined => undefined;
const many = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));

const NAMES = { chinese: null, uyghur: null, parent: null, part: 'xinjiang' as const };
const COUNTS = { own: 1, sources: 1, origins: 1, ofPlace: 1, unread: 0 };
const place = (at: number) => ({
  ...NAMES,
  ...COUNTS,
  place: `place${at}`,
  name: `Place ${at}`,
  total: at + 1,
});
const bar = (at: number) => ({ value: `${at}`, label: `Paper ${at}`, total: 3, tagged: 1, read: 1, unread: 1 });
const tiles = (group: number, count: number) => ({
  place: `group${group}`,
  name: `Group ${group}`,
  count: 1,
  tiles: many(count, (at) => ({
    place: `${group} ${at}`,
    name: `County ${at}`,
    chinese: null,
    count: at,
    is: at === 0 ? ('none' as const) : ('some' as const),
    step: 1,
  })),
});
const read = { total: 1, tagged: 1, read: 0, unread: 0 };
const pairs = many(40, (at) => ({ from: `county${at}`, to: `province${at % 8}`, count: at + 1 }));

const FIGURES: readonly (readonly [string, Chart])[] = [
  ['places', placesChart(many(60, place), 'passages', t)],
  ['sources by publisher', readChart({ read, bars: many(60, bar) }, 'publisher', t, open)],
  ['pairs', placePairsChart({ data: { pairs, places: [] }, level: 'county', unit: 'passages', t, open })],
  [
    'tiles',
    placeTilesChart({ groups: [13, 4, 9, 60, 2, 5].map((count, at) => tiles(at, count)), unit: 'passages', t, open }),
  ],
];

it.each(FIGURES)(
  '%s that are higher than a sheet go on over the next ones, and no shape of a row is cut',
  (_, chart) => {
    const cuts = chart.cuts?.({ width: WIDTH, pattern: () => 'none', isPlain: true });
    if (cuts === undefined) throw new Error('It would be made smaller.');
    const parts = sheetParts(cuts, 400);
    expect(parts.length).toBeGreaterThan(1);
    const shapes = [...drawChart(chart, WIDTH, 'x', true).querySelectorAll('rect')].map((shape) => {
      const [y, height] = [Number(shape.getAttribute('y')), Number(shape.getAttribute('height'))];
      return { from: y, to: y + height };
    });
    expect(shapes.length).toBeGreaterThan(30);
    for (const { from, to } of shapes) expect(parts.filter((part) => part[0] <= from && to <= part[1])).toHaveLength(1);
  },
);
