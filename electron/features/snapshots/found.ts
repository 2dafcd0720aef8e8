import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { commitHash, type CommitHash } from '../../../shared/model/index.ts';
import type { LogReader, Readable } from '../../db/types.ts';
import { snapshotById, type SnapshotRow } from './queries.ts';
import { digestOf, recordsOf } from './states.ts';

/** NOT_FOUND for one that isn’t there or is in the trash. */
export function find(db: Readable, id: string): SnapshotRow {
  const row = db.get(snapshotById, { id });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such snapshot. Choose one from the list.', { id });
  return row;
}

export const hashes = z.array(commitHash);
export function headsOf({ heads, name }: SnapshotRow): readonly CommitHash[] {
  const read = hashes.safeParse(parsed(heads));
  if (read.success) return read.data;
  throw new Fault('DAMAGED', `Snapshot “${name}” doesn’t list its edits. Create a new one.`);
}

/** Whether the history still gives the state that a snapshot recorded. */
export const holdsIn = (log: LogReader, row: SnapshotRow): boolean =>
  digestOf(recordsOf(log, headsOf(row))) === row.state;
