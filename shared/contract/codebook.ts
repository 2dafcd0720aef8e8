import { z } from 'zod';
import { categoryWords, valueWords } from '../model/codebook.ts';
import {
  category,
  categoryId,
  commitHash,
  dimension,
  dimensionId,
  passageId,
  personId,
  sourceId,
  valueId,
} from '../model/index.ts';
import { call } from './define.ts';

const ids = z.array(categoryId).min(1).max(20_000);

/** A new category. Without a code it gets one from its name; without a colour, its parent's. */
export const newCategory = categoryWords.partial().required({ name: true });
export type NewCategory = z.input<typeof newCategory>;

/** A change to a category; fields left out stay as they are. `shortcut` null removes the shortcut. */
export const categoryPatch = categoryWords.partial();
export type CategoryPatch = z.input<typeof categoryPatch>;

const placedValue = valueWords.extend({ parent: valueId.nullable() });

/** Categories that concurrent moves made each other's parents, and the one shown at the top level because of it. */
export const cycle = z.object({ members: z.array(categoryId), cut: categoryId });
export type Cycle = z.infer<typeof cycle>;

/** A passage as the list of a category's passages shows it. */
export const taggedPassage = z.object({
  id: passageId,
  source: sourceId,
  page: z.number().int(),
  lastPage: z.number().int(),
  /** Its first 400 characters; null for an area of a page. */
  words: z.string().nullable(),
  /** Who added one of the requested categories to it. */
  people: z.array(personId),
  /** Which of the requested categories it has. */
  categories: z.array(categoryId),
});
export type TaggedPassage = z.infer<typeof taggedPassage>;

/** As `passages` and `deepPassages` of a category: see shared/model/records.ts. */
export const categoryCount = category.pick({ id: true, passages: true, deepPassages: true });
export type CategoryCount = z.infer<typeof categoryCount>;

export const codebook = {
  /** Includes archived categories. `position` is the place in the whole tree, from 0. */
  'codebook.get': call(
    'read',
    z.object({}),
    z.object({
      title: z.string(),
      version: z.string(),
      categories: z.array(category),
      dimensions: z.array(dimension),
      rings: z.array(cycle),
    }),
  ),
  /**
   * Only the counts of `codebook.get`, which change with every tag. Counted in parts, so that other calls are not held up.
   */
  'codebook.counts': call('read', z.object({}), z.object({ counts: z.array(categoryCount) })),
  'codebook.edit': call(
    'write',
    z.object({ title: z.string().trim().min(1).max(400), version: z.string().trim().min(1).max(60) }).partial(),
    z.object({}),
  ),
  /** Adds the built-in codebook to a project without categories. EXISTS if it has one. */
  'codebook.install': call('write', z.object({ codebook: z.enum(['xinjiang-labour']) }), z.object({})),

  /** EXISTS if another category has the code or shortcut (which one is in the context). `before` null: at the end. */
  'categories.add': call(
    'write',
    z.object({
      category: newCategory,
      parent: categoryId.nullable(),
      before: categoryId.nullable().default(null),
    }),
    z.object({ id: categoryId, commit: commitHash.nullable() }),
  ),
  /** A new colour also applies to subcategories that had the same; a new code to subcategories whose codes begin with it. */
  'categories.edit': call('write', z.object({ id: categoryId, patch: categoryPatch }), z.object({})),
  /** Moves categories to another parent (null: the top level), before `before`. NOT_ALLOWED under itself. */
  'categories.move': call(
    'write',
    z.object({ ids, parent: categoryId.nullable(), before: categoryId.nullable().default(null) }),
    z.object({}),
  ),
  /** Moves all tags of `ids`, of all people, to `into` and archives `ids`. Called again, it moves the tags added since. */
  'categories.merge': call('write', z.object({ ids, into: categoryId }), z.object({ moved: z.number().int() })),
  /**
   * Splits a category into new ones. `given` says which passages go to which of them (by number, from 0); the others stay.
   * Moves the tags of all people. `parent` is the parent of the new ones, and may be the category itself.
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
  /** Includes subcategories. Unarchiving also unarchives the parents. */
  'categories.archive': call('write', z.object({ ids, archived: z.boolean() }), z.object({})),
  /** NOT_ALLOWED if passages, memos or subcategories belong to it: archive it instead. */
  'categories.remove': call('write', z.object({ ids }), z.object({})),
  /** What belongs to categories: each passage counts once; what is in the trash does not count. */
  'categories.use': call(
    'read',
    z.object({ ids }),
    z.object({
      passages: z.number().int(),
      people: z.array(z.object({ person: personId, passages: z.number().int() })),
    }),
  ),
  /** Passages tagged with a category or, with `deep`, one of its subcategories; source by source, in reading order. */
  'categories.passages': call(
    'read',
    z.object({ id: categoryId, deep: z.boolean().default(true) }),
    z.object({ passages: z.array(taggedPassage) }),
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
