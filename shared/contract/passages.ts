import { z } from 'zod';
import {
  area,
  categoryId,
  commitHash,
  dimensionId,
  layerId,
  memo,
  memoId,
  memoTarget,
  passage,
  passageId,
  person,
  personId,
  sourceId,
  valueId,
} from '../model/index.ts';
import { suggestionSureness } from '../model/suggestion.ts';
import { call } from './define.ts';

const span = z.object({
  kind: z.literal('text'),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
});
/** The first commit of the act that this one belongs to: one undo takes back both. */
const continues = commitHash.nullable().default(null);

/** A suggestion that became a passage or a tag of it: by a term as the codebook wrote it, or (`term` empty) learned, and how sure that was, in percent. */
export const acceptedSuggestion = z.object({
  term: z.string(),
  sure: suggestionSureness.nullable(),
  category: categoryId,
  person: personId,
});

/** What a person highlighted: a span of the layer's whole text (UTF-16 code units), or an area of a page (PDF points). */
export const marked = z.discriminatedUnion('kind', [
  span,
  z.object({ kind: z.literal('area'), page: z.number().int().positive(), area }),
]);
export type Marked = z.infer<typeof marked>;

/** A quotation to find: white space and compatibility forms are folded before comparing. */
export const quote = z.object({
  exact: z.string().min(1).max(100_000),
  prefix: z.string().max(10_000).default(''),
  suffix: z.string().max(10_000).default(''),
});
export type Quote = z.infer<typeof quote>;

const movedTag = z.object({
  category: categoryId,
  person: personId,
  by: person.pick({ id: true, name: true }),
  /** epoch ms */
  at: z.number(),
  label: z.string(),
});
export type MovedTag = z.infer<typeof movedTag>;

export const passages = {
  'passages.list': call(
    'read',
    z.object({
      source: sourceId.optional(),
      category: categoryId.optional(),
      /** with the categories below it */ deep: z.boolean().default(false),
      deleted: z.boolean().default(false),
      after: passageId.optional(),
      limit: z.number().int().min(1).max(100_000).default(100_000),
    }),
    z.object({ passages: z.array(passage), total: z.number().int() }),
  ),
  'passages.get': call('read', z.object({ id: passageId }), passage),
  /** Tags that someone else moved, by splitting or merging categories; `label` is that commit's. */
  'passages.movedTags': call('read', z.object({ id: passageId }), z.object({ moved: z.array(movedTag) })),
  /**
   * Where the passage came from, if not from reading: the search whose hit it was made of, as it was written, or null; and the
   * suggestions that people accepted for it, the oldest first.
   */
  'passages.foundBy': call(
    'read',
    z.object({ id: passageId }),
    z.object({ query: z.string().nullable(), accepted: z.array(acceptedSuggestion) }),
  ),
  /**
   * Which of a passage’s words can’t be seen where the PDF has them, in UTF-16 code units of its `exact`. Each is looked at by drawing
   * its page with the words and without them. `checked` is false where that can’t be done: another kind of source, a protected or
   * damaged PDF, text of another reader.
   */
  'passages.visibility': call(
    'read',
    z.object({ id: passageId }),
    z.object({
      checked: z.boolean(),
      hidden: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
    }),
  ),
  /** One commit: the passage with its tags, dimension settings and memo. */
  'passages.create': call(
    'write',
    z.object({
      source: sourceId,
      layer: layerId,
      marked,
      categories: z.array(categoryId).default([]),
      memo: z.string().max(100_000).default(''),
      continues,
    }),
    passage,
  ),
  /** AMBIGUOUS, with the number of matches, if there are several; NOT_FOUND if there is none. Writes nothing. */
  'passages.find': call(
    'read',
    z.object({ source: sourceId, quote }),
    z.object({
      layer: layerId,
      start: z.number().int(),
      end: z.number().int(),
      exact: z.string(),
      page: z.number().int(),
    }),
  ),
  /** Moves a passage's edges within its layer. Its tags, dimension settings and memos stay with it. */
  'passages.reshape': call('write', z.object({ id: passageId, marked }), passage),
  'passages.remove': call('write', z.object({ ids: z.array(passageId).min(1) }), z.object({})),
  'passages.restore': call('write', z.object({ ids: z.array(passageId).min(1) }), z.object({})),
  /** Tags of the acting person. Adding one that exists, or removing one that does not, changes nothing. */
  'tags.change': call(
    'write',
    z.object({
      passages: z.array(passageId).min(1),
      add: z.array(categoryId).default([]),
      remove: z.array(categoryId).default([]),
      continues,
    }),
    z.object({ passages: z.array(passage) }),
  ),
  'settings.set': call(
    'write',
    z.object({ passage: passageId, dimension: dimensionId, values: z.array(valueId) }),
    passage,
  ),
  /** An empty text removes the memo. `base` is the text the edit began with: EXISTS if it has changed since. */
  'memos.set': call(
    'write',
    z.object({ target: memoTarget, text: z.string().max(100_000), base: z.string().optional() }),
    z.object({ memo: memo.nullable() }),
  ),
  'memos.list': call('read', z.object({ target: memoTarget }), z.object({ memos: z.array(memo) })),
  'memos.remove': call('write', z.object({ id: memoId }), z.object({})),
  'memos.restore': call('write', z.object({ id: memoId }), z.object({})),
};
