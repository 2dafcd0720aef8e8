import { z } from 'zod';
import { category, categoryId, memoTarget, passageId, person, recordId, source, sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** Kinds of record that can be moved to the trash and restored. */
export const REMOVED_KINDS = ['source', 'passage', 'memo', 'category'] as const;
export const removedKind = z.enum(REMOVED_KINDS);
export type RemovedKind = z.infer<typeof removedKind>;

/** The source of an item in the trash; it may be in the trash itself. */
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
    /** Name of what it belongs to: a title, a category's name; '' for a passage, whose words are in `place`. */
    name: z.string(),
    place: passagePlace.nullable(),
  }),
  category.pick({ id: true, code: true, name: true, colour: true }).extend({ kind: z.literal('category') }),
]);

/** An item in the trash, with who removed it and when (epoch ms), from the log; null if that commit is withheld. */
export const removed = z.object({
  what,
  by: person.pick({ id: true, name: true }).nullable(),
  at: z.number().nullable(),
});
export type Removed = z.infer<typeof removed>;

/** A category restored without its code or shortcut, because another has it now. */
const signs = z.object({ code: z.string(), letter: z.string().nullable() });
const letGo = signs.extend({ id: categoryId, name: z.string(), was: signs });
export type LetGo = z.infer<typeof letGo>;

export const trash = {
  /** Everything in the trash, newest first. */
  'trash.list': call('read', z.object({}), z.object({ removed: z.array(removed) })),
  /**
   * Restores items in one commit, each with what it belongs to: a passage with its source, a memo with its subject, a
   * category with its parents. If another category has its code (however written) or shortcut, it gets a free code (`DUP-2`)
   * or no shortcut: `letGo` lists these.
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
