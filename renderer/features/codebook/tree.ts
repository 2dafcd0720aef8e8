import type { Category, CategoryId, Passage, PassageId, DimensionValue } from '../../../shared/model/index.ts';
import type { Ring } from '../../../shared/contract/codebook.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';

export interface TreeNode {
  /** The category's: what a list knows its items by. */
  readonly id: CategoryId;
  readonly category: Category;
  readonly children: readonly TreeNode[];
  /** Passages of the source in front, and of all, that carry the category or one below it; each counts once. */
  readonly here: number;
  readonly all: number;
}

/** The passages of one source that carry a category, by category. */
export function passagesHere(passages: readonly Passage[]): ReadonlyMap<CategoryId, ReadonlySet<PassageId>> {
  const here = new Map<CategoryId, Set<PassageId>>();
  for (const { id, tags } of passages)
    for (const { category } of tags) here.set(category, (here.get(category) ?? new Set()).add(id));
  return here;
}

const byPosition = (a: Category, b: Category): number => a.position - b.position || (a.code < b.code ? -1 : 1);
const NO_RINGS: readonly Ring[] = [];

/**
 * The codebook as a tree, in its order: what is in use, or what is archived. A category whose parent is not there (removed,
 * archived), or where a ring of concurrent moves is cut, stands at the top: it is shown, not repaired.
 */
export function buildTree(
  categories: readonly Category[],
  here: ReadonlyMap<CategoryId, ReadonlySet<PassageId>>,
  { rings = NO_RINGS, archived = false }: { readonly rings?: readonly Ring[]; readonly archived?: boolean } = {},
): TreeNode[] {
  const shown = categories.filter((one) => !one.deleted && one.archived === archived).sort(byPosition);
  const cut = new Set(rings.map((ring) => ring.cut));
  const byId = new Map(shown.map((category) => [category.id, category]));
  const children = Map.groupBy(shown, (category) => category.parent);
  const top = shown.filter((category) => cut.has(category.id) || !hasTop(category, byId, cut));
  const placed = new Set<CategoryId>(top.filter(({ id }) => cut.has(id)).map(({ id }) => id));

  // `above` gathers the passages of the branch that this category is in.
  const grow = (category: Category, above: Set<PassageId>): TreeNode => {
    placed.add(category.id);
    const own = new Set(here.get(category.id));
    const below = (children.get(category.id) ?? [])
      .filter((child) => !placed.has(child.id))
      .map((child) => grow(child, own));
    for (const passage of own) above.add(passage);
    return { id: category.id, category, children: below, here: own.size, all: category.deepPassages };
  };
  return top.flatMap((category) =>
    placed.has(category.id) && !cut.has(category.id) ? [] : [grow(category, new Set())],
  );
}

/** Whether a category hangs, over any number of parents, on one that stands at the top. */
function hasTop(category: Category, byId: ReadonlyMap<CategoryId, Category>, cut: ReadonlySet<CategoryId>): boolean {
  const seen = new Set<CategoryId>([category.id]);
  let parent = category.parent;
  if (parent === null || !byId.has(parent)) return false;
  while (parent !== null) {
    if (cut.has(parent)) return true;
    if (seen.has(parent)) return false;
    seen.add(parent);
    parent = byId.get(parent)?.parent ?? null;
  }
  return true;
}

/** A stretch of a text, in UTF-16 code units. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}
/** How a category answers a filter: where in its code, where in its name, and by which term. */
export interface Match {
  readonly code: Stretch | null;
  readonly name: Stretch | null;
  readonly term: { readonly text: string; readonly at: Stretch } | null;
}
const EVERYTHING: Match = { code: null, name: null, term: null };

/** How a category answers a filter: by name, code, or a Chinese or English term; null where it does not. */
export function matchCategory(category: Category, filter: string): Match | null {
  const wanted = wantedOf(filter);
  if (wanted === '') return EVERYTHING;
  const code = matchText(category.code, wanted);
  const name = matchText(category.name, wanted);
  if (code !== null || name !== null) return { code, name, term: null };
  for (const { term: text } of [...category.termsZh, ...category.termsEn]) {
    const at = matchText(text, wanted);
    if (at !== null) return { code, name, term: { text, at } };
  }
  return null;
}

