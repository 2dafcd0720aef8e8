import { z } from 'zod';
import { category, categoryId, memoTarget, passageId, person, recordId, source, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** Kinds of what can be removed and brought back. */
export const REMOVED_KINDS = ['source', 'passage', 'memo', 'category'] as const;
export const removedKind = z.enum(REMOVED_KINDS);
export type RemovedKind = z.infer<typeof removedKind>;

/** A source that something removed lies in; it may have been removed itself. */
const home = z.object({ id: sourceId, name: z.string(), language: z.string().nullable(), removed: z.boolean() });
export type RemovedHome = z.infer<typeof home>;

/** Where a passage is: `span` counts UTF-16 code units in its layer's text, and is null for an area. */
const passagePlace = z.object({
  source: home,
  page: z.number().int(),
  lastPage: z.number().int(),
  span: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  words: z.string().nullable(),
});

const what = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('source'),
    id: sourceId,
    name: z.string(),
    language: z.string().nullable(),
    fileKind: source.shape.kind,
    passages: z.number().int(),
  }),
  passagePlace.extend({ kind: z.literal('passage'), id: passageId, tags: z.number().int() }),
  z.object({
    kind: z.literal('memo'),
    id: recordId,
    text: z.string(),
    on: memoTarget.shape.kind,
    /** What it is on is called: a title, a category's name; '' for a passage, whose words are in `place`. */
    name: z.string(),
    place: passagePlace.nullable(),
  }),
  category.pick({ id: true, code: true, name: true, colour: true }).extend({ kind: z.literal('category') }),
]);

/** Something removed, with who did it and when (epoch ms), as the log has it; null where the log withholds it. */
export const removed = z.object({
  what,
  by: person.pick({ id: true, name: true }).nullable(),
  at: z.number().nullable(),
});
export type Removed = z.infer<typeof removed>;

/** A category that came back without its code or its letter, which another has by now. */
const signs = z.object({ code: z.string(), letter: z.string().nullable() });
const letGo = signs.extend({ id: categoryId, name: z.string(), was: signs });
export type LetGo = z.infer<typeof letGo>;

export const trash = {
  /** Everything that was removed, the newest first. Nothing of it is gone: nothing ever is. */
  'trash.list': call('read', z.object({}), z.object({ removed: z.array(removed) })),
  /**
   * Brings things back, in one commit, each with what it lies in: a passage with its source, a memo with what it is on, a
   * category with those above it. A category whose code (however written) or letter is another's by now gets a free code,
   * `DUP-2`, and lets the letter go: `letGo` says so.
   */
  'trash.restore': call(
    'write',
    z.object({
      things: z
        .array(z.object({ kind: removedKind, id: recordId }))
        .min(1)
        .max(100_000),
    }),
    z.object({ restored: z.number().int(), letGo: z.array(letGo) }),
  ),
};
