import type { Category, CategoryId, Passage, PassageId } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';

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

/**
 * The codebook as a tree, in its order. A category whose parent is not there (removed, or a ring made by a merge)
 * stands at the top: it is shown, not repaired.
 */
export function buildTree(
  categories: readonly Category[],
  here: ReadonlyMap<CategoryId, ReadonlySet<PassageId>>,
): TreeNode[] {
  const living = categories.filter((category) => !category.deleted && !category.archived).sort(byPosition);
  const byId = new Map(living.map((category) => [category.id, category]));
  const top = living.filter((category) => !hasTop(category, byId));
  const placed = new Set<CategoryId>();

  // `above` gathers the passages of the branch that this category is in.
  const grow = (category: Category, above: Set<PassageId>): TreeNode => {
    placed.add(category.id);
    const own = new Set(here.get(category.id));
    const children = living
      .filter((child) => child.parent === category.id && !placed.has(child.id))
      .map((child) => grow(child, own));
    for (const passage of own) above.add(passage);
    return { id: category.id, category, children, here: own.size, all: category.deepPassages };
  };
  return top.flatMap((category) => (placed.has(category.id) ? [] : [grow(category, new Set())]));
}

/** Whether a category hangs, over any number of parents, on one that stands at the top. */
function hasTop(category: Category, byId: ReadonlyMap<CategoryId, Category>): boolean {
  const seen = new Set<CategoryId>([category.id]);
  let parent = category.parent;
  if (parent === null || !byId.has(parent)) return false;
  while (parent !== null) {
    if (seen.has(parent)) return false;
    seen.add(parent);
    parent = byId.get(parent)?.parent ?? null;
  }
  return true;
}

/** A category with where its words matched: which term, where it was not the name or code. */
export interface Match {
  readonly term: string | null;
}

/** How a category answers a filter: by name, code, or a Chinese or English term; null where it does not. */
export function matchCategory(category: Category, wanted: string): Match | null {
  const folded = foldText(wanted).trim();
  if (folded === '') return { term: null };
  if ([category.name, category.code].some((text) => foldText(text).includes(folded))) return { term: null };
  const term = [...category.termsZh, ...category.termsEn].find((one) => foldText(one.term).includes(folded));
  return term === undefined ? null : { term: term.term };
}

/** The tree with only what matches and what it hangs on; with a filter, everything kept is meant to be open. */
export function filterTree(nodes: readonly TreeNode[], wanted: string): TreeNode[] {
  if (wanted.trim() === '') return [...nodes];
  return nodes.flatMap((node) => {
    const children = filterTree(node.children, wanted);
    return children.length > 0 || matchCategory(node.category, wanted) !== null ? [{ ...node, children }] : [];
  });
}

/** Ids of every node that has something below it. */
export const openable = (nodes: readonly TreeNode[]): CategoryId[] =>
  nodes.flatMap((node) => (node.children.length === 0 ? [] : [node.category.id, ...openable(node.children)]));

/** Only the categories used in the source in front, with what they hang on. */
export const usedHere = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => (node.here === 0 ? [] : [{ ...node, children: usedHere(node.children) }]));
