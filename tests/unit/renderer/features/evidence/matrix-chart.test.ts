// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { matrixChart } from '../../../../../renderer/features/evidence/matrix-chart.ts';
import type { MatrixAsked } from '../../../../../renderer/features/evidence/matrix-cells.ts';
import { categoryId } from '../../../../../shared/model/index.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

const t: MatrixAsked['t'] = (key, values = {}) => [key, ...Object.values(values)].join('|');

/** A matrix of random passages, each in some categories and one column, and the passages themselves. */
function randomMatrix(seed: number, by: 'actYear' | 'below') {
  const random = seeded(seed);
  const categories = ['A', 'B', 'C', 'D'].map((code, at) => {
    const id = categoryId.parse(`00000000-0000-7000-8000-00000000000${String(at)}`);
    return { id, code, name: code, colour: '#55606B' };
  });
  const values = by === 'below' ? categories.map(({ id }) => String(id)) : ['2021', '2022', ''];
  const passages = Array.from({ length: random.int(1, 60) }, () => {
    const own = categories.filter(() => random.chance(0.4)).map(({ id }) => String(id));
    return { own, in: by === 'below' ? own : [random.pick(values)] };
  });
  const count = (test: (passage: (typeof passages)[number]) => boolean): number => passages.filter(test).length;
  const rows = categories.map((category) => {
    const total = count(({ own }) => own.includes(category.id));
    const cells = values.map((value) => count((one) => one.own.includes(category.id) && one.in.includes(value)));
    const counts = { category: category.id, total, ownTotal: total, cells, own: cells };
    return { category, depth: 0, hasBelow: random.chance(), counts };
  });
  const columns = values.map((value) => ({
    value,
    label: value,
    total: count((one) => one.in.includes(value)),
    sources: 1,
    read: random.int(0, 1),
  }));
  const sums = { faults: [], total: passages.length, of: passages.length, sources: 1, origins: 1, publishers: 1 };
  const answer = {
    ...sums,
    untagged: count(({ own }) => own.length === 0),
    columns,
    more: 0,
    rows: rows.map((row) => row.counts),
  };
  const asked = {
    answer,
    rows,
    by,
    look: random.pick(['heat', 'dots'] as const),
    together: 'passage' as const,
    unit: 'passages' as const,
    most: 60,
    unfolded: new Set<string>(),
    t,
    open: () => undefined,
    fold: () => undefined,
  };
  return { chart: matrixChart(asked), passages, categories, values };
}

it.each(seeds(30, 1))('a cell, a total and its mark count each passage once; seed %i', (seed) => {
  const { chart, passages, categories, values } = randomMatrix(seed, 'actYear');
  for (const [at, { id, name }] of categories.entries()) {
    const own = passages.filter((one) => one.own.includes(id));
    const counts = values.map((value) => own.filter((one) => one.in.includes(value)).length);
    expect(chart.table.rows[at]).toEqual([name, ...counts, own.length]);
    const said = chart.marks.filter(({ lane, key }) => lane === at + 1 && !key.startsWith('fold'));
    const numbers = said.map(({ label }) => (label.startsWith('evidence.cell') ? Number(label.split('|').at(-1)) : 0));
    expect(numbers).toEqual([...counts, own.length]);
  }
});

it.each(seeds(30, 1))('of categories with each other, each pair is drawn once; seed %i', (seed) => {
  const { chart, passages, categories } = randomMatrix(seed, 'below');
  for (const [at, { id }] of categories.entries()) {
    const pairs = categories
      .slice(0, 3)
      .map((other, column) =>
        column >= at ? null : passages.filter(({ own }) => own.includes(id) && own.includes(other.id)).length,
      );
    expect(chart.table.rows[at]?.slice(1, -1)).toEqual(pairs);
  }
});

it('every mark is drawn, at any width and with dots as with shades', () => {
  for (const seed of seeds(8, 1))
    for (const by of ['actYear', 'below'] as const)
      for (const width of [300, 1300]) {
        const { chart } = randomMatrix(seed, by);
        const drawn = drawChart(chart, width, 'x');
        const keys = new Set(
          [...drawn.querySelectorAll('[data-mark]')].map((shape) => shape.getAttribute('data-mark')),
        );
        expect(keys).toEqual(new Set(chart.marks.map(({ key }) => key)));
      }
});
