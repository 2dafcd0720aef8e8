import { z } from 'zod';
import { categoryId, personId } from '../model/index.ts';

/** A code whose name a category of the project has: only a person knows whether they mean the same. */
const codeQuestion = z.object({
  kind: z.literal('code'),
  /** Its ID in the file. */
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  codings: z.number().int(),
  /** The categories that have the name, those at its place first. */
  options: z.array(
    z.object({
      category: categoryId,
      code: z.string(),
      name: z.string(),
      colour: z.string(),
      definition: z.string(),
    }),
  ),
});

/** Somebody who coded in the file. */
const coderQuestion = z.object({
  kind: z.literal('coder'),
  id: z.string(),
  name: z.string(),
  codings: z.number().int(),
  /** The importing person, and the coders without a key that earlier imports added. Whoever has a key imports the file too, and signs. */
  options: z.array(z.object({ person: personId, name: z.string(), isMe: z.boolean() })),
});

/** What a person must say before a file comes in. There is no default. */
export const exchangeQuestion = z.discriminatedUnion('kind', [codeQuestion, coderQuestion]);
export type ExchangeQuestion = z.infer<typeof exchangeQuestion>;

const NEW = z.literal('new');

/** By the ID in the file. `new`: a category, or a coder without a key, of its own. */
export const exchangeAnswers = z.object({
  codes: z.record(z.string(), z.union([NEW, categoryId])).default({}),
  coders: z.record(z.string(), z.union([NEW, personId])).default({}),
});
export type ExchangeAnswers = z.infer<typeof exchangeAnswers>;
