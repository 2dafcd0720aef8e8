import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import { type Book, known, setCategory } from './book.ts';

/** Between two neighbours of a fresh numbering: many moves before it must be made anew. */
const STEP = 1024;

/**
 * The edits that put `ids`, in this order, under `parent` in front of `before` (null: at the end). Only what moves gets a
 * new number, unless there is no number free between its neighbours: then all siblings do.
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

/** So many numbers after `previous` and before `next`, apart from each other; null where they do not fit. */
function numbersBetween(previous: number | null, next: number | null, count: number): number[] | null {
  const from = previous ?? (next === null ? 0 : next - STEP * (count + 1));
  const step = next === null ? STEP : Math.floor((next - from) / (count + 1));
  return step < 1 ? null : Array.from({ length: count }, (_, k) => from + step * (k + 1));
}

/** NOT_ALLOWED where `parent` is one of `ids` or lies below one. */
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
