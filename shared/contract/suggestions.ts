import { z } from 'zod';
import { categoryId, layerId, passageId, personId, sha256, sourceId, suggestionId, verdict } from '../model/index.ts';
import { suggestionSureness } from '../model/suggestion.ts';
import { learnedCategory } from '../suggest/model.ts';
import { call } from './define.ts';

/** UTF-16 code units of the layer's whole text, end exclusive. */
const span = { start: z.number().int().nonnegative(), end: z.number().int().positive() };

export const suggestion = z.object({
  ...span,
  /** The text's own slice. */
  text: z.string(),
  /** The term as the codebook writes it; empty for one that was learned. */
  term: z.string(),
  /** The categories that have the term, or the one that was learned; never empty. */
  categories: z.array(categoryId),
  /** How many shorter terms it was chosen over. */
  over: z.number().int().nonnegative(),
  /** For a clause like passages that are tagged; null for a term. */
  learned: z
    .object({
      /** The digest of the model. */
      model: sha256,
      sure: suggestionSureness,
      /** The tagged passages it learned from that are most like it, and are still there. */
      like: z.array(z.object({ passage: passageId, source: sourceId, text: z.string() })),
    })
    .nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** What somebody decided. A `never` has no place. */
export const decided = z.object({
  id: suggestionId,
  layer: layerId.nullable(),
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
  /** Empty for one that was learned. */
  term: z.string(),
  /** Of one that was learned, the model and how sure it was. */
  model: z.string().nullable(),
  sure: z.number().int().nullable(),
  category: categoryId,
  verdict,
  passage: passageId.nullable(),
  person: personId,
  /** Epoch milliseconds. */
  at: z.number(),
});
export type Decided = z.infer<typeof decided>;

/** What was learned of each category, without its words. */
export const learnedSummary = z.object({
  /** The SHA-256 of the model. */
  digest: sha256,
  /** Epoch milliseconds. */
  at: z.number(),
  /** Sources with tags that it learned from. */
  sources: z.number().int(),
  categories: z.array(learnedCategory.pick({ category: true, passages: true, sources: true, measured: true })),
});
export type LearnedSummary = z.infer<typeof learnedSummary>;

export const suggestionsProgress = z.object({
  what: z.enum(['learn', 'count']),
  /** Sources, then, while learning, categories; 0 of 0 when it has ended. */
  done: z.number().int(),
  total: z.number().int(),
});

/** Terms of the codebook found in sources. A suggestion is no tag, and counts as none, until a person accepts it. */
export const suggestions = {
  /**
   * The terms in a source that are not tagged with their category yet, and that nobody has decided about, in text order. Of terms that
   * overlap only the longest. With `learned` also clauses that are like tagged passages, where nothing else suggests the same category.
   * Nothing while somebody codes blind: `blind` is true then.
   */
  'suggestions.list': call(
    'read',
    z.object({ source: sourceId, learned: z.boolean().default(false) }),
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
   * One commit. `accepted` makes a passage of the words, or takes the one that is there, and tags it. `model`: it is one that was
   * learned. Faults: BAD_INPUT if nothing suggests the category there, NOT_ALLOWED for an archived category, EXISTS if it was decided
   * already.
   */
  'suggestions.decide': call(
    'write',
    z.object({
      source: sourceId,
      layer: layerId,
      ...span,
      category: categoryId,
      verdict,
      model: sha256.nullable().default(null),
    }),
    z.object({ id: suggestionId, passage: passageId.nullable() }),
  ),
  /**
   * What came of a category’s terms: each term of the codebook, and terms it had before that somebody decided about; and of its
   * suggestions that were learned from tags, by whichever model.
   */
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
          /** It is not a term of the category any more. */
          former: z.boolean(),
        }),
      ),
      learned: z.object({ accepted: z.number().int(), rejected: z.number().int(), never: z.number().int() }),
    }),
  ),
  /**
   * How often each term of the codebook stands in the project's sources, tagged or not; of terms that overlap, the longest. `terms`
   * has only those that were found, as they are compared (see `foldedTerm`). Counts of texts are kept until the terms change. Tells
   * `suggestions.progress`; CANCELLED by `suggestions.stop`.
   */
  'suggestions.count': call(
    'read',
    z.object({}),
    z.object({
      terms: z.array(z.object({ folded: z.string(), places: z.number().int(), sources: z.number().int() })),
      sources: z.number().int(),
      /** Sources whose text cannot be read. */
      failed: z.number().int(),
    }),
  ),
  /**
   * Learns from the project's tags, anew, in a worker. Nothing is sent anywhere. NOT_ALLOWED while somebody codes blind. Tells
   * `suggestions.progress`; CANCELLED by `suggestions.stop`: what was learned before stays.
   */
  'suggestions.learn': call('read', z.object({}), learnedSummary),
  /** What was learned last, by anybody with this folder; null if nothing was, or while somebody codes blind. */
  'suggestions.learned': call('read', z.object({}), z.object({ learned: learnedSummary.nullable() })),
  /** Ends learning and counting. */
  'suggestions.stop': call('read', z.object({}), z.object({})),
};
