import { join } from 'node:path';
import Database from 'better-sqlite3';
import { harden, openImage } from '../file/connect.ts';
import { damaged, guarded } from '../faults.ts';
import { idText } from '../ids.ts';
import { ReadSide, Store } from '../file/store.ts';
import type { Readable } from '../types.ts';
import type { IndexPosition } from './search-index.ts';

/** A project's database as a thread beside the engine reads it. It sees every commit as soon as it is made. */
export interface ProjectReader {
  readonly id: string;
  readonly read: Readable;
  /** Where the log stands. */
  position(): IndexPosition;
  /** Whether this log went through that position: a restored backup may not have. */
  passed(position: IndexPosition): boolean;
  /** Records of these kinds that commits after that one touched. */
  touchedSince(commit: number, kinds: readonly string[]): { kind: string; id: string }[];
  /** One state of the project for several reads. */
  reading<T>(work: () => T): T;
  close(): void;
}

const TOUCHED = `
  SELECT DISTINCT e.kind, e.id FROM change_ h JOIN entity_ e ON e.ent = h.ent
  WHERE h.c > ? AND e.kind IN (SELECT value FROM json_each(?))`;

/** How much of the log up to a commit is withheld. It becomes less when a body arrives: then an old commit says more. */
const withheldUntil = (store: Store, commit: number): number =>
  (store.value<number>('SELECT count(*) FROM commit_ WHERE seed IS NULL AND c <= ?', commit) ?? 0) +
  (store.value<number>('SELECT count(*) FROM leaf_ WHERE hash IS NOT NULL AND c <= ?', commit) ?? 0);

/**
 * Opens the database of an open project for reading. `fromImage`: the folder cannot be written, so it is read into
 * memory, as the engine did when it opened it.
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

function openBeside(file: string): Store {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    harden(sqlite);
    return new Store(sqlite);
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}
