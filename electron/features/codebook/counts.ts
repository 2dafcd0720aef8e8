import { setImmediate as turn } from 'node:timers/promises';
import { categoryId } from '../../../shared/model/index.ts';
import type { CategoryCount } from '../../../shared/contract/codebook.ts';
import type { ReadContext } from '../../project/context.ts';
import { allCategories, countsByCategory, countTogether, deepCounts } from './queries.ts';

export interface Counts {
  readonly own: ReadonlyMap<string, number>;
  readonly deep: ReadonlyMap<string, number>;
}

/** All counts at once: 150 ms for 200,000 tags, in which the project answers nothing else. */
export function counts({ db }: Pick<ReadContext, 'db'>): Counts {
  const mapOf = (rows: readonly { category: string; passages: number }[]): Map<string, number> =>
    new Map(rows.map((row) => [row.category, row.passages]));
  return { own: mapOf(db.all(countsByCategory, {})), deep: mapOf(db.all(deepCounts, {})) };
}

/**
 * The same, a family at a time, and between them whatever else is asked: a tag that comes meanwhile waits 20 ms at most.
 * A commit in between makes the counts stale, and those who hear of it ask again.
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

interface Hanging {
  readonly id: string;
  readonly parent: string | null;
  readonly archived: number | null;
}

/** Each category that has others below it, with itself and all of them; what is archived hangs nowhere. */
function families(rows: readonly Hanging[]): Map<string, string[]> {
  const parents = new Map(rows.filter(({ archived }) => archived !== 1).map(({ id, parent }) => [id, parent]));
  const found = new Map<string, string[]>();
  for (const id of parents.keys()) {
    // Concurrent moves can close a ring: nothing is its own ancestor.
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
