import { z } from 'zod';
import { categoryId, layerId, passageId, personId, sourceId, suggestionId, verdict } from '../model/index.ts';
import { call } from './define.ts';

/** UTF-16 code units of the layer's whole text, end exclusive. */
const span = { start: z.number().int().nonnegative(), end: z.number().int().positive() };

export const suggestion = z.object({
  ...span,
  /** The text's own slice. */
  text: z.string(),
  /** The term as the codebook writes it. */
  term: z.string(),
  /** The categories that have the term; never empty. */
  categories: z.array(categoryId),
  /** How many shorter terms it was chosen over. */
  over: z.number().int().nonnegative(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** What somebody decided. A `never` has no place. */
export const decided = z.object({
  id: suggestionId,
  layer: layerId.nullable(),
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
  term: z.string(),
  category: categoryId,
  verdict,
  passage: passageId.nullable(),
  person: personId,
  /** Epoch milliseconds. */
  at: z.number(),
});
export type Decided = z.infer<typeof decided>;

/** Terms of the codebook found in sources. A suggestion is no tag, and counts as none, until a person accepts it. */
export const suggestions = {
  /**
   * The terms in a source that are not tagged with their category yet, and that nobody has decided about, in text order. Of terms that
   * overlap only the longest. Nothing while somebody codes blind: `blind` is true then.
   */
  'suggestions.list': call(
    'read',
    z.object({ source: sourceId }),
    z.object({
      /** The layer that the places are in; null if the source has no text. */
      layer: layerId.nullable(),
      blind: z.boolean(),
      /** Terms that were looked for. */
      terms: z.number().int(),
      suggestions: z.array(suggestion),
      /** What was decided in this source, the newest first. */
      decided: z.array(decided),
    }),
  ),
  /**
   * One commit. `accepted` makes a passage of the term, or takes the one that is there, and tags it. Faults: BAD_INPUT if no term of
   * the category stands there, NOT_ALLOWED for an archived category, EXISTS if it was decided already.
   */
  'suggestions.decide': call(
    'write',
    z.object({ source: sourceId, layer: layerId, ...span, category: categoryId, verdict }),
    z.object({ id: suggestionId, passage: passageId.nullable() }),
  ),
  /** What came of a category's terms: each term of the codebook, and terms it had before that somebody decided about. */
  'suggestions.terms': call(
    'read',
    z.object({ category: categoryId }),
    z.object({
      terms: z.array(
        z.object({
          term: z.string(),
          accepted: z.number().int(),
          rejected: z.number().int(),
          /** Sources in which it is never suggested. */
          never: z.number().int(),
        }),
      ),
    }),
  ),
};
