import { expect, it } from 'vitest';
import { FEW } from '../../../../../renderer/common/charts/chart.ts';
import { cellsOf, columnsOf, type MatrixAsked } from '../../../../../renderer/features/evidence/matrix-cells.ts';
import { pairsOf } from '../../../../../renderer/features/evidence/matrix-pairs.ts';
import { categoryId } from '../../../../../shared/model/index.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

const CODES = ['A', 'A.X', 'B', 'C', 'C.Y'] as const;
const familyOf = (code: string): string => code.slice(0, 1);

/** Categories by each other, all unfolded, of random passages. */
function randomPairs(seed: number) {
  const random = seeded(seed);
  const categories = CODES.map((code, at) => {
    const id = categoryId.parse(`00000000-0000-7000-8000-00000000000${String(at)}`);
    return { id, code, name: code, colour: '#55606B' };
  });
  const passages = Array.from({ length: random.int(1, 120) }, () => {
    // Of every other project nothing has the first category: the engine then has no column for it.
    const own = CODES.filter((code) => random.chance(0.35) && (seed % 2 === 0 || familyOf(code) !== 'A'));
    // What has a category below another has that one, too.
    return new Set<string>([...own, ...own.map(familyOf)]);
  });
  const count = (...codes: readonly string[]): number =>
    passages.filter((own) => codes.every((code) => own.has(code))).length;
  const used = categories.filter(({ code }) => count(code) > 0);
  const rows = categories.map((category) => {
    const cells = used.map(({ code }) => count(category.code, code));
    const counts = { category: category.id, total: count(category.code), ownTotal: 0, cells, own: cells };
    return { category, depth: category.code.includes('.') ? 1 : 0, hasBelow: false, counts };
  });
  const columns = used.map(({ id }) => ({ value: id, label: '', total: 0, sources: null, read: null }));
  const sums = { faults: [], total: passages.length, of: passages.length, sources: 1, origins: 1, publishers: 1 };
  const asked: MatrixAsked = {
    answer: { ...sums, untagged: 0, columns, more: 0, rows: rows.map((row) => row.counts) },
    rows,
    by: 'below',
    look: 'dots',
    together: 'passage',
    unit: 'passages',
    most: 60,
    unfolded: new Set(),
    t: (key) => key,
    open: () => undefined,
    fold: () => undefined,
  };
  return { pairs: pairsOf(rows, cellsOf(asked, columnsOf(asked))), count };
}

it.each(seeds(30, 1))(
  'pairs are listed as a naive count has them, with their part of the rarer category; seed %i',
  (seed) => {
    const { pairs, count } = randomPairs(seed);
    const wanted = CODES.flatMap((one, at) =>
      CODES.slice(0, at)
        .filter((other) => familyOf(one) !== familyOf(other) || (one.includes('.') && other.includes('.')))
        .map((other) => ({ names: [one, other].toSorted().join(), together: count(one, other) })),
    ).filter(({ together }) => together > 0);
    const named = pairs.map(({ one, other, cell }) => ({
      names: [one.category.code, other.category.code].toSorted().join(),
      together: cell.count,
    }));
    const byNames = (a: { names: string }, b: { names: string }): number => (a.names < b.names ? -1 : 1);
    expect(named.toSorted(byNames)).toEqual(wanted.toSorted(byNames));
    const counts = named.map(({ together }) => together);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    for (const { one, other, rarer, share, cell } of pairs) {
      const least = Math.min(count(one.category.code), count(other.category.code));
      expect(rarer.counts.total).toBe(least);
      // A percentage of few says nothing.
      expect(share).toBe(least < FEW ? null : cell.count / least);
    }
  },
);
