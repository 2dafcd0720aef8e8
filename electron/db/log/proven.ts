import type { Json } from '../../../shared/changes/canonical.ts';
import type { PersonId } from '../../../shared/model/index.ts';

/** A field of a record. */
export interface ProvenField {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
}

/**
 * A signed commit outside of a log, with some of its changes; the others are only hashes. It can be checked without the log. All of it is
 * text. `leaves`: all leaf hashes one after the other in base64; those of the shown changes are computed from the changes.
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
  /** When it was signed, in epoch ms, by the signer’s own clock. */
  readonly at: number;
  /** If two changes set one field, the one with the greater clock counts. */
  readonly clock: number;
  readonly changes: readonly (ProvenField & { readonly value: Json })[];
}
