import { createHash } from 'node:crypto';
import { canonical, type Json } from '../../../shared/changes/canonical.ts';
import { fieldsWith, type FieldWith } from '../../../shared/changes/fields.ts';
import { query, type Readable } from '../../db/types.ts';
import { wholeCategories } from './categories.ts';

/** The fields that define a category: a change of one makes another definition. */
export const DEFINITION_FIELDS = fieldsWith('category', 'defines');
type DefinitionField = FieldWith<'category', 'defines'>;
export type Definition = Readonly<Record<DefinitionField, string>>;
/** A category's definition from its row; a missing field is an empty text. */
export const definitionOf = (row: Readonly<Partial<Record<DefinitionField, string | null>>>): Definition => ({
  name: row.name ?? '',
  definition: row.definition ?? '',
  include: row.include ?? '',
  exclude: row.exclude ?? '',
});

/** SHA-256, hex, of a category's definition: the same words have the same digest in every project. */
export const definitionDigest = (definition: Definition): string =>
  digest(DEFINITION_FIELDS.map((field) => definition[field]));

/** The live categories by id, with exactly the fields that the digest covers. */
const categoriesOf = (db: Readable): Json[] =>
  db
    .all(wholeCategories, {})
    .filter(({ deleted }) => deleted !== 1)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, code, parent, name, definition, include, exclude, termsZh, termsEn, archived, mergedInto }) => ({
      id,
      code,
      parent,
      name,
      definition,
      include,
      exclude,
      termsZh,
      termsEn,
      mergedInto,
      archived: archived === 1,
    }));
const dimensions = query<
  Record<string, never>,
  { id: string; code: string | null; name: string | null; note: string | null; single: number | null }
>(
  'codebookDigest.dimensions',
  `SELECT id, code, name, note, single FROM p_dimension WHERE deleted IS NOT 1 ORDER BY id`,
);
const values = query<
  Record<string, never>,
  { id: string; dimension: string | null; code: string | null; label: string | null; note: string | null }
>('codebookDigest.values', `SELECT id, dimension, code, label, note FROM p_value WHERE deleted IS NOT 1 ORDER BY id`);

/**
 * SHA-256, hex, of the present codebook: every live category and dimension value with all that defines it. Colours, shortcuts and
 * order do not count.
 */
export function codebookDigest(db: Readable): string {
  return digest([
    categoriesOf(db),
    db.all(dimensions, {}).map((one): Json => ({ ...one })),
    db.all(values, {}).map((one): Json => ({ ...one })),
  ]);
}

const digest = (value: Json): string => createHash('sha256').update(canonical(value)).digest('hex');
