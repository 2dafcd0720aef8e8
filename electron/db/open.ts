import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import type { ProjectId } from '../../shared/model/index.ts';
import { backUp, sync } from './file/backups.ts';
import { assertOurs, connect, newer, notAProject, openImage, peek } from './file/connect.ts';
import { damaged, guarded, isLocked, readOnly } from './faults.ts';
import { idBytes, newId } from './ids.ts';
import { Local } from './file/local.ts';
import { heldBy, takeLock, type Lock } from './file/lock.ts';
import { Log } from './log/log.ts';
import { restoreLogTriggers, migrate, MIGRATIONS, pending, projectionsFit, remakeProjections } from './migrations.ts';
import type { Packet } from './log/packet.ts';
import { OpenProject } from './project-db.ts';
import { APPLICATION_ID } from './file/schema.ts';
import type { Store } from './file/store.ts';
import type { Edit, OpenOptions, ProjectDb } from './types.ts';
import { takePackets, type Taken } from './merge/union.ts';

const DATABASE = 'project.sqlite';

/**
 * Opens the project in `folder`, for one process at a time. Where the folder cannot be written it opens for reading, and
 * writing is refused. Brings an older project up to date after a backup, and makes the day's backup.
 *
 * Faults: NOT_A_PROJECT, PROJECT_LOCKED, PROJECT_NEWER (nothing touched), DAMAGED, DISK_FULL, UNSUPPORTED.
 */
export function openProject(options: OpenOptions): ProjectDb {
  return guarded(() => {
    const file = join(options.folder, DATABASE);
    assertProject(file);
    if (!isWritable(options.folder) || !isWritable(file)) return openForReading(options, null);
    const lock = lockOr(options);
    if (lock === null) return openForReading(options, null, true);
    try {
      return options.readOnly === true ? openForReading(options, lock) : openForWriting(options, lock);
    } catch (thrown) {
      lock.release();
      throw thrown;
    }
  });
}

/** Null where somebody else has the project, and it is to be read then. */
function lockOr({
  folder,
  person,
  readOnly: onlyReads,
  whenLocked = 'refuse',
  now = Date.now,
}: OpenOptions): Lock | null {
  try {
    // Who only reads leaves nothing in the folder, a name neither.
    return takeLock(folder, onlyReads === true ? undefined : { name: person.name, since: now() });
  } catch (thrown) {
    if (whenLocked === 'refuse' || !isLocked(thrown)) throw thrown;
    return null;
  }
}

function assertProject(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw notAProject();
  const header = peek(file);
  if (header === null) throw damaged(`${DATABASE} is no longer a database`);
  if (header.applicationId !== APPLICATION_ID) throw notAProject();
  if (header.version > MIGRATIONS.length) throw newer(header.version, MIGRATIONS.length);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    // Whatever forbids it (permissions, a read-only disk), the answer is no.
    return false;
  }
}

function openForWriting(options: OpenOptions, lock: Lock): ProjectDb {
  const now = options.now ?? Date.now;
  const store = connect(join(options.folder, DATABASE));
  try {
    assertOurs(store);
    const outdated = pending(store).length > 0 || !projectionsFit(store);
    if (outdated) backUp(store, options.folder, 'migration', now());
    bringUpToDate(store, now());
    new Local(store).startReplicaIfMoved(join(options.folder, DATABASE), options.installation ?? '');
    const db = new OpenProject({
      store,
      folder: options.folder,
      person: options.person,
      readOnly: false,
      lock,
      now,
      holder: null,
      ...(options.onCommit === undefined ? {} : { onCommit: options.onCommit }),
    });
    if (!outdated) db.backUpIfDue();
    return db;
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

function openForReading(options: OpenOptions, lock: Lock | null, isHeld = false): ProjectDb {
  const now = options.now ?? Date.now;
  const store = openImage(join(options.folder, DATABASE));
  try {
    assertOurs(store);
    bringUpToDate(store, now());
    store.exec('PRAGMA query_only = ON');
    return new OpenProject({
      store,
      folder: options.folder,
      person: options.person,
      readOnly: true,
      lock,
      now,
      holder: isHeld ? (heldBy(options.folder) ?? SOMEBODY) : null,
    });
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** The lock is held by one who left no name. */
const SOMEBODY = { name: '', since: 0 };

function bringUpToDate(store: Store, now: number): void {
  migrate(store, now);
  restoreLogTriggers(store);
  if (!projectionsFit(store)) remakeProjections(store);
}

export interface CreateOptions extends Omit<OpenOptions, 'readOnly'> {
  /** What the project begins with, as its first commit: its title, its codebook. It cannot be undone. */
  readonly begin?: { readonly label: string; readonly edits: (project: ProjectId) => readonly Edit[] };
}

/** Makes a new project in `folder`, which must be absent or empty (EXISTS). A kill leaves none or a whole one. */
export function createProject(options: CreateOptions): ProjectDb {
  const { begin } = options;
  return make(options, newId(options.now?.()), (db) => {
    if (begin !== undefined) db.begin(begin.label, begin.edits(db.id));
  });
}

export interface ImportOptions extends Omit<OpenOptions, 'readOnly'> {
  readonly project: string;
  /** The packets of the other log; called again where a signature fails, to find out whose. */
  readonly packets: () => Iterable<Packet>;
  /** Judges what came of it; what it throws leaves no project behind. */
  readonly judge: (taken: Taken) => void;
}

/** A new project from somebody's log, verified and replayed commit by commit: their database is never adopted. */
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
    // A recursive mkdir on a read-only disk says ENOENT, where a plain one says why.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(folder)) });
    if (!isWritable(folder)) throw readOnly();
    const lock = takeLock(folder);
    try {
      build(options, project, fill);
    } finally {
      lock.release();
    }
    return openProject(options);
  });
}

/** What may lie in the folder of a project about to be made: files an importer put there first, and what a kill left of us. */
const BUILDING = 'building.sqlite';
const PREPARED = new Set(['originals', 'layers', 'cache', 'backups', 'lock.sqlite', BUILDING]);
const SUFFIXES = ['', '-wal', '-shm', '-journal'];
const mayBeThere = (name: string): boolean => PREPARED.has(name.replace(/-(wal|shm|journal)$/, ''));

function build(
  options: Omit<OpenOptions, 'readOnly'>,
  project: string,
  fill: (db: OpenProject, log: Log) => void,
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
