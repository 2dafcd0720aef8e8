/**
 * The positions of a token in a segment, ascending: varints of the distance to the one before, doubled, plus one if a space
 * follows the token. Folded text has a space only between words, so phrases are told apart from words with a sign between them.
 */
export class PostingWriter {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private last = 0;

  add(position: number, isSpaced: boolean): void {
    // Five bytes hold any distance.
    if (this.length + 5 > this.bytes.length) this.grow();
    let rest = (position - this.last) * 2 + (isSpaced ? 1 : 0);
    this.last = position;
    while (rest > 127) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }
  /** A copy of the bytes so far. The next position begins a new list. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    this.last = 0;
    return taken;
  }
  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Positions, each moved by `shift`; with `onlySpaced` those of tokens that a space follows. */
export function readPostings(data: Uint8Array, shift = 0, onlySpaced = false): Uint32Array {
  const positions = new Uint32Array(data.length);
  let length = 0;
  let position = shift;
  for (let at = 0; at < data.length;) {
    let byte = data[at++] ?? 0;
    let value = byte & 127;
    // Bit operations would hold only 31 bits.
    for (let unit = 128; byte > 127; unit *= 128) {
      byte = data[at++] ?? 0;
      value += (byte & 127) * unit;
    }
    const isSpaced = value & 1;
    position += (value - isSpaced) / 2;
    // A position before the segment’s start can’t be a match.
    if (position >= 0 && (isSpaced === 1 || !onlySpaced)) positions[length++] = position;
  }
  return positions.subarray(0, length);
}

/** Calls `take` with each position and whether a space follows. */
export function eachPosting(data: Uint8Array, take: (position: number, isSpaced: boolean) => void): void {
  let position = 0;
  for (let at = 0; at < data.length;) {
    let byte = data[at++] ?? 0;
    let value = byte & 127;
    for (let unit = 128; byte > 127; unit *= 128) {
      byte = data[at++] ?? 0;
      value += (byte & 127) * unit;
    }
    position += Math.floor(value / 2);
    take(position, value % 2 === 1);
  }
}

/** Those of `some` after which one of `others` follows, at most `slack` units later or at the same place. Both are ascending. */
export function near(some: Uint32Array, others: Uint32Array, slack = 0): Uint32Array {
  const found = new Uint32Array(some.length);
  let length = 0;
  let other = 0;
  for (const one of some) {
    while (other < others.length && (others[other] ?? 0) < one) other++;
    if (other === others.length) break;
    if ((others[other] ?? 0) <= one + slack) found[length++] = one;
  }
  return found.subarray(0, length);
}

/** All positions of several lists, ascending, each once. */
export function union(lists: readonly Uint32Array[]): Uint32Array {
  const [only, ...others] = lists;
  if (only === undefined) return new Uint32Array();
  if (others.length === 0) return only;
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  all.sort();
  let kept = 0;
  for (let at = 0; at < length; at++) if (at === 0 || all[at] !== all[at - 1]) all[kept++] = all[at] ?? 0;
  return all.subarray(0, kept);
}
