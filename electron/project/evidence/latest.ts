/**
 * Caches up to `most` values by key, until the version changes. The returned function gives the cached value, or makes it. The value that was
 * not used for longest is dropped first.
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
