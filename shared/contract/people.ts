import { z } from 'zod';
import { personId, role } from '../model/index.ts';
import { call } from './define.ts';

/** A person of this project, from its log. */
export const projectPerson = z.object({
  id: personId,
  name: z.string(),
  roles: z.array(role),
  /** Raw Ed25519 public key, hex. Null if the log has no key for the person that fits the id. */
  key: z.string().nullable(),
  fingerprint: z.string(),
  /** The key in the form `minisign -P` takes. */
  minisign: z.string().nullable(),
  commits: z.number().int(),
  /** Epoch ms of their first and last commit; null if there is none. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  isMe: z.boolean(),
  /** The names of those whose keys signed on the same installation. */
  sameInstallation: z.array(z.string()),
  /** Some of these count as one person with them: not all keys were confirmed from other installations. */
  isOne: z.boolean(),
  /** The names of those who confirmed the key in this project from another installation. */
  confirmedBy: z.array(z.string()),
});
export type ProjectPerson = z.infer<typeof projectPerson>;

/**
 * What this installation knows of a person's key. `me`: its own. `confirmed`: someone compared the fingerprint. `new`: seen,
 * not confirmed. `changed`: a different key was confirmed under this name.
 */
export const trustState = z.enum(['me', 'confirmed', 'new', 'changed']);
export const knownPerson = projectPerson.extend({
  trust: trustState,
  /** Of `changed`: the fingerprint that was confirmed. */
  confirmedFingerprint: z.string().nullable(),
  /** age recipient (`age1…`), only for this installation's own people. */
  age: z.string().nullable(),
});
export type KnownPerson = z.infer<typeof knownPerson>;

export const people = {
  'people.list': call('read', z.object({}), z.object({ people: z.array(projectPerson) })),
  /** Records in the log that the acting person compared this fingerprint with its owner. NOT_FOUND, BAD_INPUT. */
  'people.confirm': call('write', z.object({ id: personId, fingerprint: z.string() }), z.object({})),
  /** NOT_FOUND. */
  'people.setRoles': call('write', z.object({ id: personId, roles: z.array(role) }), z.object({})),
};
