import { z } from 'zod';
import { sourceId } from '../model/index.ts';

/**
 * A place of a passage. `sure`, `likely`: its words name it. `among`: they name one of several places in it. `source`: they name none, and
 * the source is of it.
 */
export const evidencePlace = z.object({
  place: z.string(),
  name: z.string(),
  kind: z.enum(['sure', 'likely', 'among', 'source']),
});
export type EvidencePlace = z.infer<typeof evidencePlace>;

/** Passages by place: what `evidence.places` counts. */
export const placesCounted = {
  /** The version of the gazetteer. */
  gazetteer: z.string(),
  places: z.array(
    z.object({
      place: z.string(),
      name: z.string(),
      chinese: z.string().nullable(),
      uyghur: z.string().nullable(),
      parent: z.string().nullable(),
      /** `xinjiang`: Xinjiang and what is in it. `province`: the other provinces and what is in them. */
      part: z.enum(['xinjiang', 'province', 'other']),
      /** Passages with the place or one in it; `own`: with the place itself. */
      total: z.number().int(),
      own: z.number().int(),
      sources: z.number().int(),
      /** The sources, of which copies of one text count once. */
      origins: z.number().int(),
      /** Sources of the place or one in it, by their title or else their publisher; `unread`: those that are not read yet. */
      ofPlace: z.number().int(),
      unread: z.number().int(),
    }),
  ),
  /** Passages without a place, and those whose place is only that of their source. */
  without: z.number().int(),
  bySource: z.number().int(),
  /** Names that several places bear, of which nobody said which it is; those of the most passages first, at most 100. */
  asked: z.array(
    z.object({
      text: z.string(),
      places: z.array(z.string()),
      count: z.number().int(),
      sources: z.array(sourceId),
    }),
  ),
  /** Passages whose words name a unit of the level in Xinjiang (or one in it) and another province (or one in it). */
  pairs: z.array(z.object({ from: z.string(), to: z.string(), count: z.number().int() })),
};
