import type { Category } from '../../../shared/model/index.ts';
import { quoted } from '../../../shared/query/print.ts';

/** As long as a search may be, in UTF-16 code units. */
const LONGEST = 10_000;

/** Finds any of the terms of a category and of those below it, or their names where none has a term. Terms that make it too long are left out. */
export function termsQuery(
  categories: readonly Pick<Category, 'id' | 'parent' | 'name' | 'archived' | 'termsZh' | 'termsEn'>[],
  category: string,
): string {
  const below = new Set<string>([category]);
  for (let size = 0; size < below.size;) {
    size = below.size;
    for (const { id, parent, archived } of categories)
      if (parent !== null && below.has(parent) && !archived) below.add(id);
  }
  const own = categories.filter(({ id }) => below.has(id));
  const terms = own.flatMap(({ termsZh, termsEn }) => [...termsZh, ...termsEn].map(({ term }) => term.trim()));
  const words = terms.some((term) => term !== '') ? terms : own.map(({ name }) => name.trim());
  let query = '';
  for (const word of new Set(words.filter((one) => one !== ''))) {
    const next = query === '' ? quoted(word) : `${query} OR ${quoted(word)}`;
    if (next.length > LONGEST) break;
    query = next;
  }
  return query;
}
