import { z } from 'zod';

/** What a person decided of a suggested term. `never`: that term, not for that category, in that source. */
export const VERDICTS = ['accepted', 'rejected', 'never'] as const;
export const verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdict>;

/** Start and end in the layer's whole text, UTF-16 code units, end exclusive. */
export const suggestionPlace = z.tuple([z.number().int().nonnegative(), z.number().int().positive()]);

/** How often suggestions like it were right where that was measured, in percent. */
export const suggestionSureness = z.number().int().min(0).max(100);
