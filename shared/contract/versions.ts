import { z } from 'zod';
import { layerId, passageId, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** A place in a layer's whole text (UTF-16 code units, end exclusive), with its words. */
export const wordsAt = z.object({ start: z.number().int(), end: z.number().int(), exact: z.string() });
export type WordsAt = z.infer<typeof wordsAt>;

/**
 * found: its words stand at the same place of the text. moved: the same words stand elsewhere. changed: other words stand
 * in their place. vanished: nothing like them is there any more. area: an area, which no text can find again.
 */
export const FATES = ['found', 'moved', 'changed', 'vanished', 'area'] as const;
export const fate = z.enum(FATES);
export type Fate = z.infer<typeof fate>;

/** A stretch of words: in both, only in the older, or only in the newer. */
export const wordPiece = z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() });
export type WordPiece = z.infer<typeof wordPiece>;

export const passageFate = z.object({
  passage: passageId,
  /** The layer `from` counts in: the older text that is compared, or an earlier one of that source. */
  layer: layerId,
  fate,
  /** Null for an area. */
  from: wordsAt.nullable(),
  /** Null where it vanished. */
  to: wordsAt.nullable(),
  /** For `changed`: the words that differ. */
  words: z.array(wordPiece),
  /** The passage on the newer text that it was carried to already, or that it is itself by now. */
  carried: passageId.nullable(),
});
export type PassageFate = z.infer<typeof passageFate>;

/** A stretch of both texts that is not the same but for white space: what it is in the older and in the newer; one may be empty. */
export const difference = z.object({
  older: z.object({ start: z.number().int(), end: z.number().int() }),
  newer: z.object({ start: z.number().int(), end: z.number().int() }),
});
export type Difference = z.infer<typeof difference>;

/** One side of a comparison. */
export const comparedText = z.object({ source: sourceId, layer: layerId });

/** `older` and `newer` may be one source with two layers: then a newer text of the same document is compared. */
const compared = z.object({
  older: comparedText.extend({ layer: layerId.optional() }),
  newer: comparedText.extend({ layer: layerId.optional() }),
});

export const version = z.object({
  source: sourceId,
  /** Its capture's time, or else its date of capture; null where neither is known. */
  time: z.string().nullable(),
  /** address: it has the same address. paired: a person said so. */
  how: z.enum(['address', 'paired']),
  passages: z.number().int(),
});
export type Version = z.infer<typeof version>;

export const versions = {
  /** What a source is a version of, itself among them: the oldest first. Only itself where there is none. */
  'versions.list': call('read', z.object({ source: sourceId }), z.object({ versions: z.array(version) })),
  /** Says that one source is a newer version of another. BAD_INPUT where that would be a ring. */
  'versions.pair': call('write', z.object({ older: sourceId, newer: sourceId }), z.object({})),
  'versions.unpair': call('write', z.object({ newer: sourceId }), z.object({})),
  /** What became of the older's passages in the newer, in reading order, and where the texts differ. Writes nothing. */
  'versions.compare': call(
    'read',
    compared,
    z.object({
      older: comparedText,
      newer: comparedText,
      passages: z.array(passageFate),
      differences: z.array(difference),
    }),
  ),
  /**
   * A person's yes: carries passages over to where they stand in the newer text. On another source each becomes a passage of
   * its own there (with tags, dimensions and memos, which stay their persons'), and the old one stays where it is; on a newer
   * layer of the same source the passage itself moves, and the log keeps where it was. What was carried already is left.
   */
  'versions.accept': call(
    'write',
    compared.extend({
      passages: z
        .array(
          z.object({ passage: passageId, start: z.number().int().nonnegative(), end: z.number().int().positive() }),
        )
        .min(1)
        .max(10_000),
    }),
    z.object({ passages: z.array(passageId) }),
  ),
};
