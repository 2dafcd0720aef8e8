import type { Json } from '../../../shared/changes/canonical.ts';
import type { PersonId } from '../../../shared/model/index.ts';

/** A field of a record. */
export interface ProvenField {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
}

/**
 * A signed commit outside of a log, of which some changes are shown and the others are hashes: what was signed can be checked with nothing
 * else. All of it is text. `leaves`: the hashes one after the other, in base64; those of the shown ones are made of what is shown.
 */
export interface Proof {
  /** Hex. */
  readonly header: string;
  readonly signature: string;
  readonly leaves: string;
  readonly shown: readonly (ProvenField & { readonly at: number; readonly salt: string; readonly value: Json })[];
}

/** What a person signed. */
export interface Proven {
  readonly person: PersonId;
  /** The raw public key. */
  readonly key: Uint8Array;
  /** Epoch ms, as the signer’s computer had it. */
  readonly at: number;
  /** Of two changes of one field the one with the greater clock counts. */
  readonly clock: number;
  readonly changes: readonly (ProvenField & { readonly value: Json })[];
}
