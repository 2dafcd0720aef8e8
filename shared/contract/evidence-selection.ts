import { z } from 'zod';
import { call } from './define.ts';
import { asked, evidenceFacet, evidenceSort, somePassages } from './evidence.ts';
import { TIMELINE_DATES } from './view-figures.ts';
import { passageId } from '../model/index.ts';
import { queryFault } from './query.ts';

/** How far `evidence.change` is, in passages: they are looked at, then what changes is written. */
export const changeProgress = z.object({
  phase: z.enum(['preparing', 'saving']),
  done: z.int(),
  total: z.int(),
});

/** Of the evidence: which passages a selection has, and how many a filter finds. */
export const evidenceSelection = {
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
  /**
   * The position of the first row, in the order that `evidence.rows` has with the same sort and group, whose date begins in a year
   * (2021), a month (202103) or on a day (20210305); null if there is none.
   */
  'evidence.dated': call(
    'read',
    z.object({
      ...asked,
      sort: z.array(evidenceSort).max(4).default([]),
      group: evidenceFacet.nullable().default(null),
      date: z.enum(TIMELINE_DATES),
      begins: z.string().regex(/^\d{4}(\d{2}){0,2}$/),
    }),
    z.object({ position: z.int().nullable() }),
  ),
  /** How many passages each query finds; null for one with a fault. Other calls are answered between two of them. */
  'evidence.totals': call(
    'read',
    z.object({ queries: z.array(z.string().max(100_000)).max(500) }),
    z.object({ totals: z.array(z.int().nullable()) }),
  ),
};
