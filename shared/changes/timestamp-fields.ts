import { sha256 } from '../model/ids.ts';
import { stampAnswer, stampNonce } from '../model/timestamp.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of time stamps: part of the registry. They are of snapshots and dossiers, so they go only where those go. */
export const TIMESTAMPS = {
  /** A time stamp that was asked of an authority (RFC 3161): of a snapshot, or of a file that a dossier became. Without an answer it is still waiting for one. */
  timestamp: {
    snapshot: { kind: 'ref', name: 'Snapshot', to: ['snapshot'], depends: true },
    /** Of a file: the dossier that it was made from, its name, and the SHA-256 of its bytes. */
    dossier: { kind: 'ref', name: 'Dossier', to: ['dossier'], depends: true },
    file: { kind: 'text', name: 'File name', scrub: 'never' },
    sha256: { kind: 'text', name: 'SHA-256', schema: sha256, scrub: 'never' },
    /** The random number in the request: the answer must repeat it. */
    nonce: { kind: 'text', name: 'Random number', schema: stampNonce, scrub: 'never' },
    /** The authority’s answer as it came. */
    answer: { kind: 'text', name: 'Answer', schema: stampAnswer, scrub: 'never' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
