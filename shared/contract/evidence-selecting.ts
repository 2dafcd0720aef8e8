import { z } from 'zod';
import { call } from './define.ts';
import { asked, evidenceFacet, somePassages } from './evidence.ts';
import { passageId } from '../model/index.ts';
import { queryFault } from './query.ts';

/** Of the evidence: which passages a selection has, and how many a filter finds. */
export const evidenceSelecting = {
  /**
   * How many of some passages the query finds: a selection may have passages that an edit has taken out of the filter. With `group` also
   * how many stand in each of its groups; groups with none are left out. `sources`: of those it finds.
   */
  'evidence.count': call(
    'read',
    z.object({ ...asked, passages: somePassages, group: evidenceFacet.nullable().default(null) }),
    z.object({
      faults: z.array(queryFault),
      found: z.int(),
      sources: z.int(),
      groups: z.array(z.object({ value: z.string(), found: z.int() })),
    }),
  ),
  /** The passages that the query finds, in reading order, at most 100,000; with faults none. */
  'evidence.found': call('read', z.object(asked), z.object({ passages: z.array(passageId) })),
  /** How many passages each query finds; null for one with a fault. Other calls are answered between two of them. */
  'evidence.totals': call(
    'read',
    z.object({ queries: z.array(z.string().max(100_000)).max(500) }),
    z.object({ totals: z.array(z.int().nullable()) }),
  ),
};
