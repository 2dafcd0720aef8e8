/**
 * The cache keeps at least this many values, and at most twice as many. With 16,384 a large merge held 40 MB more, since V8 frees old objects
 * late.
 */
const KEPT = 1024;

/** A cache of the values used last, by number. When a log is read from start to end, few are asked for again. */
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

/** How many values are kept by default: enough where a log is read from start to end and recent values are asked for. */
const SLOTS = 2048;

/**
 * A cache of byte strings of one length, by number, in one buffer. As objects in a map, each would live just long enough to move
 * to V8's old generation: V8 then enlarged the young one until a merge of 400,000 changes held 100 MB more.
 */
export class RecentBytes {
  private readonly length: number;
  private readonly slots: number;
  private readonly keys: Float64Array;
  private readonly kept: Buffer;

  /** `length`: bytes of each value; `slots`: how many values are kept at most. */
  constructor(length: number, slots = SLOTS) {
    this.length = length;
    this.slots = slots;
    this.keys = new Float64Array(slots).fill(Number.NaN);
    this.kept = Buffer.alloc(slots * length);
  }

  has(key: number): boolean {
    return this.keys[this.slotOf(key)] === key;
  }
  /** Returns a copy of the value cached under a number. */
  get(key: number): Buffer | undefined {
    if (!this.has(key)) return undefined;
    const at = this.slotOf(key) * this.length;
    return Buffer.from(this.kept.subarray(at, at + this.length));
  }
  /** Overwrites the value in the same slot, whatever its number was. */
  set(key: number, bytes: Buffer): void {
    if (bytes.length !== this.length) throw new RangeError(`Only ${this.length} bytes fit`);
    const slot = this.slotOf(key);
    this.keys[slot] = key;
    bytes.copy(this.kept, slot * this.length);
  }

  private slotOf(key: number): number {
    return Math.abs(key) % this.slots;
  }
}
