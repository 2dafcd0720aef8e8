/**
 * A pattern for words around a number. To add one: a line in one of the lists, with an example that it matches.
 * `tests/unit/shared/figures/wordings.test.ts` reads every example.
 */
export interface Wording {
  readonly name: string;
  /** § stands for the number; §1 and §2 for the two numbers that the words stand between. */
  readonly example: string;
  readonly pattern: RegExp;
}

/** Joins wordings into one pattern that matches where any of them does. `flags` must be the flags of the wordings. */
export const anyOf = (wordings: readonly Wording[], flags = 'i'): RegExp =>
  new RegExp(wordings.map(({ pattern }) => pattern.source).join('|'), flags);
