import { setImmediate as turn } from 'node:timers/promises';
import { categoryId, passageId, personId, sourceId, type PersonId } from '../../../shared/model/index.ts';
import type { CategoryCount, Carrier } from '../../../shared/contract/codebook.ts';
import type { ReadContext } from '../../project/context.ts';
import { allCategories, countsByCategory, countTogether, deepCounts, passagesTaggedWith } from './queries.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { below, known, readBook } from './category-tree.ts';

export interface Counts {
  readonly own: ReadonlyMap<string, number>;
  readonly deep: ReadonlyMap<string, number>;
}

/** All counts at once. Takes 150 ms for 200,000 tags, during which the engine answers no other call. */
export function counts({ db }: Pick<ReadContext, 'db'>): Counts {
  const mapOf = (rows: readonly { category: string; passages: number }[]): Map<string, number> =>
    new Map(rows.map((row) => [row.category, row.passages]));
  return { own: mapOf(db.all(countsByCategory, {})), deep: mapOf(db.all(deepCounts, {})) };
}

/**
 * The same counts, one subtree at a time. Other calls are answered in between, so that a tag made meanwhile waits 20 ms at
 * most. A commit in between makes the counts stale; callers are notified of it and ask again.
 */
export async function countAll({ db }: Pick<ReadContext, 'db'>): Promise<{ counts: CategoryCount[] }> {
  const rows = db.all(allCategories, {}).filter((row) => row.deleted !== 1);
  const own = new Map(db.all(countsByCategory, {}).map((row) => [row.category, row.passages]));
  const deep = new Map<string, number>();
  for (const [top, together] of families(rows)) {
    await turn();
    deep.set(top, db.get(countTogether, { categories: JSON.stringify(together) })?.passages ?? 0);
  }
  return {
    counts: rows.map(({ id }) => {
      const passages = own.get(id) ?? 0;
      return { id: categoryId.parse(id), passages, deepPassages: deep.get(id) ?? passages };
    }),
  };
}

interface TreeRow {
  readonly id: string;
  readonly parent: string | null;
  readonly archived: number | null;
}

/** The ids of each subtree by its top category. Archived categories are left out, with everything below them. */
function families(rows: readonly TreeRow[]): Map<string, string[]> {
  const parents = new Map(rows.filter(({ archived }) => archived !== 1).map(({ id, parent }) => [id, parent]));
  const found = new Map<string, string[]>();
  for (const id of parents.keys()) {
    // Concurrent moves can form a ring.
    const seen = new Set([id]);
    for (let top = parents.get(id) ?? null; top !== null && parents.has(top) && !seen.has(top);) {
      seen.add(top);
      const together = found.get(top) ?? [top];
      together.push(id);
      found.set(top, together);
      top = parents.get(top) ?? null;
    }
  }
  return found;
}

/** The passages tagged with any of the categories, in reading order: one statement, grouped by passage here. */
function taggedPassages({ db }: ReadContext, categories: readonly string[]): Carrier[] {
  const found = new Map<string, Carrier & { people: PersonId[] }>();
  for (const row of db.all(passagesTaggedWith, { categories: JSON.stringify(categories) })) {
    const person = personId.parse(row.person);
    const category = categoryId.parse(row.category);
    const there = found.get(row.id);
    if (there === undefined)
      found.set(row.id, {
        id: passageId.parse(row.id),
        source: sourceId.parse(row.source),
        page: row.page,
        lastPage: Number.isSafeInteger(row.lastPage) ? Math.max(row.page, row.lastPage ?? 0) : row.page,
        words: row.words,
        people: [person],
        categories: [category],
      });
    else {
      if (!there.people.includes(person)) there.people.push(person);
      if (!there.categories.includes(category)) there.categories.push(category);
    }
  }
  return [...found.values()];
}

/** The passages of a category; if `deep`, with those of its subcategories as the tree counts them: without archived ones. */
export function passagesOf(
  context: ReadContext,
  { id, deep }: CallArgs<'categories.passages'>,
): CallOutput<'categories.passages'> {
  const book = readBook(context.db);
  const row = known(book, id);
  const under = deep ? below(book, id).filter((one) => row.archived === 1 || one.archived !== 1) : [];
  return { passages: taggedPassages(context, [id, ...under.map((one) => one.id)]) };
}

/** How many passages are tagged with any of the categories, and how many of them by each person. */
export function useOf(context: ReadContext, { ids }: CallArgs<'categories.use'>): CallOutput<'categories.use'> {
  const all = taggedPassages(context, ids);
  const people = new Map<PersonId, number>();
  for (const one of all) for (const person of one.people) people.set(person, (people.get(person) ?? 0) + 1);
  return {
    passages: all.length,
    people: [...people]
      .map(([person, passages]) => ({ person, passages }))
      .sort((a, b) => b.passages - a.passages || (a.person < b.person ? -1 : 1)),
  };
}
