import { z } from 'zod';
import {
  comment,
  commentId,
  mention,
  passage,
  passageId,
  personId,
  recordId,
  reviewState,
  role,
  shownState,
  sourceId,
  categoryId,
  translation,
  TRANSLATION_METHODS,
} from '../model/index.ts';
import { call } from './define.ts';

/** Passages waiting for someone. `mine`: returned to the acting person, mentioning them, or reopened for them. */
export const QUEUES = [
  'to-code',
  'to-second-code',
  'to-translate',
  'to-check',
  'to-approve',
  'to-release',
  'mine',
  'all',
] as const;
export const queueName = z.enum(QUEUES);
export type QueueName = z.infer<typeof queueName>;

export const reviewFilter = z.object({
  state: shownState.exactOptional(),
  source: sourceId.exactOptional(),
  category: categoryId.exactOptional(),
  person: personId.exactOptional(),
  language: z.string().max(35).exactOptional(),
});

export const queueItem = z.object({
  passage: passageId,
  /** The other passages at the same place, in whatever state: they are one item. */
  also: z.array(passageId),
  source: sourceId,
  sourceTitle: z.string(),
  page: z.number().int(),
  /** The quotation, shortened to some 200 characters; empty for an area. */
  quote: z.string(),
  language: z.string().nullable(),
  /** Of what waits there: what was decided on, else what is furthest behind. */
  state: shownState,
  /** Who moved it last, or created it; of several passages, each once. */
  by: z.string(),
  at: z.number(),
  comments: z.number().int(),
});
export type QueueItem = z.infer<typeof queueItem>;

/**
 * One step, from the log. `forged`: not signed by the person it names, or tampered with. `counts` is false for these, and for
 * one that breaks four eyes or was superseded; `why` says so to people, and is empty otherwise.
 */
export const reviewMove = z.object({
  state: reviewState,
  comment: z.string(),
  person: personId,
  name: z.string(),
  at: z.number(),
  forged: z.boolean(),
  counts: z.boolean(),
  why: z.string(),
  /** The names of those who worked on the passage and whose keys signed on the same installation: perhaps one person. */
  sameInstallation: z.array(z.string()),
  /** The names of those who confirmed from other installations that these are different people; empty if they count as one. */
  confirmedBy: z.array(z.string()),
  /**
   * For second coding: whether the person had tags of their own, confirmed others' tags, or does not say; and which, in
   * words.
   */
  second: z.object({ how: z.enum(['own', 'confirmed', 'unsaid']), words: z.string() }).nullable(),
});
export type ReviewMove = z.infer<typeof reviewMove>;

/** A difference between what was looked at and what is there now. */
export const reviewDifference = z.object({
  what: z.enum(['quote', 'place', 'layer', 'tags', 'settings', 'translation', 'memo', 'source']),
  before: z.string(),
  after: z.string(),
  person: z.string().nullable(),
  at: z.number().nullable(),
});

/** A step that the acting person may or may not take now. */
export const reviewStep = z.object({
  to: reviewState,
  allowed: z.boolean(),
  /** Why not, for people to read; empty if allowed. */
  why: z.string(),
  code: z.enum(['FOUR_EYES', 'NOT_ALLOWED']).nullable(),
});

export const reviewDetail = z.object({
  passage,
  /** The other passages at its place: other people’s coding of the same words or area. */
  beside: z.array(passage),
  state: shownState,
  moves: z.array(reviewMove),
  /** Forged steps of the other passages at its place, with whose passage it is: a step holds for all of them. */
  forgedBeside: z.array(z.object({ passage: passageId, of: z.string(), move: reviewMove })),
  /**
   * What the passage holds in the name of someone who did not sign it, one sentence each; a review step is among `moves`. `forged`: nothing
   * in the log explains it.
   */
  unsigned: z.array(
    z.object({
      entity: z.enum(['passage', 'tag', 'setting', 'memo', 'comment', 'translation', 'adjudication']),
      id: recordId,
      person: personId,
      by: personId,
      at: z.number(),
      words: z.string(),
      forged: z.boolean(),
    }),
  ),
  /** Not empty exactly when the state is `reopened`. */
  differences: z.array(reviewDifference),
  steps: z.array(reviewStep),
  translations: z.array(translation),
  comments: z.array(comment),
  people: z.array(z.object({ id: personId, name: z.string(), roles: z.array(role) })),
  /** Each draft of each translation, newest first, from the log. */
  drafts: z.array(z.object({ language: z.string(), text: z.string(), person: z.string(), at: z.number() })),
});
export type ReviewDetail = z.infer<typeof reviewDetail>;

export const review = {
  'review.queue': call(
    'read',
    z.object({
      queue: queueName,
      filter: reviewFilter.default({}),
      limit: z.number().int().min(1).max(100_000).default(2000),
    }),
    z.object({
      items: z.array(queueItem),
      total: z.number().int(),
      counts: z.record(queueName, z.number().int()),
    }),
  ),
  'review.get': call('read', z.object({ passage: passageId }), reviewDetail),
  /**
   * Moves a passage on, or returns it (which needs a comment). `base` is the state the person saw: EXISTS if it has changed
   * since. FOUR_EYES if the acting person coded, translated or checked what they would check or approve.
   */
  'review.move': call(
    'write',
    z.object({
      passage: passageId,
      to: reviewState,
      comment: z.string().max(20_000).default(''),
      base: shownState.exactOptional(),
      /**
       * For `second-coded`: the categories of others' tags that the acting person confirms in their own name. Left out: all
       * of them, or none if they have tags of their own. NOT_ALLOWED if they have none and confirm none.
       */
      agrees: z.array(categoryId).exactOptional(),
    }),
    reviewDetail,
  ),
  /** An empty text removes it. `base` is the text the edit began with: EXISTS if it has changed since. */
  'translations.set': call(
    'write',
    z.object({
      passage: passageId,
      text: z.string().max(100_000),
      language: z.string().max(35).default('en'),
      method: z.enum(TRANSLATION_METHODS).default('human'),
      base: z.string().exactOptional(),
    }),
    z.object({ translation: translation.nullable() }),
  ),
  'comments.add': call(
    'write',
    z.object({
      passage: passageId,
      text: z.string().trim().min(1).max(20_000),
      parent: commentId.exactOptional(),
      mentions: z.array(mention).default([]),
    }),
    comment,
  ),
  /** Only the acting person's own: NOT_ALLOWED. */
  'comments.edit': call('write', z.object({ id: commentId, text: z.string().trim().min(1).max(20_000) }), comment),
  'comments.remove': call('write', z.object({ id: commentId }), z.object({})),
  'comments.resolve': call('write', z.object({ id: commentId, resolved: z.boolean() }), z.object({})),
};
