import { describe, expect, it } from 'vitest';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { anchor } from '../../../shared/model/index.ts';
import { type Seeded, seeded, seeds } from '../../support/seeded.ts';

const text = { kind: 'text', start: 3, end: 9, exact: '就业', prefix: '', suffix: 'x', page: 2, quads: [] };
const quads = [{ page: 2, quads: [[0, 0, 1, 0, 1, 1, 0, 1.5]] }];
const area = { kind: 'area', page: 1, area: [0, 0.5, 10, 20] };
const ODD = [null, undefined, 0, -1, 1.5, '', '3', true, [], {}, [1, 2], 1e300, ['a', 'b', 'c', 'd'], [[1]]];

/** One field, somewhere, made into something else. */
function bent(random: Seeded, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return random.pick(ODD);
  if (Array.isArray(value))
    return value.map((one) => (random.chance(0.3) ? bent(random, one) : one)).slice(random.int(0, 1));
  const key = random.pick(Object.keys(value));
  return { ...value, [key]: bent(random, Object.entries(value).find(([name]) => name === key)?.[1]) };
}

describe('an anchor from the database', () => {
  it.each([[text], [{ ...text, quads }], [area]])('is read as written: %o', (value) => {
    expect(readAnchor(JSON.stringify(value))).toEqual(value);
  });

  it('without a quotation is invalid', () => {
    expect(readAnchor(JSON.stringify({ ...text, exact: '' }))).toBeNull();
  });

  it.each(seeds(300))('is read exactly if the schema would read it (seed %i)', (seed) => {
    const random = seeded(seed);
    const json = JSON.stringify(bent(random, random.pick([text, { ...text, quads }, area])) ?? null);
    expect(readAnchor(json)).toEqual(anchor.safeParse(JSON.parse(json)).data ?? null);
  });
});
