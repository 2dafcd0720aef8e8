import { z } from 'zod';
import { categoryId, passageId, sourceId } from '../model/index.ts';

/** How well suggestions of a category are measured to be, on sources that nothing was learned from. */
export const measured = z.object({
  /** Clauses that would have been suggested, and those of them that somebody had tagged. */
  suggested: z.number().int(),
  right: z.number().int(),
  /** Tagged clauses in all. */
  tagged: z.number().int(),
  /** The share that is right, and where it is likely to be (95 %); null: too few to measure. */
  precision: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Of the tagged clauses, the share that would have been found. */
  recall: z.number(),
});
export type Measured = z.infer<typeof measured>;

export const learnedCategory = z.object({
  category: categoryId,
  /** Tagged clauses it learned from, and the sources they are in. */
  passages: z.number().int(),
  sources: z.number().int(),
  measured,
  /** From which score on suggestions were right how often, ascending: `[score, share]`. */
  steps: z.array(z.tuple([z.number(), z.number()])),
  /** What speaks for it (or against it): ascending features, and their weights. */
  features: z.array(z.number().int()),
  weights: z.array(z.number()),
  examples: z.array(z.object({ passage: passageId, source: sourceId, features: z.array(z.number().int()) })),
});
export type LearnedCategory = z.infer<typeof learnedCategory>;

/** What was learned from a project’s tags. Can be made again at any time: it is no evidence. */
export const learnedModel = z.object({
  format: z.literal(1),
  categories: z.array(learnedCategory),
});
export type LearnedModel = z.infer<typeof learnedModel>;
