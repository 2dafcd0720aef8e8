import { z } from 'zod';
import { categoryId, layerId, memoId, memoTarget, passageId, personId, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** Where one searches: the sources' text, the quotations of passages, memos on anything. */
export const SEARCH_SCOPES = ['sources', 'passages', 'memos'] as const;
export const searchScope = z.enum(SEARCH_SCOPES);
export type SearchScope = z.infer<typeof searchScope>;

/** How far the index is. While `done` is less than `total`, what is not in it yet is not found. */
export const indexed = z.object({
  /** Texts of sources, passages and memos together. */
  done: z.number().int(),
  total: z.number().int(),
  /** Sources whose text could not be read: verification says why. */
  failed: z.number().int(),
});
export type Indexed = z.infer<typeof indexed>;

/** One occurrence. */
export const searchHit = z.object({
  kind: z.enum(['text', 'passage', 'memo']),
  /** Null for memos on the project and on categories. */
  source: sourceId.nullable(),
  /** The passage whose quotation it is in, or whose memo. */
  passage: passageId.nullable(),
  memo: memoId.nullable(),
  /** What the memo is on. */
  target: memoTarget.nullable(),
  layer: layerId.nullable(),
  /** UTF-16 code units: in the layer's whole text; for a memo in the memo's text. */
  start: z.number().int(),
  end: z.number().int(),
  page: z.number().int().nullable(),
  /** What stands there, as it is written. */
  text: z.string(),
  /** It with what stands around it, line ends taken out, for one or two lines of a list. */
  snippet: z.object({ before: z.string(), match: z.string(), after: z.string() }),
  /** Categories the passage is tagged with. */
  categories: z.array(categoryId),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchInput = z.object({
  /**
   * Stands as it is in the text once both are folded, parts of words too, a single letter as well. Quotes at an end: a
   * word begins or ends there.
   * A plus between spaces parts terms that must all be on one page, in one passage or memo; each is found for itself.
   */
  query: z.string().max(10_000),
  in: z.array(searchScope).default([...SEARCH_SCOPES]),
  /** Passages tagged so (or with one below), their memos, the categories' own memos, and the text inside such passages. */
  categories: z.array(categoryId).default([]),
  /** Passages marked or tagged by one of them (with `categories`: tagged so by one of them), and their memos. */
  people: z.array(personId).default([]),
  sources: z.array(sourceId).default([]),
  limit: z.number().int().min(1).max(10_000).default(100),
  /** `next` of the answer before. */
  after: z.string().max(100).optional(),
  /** Waits until everything is indexed and counts to the end; else it answers soon, with what there is. */
  whole: z.boolean().default(false),
});

export const search = {
  /** Hits by source, in the order of its text, then its passages and their memos; last, memos that belong to no source. */
  'search.query': call(
    'read',
    searchInput,
    z.object({
      /** Occurrences, from `after` on; where not `complete`, at least so many. */
      total: z.number().int(),
      complete: z.boolean(),
      hits: z.array(searchHit),
      /** Where the rest begins; null where there is none. */
      next: z.string().nullable(),
      indexed,
    }),
  ),
  /** Begins to index what is not indexed yet, and answers at once how far that is. `search.progress` tells the rest. */
  'search.prepare': call('read', z.object({}), indexed),
};
