import { z } from 'zod';
import { dossierId, personId, sha256, snapshotId, stampAnswer, stampNonce, timestampId } from '../model/index.ts';
import { call } from './define.ts';

/** What an authority says in a time stamp. */
const stampSaid = z.object({
  /** Epoch milliseconds; `accuracy` in milliseconds, null if the authority doesn’t say. */
  at: z.number(),
  accuracy: z.number().nullable(),
  policy: z.string(),
  serial: z.string(),
  /** The subject of the certificate that signed, one attribute a line. */
  authority: z.string(),
});

/** What a time stamp is asked of: a snapshot, or a file that was made from a dossier. */
export const stamped = z.union([
  z.object({ snapshot: snapshotId }),
  z.object({ dossier: dossierId, file: z.string().min(1).max(500), sha256 }),
]);
export type Stamped = z.infer<typeof stamped>;

/** A time stamp of a snapshot or of a file (RFC 3161), verified offline. */
export const stamp = z.object({
  id: timestampId,
  /** One of the two is there. */
  snapshot: snapshotId.nullable(),
  dossier: dossierId.nullable(),
  /** The snapshot’s name, or the file’s. */
  name: z.string(),
  /** What it is of: the snapshot’s state, or the file’s SHA-256. */
  hash: z.string(),
  /** Who asked for it, or added it. */
  person: personId.nullable(),
  addedAt: z.number(),
  /**
   * `waiting`: the answer isn’t here yet. `trusted`: it holds, by a root that this installation trusts. `untrusted`: it holds, but no
   * such root vouches for the authority. `unsupported`: its signature can’t be checked here. `nothing`: it shows nothing, see `why`.
   */
  standing: z.enum(['waiting', 'trusted', 'untrusted', 'unsupported', 'nothing']),
  /** As in `timestamp` of the command line; null if it holds or waits. */
  fault: z.string().nullable(),
  why: z.string(),
  said: stampSaid.nullable(),
  /** SHA-256 of the trusted root. */
  root: z.string().nullable(),
});
export type Stamp = z.infer<typeof stamp>;

export const timestamps = {
  /** Of snapshots and dossiers that are not in the trash, oldest first. */
  'timestamps.list': call('read', z.object({}), z.object({ timestamps: z.array(stamp) })),
  /**
   * Records that a time stamp is asked for, and gives the request, in base64: always the same for a snapshot or a file until its answer
   * is here. Nothing is sent. NOT_FOUND; DAMAGED if the history no longer gives the snapshot’s state.
   */
  'timestamps.ask': call('write', stamped, z.object({ id: timestampId, hash: sha256, request: z.string() })),
  /**
   * Adds the authority’s answer to one that is waiting. BAD_INPUT if the answer shows nothing: it is not stored then. That no trusted
   * root vouches for it doesn’t keep it out.
   */
  'timestamps.answer': call('write', z.object({ id: timestampId, answer: stampAnswer }), stamp),
  /** The same for a request that was made outside of the project. EXISTS if it is here with its answer. */
  'timestamps.add': call('write', z.object({ snapshot: snapshotId, nonce: stampNonce, answer: stampAnswer }), stamp),
  /** The authority’s answer as it came, for people without Sourcebook. NOT_FOUND while it is waiting. */
  'timestamps.get': call('read', z.object({ id: timestampId }), z.object({ name: z.string(), answer: stampAnswer })),
  'timestamps.remove': call('write', z.object({ id: timestampId }), z.object({})),
};
