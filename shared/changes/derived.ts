/** Lists derived from the records when they are read: deterministic, shown to people, never stored, never repaired silently. */

export interface TreeNode {
  readonly id: string;
  readonly parent: string | null;
  /** Clock and hash (hex) of the change that gave it this parent. */
  readonly clock: number;
  readonly hash: string;
}
export interface Tree {
  /** The parent to follow; null for a root, a parent that does not exist, and where a cycle was cut. */
  readonly parent: ReadonlyMap<string, string | null>;
  /** The members of each cycle, sorted. */
  readonly rings: readonly (readonly string[])[];
}

/**
 * Concurrent moves can make a cycle in the codebook. In each cycle the latest move is not followed; the field keeps its
 * value, so that a person can see and correct it.
 */
export function tree(nodes: readonly TreeNode[]): Tree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map<string, string | null>();
  for (const node of nodes) parent.set(node.id, node.parent !== null && byId.has(node.parent) ? node.parent : null);
  const rings: string[][] = [];
  const done = new Set<string>();
  for (const start of [...byId.keys()].sort()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at: string | null = start;
    while (at !== null && !done.has(at) && !onPath.has(at)) {
      onPath.add(at);
      path.push(at);
      at = parent.get(at) ?? null;
    }
    if (at !== null && onPath.has(at)) {
      const ring = path.slice(path.indexOf(at));
      const latest = latestOf(ring.flatMap((id) => byId.get(id) ?? []));
      if (latest !== null) parent.set(latest.id, null);
      rings.push(ring.sort());
    }
    for (const id of path) done.add(id);
  }
  return { parent, rings: rings.sort((a, b) => compare(a[0] ?? '', b[0] ?? '')) };
}

function latestOf(nodes: readonly TreeNode[]): TreeNode | null {
  let latest: TreeNode | null = null;
  for (const node of nodes) {
    if (latest === null || node.clock > latest.clock || (node.clock === latest.clock && node.hash > latest.hash))
      latest = node;
  }
  return latest;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
