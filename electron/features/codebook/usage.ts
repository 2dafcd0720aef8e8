import { setImmediate as turn } from 'node:timers/promises';
import { categoryId, passageId, personId, sourceId, type PersonId } from '../../../shared/model/index.ts';
import type { CategoryCount, TaggedPassage } from '../../../shared/contract/codebook.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../../project/read-at.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import { countsByCategory, countTogether, deepCounts, passagesTaggedWith, recountSince } from './queries.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { below, known, readBook } from './category-tree.ts';

export interface Counts {
  readonly own: ReadonlyMap<string, number>;
  readonly deep: ReadonlyMap<string, number>;
}

interface KeptCounts {
  readonly own: Map<string, number>;
  readonly deep: Map<string, number>;
  at: ReadAt;
}
const keptCounts = perProject((): { counts: KeptCounts | null } => ({ counts: null }));

/** Counting the categories of one commit takes some milliseconds each; of more, counting all at once takes less. */
const FEW = 8;

type CountContext = Pick<ReadContext, 'db'> & { readonly project: Pick<ReadContext['project'], 'rewrites'> };

/**
 * All counts at once, kept for each open project and updated from the commits since. Counting all takes 150 ms for 200,000 tags,
 * during which the engine answers no other call; after one tag it takes 10 ms.
 */
export function counts(context: CountContext): Counts {
  return (
    updated(context) ??
    keep(context, readAt(context), countedByCategory(context), mapOf(context.db.all(deepCounts, {})))
  );
}

/** The kept counts, as they are now; null where there are none, or too many categories changed. */
function updated(context: CountContext): KeptCounts | null {
  const { counts: kept } = keptCounts(context);
  const now = readAt(context);
  if (kept === null || !hasOnlyGrown(context, kept.at, now)) return null;
  if (kept.at.c === now.c) return kept;
  const changed = context.db.all(recountSince, { c: kept.at.c }).map((row) => row.category);
  if (changed.length > FEW || changed.includes(null)) return null;
  const tree = families(context.db.all(wholeCategories, {}).filter((row) => row.deleted !== 1));
  const recount = (into: Map<string, number>, id: string, together: readonly string[]): void => {
    const passages = countOf(context, together);
    if (passages === 0) into.delete(id);
    else into.set(id, passages);
  };
  for (const id of changed) if (id !== null) recount(kept.own, id, [id]);
  for (const [top, together] of tree)
    if (together.some((id) => changed.includes(id))) recount(kept.deep, top, together);
  kept.at = now;
  return kept;
}

function keep(context: CountContext, at: ReadAt, own: Map<string, number>, deep: Map<string, number>): Counts {
  const counts = { own, deep, at };
  keptCounts(context).counts = counts;
  return counts;
}

const mapOf = (rows: readonly { category: string; passages: number }[]): Map<string, number> =>
  new Map(rows.map((row) => [row.category, row.passages]));
const countedByCategory = ({ db }: CountContext): Map<string, number> => mapOf(db.all(countsByCategory, {}));
const countOf = ({ db }: CountContext, categories: readonly string[]): number =>
  db.get(countTogether, { categories: JSON.stringify(categories) })?.passages ?? 0;

/**
 * The same counts. Where all have to be counted, one subtree at a time: other calls are answered in between, so that a tag made
 * meanwhile waits 20 ms at most. A commit in between makes the counts stale; callers are notified of it and ask again.
 */
export async function countAll(context: ReadContext): Promise<{ counts: CategoryCount[] }> {
  const rows = context.db.all(wholeCategories, {}).filter((row) => row.deleted !== 1);
  const { own, deep } = updated(context) ?? (await countedInTurns(context, rows));
  return {
    counts: rows.map(({ id }) => {
      const passages = own.get(id) ?? 0;
      return { id: categoryId.parse(id), passages, deepPassages: deep.get(id) ?? passages };
    }),
  };
}

async function countedInTurns(context: ReadContext, rows: readonly TreeRow[]): Promise<Counts> {
  const before = readAt(context);
  const own = countedByCategory(context);
  const deep = new Map<string, number>();
  for (const [top, together] of families(rows)) {
    await turn();
    const passages = countOf(context, together);
    if (passages > 0) deep.set(top, passages);
  }
  const now = readAt(context);
  const isSame = hasOnlyGrown(context, before, now) && before.c === now.c;
  return isSame ? keep(context, now, own, deep) : { own, deep };
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
  for (const [id, parent] of parents) {
    if (parent === id) found.set(id, found.get(id) ?? [id]);
    // Concurrent moves can form a ring.
    const seen = new Set([id]);
    for (let top = parent; top !== null && parents.has(top) && !seen.has(top);) {
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
function taggedPassages({ db }: ReadContext, categories: readonly string[]): TaggedPassage[] {
  const found = new Map<string, TaggedPassage & { people: PersonId[] }>();
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
