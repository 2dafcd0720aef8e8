/** Keys below it are kept in one array: 16 MB at most, and as large as the greatest key needs. */
const DENSE = 1 << 22;
const FIRST = 1 << 12;
const MOST = 2 ** 32 - 1;

/**
 * A map from numbers to whole numbers above 0. Local numbers of a log count from 1, so an array of numbers has them: a `Map` of the
 * 100,000 records of a large merge took a twelfth of the time of the thread that merges. A log from outside can have any other
 * number; those are in a `Map`.
 */
export class NumberMap {
  private dense = new Uint32Array(FIRST);
  private readonly rest = new Map<number, number>();

  get(key: number): number | undefined {
    const value = this.dense[key];
    if (value !== undefined && value !== 0) return value;
    return this.rest.size === 0 ? undefined : this.rest.get(key);
  }

  set(key: number, value: number): void {
    if (!isDense(key) || value > MOST) {
      if (isDense(key) && key < this.dense.length) this.dense[key] = 0;
      this.rest.set(key, value);
      return;
    }
    if (key >= this.dense.length) this.grow(key);
    this.dense[key] = value;
    if (this.rest.size > 0) this.rest.delete(key);
  }

  private grow(key: number): void {
    let length = this.dense.length;
    while (length <= key) length *= 2;
    const grown = new Uint32Array(length);
    grown.set(this.dense);
    this.dense = grown;
  }
}

const isDense = (key: number): boolean => key >= 0 && key < DENSE && Number.isInteger(key);
