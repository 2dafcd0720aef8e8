/** True when the long suites run whole (`npm run test:long`); `npm test` runs a seeded tenth of each. */
export const isLong: boolean = process.env['SOURCEBOOK_LONG'] === '1';

/**
 * How many of `total` cases of a long suite (kill, fuzz, hostile input) this run shall do: all of them in a long run,
 * else a tenth, rounded up, so that a short run never does nothing. Seeds count from 0, so the tenth is always the
 * same cases: a failure in `npm test` is found again by running it again.
 */
export function share(total: number): number {
  if (!Number.isInteger(total) || total < 1)
    throw new RangeError(`share() takes a positive whole number, got ${total}`);
  return isLong ? total : Math.ceil(total / 10);
}
