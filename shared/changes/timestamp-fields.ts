import { stampAnswer, stampNonce } from '../model/timestamp.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of time stamps: part of the registry. They are of snapshots, so they go only where those go. */
export const TIMESTAMPS = {
  /** A time stamp of a snapshot that was asked of an authority (RFC 3161). Without an answer it is still waiting for one. */
  timestamp: {
    snapshot: { kind: 'ref', name: 'Snapshot', to: ['snapshot'], depends: true },
    /** The random number in the request: the answer must repeat it. */
    nonce: { kind: 'text', name: 'Random number', schema: stampNonce, scrub: 'never' },
    /** The authority’s answer as it came. */
    answer: { kind: 'text', name: 'Answer', schema: stampAnswer, scrub: 'never' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
