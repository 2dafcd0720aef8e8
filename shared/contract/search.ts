import { z } from 'zod';
import { categoryId, layerId, memoId, memoTarget, passageId, personId, sourceId } from '../model/index.ts';
import { call } from './define.ts';
import { queryFault } from './query.ts';
import { HIT_UNITS } from '../text/clauses.ts';

/**
 * What to search: the sources' text, the quotations of passages, their translations, all memos and comments, and what the categories of the
 * codebook say.
 */
export const SEARCH_SCOPES = ['sources', 'passages', 'translations', 'memos', 'codebook'] as const;
export const searchScope = z.enum(SEARCH_SCOPES);
export type SearchScope = z.infer<typeof searchScope>;

/** `within`: only hits in texts that lie within a passage already; `outside`: only those that don’t. */
export const HITS_LISTED = ['any', 'within', 'outside'] as const;
export type HitsListed = (typeof HITS_LISTED)[number];

/** Progress of the index. While `done` is less than `total`, the rest is not found yet. */
export const indexed = z.object({
  /** Texts of sources, passages, translations, memos and comments together. */
  done: z.number().int(),
  total: z.number().int(),
  /** Sources whose text could not be read; verification says why. */
  failed: z.number().int(),
});
export type Indexed = z.infer<typeof indexed>;

export const categoryPart = z.enum(['name', 'definition', 'include', 'exclude', 'term']);
export type CategoryPart = z.infer<typeof categoryPart>;

/** One occurrence. */
export const searchHit = z.object({
  kind: z.enum(['text', 'passage', 'translation', 'memo', 'comment', 'category']),
  /** Null for categories, and for memos on them and on the project. */
  source: sourceId.nullable(),
  /** The passage whose quotation it is in, or whose translation, memo or comment. */
  passage: passageId.nullable(),
  memo: memoId.nullable(),
  /** What the memo belongs to. */
  target: memoTarget.nullable(),
  /** The category whose text it is in, and which part of it. */
  category: categoryId.nullable(),
  part: categoryPart.nullable(),
  /** BCP 47; of a translation. */
  language: z.string().nullable(),
  layer: layerId.nullable(),
  /** UTF-16 code units: in the layer's whole text; otherwise in the text of the translation, memo, comment or part. */
  start: z.number().int(),
  end: z.number().int(),
  page: z.number().int().nullable(),
  /** The matched text as written. */
  text: z.string(),
  /** The match with the text around it, on one line, for a list. */
  snippet: z.object({ before: z.string(), match: z.string(), after: z.string() }),
  /** Categories the passage is tagged with. */
  categories: z.array(categoryId),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchInput = z.object({
  /**
   * The query language (shared/query/): words match as written once both are folded, also parts of words and single letters; quotation
   * marks for whole words, a star where a word may begin or end; AND (or a plus between spaces), OR, NOT (or a minus), NEAR/n and brackets, within one
   * page, or one passage or memo.
   */
  query: z.string().max(10_000, 'This query has more than 10,000 characters. Shorten it.'),
  in: z.array(searchScope).default(['sources', 'passages', 'memos']),
  /**
   * Passages tagged with one of these (or a subcategory), their memos, the categories' own memos, and text inside such
   * passages.
   */
  categories: z.array(categoryId).default([]),
  /** Passages created or tagged by one of them (with `categories`: so tagged by one of them), and their memos. */
  people: z.array(personId).default([]),
  sources: z.array(sourceId).default([]),
  /** Of these, or of all, only the sources in which nobody has a passage and which the acting person has not read. */
  unread: z.boolean().default(false),
  limit: z.number().int().min(1).max(10_000).default(100),
  /** Lists at most so many matches of each source, and counts the others. */
  perSource: z.number().int().min(1).exactOptional(),
  /** `next` of the previous answer. */
  after: z.string().max(100).optional(),
  /** Also matches in lines of a table of contents (a title, dots, a page number), which are otherwise left out. */
  contents: z.boolean().default(false),
  /**
   * `within`: only matches in texts that lie within a passage already; `outside`: only those that don’t. Either leaves out what is no text of
   * a source.
   */
  passages: z.enum(HITS_LISTED).default('any'),
  /** Waits until everything is indexed and counts all matches; otherwise it answers soon with what there is. */
  whole: z.boolean().default(false),
});

/** A match in the text of a source, which can become a passage. */
const textHit = z.object({
  source: sourceId,
  layer: layerId,
  /** In the layer’s whole text, UTF-16 code units. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
});
export type TextHit = z.infer<typeof textHit>;
const hitUnit = z.enum(HIT_UNITS);

export const search = {
  /** Matches by source, in text order, then its passages, their translations, memos and comments; last, memos that belong to no source, and categories. */
  'search.query': call(
    'read',
    searchInput,
    z.object({
      /** The number of matches from `after` on; at least that many if not `complete`. */
      total: z.number().int(),
      complete: z.boolean(),
      /** The matches from `after` on by source, in the order of `hits`; null: memos that belong to no source. */
      sources: z.array(z.object({ source: sourceId.nullable(), total: z.number().int() })),
      /** Those of them that come before `next` and are not listed, because of `perSource`. */
      unlisted: z.array(z.object({ source: sourceId.nullable(), total: z.number().int() })),
      /** Matches from `after` on in lines of a table of contents, whether left out or not. */
      contents: z.number().int(),
      hits: z.array(searchHit),
      /** Where the next page begins; null at the end. */
      next: z.string().nullable(),
      /** What is wrong with the query, in its order. With faults nothing was searched. */
      faults: z.array(queryFault),
      /** The query in words; empty if it is nothing but words. */
      reading: z.string(),
      indexed,
    }),
  ),
  /** Begins to index what is not indexed yet and returns the current progress. `search.progress` reports the rest. */
  'search.prepare': call('read', z.object({}), indexed),
  /**
   * What each hit would become, in the order given; null for one whose source or text is gone. `passage` is the one that has the hit
   * within it already. `before` and `after` are the words around, for reading.
   */
  'search.spans': call(
    'read',
    z.object({ hits: z.array(textHit).max(1000), unit: hitUnit }),
    z.object({
      spans: z.array(
        z
          .object({
            start: z.number().int(),
            end: z.number().int(),
            before: z.string(),
            text: z.string(),
            after: z.string(),
            /** From 1. */
            page: z.number().int(),
            passage: passageId.nullable(),
          })
          .nullable(),
      ),
    }),
  ),
  /**
   * Makes passages of hits, tagged with the categories, in one commit that keeps the query. Hits within a passage stay as they are
   * (`already`); hits of one clause or sentence make one passage. What cannot be made is `refused`, with the reason; the others are.
   * Faults of the categories: NOT_FOUND, NOT_ALLOWED. NOT_ALLOWED in a copy for blind coding.
   */
  'search.makePassages': call(
    'write',
    z.object({
      hits: z.array(textHit).min(1).max(10_000),
      unit: hitUnit,
      categories: z.array(categoryId).max(50).default([]),
      query: z.string().max(10_000, 'This query has more than 10,000 characters. Shorten it.'),
    }),
    z.object({
      passages: z.array(passageId),
      already: z.number().int(),
      refused: z.array(textHit.extend({ why: z.string() })),
    }),
  ),
};
