// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { placePairsChart } from '../../../../../renderer/features/evidence/place-pairs-chart.ts';
import type { Words } from '../../../../../renderer/common/strings/use-translation.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

const t: Words = (key, values = {}) => [key, ...Object.values(values)].join('|');

it.each(seeds(20, 1))(
  'every pair is in the table and the CSV; those with the most passages are drawn; seed %i',
  (seed) => {
    const random = seeded(seed);
    const [counties, provinces] = [random.int(1, 50), random.int(1, 12)];
    const pairs = Array.from({ length: counties * provinces }, (_, at) => ({
      from: `county${String(at % counties)}`,
      to: `province${String(Math.floor(at / counties))}`,
      count: random.int(1, 90),
    })).filter(() => random.chance(0.6));
    const opened: string[] = [];
    const chart = placePairsChart({
      data: { pairs, places: [] },
      level: 'county',
      unit: 'passages',
      t,
      open: ({ marks }) => opened.push(String(marks[0]?.value)),
    });
    const inTable = chart.table.rows.flatMap(([from, ...cells]) =>
      cells.flatMap((count, at) =>
        count === 0 ? [] : [`${String(from)} ${String(chart.table.columns[at + 1])} ${String(count)}`],
      ),
    );
    expect(inTable.toSorted()).toEqual(pairs.map(({ from, to, count }) => `${from} ${to} ${String(count)}`).toSorted());
    for (const mark of chart.marks) mark.run();
    const drawn = new Set(chart.table.rows.slice(0, 40).map(([from]) => from));
    const columns = new Set(chart.table.columns.slice(1, 9));
    expect(opened.toSorted()).toEqual(
      pairs
        .filter(({ from, to }) => drawn.has(from) && columns.has(to))
        .map(({ from, to }) => `county ${from} ${to}`)
        .toSorted(),
    );
    expect(drawChart(chart, 400, 'x').querySelectorAll('[data-mark]')).toHaveLength(chart.marks.length);
  },
);
