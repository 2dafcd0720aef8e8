/** How many are kept at least, and twice as many at most. With 16,384 a large merge held 40 MB more: they grow old, and are freed late. */
const KEPT = 1024;

/** What was used last, by number: of a log that is read through, little is asked for again. */
export class Recent<V> {
  private young = new Map<number, V>();
  private old: ReadonlyMap<number, V> = new Map();

  get(key: number): V | undefined {
    const found = this.young.get(key);
    if (found !== undefined) return found;
    const before = this.old.get(key);
    if (before !== undefined) this.set(key, before);
    return before;
  }
  set(key: number, value: V): void {
    if (this.young.size >= KEPT) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }
}
