import { z } from 'zod';

/** Characters: what the hosts take in one call, with room for the rest of it. */
const MOST = 7_000_000;

const rows = z.array(z.array(z.union([z.string(), z.number(), z.null()])).max(1000)).max(100_000);

/**
 * A figure as a file: drawn (`svg`, `png`), or its numbers (`csv`, `xlsx`), of which the first column are the headings of the rows. `name` says what it shows, for
 * the file’s name.
 */
export const figureFile = z.discriminatedUnion('format', [
  z.object({ format: z.literal('svg'), name: z.string().max(200), text: z.string().max(MOST) }),
  z.object({ format: z.literal('png'), name: z.string().max(200), base64: z.base64().max(MOST) }),
  z.object({
    format: z.literal('csv'),
    name: z.string().max(200),
    columns: z.array(z.string()).max(1000),
    rows,
  }),
  z.object({
    format: z.literal('xlsx'),
    name: z.string().max(200),
    /** With a sentence on each, and what a spreadsheet shows of it. */
    columns: z
      .array(z.object({ name: z.string(), means: z.string().max(1000), kind: z.enum(['text', 'number']) }))
      .max(1000),
    rows,
  }),
]);
