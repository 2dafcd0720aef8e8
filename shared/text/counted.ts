const NUMBERS = new Intl.NumberFormat('en-GB');

/** A number in the English of our sentences: 12,000. */
export const numbered = (value: number): string => NUMBERS.format(value);

/** A number with its noun: 1 page, 12,000 pages. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numbered(count)} ${count === 1 ? one : many}`;
