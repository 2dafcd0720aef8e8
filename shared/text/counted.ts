/** Made with the first number: the first formatter of a process takes 10 ms, and most commands and threads print none. */
let numbers: Intl.NumberFormat | null = null;

/** A number in the English of our sentences: 12,000. */
export function numbered(value: number): string {
  numbers ??= new Intl.NumberFormat('en-GB');
  return numbers.format(value);
}

/**
 * A share of 1 as whole percent, rounded down: nobody is told more than was measured, and 100 means all. The epsilon is for shares that
 * binary fractions hold too low: 0.29 × 100 is 28.999999999999996.
 */
export const wholePercent = (share: number): number => Math.floor(share * 100 + 1e-9);

/** A number with its noun: 1 page, 12,000 pages. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numbered(count)} ${count === 1 ? one : many}`;
