import { z } from 'zod';

const span = z.object({ start: z.number().int(), end: z.number().int() });

/** What is wrong with a query: where (UTF-16 code units of the query), in a sentence, and what would make it right. */
export const queryFault = z.object({
  code: z.string(),
  span,
  sentence: z.string(),
  mends: z.array(z.object({ label: z.string(), span, text: z.string() })),
});
