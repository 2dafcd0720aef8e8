import type { Seeded } from './seeded.ts';

/** What can happen to a file in transit, and what someone can do to it: each makes another copy of `bytes`. */
const DAMAGES: readonly ((bytes: Buffer, random: Seeded) => Buffer)[] = [
  // Some bytes are changed.
  (bytes, random) => {
    const altered = Buffer.from(bytes);
    for (let flips = random.int(1, 40); flips > 0 && altered.length > 0; flips--) {
      altered[random.int(0, altered.length - 1)] = random.int(0, 255);
    }
    return altered;
  },
  // The end is missing.
  (bytes, random) => bytes.subarray(0, random.int(0, bytes.length)),
  // A piece is missing.
  (bytes, random) => {
    const at = random.int(0, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.int(1, 2000))]);
  },
  // A piece is repeated.
  (bytes, random) => {
    const at = random.int(0, bytes.length);
    const piece = bytes.subarray(at, at + random.int(1, 5000));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  // A block of zeros, as left by a disk.
  (bytes, random) => {
    const altered = Buffer.from(bytes);
    const at = random.int(0, altered.length);
    altered.fill(0, at, Math.min(altered.length, at + random.int(1, 4096)));
    return altered;
  },
  // Numbers are huge, negative or replaced: lengths, counts, offsets, sizes, references.
  (bytes, random) => {
    const text = bytes.toString('latin1');
    const places = [...text.matchAll(/\b\d{1,8}\b/g)].map((match) => ({ at: match.index, length: match[0].length }));
    let altered = text;
    for (let changes = random.int(1, 6); changes > 0 && places.length > 0; changes--) {
      const { at, length } = random.pick(places);
      const number = random.pick(['0', '-1', '1', '7', '65535', '2147483647', '4294967295', '99999999999', '1e9']);
      // Of the same length if possible, so that later offsets stay valid.
      altered = altered.slice(0, at) + number.slice(0, length).padStart(length, '0') + altered.slice(at + length);
    }
    return Buffer.from(altered, 'latin1');
  },
];

/** A damaged copy of `bytes`: one or two damages, the same for the same seed. */
export function mutate(bytes: Uint8Array, random: Seeded): Buffer {
  let altered: Buffer = Buffer.from(bytes);
  for (let rounds = random.int(1, 2); rounds > 0; rounds--) altered = random.pick(DAMAGES)(altered, random);
  return altered;
}
