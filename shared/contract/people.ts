import { z } from 'zod';
import { personId, role } from '../model/index.ts';
import { call } from './define.ts';

/** A person of this project, as its log has them. */
export const projectPerson = z.object({
  id: personId,
  name: z.string(),
  roles: z.array(role),
  /** Raw Ed25519 public key, hex. Null where the log names a person without a key that fits the id. */
  key: z.string().nullable(),
  fingerprint: z.string(),
  /** The key as `minisign -P` takes it. */
  minisign: z.string().nullable(),
  commits: z.number().int(),
  /** epoch ms of their first and last commit; null where there is none */
  first: z.number().nullable(),
  last: z.number().nullable(),
  isMe: z.boolean(),
});
export type ProjectPerson = z.infer<typeof projectPerson>;

/**
 * What this installation knows of a person's key. `me`: one of its own. `confirmed`: somebody compared the fingerprint.
 * `new`: seen, not confirmed. `changed`: another key under a name that was confirmed with a different one.
 */
export const trustState = z.enum(['me', 'confirmed', 'new', 'changed']);
export const knownPerson = projectPerson.extend({
  trust: trustState,
  /** Of `changed`: the fingerprint that was confirmed. */
  confirmedFingerprint: z.string().nullable(),
  /** age recipient (`age1…`), of own persons only. */
  age: z.string().nullable(),
});
export type KnownPerson = z.infer<typeof knownPerson>;

export const people = {
  'people.list': call('read', z.object({}), z.object({ people: z.array(projectPerson) })),
  /** NOT_FOUND. */
  'people.setRoles': call('write', z.object({ id: personId, roles: z.array(role) }), z.object({})),
};
