import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Carrier } from '../../../shared/contract/codebook.ts';
import { categoryId, passageId, personId, sourceId, type PersonId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { below, known, readBook } from './book.ts';
import { carriersOf } from './queries.ts';

/** Who carries categories: one statement, grouped by passage here, in the order of reading. */
function carriers({ db }: ReadContext, categories: readonly string[]): Carrier[] {
  const found = new Map<string, Carrier & { people: PersonId[] }>();
  for (const row of db.all(carriersOf, { categories: JSON.stringify(categories) })) {
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

/** The passages of a category: with those below it as the tree counts them, so without what is archived. */
export function passagesOf(
  context: ReadContext,
  { id, deep }: CallArgs<'categories.passages'>,
): CallOutput<'categories.passages'> {
  const book = readBook(context.db);
  const row = known(book, id);
  const under = deep ? below(book, id).filter((one) => row.archived === 1 || one.archived !== 1) : [];
  return { passages: carriers(context, [id, ...under.map((one) => one.id)]) };
}

/** How many passages carry any of the categories, and how many of them each person tagged. */
export function useOf(context: ReadContext, { ids }: CallArgs<'categories.use'>): CallOutput<'categories.use'> {
  const all = carriers(context, ids);
  const people = new Map<PersonId, number>();
  for (const one of all) for (const person of one.people) people.set(person, (people.get(person) ?? 0) + 1);
  return {
    passages: all.length,
    people: [...people]
      .map(([person, passages]) => ({ person, passages }))
      .sort((a, b) => b.passages - a.passages || (a.person < b.person ? -1 : 1)),
  };
}
