import { afterEach, expect, it, vi } from 'vitest';
import { Rational } from '../../../../shared/figures/rational.ts';
import { readFigures } from '../../../../shared/figures/read.ts';
import { findRelations } from '../../../../shared/figures/relations.ts';

afterEach(() => vi.restoreAllMocks());

/** Counts that no relation is found among. */
const counts = (count: number, between: string): string =>
  Array.from({ length: count }, (_, at) => `${1000 + at} workers`).join(between);

it('what hardly comes to a total is not computed exactly: thousands of counts in one sentence took seconds', () => {
  const read = readFigures(counts(1000, ', '), { lineEnds: 'hard' });
  const added = vi.spyOn(Rational.prototype, 'plus');
  expect(findRelations(read).relations).toEqual([]);
  expect(added.mock.calls.length / read.figures.length).toBeLessThan(10);
});

it('sums without wording are found among many figures, whatever their size', () => {
  const large = '9'.repeat(330);
  const text = `${counts(200, ', ')}. It counted 1,234 men and 2,345 women, 3,579 workers in all. It paid ${large} yuan.`;
  const { relations } = findRelations(readFigures(text, { lineEnds: 'hard' }));
  expect(relations.map(({ kind, printed }) => [kind, printed?.text])).toContainEqual(['sum', '3,579']);
});
