/** The project's database: the only room that knows SQLite. */
export { openProject, createProject, importProject, type CreateOptions, type ImportOptions } from './open.ts';
export { listBackups, type Backup } from './backups.ts';
export { restoreBackup, type RestoreOptions } from './restore.ts';
export { openForeign, type ForeignLog } from './foreign.ts';
export { copyDatabase, filesNamedIn, holdsCommit, type NamedFile } from './foreign-copy.ts';
export { newId } from './ids.ts';
export type { Packet } from './packet.ts';
export type { Refusal, Taken } from './union.ts';
