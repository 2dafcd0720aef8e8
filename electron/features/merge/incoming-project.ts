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
import { copyDatabase, type IncomingLog, openIncomingLog } from '../../db/index.ts';
import { readIdentityFile } from '../../formats/age/identity.ts';
import { DATABASE_PATH, originalPath, placeOf } from '../../formats/bag/layout.ts';
import { type Bag, openBag } from '../../formats/bag/read.ts';
import type { FileKind } from '../../project/files/incoming-files.ts';
import { openOriginals, type Originals } from '../../project/files/originals.ts';
import { type Secrets, sniffSealed, unseal } from '../../project/export/encryption.ts';

/** Something that comes and is left out, in words for a person. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** What is merged, opened for reading: a project file, sealed or not, or another project's folder. */
export interface IncomingProject {
  /** What it is called, without its path. */
  readonly name: string;
  readonly log: IncomingLog;
  /** A copy of its database in our own folder. Nothing in it is believed. */
  readonly database: string;
  readonly leftOut: readonly LeftOut[];
  /** The stored bytes of a file it has; null where it lacks it. */
  sizeOf(kind: FileKind, hash: Sha256): number | null;
  /** Every layer, frozen page and resource it has. */
  layers(): Iterable<Sha256>;
  /** Takes a file out to where it waits; what is wrong with it, or null when its bytes have its hash. Throws DISK_FULL. */
  take(kind: FileKind, hash: Sha256, waiting: Originals): Promise<string | null>;
  close(): void;
}

export interface OpenIncoming extends Omit<Secrets, 'identities'> {
  readonly path: string;
  /** One or several, one a line. */
  readonly identity?: string;
  /** A folder of ours for what is unpacked; it is the caller's to remove. */
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
  if (sniffSealed(options.path) === null) return openFile(options.path, basename(options.path), database);
  const { passphrase, identity, signal } = options;
  const opened = join(options.folder, 'unsealed.sbk');
  const secrets: Secrets = {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(identity === undefined ? {} : { identities: readIdentityFile(identity) }),
  };
  await unseal(options.path, secrets, opened, signal === undefined ? {} : { signal });
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

/** A copy of the database that a syncing program left in our own folder: its files are those that lie there. */
async function openDatabase(path: string, database: string): Promise<IncomingProject> {
  await copyDatabase(path, database);
  const log = openIncomingLog(database);
  return {
    name: basename(path),
    log,
    database,
    leftOut: [],
    sizeOf: () => null,
    layers: () => [],
    take: async () => 'Missing.',
    close: () => closing(log, database),
  };
}

async function openFolder(folder: string, database: string): Promise<IncomingProject> {
  await copyDatabase(join(folder, 'project.sqlite'), database);
  const theirs = openOriginals(folder);
  const pathOf = (kind: FileKind, hash: Sha256): string =>
    kind === 'original' ? theirs.originalPath(hash) : theirs.layerPath(hash);
  const isOurs = (path: string): boolean =>
    isPlain(path, 'isFile') && isPlain(dirname(path), 'isDirectory') && isPlain(dirname(dirname(path)), 'isDirectory');
  const log = openIncomingLog(database);
  return {
    name: basename(folder),
    log,
    database,
    leftOut: [],
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
    close: () => closing(log, database),
  };
}

const isPlain = (path: string, what: 'isFile' | 'isDirectory'): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.[what]() === true;

/** By their names alone: what is under one is looked at when it is taken. */
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
    /** An original as its own path promises it. */
    const promised = (hash: Sha256): string | undefined => {
      const path = originalPath(hash);
      return there.has(path) && bag.manifest.get(path) === hash ? path : undefined;
    };
    return {
      name,
      log,
      database,
      leftOut: bag.problems.map(({ path, message }) => ({ id: placeOf(path)?.sha256 ?? path, reason: message })),
      sizeOf(kind, hash) {
        const path = kind === 'original' ? promised(hash) : layers.get(hash);
        return path === undefined ? null : bag.size(path);
      },
      layers: () => layers.keys(),
      async take(kind, hash, waiting) {
        const path = kind === 'original' ? promised(hash) : layers.get(hash);
        if (path === undefined) return 'Not in the file.';
        const to = join(waiting.folder, path.slice('data/'.length));
        const problem = await bag.take(path, to);
        return problem === null ? whole(kind, hash, waiting, to) : dropped(to, problem.message);
      },
      close() {
        bag.close();
        closing(log, database);
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

/** Looks at the bytes that came: null where they have their hash, else they go and what is wrong is said. */
async function whole(kind: FileKind, hash: Sha256, waiting: Originals, path: string): Promise<string | null> {
  const found = kind === 'original' ? await waiting.hashOriginal(hash) : await waiting.hashLayer(hash);
  return found === hash ? null : dropped(path, 'Its content doesn’t match its hash.');
}

function closing(log: IncomingLog, database: string): void {
  log.close();
  rmSync(database, { force: true });
}

function dropped(path: string, why: string): string {
  rmSync(path, { force: true });
  return why;
}
