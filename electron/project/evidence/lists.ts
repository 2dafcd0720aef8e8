/**
 * A short list of pairs of numbers for each row, in two typed arrays: 100,000 lists as JavaScript arrays would take ten times the
 * memory. A list that grows moves to the end; what it leaves behind is dropped when half of the space is unused.
 */
export class PairLists {
  private pairs = new Uint32Array(1024);
  private used = 0;
  private wasted = 0;
  private starts = new Uint32Array(0);
  private counts = new Uint16Array(0);

  /** Makes room for lists of rows below `rows`. */
  reserve(rows: number): void {
    if (rows <= this.starts.length) return;
    this.starts = grown(this.starts, new Uint32Array(rows));
    this.counts = grown(this.counts, new Uint16Array(rows));
  }

  count(row: number): number {
    return this.counts[row] ?? 0;
  }

  first(row: number, at: number): number {
    return this.pairs[((this.starts[row] ?? 0) + at) * 2] ?? 0;
  }

  second(row: number, at: number): number {
    return this.pairs[((this.starts[row] ?? 0) + at) * 2 + 1] ?? 0;
  }

  /** Sets a row’s pairs, given one after the other; a pair that is there twice is kept once. At most 65,535 of them. */
  set(row: number, pairs: readonly number[]): void {
    const kept = distinct(pairs);
    const count = Math.min(kept.length / 2, 0xffff);
    const before = this.counts[row] ?? 0;
    if (count > before) {
      this.wasted += before;
      this.starts[row] = this.used;
      this.used += count;
      if (this.used * 2 > this.pairs.length)
        this.pairs = grown(this.pairs, new Uint32Array(Math.max(this.used * 2, this.pairs.length * 1.5)));
    } else this.wasted += before - count;
    const start = (this.starts[row] ?? 0) * 2;
    for (let at = 0; at < count * 2; at++) this.pairs[start + at] = kept[at] ?? 0;
    this.counts[row] = count;
    if (this.wasted > 1024 && this.wasted * 2 > this.used) this.compact();
  }

  get bytes(): number {
    return this.pairs.byteLength + this.starts.byteLength + this.counts.byteLength;
  }

  private compact(): void {
    const pairs = new Uint32Array((this.used - this.wasted) * 2 + 1024);
    let used = 0;
    this.counts.forEach((count, row) => {
      const start = this.starts[row] ?? 0;
      pairs.set(this.pairs.subarray(start * 2, (start + count) * 2), used * 2);
      this.starts[row] = used;
      used += count;
    });
    this.pairs = pairs;
    this.used = used;
    this.wasted = 0;
  }
}

function distinct(pairs: readonly number[]): readonly number[] {
  if (pairs.length < 4) return pairs;
  const kept: number[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const [first = 0, second = 0] = [pairs[at], pairs[at + 1]];
    let isThere = false;
    for (let n = 0; n < kept.length && !isThere; n += 2) isThere = kept[n] === first && kept[n + 1] === second;
    if (!isThere) kept.push(first, second);
  }
  return kept;
}

/** `larger`, beginning with what is in `before`. */
export function grown<T extends Uint32Array | Uint16Array | Uint8Array | Int32Array | Float64Array>(
  before: T,
  larger: T,
): T {
  larger.set(before);
  return larger;
}

/** Numbers for texts (ids, codes), in the order in which they first came. */
export class Numbers {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    this.texts.push(text);
    return this.texts.length - 1;
  }

  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  text(number: number): string {
    return this.texts[number] ?? '';
  }
}
