import { z } from 'zod';
import { type Category, categoryId, term } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { wholeCategories } from './categories.ts';

/** A list from JSON in the log. Anything else, as another version or a damaged project file may have, reads as an empty list. */
export function listFrom<T>(schema: z.ZodType<T[]>, json: string | null): T[] {
  if (json === null) return [];
  const parsed = schema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : [];
}

const terms = z.array(term);
/** A category's terms in one language, as the log has them. */
export const termsFrom = (json: string | null): Category['termsZh'] => listFrom(terms, json);

export type CategoryTerms = Pick<Category, 'id' | 'name' | 'parent' | 'termsZh' | 'termsEn' | 'deleted' | 'archived'>;

/** The terms of all categories, also of those archived or in the trash, in the codebook's order. */
export const termsOfCategories = (db: Readable): CategoryTerms[] =>
  db.all(wholeCategories, {}).flatMap((row): CategoryTerms[] => {
    const id = categoryId.safeParse(row.id).data;
    if (id === undefined) return [];
    return [
      {
        id,
        name: row.name ?? row.code ?? '',
        parent: categoryId.safeParse(row.parent).data ?? null,
        termsZh: termsFrom(row.termsZh),
        termsEn: termsFrom(row.termsEn),
        deleted: row.deleted === 1,
        archived: row.archived === 1,
      },
    ];
  });
