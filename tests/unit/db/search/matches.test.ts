import { expect, it } from 'vitest';
import { inDocs, withoutOverlaps } from '../../../../electron/db/search/matches.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

it.each(seeds(40))('the places of a term are shared out among documents as by looking at each (seed %i)', (seed) => {
  const random = seeded(seed);
  const ascending = (chance: number): number[] =>
    Array.from({ length: random.int(1, 400) }, (_, at) => at).filter(() => random.chance(chance));
  const starts = ascending(random.pick([0, 0.02, 0.3, 1]));
  const bases = [0, ...ascending(0.1).filter((at) => at > 0)];
  const length = random.int(1, 6);
  const kept: number[] = [];
  for (const start of starts) if (start >= (kept.at(-1) ?? -length) + length) kept.push(start);
  const given = Uint32Array.from(starts);
  expect([...withoutOverlaps(given, length)]).toEqual(kept);
  const found = inDocs(given, length, Uint32Array.from(bases));
  const each = bases.map((base, at) => {
    const end = bases[at + 1] ?? Infinity;
    return kept.filter((start) => start >= base && start < end).map((start) => start - base);
  });
  expect(bases.map((_, at) => [...(found.get(at)?.starts ?? [])])).toEqual(each);
  expect([...found.values()].every(({ lengths }) => lengths === length)).toBe(true);
  // Other terms of the query may have the same list.
  expect([...given]).toEqual(starts);
});
