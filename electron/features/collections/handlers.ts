import type { Collection, collections as contract } from '../../../shared/contract/collections.ts';
import { Fault } from '../../../shared/errors.ts';
import { collectionId, sourceId, type CollectionId, type SourceId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import type { Handlers } from '../../project/context.ts';
import { membershipIdOf } from '../../project/ids.ts';

const allCollections = query<{}, { id: string; name: string | null }>(
  'collections.all',
  'SELECT id, name FROM p_collection WHERE deleted IS NOT 1 ORDER BY name, id',
);
const allMembers = query<{}, { collection: string; source: string }>(
  'collections.members',
  `SELECT m.collection, m.source FROM p_membership m JOIN p_source s ON s.id = m.source AND s.deleted IS NOT 1
   WHERE m.deleted IS NOT 1 AND m.collection IS NOT NULL ORDER BY m.createdAt, m.id`,
);

function listCollections(db: Readable): Collection[] {
  const members = Map.groupBy(db.all(allMembers, {}), ({ collection }) => collection);
  return db.all(allCollections, {}).flatMap(({ id, name }): Collection[] => {
    const known = collectionId.safeParse(id).data;
    if (known === undefined) return [];
    const sources = (members.get(id) ?? []).flatMap(({ source }) => sourceId.safeParse(source).data ?? []);
    return [{ id: known, name: name ?? '', sources }];
  });
}

function find(db: Readable, id: CollectionId): Collection {
  const found = listCollections(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such collection. Choose one from the list.', { id });
  return found;
}

function assertFree(db: Readable, name: string): void {
  if (listCollections(db).some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw new Fault('EXISTS', `A collection called “${name}” already exists. Choose another name.`, { name });
}

const added = (collection: CollectionId, source: SourceId): Edit[] => {
  const id = membershipIdOf(collection, source);
  return [
    { entity: 'membership', id, field: 'collection', value: collection },
    { entity: 'membership', id, field: 'source', value: source },
    { entity: 'membership', id, field: 'deleted', value: false },
  ];
};
const removed = (collection: CollectionId, source: SourceId): Edit => ({
  entity: 'membership',
  id: membershipIdOf(collection, source),
  field: 'deleted',
  value: true,
});

/** See shared/contract/collections.ts. */
export const collectionsHandlers: Handlers<typeof contract> = {
  'collections.list': ({ db }) => ({ collections: listCollections(db) }),
  'collections.create': (context, { name, sources }) => {
    const { db } = context;
    assertFree(db, name);
    const id = collectionId.parse(context.newId());
    db.commit(`Create collection “${name}”`, [
      { entity: 'collection', id, field: 'name', value: name },
      { entity: 'collection', id, field: 'deleted', value: false },
      ...[...new Set(sources)].flatMap((source) => added(id, source)),
    ]);
    return { id };
  },
  'collections.rename': ({ db }, { id, name }) => {
    const before = find(db, id);
    if (before.name.toLowerCase() !== name.toLowerCase()) assertFree(db, name);
    db.commit(`Rename collection “${before.name}”`, [{ entity: 'collection', id, field: 'name', value: name }]);
    return {};
  },
  'collections.remove': ({ db }, { id }) => {
    db.commit(`Remove collection “${find(db, id).name}”`, [
      { entity: 'collection', id, field: 'deleted', value: true },
    ]);
    return {};
  },
  'collections.change': ({ db }, { id, add, remove }) => {
    const { name, sources } = find(db, id);
    const there = new Set(sources);
    const taken = [...new Set(remove)].filter((source) => there.has(source));
    const given = [...new Set(add)].filter((source) => !there.has(source) && !taken.includes(source));
    const label =
      given.length === 0
        ? `Remove ${counted(taken.length, 'source')} from “${name}”`
        : `Add ${counted(given.length, 'source')} to “${name}”`;
    db.commit(label, [...given.flatMap((source) => added(id, source)), ...taken.map((source) => removed(id, source))]);
    return {};
  },
};
