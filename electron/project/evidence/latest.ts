/**
 * Keeps what was made last, by key, until the version changes. The answer gives what is there, else makes it; what was not asked for
 * longest goes first.
 */
export function latest<T>(most: number): (version: number, key: string, make: () => T) => T {
  const kept = new Map<string, { readonly version: number; readonly value: T }>();
  return (version, key, make) => {
    const there = kept.get(key);
    const value = there?.version === version ? there.value : make();
    kept.delete(key);
    kept.set(key, { version, value });
    for (const [first, one] of kept) {
      if (kept.size > most || one.version !== version) kept.delete(first);
    }
    return value;
  };
}
