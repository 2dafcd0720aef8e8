/** True if the long suites run completely (`npm run test:all`); `npm test` runs a seeded tenth of each. */
export const isLong: boolean = process.env['SOURCEBOOK_LONG'] === '1';

/**
 * How many of `total` cases of a long suite (kill, fuzz, hostile input) this run does: all of them in a long run, else a
 * tenth, rounded up so that it is never none. Seeds count from 0, so the tenth is always the same cases, and a failure in
 * `npm test` recurs when it is run again.
 */
export function share(total: number): number {
  if (!Number.isInteger(total) || total < 1)
    throw new RangeError(`share() takes a positive whole number, got ${total}`);
  return isLong ? total : Math.ceil(total / 10);
}
