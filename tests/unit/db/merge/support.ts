import { join } from 'node:path';
import { expect } from 'vitest';
import { importProject, openIncomingLog } from '../../../../electron/db/index.ts';
import {
  query,
  type IncomingChanges,
  type Json,
  type MergeOptions,
  type Person,
  type ProjectDb,
} from '../../../../electron/db/types.ts';
import { Fault } from '../../../../shared/errors.ts';
import { tempFolder } from '../../../support/temp.ts';
import { edits, newFolder, somebody, steadyClock } from '../support.ts';

export const [ann, bo, cai] = [somebody('Ann'), somebody('Bo'), somebody('Cai')];
export const quiet = { progress: () => {}, cancelled: () => false };

export function written(db: ProjectDb): string {
  const file = join(tempFolder(), 'database.sqlite');
  db.writeFresh(file);
  return file;
}
export function copyOf(db: ProjectDb, person: Person, from = Date.UTC(2026, 1, 1)): ProjectDb {
  const incoming = openIncomingLog(written(db));
  const copy = importProject({
    folder: newFolder(),
    person,
    now: steadyClock(from),
    project: incoming.project,
    packets: () => incoming.packets(),
    judge: (taken) => expect(taken.rejected).toEqual([]),
  });
  incoming.close();
  return copy;
}
export function merge<T>(
  db: ProjectDb,
  file: string,
  judge: (changes: IncomingChanges) => T,
  options: Partial<MergeOptions<T>> = {},
) {
  const incoming = openIncomingLog(file);
  try {
    return db.merges.merge(incoming, { from: 'theirs.sbk', dryRun: false, watch: quiet, judge, ...options });
  } finally {
    incoming.close();
  }
}
export const counts = ({ added, known, supplied, rejected }: IncomingChanges) => ({ added, known, supplied, rejected });
export const take = (db: ProjectDb, from: ProjectDb) => merge(db, written(from), counts);
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data.code;
    throw thrown;
  }
  return 'nothing';
}
export const rows = (db: ProjectDb, sql: string): Record<string, unknown>[] =>
  db.read.all(query<Record<string, never>, Record<string, unknown>>(sql, sql), {});
export const titleOf = (db: ProjectDb, id: string): unknown =>
  rows(db, `SELECT title FROM p_source WHERE id = '${id}'`)[0]?.['title'];
export const source = (db: ProjectDb, id: string, fields: Record<string, Json>, label = 'Edit') =>
  db.write.commit(label, edits('source', id, fields));
/** Everything a merge may change, in words. */
export const everything = (db: ProjectDb): unknown => [
  db.head(),
  db.replica(),
  rows(db, 'SELECT * FROM commit_'),
  ...['change_', 'entity_', 'field_', 'replica_', 'chain_', 'vv_', 'head_', 'conflict_', 'leaf_', 'local_view'].map(
    (table) =>
      rows(
        db,
        `SELECT * FROM ${table} ORDER BY 1, 2`.replace(/(chain_|vv_) ORDER BY 1, 2|head_ ORDER BY 1, 2/, (t) =>
          t.replace(', 2', ''),
        ),
      ),
  ),
  ...['source', 'passage', 'tag', 'person', 'project'].map((entity) =>
    rows(db, `SELECT * FROM p_${entity} ORDER BY id`),
  ),
];
export const sound = (...dbs: ProjectDb[]): void => {
  for (const db of dbs) {
    expect(db.rebuild()).toBe(0);
    expect(db.verifyLog().failures).toEqual([]);
  }
};
