/** Keys below this number are kept in one array, which is as large as the greatest key needs: 16 MB at most. */
const DENSE = 1 << 22;
const FIRST = 1 << 12;
const MOST = 2 ** 32 - 1;

/**
 * A map from numbers to whole numbers above 0. Local numbers of a log count from 1, so an array holds them: a `Map` for the 100,000 records of
 * a large merge took a twelfth of the merging thread's time. A log from outside can have any number; those that do not fit are in a `Map`.
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
