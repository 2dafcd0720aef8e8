import type { Cycle } from '../../../shared/contract/codebook.ts';
import type { Category, CategoryId, Passage, PassageId, DimensionValue } from '../../../shared/model/index.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';

export interface TreeNode {
  /** The category's id; lists identify their items by it. */
  readonly id: CategoryId;
  readonly category: Category;
  readonly children: readonly TreeNode[];
  /** Passages of the open source, and of all sources, that carry the category or one below it; each is counted once. */
  readonly here: number;
  readonly all: number;
}

/** The passages of one source by category. */
export function passagesHere(passages: readonly Passage[]): ReadonlyMap<CategoryId, ReadonlySet<PassageId>> {
  const here = new Map<CategoryId, Set<PassageId>>();
  for (const { id, tags } of passages)
    for (const { category } of tags) here.set(category, (here.get(category) ?? new Set()).add(id));
  return here;
}

const byPosition = (a: Category, b: Category): number => a.position - b.position || (a.code < b.code ? -1 : 1);
const NO_CYCLES: readonly Cycle[] = [];

/**
 * The codebook as a tree, in order: the active or the archived categories. A category whose parent is missing (deleted,
 * archived), or at which a cycle made by concurrent moves is cut, is at the top. Nothing is repaired.
 */
export function buildTree(
  categories: readonly Category[],
  here: ReadonlyMap<CategoryId, ReadonlySet<PassageId>>,
  { rings = NO_CYCLES, archived = false }: { readonly rings?: readonly Cycle[]; readonly archived?: boolean } = {},
): TreeNode[] {
  const shown = categories.filter((one) => !one.deleted && one.archived === archived).sort(byPosition);
  const cut = new Set(rings.map((ring) => ring.cut));
  const byId = new Map(shown.map((category) => [category.id, category]));
  const children = Map.groupBy(shown, (category) => category.parent);
  const top = shown.filter((category) => cut.has(category.id) || !hasTop(category, byId, cut));
  const placed = new Set<CategoryId>(top.filter(({ id }) => cut.has(id)).map(({ id }) => id));

  // `above` collects the passages of the parent’s branch, so that each is counted once there.
  const addNode = (category: Category, above: Set<PassageId>): TreeNode => {
    placed.add(category.id);
    const own = new Set(here.get(category.id));
    const below = (children.get(category.id) ?? [])
      .filter((child) => !placed.has(child.id))
      .map((child) => addNode(child, own));
    for (const passage of own) above.add(passage);
    return { id: category.id, category, children: below, here: own.size, all: category.deepPassages };
  };
  return top.flatMap((category) =>
    placed.has(category.id) && !cut.has(category.id) ? [] : [addNode(category, new Set())],
  );
}

/** Whether a category's chain of parents ends at a top-level one. */
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

/** A range of a text, in UTF-16 code units. */
interface Span {
  readonly from: number;
  readonly to: number;
}
/** Where a filter matches a category: in its code, in its name, or in which term. */
export interface Match {
  readonly code: Span | null;
  readonly name: Span | null;
  readonly term: { readonly text: string; readonly at: Span } | null;
}
const EVERYTHING: Match = { code: null, name: null, term: null };

/** Matches a category's name, code, or Chinese or English terms; null if none does. */
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

/** How many characters before the match are shown in a narrow row. */
const BEFORE = 14;

/** A text cut at its start, so that the match is visible. */
export function nearMatch(text: string, { from, to }: Span): { text: string; from: number; to: number } {
  if (from <= BEFORE) return { text, from, to };
  const space = text.lastIndexOf(' ', from - 2);
  const cut = space >= from - BEFORE ? space + 1 : from;
  return { text: `…${text.slice(cut)}`, from: from - cut + 1, to: to - cut + 1 };
}

/**
 * The tree with only matching categories and their parents. While a filter is set, all of it is shown unfolded.
 */
