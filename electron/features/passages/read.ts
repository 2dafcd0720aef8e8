import { Fault } from '../../../shared/errors.ts';
import {
  type CategoryId,
  memo,
  type Memo,
  passage,
  type Passage,
  type PassageId,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import {
  allPassages,
  categoryTree,
  memosOfTargets,
  passageById,
  type PassageRow,
  passagesOfCategories,
  passagesOfSource,
  settingsOfPassages,
  tagsOfPassages,
} from './queries.ts';

/** Rows with all that hangs on them: four statements however many passages there are. */
export function complete(db: Readable, rows: readonly PassageRow[]): Passage[] {
  const ids = JSON.stringify(rows.map((row) => row.id));
  const tags = Map.groupBy(db.all(tagsOfPassages, { ids }), (tag) => tag.passage);
  const settings = Map.groupBy(db.all(settingsOfPassages, { ids }), (setting) => setting.passage);
  const memos = Map.groupBy(db.all(memosOfTargets, { ids }), (one) => one.target);
  return rows.map((row) =>
    passage.parse({
      ...row,
      anchor: JSON.parse(row.anchor),
      deleted: row.deleted === 1,
      tags: tags.get(row.id) ?? [],
      settings: settings.get(row.id) ?? [],
      memos: memos.get(row.id) ?? [],
    }),
  );
}

/** One passage, removed or not. NOT_FOUND. */
export function passageOf(db: Readable, id: PassageId): Passage {
  const row = db.get(passageById, { id });
  const [found] = row === undefined ? [] : complete(db, [row]);
  if (found === undefined) throw new Fault('NOT_FOUND', 'This project has no such passage.', { id });
  return found;
}

export const memosOn = (db: Readable, target: string): Memo[] =>
  db.all(memosOfTargets, { ids: JSON.stringify([target]) }).map((row) => memo.parse(row));

export interface PassageFilter {
  readonly source?: string | undefined;
  readonly category?: CategoryId | undefined;
  readonly deep: boolean;
  readonly deleted: boolean;
}

/** Every row that fits, in reading order. */
export function rowsFor(db: Readable, filter: PassageFilter): PassageRow[] {
  const deleted = filter.deleted ? 1 : 0;
  if (filter.category !== undefined) {
    const categories = JSON.stringify(filter.deep ? below(db, filter.category) : [filter.category]);
    const rows = db.all(passagesOfCategories, { categories, deleted });
    return filter.source === undefined ? rows : rows.filter((row) => row.source === filter.source);
  }
  return filter.source === undefined
    ? db.all(allPassages, { deleted })
    : db.all(passagesOfSource, { source: filter.source, deleted });
}

/** A category with all those under it. */
function below(db: Readable, category: CategoryId): string[] {
  const children = Map.groupBy(db.all(categoryTree, {}), (row) => row.parent);
  const found = new Set<string>([category]);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id);
  return [...found];
}
