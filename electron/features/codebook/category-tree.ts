import { tree as treeOf } from '../../../shared/changes/derived.ts';
import type { Cycle } from '../../../shared/contract/codebook.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId } from '../../../shared/model/index.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import { type WholeCategory, wholeCategories } from '../../project/codebook/categories.ts';
import { parentMoves } from './queries.ts';

type CategoryField = Extract<Edit, { entity: 'category' }>['field'];

/** The codebook's categories as a tree, without the removed ones. */
export interface Book {
  readonly byId: ReadonlyMap<string, WholeCategory>;
  /** Children by parent, null for the top level, in their order. Archived categories are included. */
  readonly children: ReadonlyMap<string | null, readonly WholeCategory[]>;
  /** Null at the top level, if the parent was removed, and where a ring is cut. */
  readonly parentOf: (id: string) => string | null;
  readonly rings: readonly Cycle[];
}

export function readBook(db: Readable): Book {
  const rows = db.all(wholeCategories, {}).filter((row) => row.deleted !== 1);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const { parents, rings } = parentsOf(db, byId);
  return {
    byId,
    children: Map.groupBy(rows, (row) => parents.get(row.id) ?? null),
    parentOf: (id) => parents.get(id) ?? null,
    rings,
  };
}

/** Moves made by two people offline can form a ring. The later move is ignored (shared/changes/derived.ts) and reported in `rings`. */
function parentsOf(db: Readable, byId: ReadonlyMap<string, WholeCategory>) {
  const rows = [...byId.values()];
  const plain = treeOf(rows.map(({ id, parent }) => ({ id, parent, clock: 0, hash: '' })));
  const ringed = plain.rings.flat();
  if (ringed.length === 0) return { parents: plain.parent, rings: [] };
  const moves = new Map(db.all(parentMoves, { ids: JSON.stringify(ringed) }).map((move) => [move.id, move]));
  const dated = rows.map(({ id, parent }) => ({ id, parent, clock: 0, hash: '', ...moves.get(id) }));
  const cut = treeOf(dated);
  const rings = cut.rings.map((members) => ({
    members: members.map((id) => categoryId.parse(id)),
    cut: categoryId.parse(members.find((id) => cut.parent.get(id) === null) ?? members[0]),
  }));
  return { parents: cut.parent, rings };
}

/** Every category once, each followed by its subcategories. */
export function inTreeOrder({ children }: Book): WholeCategory[] {
  const ordered: WholeCategory[] = [];
  const waiting = [...(children.get(null) ?? [])].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ordered.push(next);
    waiting.push(...[...(children.get(next.id) ?? [])].reverse());
  }
  return ordered;
}

/** The subcategories of a category, at any depth. */
export function below(book: Book, id: string): WholeCategory[] {
  const found: WholeCategory[] = [];
  const waiting = [...(book.children.get(id) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    waiting.push(...(book.children.get(next.id) ?? []));
  }
  return found;
}

/** The ancestors of a category, nearest first. */
export function above(book: Book, id: string): string[] {
  const found: string[] = [];
  for (let at = book.parentOf(id); at !== null; at = book.parentOf(at)) found.push(at);
  return found;
}

/** Throws NOT_FOUND if there is no such category or it was removed. */
export function known(book: Book, id: string): WholeCategory {
  const row = book.byId.get(id);
  if (row === undefined)
    throw new Fault('NOT_FOUND', 'No such category in the codebook. It may have been moved to the trash.', { id });
  return row;
}

/** Also throws NOT_ALLOWED if it is archived: nothing can be added to it. */
export function activeCategory(book: Book, id: string): WholeCategory {
  const row = known(book, id);
  if (row.archived === 1)
    throw new Fault('NOT_ALLOWED', `“${nameOf(row)}” is archived. Unarchive it to add anything new.`, { id });
  return row;
}

export const nameOf = (row: Pick<WholeCategory, 'id' | 'name' | 'code'>): string =>
  row.name ?? row.code ?? row.id.slice(0, 8);
export const quoted = (row: Pick<WholeCategory, 'id' | 'name' | 'code'>): string => `“${nameOf(row)}”`;

export const setCategory = (id: string, field: CategoryField, value: Json): Edit => ({
  entity: 'category',
  id,
  field,
  value,
});

/** Distance between neighbours after renumbering; large enough that renumbering is rare. */
const STEP = 1024;

/**
 * The edits that put `ids`, in this order, under `parent` and before `before` (null: at the end). Only the moved categories
 * get a new position, unless there is no number left between their neighbours: then all siblings are renumbered.
 */
export function placeEdits(book: Book, ids: readonly string[], parent: string | null, before: string | null): Edit[] {
  const moving = new Set(ids);
  const siblings = (book.children.get(parent) ?? []).filter(({ id }) => !moving.has(id));
  const at = before === null ? siblings.length : siblings.findIndex(({ id }) => id === before);
  if (at < 0) throw new Fault('BAD_INPUT', 'The list has changed. Try again.', { before });
  const previous = siblings[at - 1]?.position ?? null;
  const next = siblings[at]?.position ?? null;
  const parents = ids.map((id) => setCategory(id, 'parent', parent));
  const numbers = numbersBetween(previous, next, ids.length);
  if (numbers !== null) return [...parents, ...ids.map((id, k) => setCategory(id, 'position', numbers[k] ?? 0))];
  const order = [...siblings.slice(0, at).map(({ id }) => id), ...ids, ...siblings.slice(at).map(({ id }) => id)];
  return [...parents, ...order.map((id, k) => setCategory(id, 'position', (k + 1) * STEP))];
}

/** `count` evenly spaced numbers between `previous` and `next`; null if they do not fit. */
function numbersBetween(previous: number | null, next: number | null, count: number): number[] | null {
  const from = previous ?? (next === null ? 0 : next - STEP * (count + 1));
  const step = next === null ? STEP : Math.floor((next - from) / (count + 1));
  return step < 1 ? null : Array.from({ length: count }, (_, k) => from + step * (k + 1));
}

/** Throws NOT_ALLOWED if `parent` is one of `ids` or a subcategory of one. */
export function refuseUnderItself(book: Book, ids: readonly string[], parent: string | null): void {
  const seen = new Set<string>();
  for (let at = parent; at !== null && !seen.has(at); at = book.parentOf(at)) {
    seen.add(at);
    if (ids.includes(at))
      throw new Fault('NOT_ALLOWED', `“${known(book, at).name ?? ''}” can’t be its own parent. Choose another.`, {
        id: at,
      });
  }
}
