import { lastAtMost } from './matches.ts';

/**
 * A map from the offsets of a folded text to those of the original: for each place where their difference changes, the distance
 * from the place before and the change, as varints. A character may fold to several, so the change is -1 or more.
 */
export function encodeMap(starts: Uint32Array): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  };
  let at = 0;
  let expected = 0;
  for (let unit = 0; unit < starts.length; unit++) {
    const start = starts[unit] ?? 0;
    if (start !== expected) {
      put(unit - at);
      put(start - expected + 1);
      at = unit;
    }
    expected = start + 1;
  }
  return Uint8Array.from(bytes);
}

/** The original offset of a folded unit that the map covers. */
export type OriginalOf = (unit: number) => number;

/** Reads a map once, for many places of a text in any order. */
export function readMap(map: Uint8Array): OriginalOf {
  const changes = new Uint32Array(map.length);
  const differences = new Int32Array(map.length);
  let count = 0;
  const next = numbersIn(map);
  let [unit, difference] = [0, 0];
  for (let distance = next(); distance !== null; distance = next()) {
    unit += distance;
    difference += (next() ?? 1) - 1;
    changes[count] = unit;
    differences[count] = difference;
    count++;
  }
  const covered = changes.subarray(0, count);
  return (folded) => {
    const at = lastAtMost(covered, folded);
    return at < 0 ? folded : folded + (differences[at] ?? 0);
  };
}

/** For each original offset (ascending), the first folded unit that begins there or later. */
export function foldedOffsets(map: Uint8Array, originals: readonly number[]): number[] {
  const next = numbersIn(map);
  // From `unit` on, the original offset is the folded one plus `difference`, up to where it next changes.
  let unit = 0;
  let difference = 0;
  let change = next() ?? Infinity;
  const found: number[] = [];
  for (const original of originals) {
    while (change + difference <= original) {
      unit = change;
      difference += (next() ?? 1) - 1;
      change = unit + (next() ?? Infinity);
    }
    found.push(Math.max(unit, original - difference));
  }
  return found;
}

/** The varints of a map, one after the other; null after the last. */
function numbersIn(map: Uint8Array): () => number | null {
  let at = 0;
  return () => {
    if (at === map.length) return null;
    let value = 0;
    for (let unit = 1; at < map.length; unit *= 128) {
      const byte = map[at++] ?? 0;
      value += (byte & 127) * unit;
      if (byte < 128) break;
    }
    return value;
  };
}
