import { z } from 'zod';
import { call } from './define.ts';
import { selection } from './export.ts';

/** `qdpx`: a REFI-QDA project. `qdc`: a REFI-QDA codebook. */
export const EXCHANGE_FORMATS = ['qdpx', 'qdc'] as const;
export const exchangeFormat = z.enum(EXCHANGE_FORMATS);

/** What a format has no place for: a kind of thing, how many, and why. Never empty in silence: a count of none is not listed. */
export const notCarried = z.object({ kind: z.string(), count: z.number().int().positive(), why: z.string() });
export type NotCarried = z.infer<typeof notCarried>;

export const exchange = {
  /**
   * Writes the project, or a part of it, in a format of other programs. EXISTS if there is a file of that name and `replace` is
   * false; NOT_FOUND if nothing fits the selection, or a codebook is empty; NOT_ALLOWED, DISK_FULL, CANCELLED.
   */
  'exchange.export': call(
    'program',
    z.object({
      path: z.string().min(1),
      format: exchangeFormat,
      only: selection.prefault({}),
      replace: z.boolean().default(false),
    }),
    z.object({
      path: z.string(),
      bytes: z.number().int(),
      categories: z.number().int(),
      sources: z.number().int(),
      passages: z.number().int(),
      tags: z.number().int(),
      notes: z.number().int(),
      notCarried: z.array(notCarried),
    }),
  ),
};
