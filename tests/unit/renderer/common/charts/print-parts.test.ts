import { expect, it } from 'vitest';
import { sheetParts } from '../../../../../renderer/common/charts/print-chart.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

it.each(seeds(30, 1))(
  'a chart that is higher than a sheet is cut between rows, and no row is lost; seed %i',
  (seed) => {
    const random = seeded(seed);
    const head = random.int(0, 130);
    const rows: number[] = [];
    for (let at = 0, edge = head; at < random.int(1, 120); at += 1) rows.push((edge += random.int(10, 90)));
    const parts = sheetParts({ head, rows }, 800);
    expect(parts[0]?.[0]).toBe(head);
    expect(parts.at(-1)?.[1]).toBe(rows.at(-1));
    for (const [at, [from, to]] of parts.entries()) {
      if (at > 0) expect(from).toBe(parts[at - 1]?.[1]);
      expect(rows).toContain(to);
      expect(head + to - from).toBeLessThanOrEqual(800);
      // Every sheet but the last is full.
      const next = rows[rows.indexOf(to) + 1];
      if (next !== undefined) expect(head + next - from).toBeGreaterThan(800);
    }
  },
);

it('a row that is higher than a sheet has one for itself', () => {
  expect(sheetParts({ head: 20, rows: [50, 1050, 1080] }, 800)).toEqual([
    [20, 50],
    [50, 1050],
    [1050, 1080],
  ]);
});
