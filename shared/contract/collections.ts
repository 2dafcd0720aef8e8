import { z } from 'zod';
import { collectionId, sourceId } from '../model/index.ts';
import { call } from './define.ts';

export const collection = z.object({
  id: collectionId,
  name: z.string(),
  /** Its sources that are not in the trash. */
  sources: z.array(sourceId),
});
export type Collection = z.infer<typeof collection>;

const collectionName = z.string().trim().min(1).max(200);

/** Named groups of sources. A source can be in several. */
export const collections = {
  /** By name. Two people may each have created one with the same name: both are listed. */
  'collections.list': call('read', z.object({}), z.object({ collections: z.array(collection) })),
  /** Fault: EXISTS for a name that another collection has. */
  'collections.create': call(
    'write',
    z.object({ name: collectionName, sources: z.array(sourceId).default([]) }),
    z.object({ id: collectionId }),
  ),
  'collections.rename': call('write', z.object({ id: collectionId, name: collectionName }), z.object({})),
  /** The sources stay in the project. */
  'collections.remove': call('write', z.object({ id: collectionId }), z.object({})),
  /** Adds or removes sources, as one edit. */
  'collections.change': call(
    'write',
    z.object({ id: collectionId, add: z.array(sourceId).default([]), remove: z.array(sourceId).default([]) }),
    z.object({}),
  ),
};
