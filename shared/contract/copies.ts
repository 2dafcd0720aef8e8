import { z } from 'zod';
import { personId, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** Sources that people decided are copies of one text. */
export const copyGroup = z.object({
  /** In the order in which they were added; at least two. What is in the trash is left out. */
  sources: z.array(sourceId),
  /** The one that the text is from; null if that is unknown, not in the project, or people differ. */
  origin: sourceId.nullable(),
  /** Those that different people named as the origin; empty unless they differ. */
  disputed: z.array(sourceId),
  /** Two that somebody decided are no copies of each other, though others make them so. */
  apart: z.array(z.tuple([sourceId, sourceId])),
  /** Who decided last, and when (epoch milliseconds). */
  person: personId.nullable(),
  at: z.number(),
});
export type ConfirmedCopies = z.infer<typeof copyGroup>;

const some = z.array(sourceId).max(100);

/** Copies of one text: they count once in the evidence. */
export const copies = {
  /** What people decided. */
  'copies.list': call('read', z.object({}), z.object({ groups: z.array(copyGroup) })),
  /**
   * These are copies of one text, with everything that is a copy of one of them already. `origin`: the source that it is from, one of
   * these or of those groups; null if that is unknown or not in the project. Faults: NOT_FOUND, BAD_INPUT for another origin.
   */
  'copies.confirm': call(
    'write',
    z.object({ sources: z.array(sourceId).min(2).max(1000), origin: sourceId.nullable().default(null) }),
    copyGroup,
  ),
  /**
   * None of these is a copy of another one, or of those in `from`: they are never offered again. One that leaves a group leaves the others
   * together. Faults: NOT_FOUND.
   */
  'copies.apart': call('write', z.object({ sources: some, from: some.default([]) }), z.object({})),
  /** Takes back what was decided on these and on what they are copies of: it may be offered again. */
  'copies.withdraw': call('write', z.object({ sources: z.array(sourceId).min(1).max(1000) }), z.object({})),
};