/** So much of a text may stand before its match in a narrow row. */
const BEFORE = 14;

/** A text cut at its beginning, so that what matches is in sight. */
export function nearMatch(text: string, { from, to }: Stretch): { text: string; from: number; to: number } {
  if (from <= BEFORE) return { text, from, to };
  const space = text.lastIndexOf(' ', from - 2);
  const cut = space >= from - BEFORE ? space + 1 : from;
  return { text: `…${text.slice(cut)}`, from: from - cut + 1, to: to - cut + 1 };
}

/** The tree with only what matches and what it hangs on; with a filter, everything kept is meant to be open. */
export function filterTree(nodes: readonly TreeNode[], wanted: string): TreeNode[] {
  if (wantedOf(wanted) === '') return [...nodes];
  return nodes.flatMap((node) => {
    const children = filterTree(node.children, wanted);
    if (children.length === 0 && matchCategory(node.category, wanted) === null) return [];
    // Nothing left out below: the same node, which need not be drawn anew.
    return [isSame(children, node.children) ? node : { ...node, children }];
  });
}

const isSame = (some: readonly TreeNode[], others: readonly TreeNode[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

/**
 * `after`, with each node that says the same as in `before` being that node: a tag changes the counts of one branch, and
 * only that is drawn anew.
 */
export function reuseNodes(before: readonly TreeNode[], after: readonly TreeNode[]): readonly TreeNode[] {
  const known = new Map(allNodes(before).map((node) => [node.id, node]));
  const reuse = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
    nodes.map((node) => {
      const children = reuse(node.children);
      const old = known.get(node.id);
      if (old === undefined) return { ...node, children };
      const isEqual = old.category === node.category && old.here === node.here && old.all === node.all;
      return isEqual && isSame(children, old.children) ? old : { ...node, children };
    });
  const nodes = reuse(after);
  return isSame(nodes, before) ? before : nodes;
}

/** Every node, each before what lies below it. */
export const allNodes = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => [node, ...allNodes(node.children)]);

/** Ids of every node that has something below it. */
export const openable = (nodes: readonly TreeNode[]): CategoryId[] =>
  nodes.flatMap((node) => (node.children.length === 0 ? [] : [node.category.id, ...openable(node.children)]));

/** Only the categories used in the source in front, with what they hang on. */
export const usedHere = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => (node.here === 0 ? [] : [{ ...node, children: usedHere(node.children) }]));

/** What concurrent work left odd: it is shown, and mended only by somebody who asks for it. */
export interface Oddities {
  readonly rings: readonly Ring[];
  /** Merged into another, and carrying passages all the same. */
  readonly strays: readonly { readonly category: Category; readonly into: Category }[];
  /** In use, but under what was archived or removed. */
  readonly adrift: readonly Category[];
}
export function odditiesOf(categories: readonly Category[], rings: readonly Ring[]): Oddities {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const isThere = (id: CategoryId): boolean => byId.get(id)?.archived === false;
  return {
    rings,
    strays: categories.flatMap((category) => {
      const into = category.mergedInto === null ? undefined : byId.get(category.mergedInto);
      return into === undefined || !category.archived || category.passages === 0 ? [] : [{ category, into }];
    }),
    adrift: categories.filter(({ archived, parent }) => !archived && parent !== null && !isThere(parent)),
  };
}

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

/** A value with how deep it lies, from 0. */
interface PlacedValue {
  readonly value: DimensionValue;
  readonly level: number;
}

/** Values under what they lie under, each once; what lies under nothing that is there, or in a ring, stands at the top. */
export function valueTree(values: readonly DimensionValue[]): PlacedValue[] {
  const there = new Set(values.map(({ id }) => id));
  const below = Map.groupBy(values, ({ parent }) => (parent !== null && there.has(parent) ? parent : null));
  const placed = new Map<DimensionValue['id'], PlacedValue>();
  const place = (value: DimensionValue, level: number): void => {
    if (placed.has(value.id)) return;
    placed.set(value.id, { value, level });
    for (const child of below.get(value.id) ?? []) place(child, level + 1);
  };
  for (const value of below.get(null) ?? []) place(value, 0);
  for (const value of values) place(value, 0);
  return [...placed.values()];
}
