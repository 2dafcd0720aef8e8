/**
 * Words that say something of a number. To add some: a line in one of the lists, with an example that it fits.
 * `tests/unit/shared/figures/wordings.test.ts` reads every example.
 */
export interface Wording {
  readonly name: string;
  /** In it § stands for the number, §1 and §2 for the two that the words stand between. */
  readonly example: string;
  readonly pattern: RegExp;
}

/** One pattern that fits where one of them does. Their own flags must be those given. */
export const anyOf = (wordings: readonly Wording[], flags = 'i'): RegExp =>
  new RegExp(wordings.map(({ pattern }) => pattern.source).join('|'), flags);
