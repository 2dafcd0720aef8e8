/** The project's database: the only room that knows SQLite. */
export { openProject, createProject, importProject, type CreateOptions, type ImportOptions } from './open.ts';
export { listBackups, type Backup } from './file/backups.ts';
export { restoreBackup, type RestoreOptions } from './file/restore.ts';
export { openIncomingLog, type IncomingLog } from './merge/incoming.ts';
export { copyDatabase, filesNamedIn, holdsCommit, type NamedFile } from './merge/incoming-copy.ts';
export { newId } from './ids.ts';
export { locked } from './faults.ts';
export type { Packet } from './log/packet.ts';
export type { Refusal, Taken } from './merge/union.ts';
