import { parsed } from '../../../shared/changes/canonical.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { snapshots } from '../../../shared/contract/snapshots.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId, snapshotId, type Snapshot } from '../../../shared/model/index.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { find, hashes, headsOf } from './found.ts';
import { differencesOf, digestOf, recordsOf } from './states.ts';
import { allSnapshots, snapshotByName, type SnapshotRow } from './queries.ts';
import { inWords } from './words.ts';

export const snapshotsHandlers: Handlers<typeof snapshots> = {
  'snapshots.make': make,
  'snapshots.list': ({ db, project }) => ({
    snapshots: db.all(allSnapshots, {}).flatMap((row) => described(project.log, row) ?? []),
  }),
  'snapshots.verify': ({ db, project }, { id }) => {
    const row = find(db, id);
    const state = digestOf(recordsOf(project.log, headsOf(row)));
    return { ok: state === row.state, state };
  },
  'snapshots.compare': compare,
  'snapshots.remove': ({ db }, { id }) => {
    const { name } = find(db, id);
    db.commit(`Remove snapshot: ${name}`, [{ entity: 'snapshot', id, field: 'deleted', value: true }]);
    return {};
  },
};

function make(context: WriteContext, { name }: CallArgs<'snapshots.make'>): Snapshot {
  const { db, project, person } = context;
  // A blind copy's log is incomplete, so the same heads would mean a different state in another copy.
  if (project.log.horizon() !== null)
    throw new Fault(
      'NOT_ALLOWED',
      'This is a blind copy with only part of the project, so a snapshot of it would be no use elsewhere. Make it in the project this copy came from, after merging.',
    );
  if (db.get(snapshotByName, { name }) !== undefined)
    throw new Fault(
      'EXISTS',
      `A snapshot called “${name}” already exists. Choose another name, or remove that one first.`,
      {
        name,
      },
    );
  const heads = project.log.heads();
  const state = digestOf(recordsOf(project.log, heads));
  const id = snapshotId.parse(context.newId());
  db.commit(`Snapshot: ${name}`, [
    { entity: 'snapshot', id, field: 'name', value: name },
    { entity: 'snapshot', id, field: 'heads', value: heads },
    { entity: 'snapshot', id, field: 'state', value: state },
    { entity: 'snapshot', id, field: 'person', value: person.id },
  ]);
  const made = described(project.log, find(db, id));
  if (made === null) throw new Fault('INTERNAL', 'The snapshot was saved but can’t be read. Verify the project.');
  return made;
}

function compare(
  { db, project }: ReadContext,
  { a, b }: CallArgs<'snapshots.compare'>,
): CallOutput<'snapshots.compare'> {
  const { log } = project;
  const [from, to] = [headsOf(find(db, a)), b === null ? log.heads() : headsOf(find(db, b))];
  const found = [...differencesOf(recordsOf(log, from), recordsOf(log, to))];
  const differences = inWords(db, found);
  const count = (how: (typeof differences)[number]['how']): number =>
    differences.filter((one) => one.how === how).length;
  return { differences, added: count('added'), changed: count('changed'), removed: count('removed') };
}

/** Null for an invalid record, as a merged log may have. `commits` is 0 if this copy lacks some of them. */
function described(log: ReadContext['project']['log'], row: SnapshotRow): Snapshot | null {
  const heads = hashes.safeParse(parsed(row.heads));
  const person = personId.safeParse(row.person);
  if (!heads.success || !person.success) return null;
  const { id, name, state, at } = row;
  const commits = heads.data.every((head) => log.saw(head, head)) ? log.commitsAt(heads.data) : 0;
  return { id: snapshotId.parse(id), name, state, person: person.data, at, commits };
}
