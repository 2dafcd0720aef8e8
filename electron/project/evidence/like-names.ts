import { distance } from '../../../shared/text/distance.ts';

type ByName<T> = ReadonlyMap<string, ReadonlySet<T>>;

/** So many are offered. */
const MOST = 3;
/** A longer text is no misspelled name. */
const LONGEST = 60;

/** What has a name, or a word of one, that is most like a folded text: one letter in three may differ. The most alike come first. */
export function likeNames<T>(parts: ByName<T>, text: string): readonly T[] {
  const allowed = Math.min(3, Math.floor(text.length / 3));
  if (text.length > LONGEST || allowed === 0) return [];
  const away = new Map<T, number>();
  for (const [part, some] of parts) {
    if (Math.abs(part.length - text.length) > allowed) continue;
    const own = distance(part, text);
    if (own <= allowed) for (const one of some) away.set(one, Math.min(own, away.get(one) ?? Infinity));
  }
  return [...away]
    .toSorted(([, a], [, b]) => a - b)
    .slice(0, MOST)
    .map(([one]) => one);
}

/** Names and their words. Ten thousand titles have few different words: each is compared once. */
export function partsOfNames<T>(byName: ByName<T>): ByName<T> {
  const parts = new Map<string, Set<T>>();
  for (const [name, some] of byName)
    for (const part of new Set([name, ...name.split(' ')])) {
      const there = parts.get(part);
      if (there === undefined) parts.set(part, new Set(some));
      else for (const one of some) there.add(one);
    }
  return parts;
}
