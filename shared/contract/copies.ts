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

const share = z.number().min(0).max(1);

/** Sources that may be copies of one text: they count as nothing until a person decides. */
export const copyOffer = z.object({
  sources: z.array(
    z.object({
      source: sourceId,
      /** `same`: about the same text. `holds`: it has the text within a longer one. */
      how: z.enum(['same', 'holds']),
      /** The greatest part of its text that it shares with another of these. */
      share,
      /** It is in a group that people confirmed; confirming joins all of these to it. */
      isConfirmed: z.boolean(),
    }),
  ),
  /** The two of them that share most, to be looked at first. */
  closest: z.tuple([sourceId, sourceId]),
});
export type OfferedCopies = z.infer<typeof copyOffer>;

export const copyProgress = z.object({ done: z.number().int(), total: z.number().int() });

const piece = z.object({
  /** The other text has these words too, if not their spaces and punctuation. */
  isShared: z.boolean(),
  /** In the layer’s text, UTF-16 code units. */
  start: z.number().int(),
  text: z.string(),
});
const side = z.object({
  pieces: z.array(piece),
  /** It is longer than 300,000 characters: the rest is not here. */
  isCut: z.boolean(),
  /** The part of this text that the other has too. */
  share,
});

/** A text that more have is no reprint. */
const MOST_COPIES = 10_000;
const some = z.array(sourceId).max(MOST_COPIES);

/** Copies of one text: they count once in the evidence. */
export const copies = {
  /** What people decided, and what was found and is not decided: the largest first, at most 500. */
  'copies.list': call(
    'read',
    z.object({}),
    z.object({
      groups: z.array(copyGroup),
      offers: z.array(copyOffer),
      /** Offers that are not listed. */
      more: z.number().int(),
      /** The last run: when it ended (epoch milliseconds), and how many sources with text it read, and did not since they are new. */
      looked: z.object({ at: z.number(), sources: z.number().int(), since: z.number().int() }).nullable(),
      /** Sources whose text can’t be read. */
      unread: z.number().int(),
      /** The run that is going on. */
      running: copyProgress.nullable(),
      /** Pairs of which somebody decided that they are no copies. */
      apart: z.number().int(),
      /** Sources of confirmed groups of whose text the last run found nothing much in another of the group. */
      unlike: z.array(sourceId),
    }),
  ),
  /** What people decided, without what was found. */
  'copies.groups': call('read', z.object({}), z.object({ groups: z.array(copyGroup) })),
  /**
   * Looks for copies among all sources, in a worker; `copies.progress` reports. What was read before is not read again. Faults: CANCELLED
   * after `copies.stop`; NOT_ALLOWED while it is running.
   */
  'copies.find': call('read', z.object({}), z.object({ offers: z.number().int() })),
  'copies.stop': call('read', z.object({}), z.object({})),
  /** What two sources have in common. Faults: NOT_FOUND for a source without text, DAMAGED. */
  'copies.compare': call('read', z.object({ one: sourceId, other: sourceId }), z.object({ one: side, other: side })),
  /**
   * These are copies of one text, with everything that is a copy of one of them already. `origin`: the source that it is from, one of
   * these or of those groups; null if that is unknown or not in the project. `without`: those that are no copies of these and leave
   * their group, in the same edit. Faults: NOT_FOUND, BAD_INPUT for another origin.
   */
  'copies.confirm': call(
    'write',
    z.object({
      sources: some.min(2, 'Copies are two sources or more. Name another one.'),
      origin: sourceId.nullable().default(null),
      without: some.default([]),
    }),
    copyGroup,
  ),
  /**
   * None of these is a copy of another one, or of those in `from`: they are never offered again. One that leaves a group leaves the others
   * together. Faults: NOT_FOUND, TOO_LARGE for more than 50,000 pairs.
   */
  'copies.apart': call('write', z.object({ sources: some, from: some.default([]) }), z.object({})),
  /** Takes back what was decided on these and on what they are copies of: it may be offered again. */
  'copies.withdraw': call('write', z.object({ sources: some.min(1) }), z.object({})),
};
