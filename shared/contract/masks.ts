import { z } from 'zod';
import { anchor, area, layerId, maskId, passageId, personId, sourceId } from '../model/index.ts';
import { isUnseen } from '../model/person-name.ts';
import { call } from './define.ts';
import { marked } from './passages.ts';

/** Printed with every export. Characters that nobody sees are no reason. */
const reason = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text !== '' && !isUnseen(text), 'A mask needs a reason.');
const words = marked.options[0];

/** Words or an area that are left out of what is published. Its source is not in the trash. */
export const mask = z.object({
  id: maskId,
  source: sourceId,
  layer: layerId,
  /** From 1, in reading order within its source: what stands for it in an export. */
  number: z.number().int(),
  anchor,
  /** Empty in a blind copy. */
  reason: z.string(),
  person: personId.nullable(),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Mask = z.infer<typeof mask>;

/** One person's word that a passage names no private person. */
export const notPrivate = z.object({ person: personId, reason: z.string(), at: z.number() });
export type NotPrivate = z.infer<typeof notPrivate>;

/**
 * What is not masked. `passage`: a passage is marked as naming a private person, and no mask is in it or right beside it. `sameWords`:
 * words that are masked stand elsewhere in the source too; found by the program.
 */
export const openMask = z.object({
  kind: z.enum(['passage', 'sameWords']),
  source: sourceId,
  layer: layerId,
  anchor,
  /** The passage; of `sameWords`, one that is marked and has them in it or right beside it. */
  passage: passageId.nullable(),
  /** Of `sameWords`: the mask of the same words. */
  mask: maskId.nullable(),
  /** Whether an export with it is refused: it is in a passage that is marked, and no two people said that it names nobody. */
  refuses: z.boolean(),
  /** Who marked the passage. */
  markedBy: z.array(personId),
  /** Who said that it names no private person: one is not enough. */
  notPrivate: z.array(notPrivate),
});
export type OpenMask = z.infer<typeof openMask>;

/** What masks take out of a source, for what is exported. */
export const goesOut = z.object({
  /** Of the source, with masked words black. */
  title: z.string(),
  fileName: z.string(),
  /** Code units of the layer's text that are black, in order; `mask` is the number of the first mask there. */
  spans: z.array(z.object({ start: z.number().int(), end: z.number().int(), mask: z.number().int() })),
  /** Areas of pages that are black: of masks that are areas, and of masked words that have a place. */
  areas: z.array(z.object({ page: z.number().int(), area, mask: z.number().int() })),
  /** Each mask of words with some of the text around it, as exported. */
  excerpts: z.array(z.object({ mask: z.number().int(), text: z.string() })),
  /** A page saved from the web goes out as text alone once something in it is masked: without its pictures, and without its screenshot. */
  withoutPictures: z.boolean(),
  /** Sentences: what is still in an export, or can't be known. */
  warnings: z.array(z.string()),
});
export type GoesOut = z.infer<typeof goesOut>;

/** Places of the same words in one source. */
const placesIn = z.object({ source: sourceId, title: z.string(), places: z.number().int() });

export const masks = {
  /** Masks in reading order, source by source, and what is not masked. Of all sources without `source`. */
  'masks.list': call(
    'read',
    z.object({ source: sourceId.optional() }),
    z.object({ masks: z.array(mask), open: z.array(openMask) }),
  ),
  /** What goes out of a source as one of its layers shows it; without `layer`, its current one. NOT_FOUND. */
  'masks.preview': call('read', z.object({ source: sourceId, layer: layerId.optional() }), goesOut),
  /** Masks words or an area. Faults: as of `passages.create`; EXISTS where a mask covers all of it. */
  'masks.add': call('write', z.object({ source: sourceId, layer: layerId, marked, reason }), z.object({ id: maskId })),
  /** The first place of words in a source’s current text, found as the search finds them. NOT_FOUND. */
  'masks.find': call(
    'read',
    z.object({ source: sourceId, words: z.string().min(1).max(10_000) }),
    z.object({ layer: layerId, marked: words }),
  ),
  /**
   * Where the same words stand, in the current texts of all sources: what `masks.addEverywhere` would mask. Places that are masked are
   * counted in `masked` alone.
   */
  'masks.everywhere': call(
    'read',
    z.object({ layer: layerId, marked: words }),
    z.object({ words: z.string(), sources: z.array(placesIn), places: z.number().int(), masked: z.number().int() }),
  ),
  /**
   * Masks the same words wherever they stand in the current texts of all sources, as one edit. BAD_INPUT for words of a single letter;
   * EXISTS where all of them are masked.
   */
  'masks.addEverywhere': call(
    'write',
    z.object({ layer: layerId, marked: words, reason }),
    z.object({ added: z.number().int(), sources: z.number().int() }),
  ),
  /** Writes another reason. NOT_FOUND. */
  'masks.change': call('write', z.object({ id: maskId, reason }), z.object({})),
  'masks.remove': call('write', z.object({ ids: z.array(maskId).min(1).max(100_000) }), z.object({})),
  /**
   * The acting person says that a passage names no private person, with a reason. Only what two people said counts. NOT_FOUND;
   * NOT_ALLOWED for a passage that nobody marked.
   */
  'masks.notPrivate': call(
    'write',
    z.object({ passage: passageId, reason }),
    z.object({
      /** Whether another person has said so too. */
      counts: z.boolean(),
    }),
  ),
  /** Takes back what the acting person said. NOT_FOUND. */
  'masks.private': call('write', z.object({ passage: passageId }), z.object({})),
};
