import { z } from 'zod';
import { categoryWords, valueWords } from '../model/codebook.ts';
import {
  category,
  categoryId,
  dimension,
  dimensionId,
  passageId,
  personId,
  sourceId,
  valueId,
} from '../model/index.ts';
import { call } from './define.ts';

const ids = z.array(categoryId).min(1).max(20_000);

/** A category that is to be made. Without a code it gets one from its name; without a colour, its parent's. */
export const newCategory = categoryWords.partial().required({ name: true });
export type NewCategory = z.input<typeof newCategory>;

/** A change to a category: what is left out stays. `shortcut` null takes the letter away. */
export const categoryPatch = categoryWords.partial();
export type CategoryPatch = z.input<typeof categoryPatch>;

const placedValue = valueWords.extend({ parent: valueId.nullable() });

/** Categories that concurrent moves have put under each other, and the one that is shown at the top because of it. */
export const ring = z.object({ members: z.array(categoryId), cut: categoryId });
export type Ring = z.infer<typeof ring>;

/** A passage as a list of a category's passages shows it. */
export const carrier = z.object({
  id: passageId,
  source: sourceId,
  page: z.number().int(),
  lastPage: z.number().int(),
  /** Its first 400 characters; null for an area of a page. */
  words: z.string().nullable(),
  /** Who tagged it with one of the categories that were asked for. */
  people: z.array(personId),
  /** Which of them it carries. */
  categories: z.array(categoryId),
});
export type Carrier = z.infer<typeof carrier>;

/** As `passages` and `deepPassages` of a category: see shared/model/records.ts. */
export const categoryCount = category.pick({ id: true, passages: true, deepPassages: true });
export type CategoryCount = z.infer<typeof categoryCount>;

export const codebook = {
  /** Archived categories too, each where it stands in the tree: `position` counts through the whole tree, from 0. */
  'codebook.get': call(
    'read',
    z.object({}),
    z.object({
      title: z.string(),
      version: z.string(),
      categories: z.array(category),
      dimensions: z.array(dimension),
      rings: z.array(ring),
    }),
  ),
  /** The counts of `codebook.get` alone: what a tag changes. They are counted bit by bit, and hold up nothing else. */
  'codebook.counts': call('read', z.object({}), z.object({ counts: z.array(categoryCount) })),
  'codebook.edit': call(
    'write',
    z.object({ title: z.string().trim().min(1).max(400), version: z.string().trim().min(1).max(60) }).partial(),
    z.object({}),
  ),
  /** Brings the built-in codebook into a project that has no category. EXISTS where there is one. */
  'codebook.install': call('write', z.object({ codebook: z.enum(['xinjiang-labour']) }), z.object({})),

  /** EXISTS where code or shortcut are another's (context: who has it). `before` null: at the end. */
  'categories.add': call(
    'write',
    z.object({
      category: newCategory,
      parent: categoryId.nullable(),
      before: categoryId.nullable().default(null),
    }),
    z.object({ id: categoryId }),
  ),
  /** A colour goes to those below that had the same; a code to the codes below that begin with it. */
  'categories.edit': call('write', z.object({ id: categoryId, patch: categoryPatch }), z.object({})),
  /** Puts categories under another (null: at the top) in front of `before`. NOT_ALLOWED under itself. */
  'categories.move': call(
    'write',
    z.object({ ids, parent: categoryId.nullable(), before: categoryId.nullable().default(null) }),
    z.object({}),
  ),
  /** All tags of `ids`, whoever made them, go to `into`; `ids` are archived. Asked again, what came since goes too. */
  'categories.merge': call('write', z.object({ ids, into: categoryId }), z.object({ moved: z.number().int() })),
  /**
   * New categories made of one. `given` says which passages go to which of them (by number, from 0); the others stay.
   * The tags of all people move. The new ones lie under `parent`, which may be the one that is split.
   */
  'categories.split': call(
    'write',
    z.object({
      id: categoryId,
      parent: categoryId.nullable(),
      parts: z.array(newCategory).min(1).max(100),
      given: z.array(z.object({ passage: passageId, parts: z.array(z.number().int().nonnegative()).min(1) })),
    }),
    z.object({ ids: z.array(categoryId) }),
  ),
  /** With those below; bringing one back brings back what it lies under, too. */
  'categories.archive': call('write', z.object({ ids, archived: z.boolean() }), z.object({})),
  /** NOT_ALLOWED where passages, memos or other categories hang on it: archive it instead. */
  'categories.remove': call('write', z.object({ ids }), z.object({})),
  /** What hangs on categories, each passage once, removed ones left out. */
  'categories.use': call(
    'read',
    z.object({ ids }),
    z.object({
      passages: z.number().int(),
      people: z.array(z.object({ person: personId, passages: z.number().int() })),
    }),
  ),
  /** Passages that carry a category, with those of the categories below where `deep`; in reading order, source by source. */
  'categories.passages': call(
    'read',
    z.object({ id: categoryId, deep: z.boolean().default(true) }),
    z.object({ passages: z.array(carrier) }),
  ),

  'values.add': call(
    'write',
    z.object({ dimension: dimensionId, value: placedValue.partial().required({ label: true }) }),
    z.object({ id: valueId }),
  ),
  'values.edit': call(
    'write',
    z.object({ id: valueId, patch: placedValue.omit({ code: true }).partial() }),
    z.object({}),
  ),
  /** NOT_ALLOWED while a passage, a source or another value uses it. */
  'values.remove': call('write', z.object({ id: valueId }), z.object({})),
};
