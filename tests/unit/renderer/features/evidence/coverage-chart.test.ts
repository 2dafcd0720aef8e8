// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { coverageChart } from '../../../../../renderer/features/evidence/coverage-chart.ts';
import { categoryId } from '../../../../../shared/model/index.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

it.each(seeds(20, 1))('every category with passages is a mark, and the table has its numbers; seed %i', (seed) => {
  const random = seeded(seed);
  const all = Array.from({ length: 6 }, (_, at) => {
    const passages = random.int(0, 40);
    const sources = passages === 0 ? 0 : random.int(1, passages);
    const origins = sources === 0 ? 0 : random.int(1, sources);
    const below = { passages, sources, origins, publishers: random.int(0, origins) };
    const id = categoryId.parse(`00000000-0000-7000-8000-00000000000${String(at)}`);
    return { category: { id, code: `C${String(at)}`, name: `C${String(at)}`, colour: '#55606B' }, below };
  });
  const said: string[] = [];
  const chart = coverageChart(
    all,
    (key, values = {}) => [key, ...Object.values(values)].join('|'),
    ({ marks }) => said.push(String(marks[0]?.value)),
  );
  expect(chart.table.rows.map((row) => row.slice(0, 5))).toEqual(
    all.map(({ category: { name }, below }) => [name, below.passages, below.sources, below.origins, below.publishers]),
  );
  const tagged = all.filter(({ below }) => below.passages > 0);
  const thin = tagged.filter(({ below }) => below.sources === 1 || below.origins === 1 || below.publishers === 1);
  expect(chart.title).toBe(`evidence.coverageFinding|${String(thin.length)}|${String(tagged.length)}`);
  for (const mark of chart.marks) mark.run();
  expect(said).toEqual(tagged.map(({ category }) => category.id));
  const drawn = drawChart(chart, 600, 'x');
  expect(drawn.querySelectorAll('[data-mark]')).toHaveLength(tagged.length);
});
