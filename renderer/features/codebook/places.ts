import type { Category, CategoryId } from '../../../shared/model/index.ts';

/** Where a category is put: under which other, and in front of which. */
export interface PlaceTo {
  readonly parent: CategoryId | null;
  readonly before: CategoryId | null;
}
export type Direction = 'up' | 'down' | 'in' | 'out';

const lives = ({ archived, deleted }: Category): boolean => !archived && !deleted;

/** Those under the same parent that are shown beside each other, in their order. */
const siblingsOf = (categories: readonly Category[], parent: CategoryId | null): Category[] =>
  categories.filter((one) => lives(one) && one.parent === parent).sort((a, b) => a.position - b.position);

/** Where a step by key puts a category; null where it stands there already. */
export function stepTo(categories: readonly Category[], id: CategoryId, direction: Direction): PlaceTo | null {
  const category = categories.find((one) => one.id === id);
  if (category === undefined) return null;
  const siblings = siblingsOf(categories, category.parent);
  const at = siblings.findIndex((one) => one.id === id);
  switch (direction) {
    case 'up': {
      const previous = siblings[at - 1];
      return previous === undefined ? null : { parent: category.parent, before: previous.id };
    }
    case 'down':
      return at < 0 || at === siblings.length - 1
        ? null
        : { parent: category.parent, before: siblings[at + 2]?.id ?? null };
    case 'in': {
      const previous = siblings[at - 1];
      return previous === undefined ? null : { parent: previous.id, before: null };
    }
    case 'out': {
      if (category.parent === null) return null;
      const parent = categories.find((one) => one.id === category.parent);
      const grand = parent?.parent ?? null;
      const uncles = siblingsOf(categories, grand);
      return { parent: grand, before: uncles[uncles.findIndex((one) => one.id === parent?.id) + 1]?.id ?? null };
    }
  }
}

/** Where a drop puts a category, `position` beside or on another; null where nothing would be elsewhere. */
export function dropTo(
  categories: readonly Category[],
  dragged: CategoryId,
  target: CategoryId,
  position: 'before' | 'on' | 'after',
): PlaceTo | null {
  const on = categories.find((one) => one.id === target);
  if (on === undefined || isWithin(categories, target, dragged)) return null;
  if (position === 'on') return { parent: on.id, before: null };
  const siblings = siblingsOf(categories, on.parent).filter(({ id }) => id !== dragged);
  const at = siblings.findIndex(({ id }) => id === target);
  return { parent: on.parent, before: siblings[position === 'before' ? at : at + 1]?.id ?? null };
}

/** What a category lies in, from the nearest to the top. */
export function ancestorsOf(categories: readonly Category[], id: CategoryId): CategoryId[] {
  const parents = new Map(categories.map((one) => [one.id, one.parent]));
  const seen = new Set([id]);
  for (let at = parents.get(id) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) seen.add(at);
  return [...seen].slice(1);
}

/** Whether a category is another one or lies below it. */
export const isWithin = (categories: readonly Category[], id: CategoryId, other: CategoryId): boolean =>
  id === other || ancestorsOf(categories, id).includes(other);
