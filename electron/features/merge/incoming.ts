import {
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { copyDatabase, type IncomingLog, locked, openIncomingLog } from '../../db/index.ts';
import type { Watch } from '../../db/types.ts';
import { readIdentityFile } from '../../formats/age/identity.ts';
import { DATABASE_PATH, originalPath, placeOf } from '../../formats/bag/layout.ts';
import { type Bag, openBag } from '../../formats/bag/read.ts';
import type { WriteContext } from '../../project/context.ts';
import { type Secrets, sniffEncrypted, decrypt } from '../../project/export/encryption.ts';
import { type FileKind, type IncomingFiles, openIncomingFiles } from '../../project/files/incoming-files.ts';
import { openOriginals, type Originals } from '../../project/files/originals.ts';

export interface From {
  readonly path: string;
  readonly passphrase?: string;
  readonly identity?: string;
}

/** What a merge or a preview works with. */
export interface Work {
  readonly incoming: IncomingProject;
  readonly files: IncomingFiles;
  readonly watch: Watch;
  /** Throws CANCELLED if a person stopped it. */
  readonly check: () => void;
}

const stopped = (): Fault => new Fault('CANCELLED', 'Merge stopped. Nothing has changed.');

/** Opens what is merged, does the work, and removes temporary files, however it ends. */
export async function withIncoming<T>(context: WriteContext, from: From, work: (at: Work) => Promise<T>): Promise<T> {
  assertWritable(context.project);
  const cancelled = (): boolean => context.interrupted();
  const check = (): void => {
    if (cancelled()) throw stopped();
  };
  const files = openIncomingFiles(context.project.folder, context.files);
  try {
    context.emit('merge.progress', { phase: 'opening', done: 0, total: 0 });
    check();
    const incoming = await openIncoming({ ...from, folder: files.folder, signal: context.signal });
    try {
      return await work({ incoming, files, check, watch: watching(context, cancelled) });
    } finally {
      incoming.close();
    }
  } finally {
    files.close();
    context.emit('merge.progress', { phase: 'done', done: 0, total: 0 });
  }
}

function assertWritable({ readOnly, holder }: WriteContext['project']): void {
  if (holder !== null) throw locked(holder.name === '' ? null : holder);
  if (readOnly) throw new Fault('PROJECT_READ_ONLY', 'This project is read-only, so nothing can be merged into it.');
}

const TELL_MS = 100;

/** Emits progress, at most every 100 ms. */
function watching(context: WriteContext, cancelled: () => boolean): Watch {
  let reportedAt = 0;
  return {
    cancelled,
    progress(phase, done, total) {
      const now = Date.now();
      if (now - reportedAt < TELL_MS && done < total) return;
      reportedAt = now;
      context.emit('merge.progress', { phase, done, total });
    },
  };
}

/** Something that is not merged, with the reason as a sentence. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** What is merged, opened for reading: a project file, encrypted or not, or another project's folder or database. */
export interface IncomingProject {
  /** The name of the file or folder, without its path. */
  readonly name: string;
  readonly log: IncomingLog;
  /** A copy of its database in a temporary folder. Nothing in it is trusted. */
  readonly database: string;
  readonly leftOut: readonly LeftOut[];
  readonly kind: 'file' | 'folder' | 'database';
  /** The project file, decrypted; null for a folder or a database. */
  readonly file: string | null;
  /** The size of a file as stored; null if it is missing. */
  sizeOf(kind: FileKind, hash: Sha256): number | null;
  /** Every layer, frozen page and resource it has. */
  layers(): Iterable<Sha256>;
  /** Copies a file to `waiting`. Returns what is wrong with it, or null if its bytes match its hash. Throws DISK_FULL. */
  take(kind: FileKind, hash: Sha256, waiting: Originals): Promise<string | null>;
  close(): void;
}

export interface OpenIncoming extends Omit<Secrets, 'identities'> {
  readonly path: string;
  /** One or several, one a line. */
  readonly identity?: string;
  /** A temporary folder for what is unpacked; the caller removes it. */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens what a person wants to merge. Its folder or file is only read. Faults: NOT_FOUND, NOT_A_PROJECT, PROJECT_NEWER,
 * PROJECT_LOCKED, DAMAGED, NOT_ALLOWED and TOO_LARGE (a file built to harm), PASSWORD_NEEDED, PASSWORD_WRONG, CANCELLED.
 */
export async function openIncoming(options: OpenIncoming): Promise<IncomingProject> {
  const found = statSync(options.path, { throwIfNoEntry: false });
  if (found === undefined) throw new Fault('NOT_FOUND', 'No file or project with that name.');
  const database = join(options.folder, 'incoming.sqlite');
  if (found.isDirectory()) return openFolder(options.path, database);
  if (isDatabase(options.path)) return openDatabase(options.path, database);
  if (sniffEncrypted(options.path) === null) return openFile(options.path, basename(options.path), database);
  const { passphrase, identity, signal } = options;
  const opened = join(options.folder, 'decrypted.sbk');
  const secrets: Secrets = {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(identity === undefined ? {} : { identities: readIdentityFile(identity) }),
  };
  await decrypt(options.path, secrets, opened, signal === undefined ? {} : { signal });
  return openFile(opened, basename(options.path), database);
}

const SQLITE = 'SQLite format 3\0';
function isDatabase(path: string): boolean {
  const bytes = Buffer.alloc(SQLITE.length);
  const handle = openSync(path, 'r');
  try {
    return readSync(handle, bytes, 0, bytes.length, 0) === bytes.length && bytes.toString('latin1') === SQLITE;
  } finally {
    closeSync(handle);
  }
}

/** A conflict copy of the database that a sync service left in the project's folder: its files are in the project already. */
async function openDatabase(path: string, database: string): Promise<IncomingProject> {
  await copyDatabase(path, database);
  const log = openIncomingLog(database);
  return {
    name: basename(path),
    log,
    database,
    leftOut: [],
    kind: 'database',
    file: null,
    sizeOf: () => null,
    layers: () => [],
    take: async () => 'Missing.',
    close: () => close(log, database),
  };
}

async function openFolder(folder: string, database: string): Promise<IncomingProject> {
  await copyDatabase(join(folder, 'project.sqlite'), database);
  const originals = openOriginals(folder);
  const pathOf = (kind: FileKind, hash: Sha256): string =>
    kind === 'original' ? originals.originalPath(hash) : originals.layerPath(hash);
  const isOurs = (path: string): boolean =>
    isPlain(path, 'isFile') && isPlain(dirname(path), 'isDirectory') && isPlain(dirname(dirname(path)), 'isDirectory');
  const log = openIncomingLog(database);
  return {
    name: basename(folder),
    log,
    database,
    leftOut: [],
    kind: 'folder',
    file: null,
    sizeOf(kind, hash) {
      const path = pathOf(kind, hash);
      return isOurs(path) ? statSync(path).size : null;
    },
    layers: () => layersIn(join(folder, 'layers')),
    async take(kind, hash, waiting) {
      const from = pathOf(kind, hash);
      if (!isOurs(from)) return 'Missing, or a link.';
      const to = join(waiting.folder, kind === 'original' ? 'originals' : 'layers', hash.slice(0, 2), basename(from));
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(from, to, constants.COPYFILE_FICLONE);
      return whole(kind, hash, waiting, to);
    },
    close: () => close(log, database),
  };
}

const isPlain = (path: string, what: 'isFile' | 'isDirectory'): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.[what]() === true;

/** By file names alone; the content is checked when a file is taken. */
function* layersIn(folder: string): Generator<Sha256> {
  if (!isPlain(folder, 'isDirectory')) return;
  for (const pair of readdirSync(folder)) {
    const inner = join(folder, pair);
    if (!isPlain(inner, 'isDirectory')) continue;
    for (const name of readdirSync(inner)) {
      const hash = sha256.safeParse(name.replace(/\.zst$/, '')).data;
      if (hash !== undefined && hash.startsWith(pair)) yield hash;
    }
  }
}

async function openFile(file: string, name: string, database: string): Promise<IncomingProject> {
  const bag = await openBag(file);
  try {
    await takeDatabase(bag, database);
    const log = openIncomingLog(database);
    const layers = layersOf(bag);
    const there = new Set(bag.payload);
    /** The path of an original, if the bag lists it with this hash. */
    const originalPathOf = (hash: Sha256): string | undefined => {
      const path = originalPath(hash);
      return there.has(path) && bag.manifest.get(path) === hash ? path : undefined;
    };
    return {
      name,
      log,
      database,
      leftOut: bag.problems.map(({ path, message }) => ({ id: placeOf(path)?.sha256 ?? path, reason: message })),
      kind: 'file',
      file,
      sizeOf(kind, hash) {
        const path = kind === 'original' ? originalPathOf(hash) : layers.get(hash);
        return path === undefined ? null : bag.size(path);
      },
      layers: () => layers.keys(),
      async take(kind, hash, waiting) {
        const path = kind === 'original' ? originalPathOf(hash) : layers.get(hash);
        if (path === undefined) return 'Not in the file.';
        const to = join(waiting.folder, path.slice('data/'.length));
        const problem = await bag.take(path, to);
        return problem === null ? whole(kind, hash, waiting, to) : dropped(to, problem.message);
      },
      close() {
        bag.close();
        close(log, database);
      },
    };
  } catch (thrown) {
    bag.close();
    throw thrown;
  }
}

async function takeDatabase(bag: Bag, to: string): Promise<void> {
  const broken = bag.problems.find(({ path }) => path === DATABASE_PATH);
  const missing = bag.manifest.has(DATABASE_PATH) ? broken : { message: 'the project’s database is missing.' };
  const problem = missing ?? (await bag.take(DATABASE_PATH, to));
  if (problem === null) return;
  throw new Fault(
    'DAMAGED',
    `This project file is damaged, so nothing was merged: ${problem.message} Ask the sender for a new copy.`,
  );
}

function layersOf(bag: Bag): ReadonlyMap<Sha256, string> {
  const found = new Map<Sha256, string>();
  for (const path of bag.payload) {
    const place = placeOf(path);
    const hash = sha256.safeParse(place?.sha256).data;
    if (place?.kind === 'layer' && hash !== undefined) found.set(hash, path);
  }
  return found;
}

/** Checks a copied file: null if its bytes match its hash, else the file is removed and the problem returned. */
async function whole(kind: FileKind, hash: Sha256, waiting: Originals, path: string): Promise<string | null> {
  const found = kind === 'original' ? await waiting.hashOriginal(hash) : await waiting.hashLayer(hash);
  return found === hash ? null : dropped(path, 'Its content doesn’t match its hash.');
}

function close(log: IncomingLog, database: string): void {
  log.close();
  rmSync(database, { force: true });
}

function dropped(path: string, why: string): string {
  rmSync(path, { force: true });
  return why;
}
