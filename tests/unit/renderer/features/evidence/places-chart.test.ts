// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { placesChart } from '../../../../../renderer/features/evidence/places-chart.ts';

it('the chart of places has every place with its ID, its names and its counts, and draws a bar for each', () => {
  const place = { uyghur: null, part: 'xinjiang' as const, own: 1, sources: 2, origins: 1, ofPlace: 3, unread: 2 };
  const places = [
    { ...place, place: 'cn-xinjiang', name: 'Xinjiang', chinese: '新疆', parent: 'cn', total: 7 },
    {
      ...place,
      place: 'xj-hotan-pref',
      name: 'Hotan Prefecture',
      chinese: '和田地区',
      parent: 'cn-xinjiang',
      total: 5,
    },
    { ...place, place: 'own', name: 'Own', chinese: null, parent: 'xj-hotan-pref', total: 2 },
    // Two of a ring.
    { ...place, place: 'a', name: 'A', chinese: null, parent: 'b', total: 1 },
    { ...place, place: 'b', name: 'B', chinese: null, parent: 'a', total: 1 },
  ];
  const chart = placesChart(places, 'passages', (key, values = {}) => [key, ...Object.values(values)].join('|'));
  expect(chart.title).toBe('evidence.places.finding.passages|5|Hotan Prefecture');
  expect(chart.table.rows.map(([name, id, chinese, , , ...counts]) => [name, id, chinese, ...counts])).toEqual(
    places.map(({ name, place: id, chinese, total, own, sources, origins, unread }) => [
      name,
      id,
      chinese,
      total,
      own,
      sources,
      origins,
      unread,
    ]),
  );
  // By sources, all of these have two: the first of the tree is named, and that the others have as many.
  expect(
    placesChart(places.slice(1), 'sources', (key, values = {}) => `${key} ${String(values['count'])} `).title,
  ).toBe('evidence.places.finding.sources 4 evidence.tied 3 ');
  expect(chart.table.columns).toHaveLength(10);
  const drawn = drawChart(chart, 1200, 'file');
  expect(drawn.querySelectorAll('rect')).toHaveLength(places.length);
  expect(drawn.textContent).toContain('Hotan Prefecture 和田地区');
});
