/** The project's database: the only folder that uses SQLite. */
export { openProject, createProject, importProject, type CreateOptions, type ImportOptions } from './open.ts';
export { withSnapshot } from './snapshot.ts';
export { listBackups, type Backup } from './file/backups.ts';
export { holdClosedProject, type ClosedProject } from './closed-project.ts';
export { rebuildProject, type Rebuilt } from './rebuild-project.ts';
export { restoreBackup, type RestoreOptions } from './file/backups.ts';
export {
  copyDatabase,
  filesNamedIn,
  holdsCommit,
  openIncomingLog,
  type IncomingLog,
  type NamedFile,
} from './merge/incoming.ts';
export { compareRows, compareWithOwnLog, type ComparedRows } from './compare-rows.ts';
export { newId } from './ids.ts';
export { assertNamed, locked } from './faults.ts';
export { noteReplaced } from './file/replaced.ts';
export type { Packet } from './log/packet.ts';
export { openProof } from './log/proof.ts';
export type { Proven, ProvenField } from './log/proven.ts';
export type { Rejection, UnionCounts } from './merge/union.ts';
