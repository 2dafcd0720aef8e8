import type { Place } from '../../../shared/changes/fold.ts';
import type { Store } from '../file/store.ts';

/** A commit that is already here, with its place. */
export interface Placed extends Place {
  readonly c: number;
}

type Vector = Map<number, number>;
const NOTHING: ReadonlyMap<number, number> = new Map();
/** Vectors kept in memory; a project of five people has a few thousand at most. */
const KEPT = 20_000;

/**
 * Which commits the author of a commit had seen. A chain is one replica's unforked line of commits; a version vector has, for every other chain,
 * the number of the last commit seen. Commits that saw nothing new share the vector of the one before.
 */
export class Causality {
  private readonly store: Store;
  private readonly vectors = new Map<number, Vector>();

  constructor(store: Store) {
    this.store = store;
  }

  /** To be called after a rollback: numbers kept in memory may be given out again. */
  forget(): void {
    this.vectors.clear();
  }

  readonly saw = (later: Place, earlier: Place): boolean =>
    earlier.chain === later.chain
      ? earlier.seq <= later.seq
      : (this.vector(later.vv).get(earlier.chain) ?? 0) >= earlier.seq;

  /**
   * The place of a new commit after its parents. A second child of one commit starts a chain of its own. `held`: tips by
   * chain that are not written yet.
   */
  place(own: Placed | null, others: readonly Placed[], replica: number, held?: ReadonlyMap<number, number>): Place {
    const tip =
      own === null
        ? null
        : (held?.get(own.chain) ?? this.store.value<number>('SELECT tip FROM chain_ WHERE chain = ?', own.chain));
    const continues = own !== null && tip === own.c;
    const chain = continues ? own.chain : this.store.run('INSERT INTO chain_(replica, tip) VALUES(?, 0)', replica);
    const seq = continues ? own.seq + 1 : 1;
    if (continues && others.length === 0) return { chain, seq, vv: own.vv };
    const joined = joinVectors(own === null ? others : [own, ...others], (vv) => this.vector(vv));
    joined.delete(chain);
    return { chain, seq, vv: this.store.run('INSERT INTO vv_(body) VALUES(?)', vectorBytes(joined)) };
  }

  /** The last commit seen of each other chain: chain → number. */
  vector(vv: number): ReadonlyMap<number, number> {
    const known = this.vectors.get(vv);
    if (known !== undefined) return known;
    const bytes = this.store.value<Buffer>('SELECT body FROM vv_ WHERE vv = ?', vv);
    if (bytes === undefined) return NOTHING;
    const vector: Vector = new Map();
    for (let o = 0; o + 8 <= bytes.length; o += 8) vector.set(bytes.readUInt32LE(o), bytes.readUInt32LE(o + 4));
    if (this.vectors.size > KEPT) this.vectors.clear();
    this.vectors.set(vv, vector);
    return vector;
  }
}

/** The least vector that covers the parents and everything they had seen. */
export function joinVectors(parents: readonly Place[], vectorOf: (vv: number) => ReadonlyMap<number, number>): Vector {
  const joined: Vector = new Map();
  const raise = (chain: number, seq: number): void => {
    if ((joined.get(chain) ?? 0) < seq) joined.set(chain, seq);
  };
  for (const parent of parents) {
    for (const [chain, seq] of vectorOf(parent.vv)) raise(chain, seq);
    raise(parent.chain, parent.seq);
  }
  return joined;
}

/** As stored: chain and number, 32-bit little-endian, sorted by chain. */
export function vectorBytes(vector: ReadonlyMap<number, number>): Buffer {
  const bytes = Buffer.alloc(vector.size * 8);
  [...vector]
    .sort(([a], [b]) => a - b)
    .forEach(([chain, seq], k) => {
      bytes.writeUInt32LE(chain, k * 8);
      bytes.writeUInt32LE(seq, k * 8 + 4);
    });
  return bytes;
}
