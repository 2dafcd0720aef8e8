import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ErrorCode, Fault } from '../../shared/errors.ts';
import type { ProjectId } from '../../shared/model/index.ts';
import { backUp, sync } from './file/backups.ts';
import { dropForeignCache, noteCache } from './file/cache-stamps.ts';
import { assertPlainFolder } from './file/plain-folder.ts';
import { assertOurs, connect, newer, notAProject, openImage, peek } from './file/connect.ts';
import { asFault, damaged, guarded, isLocked, readOnly } from './faults.ts';
import { idBytes, newId } from './ids.ts';
import { assertOwnLogBeside } from './file/left-behind.ts';
import { Local, removeCache } from './file/local.ts';
import { heldBy, takeLock, type Lock } from './file/lock.ts';
import { makeFolderPrivate } from './file/private-modes.ts';
import { Log } from './log/log.ts';
import { migrate, MIGRATIONS, pending, projectionsFit, remakeProjections } from './migrations.ts';
import type { Packet } from './log/packet.ts';
import { OpenProject } from './project-db.ts';
import { APPLICATION_ID } from './file/schema.ts';
import { assertOwnSchema } from './file/schema-check.ts';
import type { Store } from './file/store.ts';
import { watchDatabase } from './file/watched-database.ts';
import type { Edit, OpenOptions, ProjectDb } from './types.ts';
import { takePackets, type UnionCounts } from './merge/union.ts';

export const DATABASE = 'project.sqlite';

/**
 * Opens the project in `folder`, for one process at a time. If the folder is not writable, it opens read-only. Migrates an older
 * project after a backup, and makes the daily backup. Where the disk is full, it opens read-only, too, and a commit says why.
 *
 * Faults: NOT_A_PROJECT, PROJECT_LOCKED, PROJECT_NEWER (nothing is changed), DAMAGED, UNSUPPORTED.
 */
export function openProject(options: OpenOptions): ProjectDb {
  return guarded(() => {
    const file = join(options.folder, DATABASE);
    assertProject(file);
    if (!isWritable(options.folder) || !isWritable(file)) return openForReading(options, null);
    try {
      return openLocked(options);
    } catch (thrown) {
      // Reading, verifying and exporting elsewhere need no room on this disk.
      if (!isFault(asFault(thrown), 'DISK_FULL')) throw thrown;
      return openForReading(options, null, { isFull: true });
    }
  });
}

