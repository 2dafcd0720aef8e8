import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { exportFault } from '../../shared/file-faults.ts';
import { Fault } from '../../shared/errors.ts';
import { holdClosedProject, type ClosedProject } from '../db/index.ts';
import { bytesOf, decryptedStream, encryptStream } from '../formats/age/index.ts';
import { readTar, TarError, tarOf, type TarEntry } from '../formats/tar/index.ts';
import { syncFolder } from '../project/files/originals.ts';
import { assertLongEnough } from '../project/export/encryption.ts';
import { removeTree, stagingOf, sweepStaging } from './staging-folders.ts';

/** The ending of a project that was closed and encrypted: `county.sourcebook.age`, an age file with a tar in it. */
const SUFFIX = '.age';
const PIECE = 1 << 20;
/** Milliseconds between two reports of progress. */
const TELL_EVERY = 100;

/** The first file of the archive, which isn’t part of the folder. */
const ABOUT = 'about.json';
const about = z.object({
  format: z.literal(1),
  project: z.string(),
  head: z.string().nullable(),
  files: z.number().int(),
});
type About = z.infer<typeof about>;

/** Not kept: the locks of open projects, and what can be made again. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'lock.sqlite',
  'lock.sqlite-journal',
  'holder.json',
  'cache',
  'project.sqlite-shm',
]);

export interface EncryptProject {
  readonly folder: string;
  readonly passphrase: string;
  readonly installation: string;
  /** Logarithm of scrypt’s work. Only tests ask for less than age’s own. */
  readonly work?: number;
  /** Called after each step, for tests that end the process there. */
  readonly onStep?: (step: 'written' | 'verified' | 'named' | 'moved') => void;
  readonly onProgress?: (progress: EncryptProgress) => void;
  /** Checked while the file is written and compared, when nothing has been changed yet. */
  readonly isCancelled?: () => boolean;
}
/** In bytes. Every byte is encrypted, then compared. */
export interface EncryptProgress {
  readonly phase: 'encrypting' | 'comparing';
  readonly done: number;
  readonly total: number;
}

/**
 * Makes one age file of a closed project, beside its folder, and removes the folder: all of it, with backups and view states. The
 * folder goes only after the file was decrypted again and every file in it, each original by its own hash, compared with what
 * was read. Killed at any point, the folder or the file is whole. Returns the file's path: `<folder>.age`, or another name if
 * there is one that isn’t an earlier state of this project under the same passphrase.
 *
 * Faults: PROJECT_LOCKED, BAD_INPUT (passphrase), DAMAGED (an original, or a database that isn’t ours), NOT_ALLOWED (a link in the
 * folder), DISK_FULL, CANCELLED. After each the folder is as it was.
 */
export async function encryptProject(options: EncryptProject): Promise<string> {
  const { folder, passphrase, installation, onStep = () => undefined } = options;
  assertLongEnough(passphrase);
  const closed = holdClosedProject(folder);
  let held = true;
  const release = (): void => {
    if (held) closed.release();
    held = false;
  };
  const part = stagingOf(join(dirname(folder), `.${basename(folder)}${SUFFIX}`), installation);
  try {
    sweepStaging([dirname(folder)], installation);
    const entries = filesBelow(folder);
    const before = stampOf(folder);
    const pass = passesOver(entries, options);
    const hashes = await write(part, closed, entries, options, pass('encrypting'));
    onStep('written');
    await verify(part, passphrase, closed, entries, hashes, pass('comparing'));
    onStep('verified');
    const file = await placeFor(folder, passphrase, closed);
    renameSync(part, file);
    syncFolder(dirname(folder));
    onStep('named');
    const staging = stagingOf(folder, installation);
    // Windows renames no folder with an open file in it.
    if (process.platform === 'win32') release();
    renameSync(folder, staging);
    if (stampOf(staging) !== before) {
      renameSync(staging, folder);
      throw new Fault(
        'PROJECT_LOCKED',
        'The project was changed by another program meanwhile, so its folder was kept. Try again.',
      );
    }
    syncFolder(dirname(folder));
    release();
    onStep('moved');
    removeTree(staging);
    return file;
  } catch (thrown) {
    rmSync(part, { force: true });
    throw thrown instanceof TarError
      ? new Fault('PROJECT_LOCKED', `${thrown.message}. Nothing was changed; try again.`)
      : exportFault(thrown);
  } finally {
    release();
  }
}

