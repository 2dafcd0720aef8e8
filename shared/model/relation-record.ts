import { z } from 'zod';
import { READINGS } from '../figures/check.ts';
import { OPERATION_NAMES } from '../figures/operations.ts';
import { figureId } from './ids.ts';

export const relationOperation = z.enum(OPERATION_NAMES);

/** How counts that may be rounded are taken: see `Reading` in shared/figures/check.ts. */
export const relationReading = z.enum(READINGS);
export type RelationReading = z.infer<typeof relationReading>;

/** The figures of a relation: what goes in, in the order of the formula, and the one that prints the result, if any does. */
export const relationFigures = z.object({
  inputs: z.array(figureId).min(1).max(100),
  printed: figureId.nullable(),
});
export type RelationFigures = z.infer<typeof relationFigures>;

/**
 * What one person says of a relation. `confirmed`: its figures belong together, and are read so. `returned`: somebody has to look
 * again, as the reason says. `dismissed`: they don't belong together, or it does not matter.
 */
export const RELATION_VERDICTS = ['confirmed', 'returned', 'dismissed'] as const;
export const relationVerdict = z.enum(RELATION_VERDICTS);
export type RelationVerdict = z.infer<typeof relationVerdict>;

/** The readings that somebody looked at: when they differ from the present ones, what was said no longer counts. */
export const relationBasis = z.object({
  v: z.literal(1),
  reading: relationReading,
  /** What each figure said, in the order of the figures. */
  figures: z.array(z.string().max(10_000)).max(101),
});
