import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { storeFault } from '../../../shared/file-faults.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { type ProjectDb, query } from '../../db/types.ts';
import { openOriginals, type Originals, syncFolder } from './originals.ts';

export type FileKind = 'original' | 'layer';

/** Whether a waiting file belongs in the project. */
export type IsPlaced = (kind: FileKind, hash: Sha256) => boolean;

/** Files that come with a merge. They wait in the project's cache until the very end, so that a stopped merge leaves none. */
export interface IncomingFiles {
  /** Where they wait, laid out like a project. */
  readonly waiting: Originals;
  /** A folder that is removed by {@link close}. */
  readonly folder: string;
  /** Notes that a complete file is waiting. */
  add(kind: FileKind, hash: Sha256): void;
  /** Removes a waiting file that must not come in. */
  drop(kind: FileKind, hash: Sha256): void;
  /** Puts those waiting files that `isWanted` into the project; to be called just before the commit. */
  place(isWanted: IsPlaced): void;
  /** The commit was made: the placed files stay. */
  keep(): void;
  /** Removes the waiting files and, unless {@link keep} was called, the placed ones. */
  close(): void;
}

const STAGING = 'merge-';
const JOURNAL = 'merge-placing.json';
const noted = z.array(z.object({ kind: z.enum(['original', 'layer']), name: z.string(), sha256 }));
type Noted = z.infer<typeof noted>[number];

/** Uses the project's cache, which is on the disk that must hold the files in the end. Throws PROJECT_READ_ONLY, DISK_FULL. */
export function openIncomingFiles(project: string, files: Originals): IncomingFiles {
  const cache = join(project, 'cache');
  const folder = join(cache, `${STAGING}${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw storeFault(thrown);
  }
  const waiting = openOriginals(folder);
  const added = new Map<string, Noted>();
  let placed: Noted[] = [];
  const journal = join(cache, JOURNAL);
  return {
    waiting,
    folder,
    add(kind, hash) {
      const path = kind === 'original' ? waiting.originalPath(hash) : waiting.layerPath(hash);
      added.set(`${kind} ${hash}`, { kind, name: basename(path), sha256: hash });
    },
    drop(kind, hash) {
      const one = added.get(`${kind} ${hash}`);
      if (one === undefined) return;
      added.delete(`${kind} ${hash}`);
      remove(placeOf(folder, one));
    },
    place(isWanted) {
      const coming = [...added.values()].filter(
        ({ kind, sha256: hash }) =>
          isWanted(kind, hash) && !(kind === 'original' ? files.hasOriginal(hash) : files.hasLayer(hash)),
      );
      if (coming.length === 0) return;
      try {
        writeFileSync(journal, JSON.stringify(coming), { flush: true });
        placed = coming;
        for (const one of coming) move(folder, project, one);
        for (const into of new Set(coming.map((one) => dirname(placeOf(project, one))))) syncFolder(into);
      } catch (thrown) {
        throw storeFault(thrown);
      }
    },
    keep() {
      placed = [];
      rmSync(journal, { force: true });
    },
    close() {
      for (const one of placed) remove(placeOf(project, one));
      placed = [];
      rmSync(journal, { force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const placeOf = (root: string, { kind, name, sha256: hash }: Noted): string =>
  join(root, kind === 'original' ? 'originals' : 'layers', hash.slice(0, 2), name);

/** Read-only, under its own name, its bytes synced to the disk before it gets that name. */
function move(from: string, to: string, one: Noted): void {
  const [here, there] = [placeOf(from, one), placeOf(to, one)];
  const handle = openSync(here, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(here, 0o400);
  mkdirSync(dirname(there), { recursive: true });
  renameSync(here, there);
}

function remove(path: string): void {
  if (!existsSync(path)) return;
  // Windows does not remove read-only files.
  chmodSync(path, 0o600);
  rmSync(path, { force: true });
}

const hashesNamed = query<{ hashes: string }, { one: number }>(
  'engine.arrivedFiles',
  `SELECT 1 AS one FROM json_each($hashes) i WHERE EXISTS (SELECT 1 FROM p_source s WHERE s.sha256 = i.value)
     OR i.value IN (SELECT content FROM p_source WHERE content IS NOT NULL)
     OR i.value IN (SELECT sha256 FROM p_layer) OR i.value IN (SELECT frozen FROM p_layer WHERE frozen IS NOT NULL)
     OR EXISTS (SELECT 1 FROM p_source s WHERE s.parts IS NOT NULL AND instr(s.parts, i.value) > 0) LIMIT 1`,
);

/**
 * Removes what a killed merge left: waiting files, and those placed for a commit that was never made. If the commit was made, at
 * least one of them is named in the project, and all stay. Only for the holder of the project's lock.
 */
export function sweepIncomingFiles(project: ProjectDb, files: Originals): void {
  const cache = join(files.folder, 'cache');
  if (project.readOnly || !existsSync(cache)) return;
  const journal = join(cache, JOURNAL);
  if (existsSync(journal)) {
    const placed = noted.safeParse(jsonOf(readFileSync(journal, 'utf8'))).data ?? [];
    const hashes = JSON.stringify(placed.map((one) => one.sha256));
    const isNamed = placed.length === 0 || project.read.get(hashesNamed, { hashes }) !== undefined;
    // A name from the journal is used only if it is the one its hash gives.
    if (!isNamed) for (const one of placed.filter(isPlain)) remove(placeOf(files.folder, one));
    rmSync(journal, { force: true });
  }
  for (const name of readdirSync(cache))
    if (name.startsWith(STAGING)) rmSync(join(cache, name), { recursive: true, force: true });
}

const isPlain = ({ name, sha256: hash }: Noted): boolean => name === hash || name === `${hash}.zst`;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Killed while writing the journal: nothing had been placed yet.
    return null;
  }
}