type FileEntry = TarEntry & { readonly file: string };

/** Every file of the folder, the database first. NOT_ALLOWED for links, which removing the folder would lose. */
function filesBelow(folder: string): FileEntry[] {
  const found: FileEntry[] = [];
  const walk = (below: string): void => {
    for (const one of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? one.name : `${below}/${one.name}`;
      if (LEFT_OUT.has(path)) continue;
      const file = join(folder, path);
      if (one.isDirectory()) walk(path);
      else if (one.isFile()) {
        const { size, mode, mtimeMs } = statSync(file);
        found.push({ path, file, size, mode: mode & 0o777, mtime: Math.floor(mtimeMs / 1000) });
      } else
        throw new Fault(
          'NOT_ALLOWED',
          `The project’s folder has a link or device (${path}), which would be lost. Move it elsewhere first.`,
          { path },
        );
    }
  };
  walk('');
  return found.sort((a, b) => a.path.localeCompare(b.path));
}

const stampOf = (folder: string): string => {
  const { size, mtimeMs } = statSync(join(folder, 'project.sqlite'));
  return `${size} ${mtimeMs}`;
};

const aboutOf = ({ project, head }: ClosedProject, files: number): About => ({ format: 1, project, head, files });

type Passed = (piece: Uint8Array) => void;

/** What is called with each piece of a file: counts it, and throws CANCELLED once the work was cancelled. */
function passesOver(
  entries: readonly FileEntry[],
  { onProgress = () => undefined, isCancelled = () => false }: EncryptProject,
): (phase: EncryptProgress['phase']) => Passed {
  const total = 2 * entries.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let told = 0;
  return (phase) => (piece) => {
    if (isCancelled()) throw new Fault('CANCELLED', 'Encrypting was cancelled. The project is as it was.');
    done += piece.length;
    if (performance.now() - told < TELL_EVERY && done < total) return;
    told = performance.now();
    onProgress({ phase, done, total });
  };
}

/** Writes the encrypted archive; returns the SHA-256 of each file as it was read. DAMAGED for an original that isn’t its name. */
async function write(
  to: string,
  closed: ClosedProject,
  entries: readonly FileEntry[],
  { passphrase, work }: EncryptProject,
  passed: Passed,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const first = Buffer.from(JSON.stringify(aboutOf(closed, entries.length)));
  const all = [{ path: ABOUT, file: '', size: first.length, mode: 0o600, mtime: 0 }, ...entries];
  async function* bytes({ path, file }: FileEntry): AsyncGenerator<Uint8Array> {
    if (path === ABOUT) {
      yield first;
      return;
    }
    const hash = createHash('sha256');
    for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
      if (!(piece instanceof Uint8Array)) continue;
      hash.update(piece);
      passed(piece);
      yield piece;
    }
    const digest = hash.digest('hex');
    const named = /^originals\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (named !== undefined && named !== digest)
      throw new Fault(
        'DAMAGED',
        'An original doesn’t match its hash, so the project was left as it is. Verify it, and restore the file from a copy.',
        { path },
      );
    hashes.set(path, digest);
  }
  await encryptStream(bytesOf(tarOf(all, bytes)), to, { passphrase, ...(work === undefined ? {} : { work }) });
  return hashes;
}

/** Decrypts the file and compares all of it with what was read. Nothing decrypted is written to the disk. */
async function verify(
  file: string,
  passphrase: string,
  closed: ClosedProject,
  entries: readonly FileEntry[],
  hashes: ReadonlyMap<string, string>,
  passed: Passed,
): Promise<void> {
  const left = new Map(hashes);
  let isSame = false;
  await readEncrypted(file, passphrase, async ({ path }, bytes) => {
    if (path === ABOUT) {
      const found = readAbout(await textOf(bytes));
      isSame = found?.head === closed.head && found.project === closed.project && found.files === entries.length;
      return;
    }
    const hash = createHash('sha256');
    for await (const piece of bytes) {
      passed(piece);
      hash.update(piece);
    }
    if (left.get(path) === hash.digest('hex')) left.delete(path);
  });
  if (!isSame || left.size > 0 || hashes.size !== entries.length)
    throw new Fault(
      'DAMAGED',
      'The encrypted file couldn’t be read back as it was written, so the folder was kept. Check the disk.',
    );
}

