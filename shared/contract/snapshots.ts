import { z } from 'zod';
import { recordId, snapshot, snapshotId } from '../model/index.ts';
import { call } from './define.ts';

/** How one record differs between two states. Ids of other records are given as their names. */
export const stateDifference = z.object({
  entity: z.string(),
  id: recordId,
  /** Its name: the beginning of a quotation, a category's name. */
  label: z.string(),
  /**
   * Its person: who tagged, reviewed, commented or translated. Empty if the record names no one, or if it was changed, since
   * it may be by anyone.
   */
  by: z.string().default(''),
  how: z.enum(['added', 'changed', 'removed']),
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});
export type StateDifference = z.infer<typeof stateDifference>;

export const snapshots = {
  /** EXISTS if there is one of that name. */
  'snapshots.make': call('write', z.object({ name: z.string().trim().min(1, 'enter a name').max(200) }), snapshot),
  'snapshots.list': call('read', z.object({}), z.object({ snapshots: z.array(snapshot) })),
  /** Whether the log still produces the named state: its hash is computed again. */
  'snapshots.verify': call('read', z.object({ id: snapshotId }), z.object({ ok: z.boolean(), state: z.string() })),
  /** Null: the project as it is now. */
  'snapshots.compare': call(
    'read',
    z.object({ a: snapshotId, b: snapshotId.nullable() }),
    z.object({
      differences: z.array(stateDifference),
      added: z.number().int(),
      changed: z.number().int(),
      removed: z.number().int(),
    }),
  ),
  'snapshots.remove': call('write', z.object({ id: snapshotId }), z.object({})),
};