function openLocked(options: OpenOptions): ProjectDb {
  const lock = lockOr(options);
  if (lock === null) return openForReading(options, null, { isHeld: true });
  try {
    return options.readOnly === true ? openForReading(options, lock) : openForWriting(options, lock);
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

const isFault = (thrown: unknown, code: ErrorCode): boolean => thrown instanceof Fault && thrown.data.code === code;

/** Null if another process has the project open and it is to be opened read-only then. */
function lockOr({
  folder,
  person,
  readOnly: onlyReads,
  whenLocked = 'refuse',
  now = Date.now,
}: OpenOptions): Lock | null {
  try {
    // Someone who only reads leaves nothing in the folder, not even a name.
    return takeLock(folder, onlyReads === true ? undefined : { name: person.name, since: now() });
  } catch (thrown) {
    if (whenLocked === 'refuse' || !isLocked(thrown)) throw thrown;
    return null;
  }
}

export function assertProject(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw notAProject();
  assertPlainFolder(dirname(file));
  const header = peek(file);
  if (header === null) throw damaged(`${DATABASE} is no longer a database`);
  if (header.applicationId !== APPLICATION_ID) throw notAProject();
  if (header.version > MIGRATIONS.length) throw newer(header.version, MIGRATIONS.length);
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    // Whatever prevents writing (permissions, a read-only disk), the folder is not writable.
    return false;
  }
}

function openForWriting(options: OpenOptions, lock: Lock): ProjectDb {
  const now = options.now ?? Date.now;
  makeFolderPrivate(options.folder);
  assertOwnLogBeside(join(options.folder, DATABASE));
  const store = connect(join(options.folder, DATABASE));
  try {
    assertOurs(store);
    assertOwnSchema(store);
    const outdated = pending(store).length > 0 || !projectionsFit(store);
    if (outdated) backUp(store, options.folder, 'migration', now());
    bringUpToDate(store, now());
    if (new Local(store).startReplicaIfMoved(join(options.folder, DATABASE), options.installation ?? ''))
      removeCache(options.folder);
    const { folder, cacheStamps } = options;
    const noteAndRelease = (): void => {
      // If another program took the project meanwhile, the cache may hold what that program wrote: it is not noted as ours.
      if (cacheStamps !== undefined && !lock.isLost()) noteCache({ folder, project: db.id, file: cacheStamps }, now());
      lock.release();
    };
    const db = new OpenProject({
      store,
      folder,
      person: options.person,
      readOnly: false,
      lock: { ...lock, release: noteAndRelease },
      database: watchDatabase(join(folder, DATABASE), () => backUp(store, folder, 'replaced', now())),
      now,
      holder: null,
      ...(options.onCommit === undefined ? {} : { onCommit: options.onCommit }),
      ...(options.replacements === undefined ? {} : { replacements: options.replacements }),
    });
    if (cacheStamps !== undefined) dropForeignCache({ folder, project: db.id, file: cacheStamps });
    if (!outdated) db.backUpIfDue();
    return db;
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

function openForReading(
  options: OpenOptions,
  lock: Lock | null,
  { isHeld = false, isFull = false }: { readonly isHeld?: boolean; readonly isFull?: boolean } = {},
): ProjectDb {
  const now = options.now ?? Date.now;
  const store = openImage(join(options.folder, DATABASE));
  try {
    assertOurs(store);
    assertOwnSchema(store);
    bringUpToDate(store, now());
    new Local(store).leaveForeignView(options.installation ?? '');
    store.exec('PRAGMA query_only = ON');
    return new OpenProject({
      store,
      folder: options.folder,
      person: options.person,
      readOnly: true,
      lock,
      now,
      holder: isHeld ? (heldBy(options.folder) ?? SOMEBODY) : null,
      isFull,
      ...(options.replacements === undefined ? {} : { replacements: options.replacements }),
    });
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** The name shown if a process holds the lock and left no name. */
const SOMEBODY = { name: '', since: 0 };

function bringUpToDate(store: Store, now: number): void {
  migrate(store, now);
  if (!projectionsFit(store)) remakeProjections(store);
}

export interface CreateOptions extends Omit<OpenOptions, 'readOnly'> {
  /** The project's first commit: its title and codebook. It cannot be undone. */
  readonly begin?: { readonly label: string; readonly edits: (project: ProjectId) => readonly Edit[] };
}

/** Creates a project in `folder`, which must be absent or empty (EXISTS). If killed, it leaves no project or a whole one. */
export function createProject(options: CreateOptions): ProjectDb {
  const { begin } = options;
  return make(options, newId(options.now?.()), (db) => {
    if (begin !== undefined) db.begin(begin.label, begin.edits(db.id));
  });
}

export interface ImportOptions extends Omit<OpenOptions, 'readOnly'> {
  readonly project: string;
  /** The packets of the other log; called again if a signature fails, to find out whose. */
  readonly packets: () => Iterable<Packet>;
  /** Checks the result; if it throws, no project is left behind. */
  readonly judge: (taken: UnionCounts) => void;
}

/** A new project from a log from outside, verified and replayed commit by commit: the database itself is never adopted. */
export function importProject(options: ImportOptions): ProjectDb {
  return make(options, options.project, (_db, log) => options.judge(takePackets(log, options.packets)));
}

function make(
  options: Omit<OpenOptions, 'readOnly'>,
  project: string,
  fill: (db: OpenProject, log: Log) => void,
): ProjectDb {
  return guarded(() => {
    const { folder } = options;
    if (existsSync(folder) && readdirSync(folder).some((name) => !mayBeThere(name))) {
      throw new Fault('EXISTS', 'That folder isn’t empty. Choose another name for the new project.');
    }
    // On a read-only disk a recursive mkdir fails with ENOENT, a plain one with the reason.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(folder)) });
    if (!isWritable(folder)) throw readOnly();
    const lock = takeLock(folder);
    try {
      build(options, project, { fill });
    } finally {
      lock.release();
    }
    return openProject(options);
  });
}

/** What may be in the folder of a project being created: files that an import put there first, and remains of a killed attempt. */
const BUILDING = 'building.sqlite';
const PREPARED = new Set(['originals', 'layers', 'cache', 'backups', 'lock.sqlite', BUILDING]);
const SUFFIXES = ['', '-wal', '-shm', '-journal'];
const mayBeThere = (name: string): boolean => PREPARED.has(name.replace(/-(wal|shm|journal)$/, ''));

interface Building {
  readonly fill: (db: OpenProject, log: Log) => void;
  /** Called when the new database is complete, just before it gets its name. */
  readonly beforeRename?: () => void;
}

/** Makes the project's database beside its place and moves it there. The caller holds the lock. */
export function build(
  options: Omit<OpenOptions, 'readOnly'>,
  project: string,
  { fill, beforeRename = () => undefined }: Building,
): void {
  const { folder } = options;
  const file = join(folder, BUILDING);
  const clear = (): void => SUFFIXES.forEach((suffix) => rmSync(file + suffix, { force: true }));
  clear();
  const now = options.now ?? Date.now;
  const store = connect(file);
  try {
    store.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    migrate(store, now());
    store.run('INSERT INTO project_(one, id) VALUES(1, ?)', idBytes(project) ?? badId());
    bringUpToDate(store, now());
    new Local(store).startReplicaIfMoved(file, options.installation ?? '');
    const db = new OpenProject({
      store,
      folder,
      person: options.person,
      readOnly: false,
      lock: null,
      now,
      holder: null,
    });
    fill(db, new Log(store));
    db.close();
    sync(file);
    beforeRename();
    renameSync(file, join(folder, DATABASE));
    sync(folder);
  } catch (thrown) {
    if (store.sqlite.open) store.close();
    clear();
    throw thrown;
  }
}

function badId(): never {
  throw new Fault('BAD_INPUT', 'A project is named by a UUID.');
}