async function readEncrypted(
  file: string,
  passphrase: string,
  take: (entry: TarEntry, bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  try {
    await readTar(decryptedStream(file, passphrase), take);
  } catch (thrown) {
    if (!(thrown instanceof TarError)) throw thrown;
    throw new Fault('DAMAGED', `This encrypted project can’t be read: ${thrown.message}. Use another copy of it.`);
  }
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size <= PIECE) pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function readAbout(text: string): About | null {
  try {
    return about.parse(JSON.parse(text));
  } catch {
    // Not ours.
    return null;
  }
}

/** Where the file goes. One that is there is replaced if it is an earlier state of this project; any other stays. */
async function placeFor(folder: string, passphrase: string, closed: ClosedProject): Promise<string> {
  for (let count = 1; ; count += 1) {
    const stem = count === 1 ? folder : folder.replace(/\.sourcebook$/, '') + ` ${count}.sourcebook`;
    const file = stem + SUFFIX;
    if (!existsSync(file) || (await isEarlier(file, passphrase, closed))) return file;
  }
}

async function isEarlier(file: string, passphrase: string, closed: ClosedProject): Promise<boolean> {
  let found: About | null = null;
  const enough = new Error('The first entry is enough');
  try {
    await readEncrypted(file, passphrase, async ({ path }, bytes) => {
      found = path === ABOUT ? readAbout(await textOf(bytes)) : null;
      throw enough;
    });
  } catch (thrown) {
    // Another passphrase, or no file of ours: not to be replaced.
    if (thrown !== enough) return false;
  }
  return found !== null && isOf(found, closed);
}
const isOf = ({ project, head }: About, closed: ClosedProject): boolean =>
  project === closed.project && (head === null || closed.has(head));

export interface DecryptProject {
  readonly file: string;
  /** The project's folder, which must not exist yet. */
  readonly folder: string;
  readonly passphrase: string;
  readonly installation: string;
}

/**
 * Makes the folder again from an encrypted project. Killed or failed, it leaves no project. The file stays: the next time the
 * project is encrypted with the same passphrase, it is replaced. EXISTS, PASSWORD_WRONG, DAMAGED, DISK_FULL, NOT_ALLOWED (a path
 * that would leave the folder).
 */
export async function decryptProject({ file, folder, passphrase, installation }: DecryptProject): Promise<void> {
  if (existsSync(folder))
    throw new Fault('EXISTS', `“${basename(folder)}” is there already. Open that folder, or move it elsewhere first.`, {
      name: basename(folder),
    });
  mkdirSync(dirname(folder), { recursive: true });
  sweepStaging([dirname(folder)], installation);
  const staging = stagingOf(folder, installation);
  let count = 0;
  let expected: About | null = null;
  try {
    await readEncrypted(file, passphrase, async (entry, bytes) => {
      if (entry.path === ABOUT && expected === null) {
        expected = readAbout(await textOf(bytes));
        return;
      }
      await unpack(staging, entry, bytes);
      count += 1;
    });
    if (!isComplete(expected, count))
      throw new Fault('DAMAGED', 'This encrypted project isn’t complete. Use another copy of it.');
    syncTree(staging);
    renameSync(staging, folder);
    syncFolder(dirname(folder));
  } catch (thrown) {
    throw exportFault(thrown);
  } finally {
    removeTree(staging);
  }
}

const isComplete = (expected: About | null, count: number): boolean => expected !== null && expected.files === count;

async function unpack(
  folder: string,
  { path, mode, mtime }: TarEntry,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const parts = path.split('/');
  const isInside =
    parts.length <= 20 && parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
  if (!isInside)
    throw new Fault('NOT_ALLOWED', 'This encrypted project has a file outside its folder, so nothing was unpacked.', {
      path,
    });
  const target = join(folder, ...parts);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const file = await open(target, 'wx', 0o600);
  try {
    for await (const piece of bytes)
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
  utimesSync(target, mtime, mtime);
  chmodSync(target, mode & 0o700);
}

function syncTree(folder: string): void {
  for (const one of readdirSync(folder, { withFileTypes: true }))
    if (one.isDirectory()) syncTree(join(folder, one.name));
  syncFolder(folder);
}
