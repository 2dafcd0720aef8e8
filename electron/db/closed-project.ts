import { join } from 'node:path';
import { guarded } from './faults.ts';
import { connect } from './file/connect.ts';
import { assertOwnLogBeside } from './file/left-behind.ts';
import { takeLock, type Lock } from './file/lock.ts';
import { assertOwnSchema } from './file/schema-check.ts';
import { DATABASE, assertProject } from './open.ts';
import { idText } from './ids.ts';

/** A closed project whose lock is held, so that nobody opens it meanwhile. */
export interface ClosedProject {
  /** UUID. */
  readonly project: string;
  /** The commit added last, hex; null if there is none. */
  readonly head: string | null;
  /** Whether its log has a commit. */
  has(commit: string): boolean;
  release(): void;
}

/**
 * Takes the lock of a project that is closed, and moves what is in the write-ahead log into its database: from then on the
 * files of the folder are all there is of it, and stay as they are. PROJECT_LOCKED, NOT_A_PROJECT, DAMAGED.
 */
export function holdClosedProject(folder: string): ClosedProject {
  return guarded(() => {
    const file = join(folder, DATABASE);
    assertProject(file);
    const lock: Lock = takeLock(folder);
    try {
      assertOwnLogBeside(file);
      const store = connect(file);
      try {
        assertOwnSchema(store);
        store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        const id = store.value<Buffer>('SELECT id FROM project_ WHERE one = 1');
        const head = store.value<Buffer>('SELECT hash FROM commit_ ORDER BY c DESC LIMIT 1');
        return {
          project: idText(id ?? Buffer.alloc(16)),
          head: head?.toString('hex') ?? null,
          has: (commit) => hasCommit(file, commit),
          release: () => lock.release(),
        };
      } finally {
        store.close();
      }
    } catch (thrown) {
      lock.release();
      throw thrown;
    }
  });
}

function hasCommit(file: string, commit: string): boolean {
  const store = connect(file);
  try {
    return store.value<number>('SELECT 1 FROM commit_ WHERE hash = ?', Buffer.from(commit, 'hex')) === 1;
  } finally {
    store.close();
  }
}
