import { z } from 'zod';
import { figureId, layerId, passageId, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** A place in a layer's whole text (UTF-16 code units, end exclusive), with its words. */
export const wordsAt = z.object({ start: z.number().int(), end: z.number().int(), exact: z.string() });
export type WordsAt = z.infer<typeof wordsAt>;

/**
 * found: unchanged, at the same place of the text. moved: the same words elsewhere. changed: other words in their place.
 * vanished: nothing similar any more. area: an area, which has no text to search for.
 */
export const FATES = ['found', 'moved', 'changed', 'vanished', 'area'] as const;
export const fate = z.enum(FATES);
export type Fate = z.infer<typeof fate>;

/** A run of words: in both texts, only in the older, or only in the newer. */
export const wordPiece = z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() });
export type WordPiece = z.infer<typeof wordPiece>;

export const passageFate = z.object({
  passage: passageId,
  /** The layer that `from` refers to: the older text compared, or an earlier one of that source. */
  layer: layerId,
  fate,
  /** Null for an area. */
  from: wordsAt.nullable(),
  /** Null if it vanished. */
  to: wordsAt.nullable(),
  /** For `changed`: the words that differ. */
  words: z.array(wordPiece),
  /** The passage on the newer text that it was carried over to already, or that it is itself now. */
  carried: passageId.nullable(),
});
export type PassageFate = z.infer<typeof passageFate>;

/** A difference between the texts other than in white space: its range in the older and in the newer; one may be empty. */
export const difference = z.object({
  older: z.object({ start: z.number().int(), end: z.number().int() }),
  newer: z.object({ start: z.number().int(), end: z.number().int() }),
});
export type Difference = z.infer<typeof difference>;

/** One side of a comparison. */
export const comparedText = z.object({ source: sourceId, layer: layerId });

/** `older` and `newer` may be one source with two layers, to compare two extractions of its text. */
const compared = z.object({
  older: comparedText.extend({ layer: layerId.optional() }),
  newer: comparedText.extend({ layer: layerId.optional() }),
});

export const version = z.object({
  source: sourceId,
  /** When it was captured: the capture's time, or else its capture date; null if neither is known. */
  time: z.string().nullable(),
  /** address: both have the same address. paired: a person said so. */
  how: z.enum(['address', 'paired']),
  passages: z.number().int(),
});
export type Version = z.infer<typeof version>;

export const versions = {
  /** All versions of a source, itself included, oldest first; only itself if there are no others. */
  'versions.list': call('read', z.object({ source: sourceId }), z.object({ versions: z.array(version) })),
  /** Records that one source is a newer version of another. BAD_INPUT if that would be circular. */
  'versions.pair': call('write', z.object({ older: sourceId, newer: sourceId }), z.object({})),
  'versions.unpair': call('write', z.object({ newer: sourceId }), z.object({})),
  /** Where the older's passages are in the newer, in reading order, and where the texts differ. Writes nothing. */
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
   * Carries passages that a person confirmed over to the newer text. On another source each becomes a new passage there, with
   * its tags, dimension settings and memos, which stay in their people's names, and the old one stays. On a newer layer of
   * the same source the passage itself moves, and the log keeps its old place. Passages carried over before are skipped.
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
  /** The figure cards of the older source that nobody dismissed, and where their words surely are in the newer text. None while somebody codes blind. */
  'versions.figures': call(
    'read',
    compared,
    z.object({
      figures: z.array(
        z.object({
          figure: figureId,
          text: z.string(),
          to: wordsAt.pick({ start: true, end: true }).nullable(),
          /** There is a card at that place. */
          carried: z.boolean(),
        }),
      ),
    }),
  ),
  /**
   * Makes cards with the same readings where the words of those are surely there, in one edit. Nobody has confirmed the new ones; the old
   * ones stay. Where there is a card already, it stays as it is. NOT_ALLOWED while somebody codes blind.
   */
  'versions.carryFigures': call('write', compared, z.object({ figures: z.array(figureId) })),
};
