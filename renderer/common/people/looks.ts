import type { Look } from '../../ui/Badge.tsx';

/** How many colours there are for people: rules of `.initials`. Each comes as a ring and as a disc. */
const TINTS = 8;
const LOOKS = 2 * TINTS;

/** FNV-1a: ids of one project can begin alike. */
function preferred(id: string): number {
  let hash = 0x811c9dc5;
  for (const one of id) hash = Math.imul(hash ^ (one.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 8) % LOOKS;
}

const lookAt = (place: number): Look => ({ tint: place % TINTS, filled: place >= TINTS });

/**
 * A look for each person of a project: that of their id, else the next that nobody has, so that up to sixteen people have sixteen.
 * The same on every machine: it depends on the ids alone, not on their order.
 */
export function looksOf(ids: readonly string[]): ReadonlyMap<string, Look> {
  const taken = new Set<number>();
  return new Map(
    ids.toSorted().map((id) => {
      let place = preferred(id);
      if (taken.size >= LOOKS) taken.clear();
      while (taken.has(place)) place = (place + 1) % LOOKS;
      taken.add(place);
      return [id, lookAt(place)];
    }),
  );
}

/** The look of someone who is not in the project. */
export const lookOf = (id: string): Look => lookAt(preferred(id));
