import type { CategoryId } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import type { PassageRow } from '../../project/passages/queries.ts';
import { inReadingOrder, type Placed } from '../../project/passages/passages.ts';
import { allPassages, categoryTree, passagesOfCategories, passagesOfSource } from './queries.ts';

export interface PassageFilter {
  readonly source?: string | undefined;
  readonly category?: CategoryId | undefined;
  readonly deep: boolean;
  readonly deleted: boolean;
}

/** Every passage that fits, in reading order. */
export function placedFor(db: Readable, filter: PassageFilter): Placed[] {
  const rows = rowsFor(db, filter);
  return inReadingOrder(filter.source === undefined ? rows : rows.filter((row) => row.source === filter.source));
}

function rowsFor(db: Readable, { source, category, deep, deleted: isDeleted }: PassageFilter): PassageRow[] {
  const deleted = isDeleted ? 1 : 0;
  if (category !== undefined) {
    const categories = JSON.stringify(deep ? below(db, category) : [category]);
    return db.all(passagesOfCategories, { categories, deleted });
  }
  return source === undefined ? db.all(allPassages, { deleted }) : db.all(passagesOfSource, { source, deleted });
}

/** A category with all those under it. */
function below(db: Readable, category: CategoryId): string[] {
  const children = Map.groupBy(db.all(categoryTree, {}), (row) => row.parent);
  const found = new Set<string>([category]);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id);
  return [...found];
}
