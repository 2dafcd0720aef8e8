// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { placeTilesChart } from '../../../../../renderer/features/evidence/place-tiles-chart.ts';
import { tilesOf } from '../../../../../renderer/features/evidence/place-tiles.ts';

const known = (id: string, level: 'province' | 'prefecture' | 'county', parent: string | null) => ({
  id,
  name: id,
  chinese: null,
  level,
  parent,
});
const ALL = [
  known('cn-xinjiang', 'province', null),
  known('hotan', 'prefecture', 'cn-xinjiang'),
  known('lop', 'county', 'hotan'),
  known('qira', 'county', 'hotan'),
  known('niya', 'county', 'hotan'),
  known('kashgar', 'prefecture', 'cn-xinjiang'),
  known('yarkand', 'county', 'kashgar'),
  known('city-of-its-own', 'county', 'cn-xinjiang'),
  known('cn-hubei', 'province', null),
  known('wuhan', 'county', 'cn-hubei'),
  // A merge made a ring of these.
  known('ring-a', 'county', 'ring-b'),
  known('ring-b', 'prefecture', 'ring-a'),
];
const counted = (place: string, total: number, ofPlace: number) => ({
  place,
  name: place,
  chinese: null,
  uyghur: null,
  parent: null,
  part: 'xinjiang' as const,
  total,
  own: total,
  sources: total,
  origins: total,
  ofPlace,
  unread: ofPlace,
});

it('counties stand under prefectures that have something, and those with nothing say whether there is a source', () => {
  const counts = [counted('cn-xinjiang', 9, 9), counted('hotan', 9, 3), counted('lop', 9, 1), counted('qira', 0, 2)];
  const groups = tilesOf(counts, ALL, 'passages');
  expect(
    groups.map(({ name, tiles }) => [name, tiles.map(({ name: one, is, count }) => `${one} ${is} ${count}`)]),
  ).toEqual([['hotan', ['lop some 9', 'qira none 0', 'niya noSource 0']]]);
});

it('a county in no prefecture stands under Xinjiang, once it has something', () => {
  const counts = [counted('cn-xinjiang', 2, 0), counted('city-of-its-own', 2, 0), counted('wuhan', 2, 0)];
  expect(tilesOf(counts, ALL, 'passages').map(({ name, tiles }) => [name, tiles.map(({ name: one }) => one)])).toEqual([
    ['cn-xinjiang', ['city-of-its-own']],
  ]);
});

it('the tiles are a chart: each county is a mark and a row of the table, by the unit counted, whatever the width', () => {
  const counts = [
    counted('cn-xinjiang', 9, 9),
    counted('hotan', 9, 3),
    { ...counted('lop', 9, 1), sources: 2 },
    counted('kashgar', 3, 3),
    counted('yarkand', 3, 3),
  ];
  const opened: unknown[] = [];
  const chart = placeTilesChart({
    groups: tilesOf(counts, ALL, 'sources'),
    unit: 'sources',
    t: (key, values = {}) => [key, ...Object.values(values)].join('|'),
    open: ({ marks }) => opened.push(marks[0]?.value),
  });
  expect(chart.title).toBe('evidence.places.tilesFinding|yarkand|evidence.sources|3');
  expect(chart.table.rows).toEqual([
    ['lop', 'lop', null, 'hotan', 2],
    ['qira', 'qira', null, 'hotan', 0],
    ['niya', 'niya', null, 'hotan', 0],
    ['yarkand', 'yarkand', null, 'kashgar', 3],
  ]);
  for (const width of [90, 400, 1200])
    expect(
      [...drawChart(chart, width, 'file').querySelectorAll('[data-mark]')]
        .map((one) => one.getAttribute('data-mark') ?? '')
        .toSorted(),
    ).toEqual(chart.marks.map(({ key }) => key).toSorted());
  chart.marks.at(-1)?.run();
  expect(opened).toEqual(['yarkand']);
});
