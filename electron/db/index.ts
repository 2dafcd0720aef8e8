/** The project's database: the only room that knows SQLite. */
export { openProject, createProject, importProject, type CreateOptions, type ImportOptions } from './open.ts';
export { newId } from './ids.ts';
