import { join } from 'node:path';
import { openBeside, openImage } from '../file/connect.ts';
import { damaged, guarded } from '../faults.ts';
import { idText } from '../ids.ts';
import { ReadSide, type Store } from '../file/store.ts';
import type { Readable } from '../types.ts';
import type { IndexPosition } from './search-index.ts';

/** Reads a project's database in a thread beside the engine. It sees every commit as soon as it is made. */
export interface ProjectReader {
  readonly id: string;
  readonly read: Readable;
  /** Changes whenever another connection committed something. */
  version(): number;
  /** The number of the newest commit. */
  commit(): number;
  /** The newest commit, and how much of the log is withheld. */
  position(): IndexPosition;
  /** Whether this log ever was at that position; after a backup was restored it may not have been. */
  passed(position: IndexPosition): boolean;
  /** Records of these kinds that were changed after that commit. */
  touchedSince(commit: number, kinds: readonly string[]): { kind: string; id: string }[];
  /** Several reads of one state of the project. */
  reading<T>(work: () => T): T;
  close(): void;
}

const TOUCHED = `
  SELECT DISTINCT e.kind, e.id FROM change_ h JOIN entity_ e ON e.ent = h.ent
  WHERE h.c > ? AND e.kind IN (SELECT value FROM json_each(?))`;

/**
 * How much of the log up to a commit is withheld. When a withheld body is supplied, the number falls, and an old commit has
 * more to index.
 */
const withheldUntil = (store: Store, commit: number): number =>
  (store.value<number>('SELECT count(*) FROM commit_ WHERE seed IS NULL AND c <= ?', commit) ?? 0) +
  (store.value<number>('SELECT count(*) FROM leaf_ WHERE hash IS NOT NULL AND c <= ?', commit) ?? 0);

/**
 * Opens the database of an open project for reading. `fromImage`: the folder is not writable, so the file is read into memory, as
 * the engine did when it opened it.
 */
export function openProjectReader(folder: string, fromImage: boolean): ProjectReader {
  return guarded(() => {
    const file = join(folder, 'project.sqlite');
    const store = fromImage ? openImage(file) : openBeside(file);
    const id = store.value<Buffer>('SELECT id FROM project_');
    if (id === undefined) throw damaged('the project has no id');
    return {
      id: idText(id),
      read: new ReadSide(store),
      version: () => store.value<number>('PRAGMA data_version') ?? 0,
      commit: () => store.value<number | null>('SELECT max(c) FROM commit_') ?? 0,
      position: () => {
        const last = store.get<{ c: number; hash: Buffer }>('SELECT c, hash FROM commit_ ORDER BY c DESC LIMIT 1');
        const commit = last?.c ?? 0;
        return { commit, hash: last?.hash.toString('hex') ?? '', withheld: withheldUntil(store, commit) };
      },
      passed: ({ commit, hash, withheld }) =>
        (store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', commit)?.toString('hex') ?? '') === hash &&
        withheldUntil(store, commit) === withheld,
      touchedSince: (commit, kinds) =>
        store
          .all<{ kind: string; id: Buffer }>(TOUCHED, commit, JSON.stringify(kinds))
          .map((row) => ({ kind: row.kind, id: idText(row.id) })),
      reading: (work) => store.sqlite.transaction(work).deferred(),
      close: () => store.close(),
    };
  });
}
