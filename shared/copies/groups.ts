import type { CopyVerdict } from '../model/copies.ts';

/** What was decided of two sources. */
export interface CopyDecision {
  readonly one: string;
  readonly other: string;
  readonly verdict: CopyVerdict;
  /** The source that the text is from; null if it is unknown or not in the project. */
  readonly origin: string | null;
}

/** Sources that are copies of one text, as people decided. */
export interface CopyGroup {
  /** The live ones, in the order given. At least two. */
  readonly members: readonly string[];
  /** Those in the trash, too. */
  readonly all: readonly string[];
  /** A live member that everybody who named one named; null if nobody did, it is in the trash, or people named different ones. */
  readonly origin: string | null;
  /** What stands for the group: its origin, else its first member. */
  readonly key: string;
  /** Live members that different people named as the origin; empty unless they differ. */
  readonly disputed: readonly string[];
  /** Members of which somebody decided that they are not copies of each other. */
  readonly apart: readonly (readonly [string, string])[];
}

/**
 * The groups that decisions make: what is a copy of a copy is a copy. `order` has every live source; one that is not in it is in the trash:
 * it still holds its group together. Takes nearly linear time.
 */
export function groupsOf(decisions: readonly CopyDecision[], order: readonly string[]): CopyGroup[] {
  const places = new Map(order.map((id, at) => [id, at]));
  const sets = componentsOf(
    decisions.filter(({ verdict }) => verdict === 'same').map(({ one, other }) => [one, other]),
  );
  const groups = new Map<string, { all: Set<string>; origins: Set<string>; apart: [string, string][] }>();
  for (const { one, other, verdict, origin } of decisions) {
    const root = sets.rootOf(one);
    if (root !== sets.rootOf(other) || one === other) continue;
    const group = groups.get(root) ?? { all: new Set(), origins: new Set(), apart: [] };
    groups.set(root, group);
    if (verdict === 'different') group.apart.push([one, other]);
    else {
      group.all.add(one).add(other);
      if (origin !== null) group.origins.add(origin);
    }
  }
  const placeOf = (id: string): number => places.get(id) ?? Infinity;
  const isLive = (id: string): boolean => places.has(id);
  return [...groups.values()]
    .flatMap(({ all, origins, apart }): CopyGroup[] => {
      const members = [...all].filter(isLive).sort((a, b) => placeOf(a) - placeOf(b));
      const [first, second] = members;
      if (first === undefined || second === undefined) return [];
      const named = members.filter((id) => origins.has(id));
      const origin = named.length === 1 ? (named[0] ?? null) : null;
      return [
        {
          members,
          all: [...all],
          origin,
          key: origin ?? first,
          disputed: named.length > 1 ? named : [],
          apart: apart.filter((pair) => pair.every(isLive)),
        },
      ];
    })
    .sort((a, b) => placeOf(a.members[0] ?? '') - placeOf(b.members[0] ?? ''));
}

/** What is connected by pairs. */
export interface Components {
  /** The same for all that is connected; of what is in no pair, itself. */
  readonly rootOf: (id: string) => string;
}

export function componentsOf(pairs: Iterable<readonly [string, string]>): Components & {
  readonly join: (a: string, b: string) => void;
} {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let above = parents.get(root); above !== undefined; above = parents.get(root)) root = above;
    for (let at = id; at !== root;) {
      const above = parents.get(at) ?? root;
      parents.set(at, root);
      at = above;
    }
    return root;
  };
  const join = (a: string, b: string): void => {
    const [one, other] = [rootOf(a), rootOf(b)];
    if (one !== other) parents.set(one, other);
  };
  for (const [a, b] of pairs) join(a, b);
  return { rootOf, join };
}