export function filterTree(nodes: readonly TreeNode[], wanted: string): TreeNode[] {
  if (wantedOf(wanted) === '') return [...nodes];
  return nodes.flatMap((node) => {
    const children = filterTree(node.children, wanted);
    if (children.length === 0 && matchCategory(node.category, wanted) === null) return [];
    // Nothing was left out below: keep the node, so that its row is not drawn again.
    return [isSame(children, node.children) ? node : { ...node, children }];
  });
}

const isSame = (some: readonly TreeNode[], others: readonly TreeNode[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

/**
 * `after`, with nodes that are equal to those of `before` replaced by them: a tag changes the counts of one branch, and
 * only that branch is drawn again.
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

/** Every node, parents before their children. */
export const allNodes = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => [node, ...allNodes(node.children)]);

/** Ids of every node that has children. */
export const openable = (nodes: readonly TreeNode[]): CategoryId[] =>
  nodes.flatMap((node) => (node.children.length === 0 ? [] : [node.category.id, ...openable(node.children)]));

/** Only the categories used in the open source, with their parents. */
export const usedHere = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => (node.here === 0 ? [] : [{ ...node, children: usedHere(node.children) }]));

/** Inconsistencies left by concurrent edits. They are shown, and repaired only when asked. */
export interface TreeProblems {
  readonly rings: readonly Cycle[];
  /** Merged into another, but passages still carry them. */
  readonly mergedInUse: readonly { readonly category: Category; readonly into: Category }[];
  /** Active, but their parent is archived or deleted. */
  readonly orphans: readonly Category[];
}
export function treeProblems(categories: readonly Category[], rings: readonly Cycle[]): TreeProblems {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const isThere = (id: CategoryId): boolean => byId.get(id)?.archived === false;
  return {
    rings,
    mergedInUse: categories.flatMap((category) => {
      const into = category.mergedInto === null ? undefined : byId.get(category.mergedInto);
      return into === undefined || !category.archived || category.passages === 0 ? [] : [{ category, into }];
    }),
    orphans: categories.filter(({ archived, parent }) => !archived && parent !== null && !isThere(parent)),
  };
}

/** A category's place: its parent, and the category it is put in front of. */
export interface PlaceTo {
  readonly parent: CategoryId | null;
  readonly before: CategoryId | null;
}
export type Direction = 'up' | 'down' | 'in' | 'out';

const isInUse = ({ archived, deleted }: Category): boolean => !archived && !deleted;

/** The active categories under one parent, in order. */
const siblingsOf = (categories: readonly Category[], parent: CategoryId | null): Category[] =>
  categories.filter((one) => isInUse(one) && one.parent === parent).sort((a, b) => a.position - b.position);

/** Where a keyboard step moves a category; null if it cannot move. */
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
      const parentSiblings = siblingsOf(categories, grand);
      return {
        parent: grand,
        before: parentSiblings[parentSiblings.findIndex((one) => one.id === parent?.id) + 1]?.id ?? null,
      };
    }
  }
}

/** Where a drop beside or onto `target` moves a category; null if it cannot be dropped there. */
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

/** A category's parents, from the nearest to the top. */
export function ancestorsOf(categories: readonly Category[], id: CategoryId): CategoryId[] {
  const parents = new Map(categories.map((one) => [one.id, one.parent]));
  const seen = new Set([id]);
  for (let at = parents.get(id) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) seen.add(at);
  return [...seen].slice(1);
}

/** Whether a category is `other` or lies below it. */
export const isWithin = (categories: readonly Category[], id: CategoryId, other: CategoryId): boolean =>
  id === other || ancestorsOf(categories, id).includes(other);

/** A value with its depth, from 0. */
interface PlacedValue {
  readonly value: DimensionValue;
  readonly level: number;
}

/** Values under their parents, each once. A value whose parent is missing or in a cycle is shown at the top. */
export function valueTree(values: readonly DimensionValue[]): PlacedValue[] {
  const known = new Set(values.map(({ id }) => id));
  const below = Map.groupBy(values, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
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
