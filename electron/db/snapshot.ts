import { join } from 'node:path';
import { guarded } from './faults.ts';
import { openBeside } from './file/connect.ts';
import { DATABASE } from './open.ts';
import { OpenProject } from './project-db.ts';
import type { ActingPerson, ProjectDb } from './types.ts';

/** KB of pages kept in memory: a snapshot is read once, from its beginning to its end. */
const CACHE_KB = 8 << 10;

/**
 * Calls `work` with an open project as it is now, whatever is committed while `work` waits: an export reads a part, writes it, and
 * reads the next. What is passed is only for reading, and closed afterwards. A project that is open only for reading is its own
 * snapshot, since nobody writes to it, unless another program took it while it was open. Faults: those of opening and reading.
 */
export async function withSnapshot<T>(
  project: ProjectDb,
  person: ActingPerson,
  work: (snapshot: ProjectDb) => Promise<T>,
): Promise<T> {
  if (project.readOnly && project.holder?.tookOver !== true) return work(project);
  const snapshot = openSnapshot(project.folder, person);
  try {
    return await work(snapshot);
  } finally {
    snapshot.close();
  }
}

function openSnapshot(folder: string, person: ActingPerson): ProjectDb {
  return guarded(() => {
    const store = openBeside(join(folder, DATABASE));
    try {
      store.exec(`PRAGMA cache_size = -${CACHE_KB}; BEGIN`);
      // A transaction that only reads sees the project as of its first read.
      store.value('SELECT count(*) FROM project_');
      return new OpenProject({ store, folder, person, readOnly: true, lock: null, holder: null, now: Date.now });
    } catch (thrown) {
      store.close();
      throw thrown;
    }
  });
}
