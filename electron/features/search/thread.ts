import { existsSync, statSync } from 'node:fs';
import { detailOf, Fault } from '../../../shared/errors.ts';
import { openProjectReader, type ProjectReader } from '../../db/search/project-reader.ts';
import { SearchIndex } from '../../db/search/search-index.ts';
import { asFault } from '../../db/faults.ts';
import { openOriginals, type Originals } from '../../project/files/originals.ts';
import type { SearchPlace } from '../../workers/jobs.ts';

export interface Opened {
  readonly project: ProjectReader;
  readonly files: Originals;
}

interface OpenIndex {
  readonly file: string;
  readonly inode: bigint;
  readonly index: SearchIndex;
}

/** The open project. It stays open between jobs, since opening it takes longer than most of them. */
let opened: (Opened & { readonly folder: string }) | null = null;
let writing: OpenIndex | null = null;
let reading: OpenIndex | null = null;

export function projectAt({ folder, readOnly }: SearchPlace): Opened {
  if (opened?.folder === folder) return opened;
  opened?.project.close();
  opened = { folder, project: openProjectReader(folder, readOnly), files: openOriginals(folder) };
  return opened;
}

/** The index for writing, created if there is none for this project. */
export function indexForWriting({ cache }: SearchPlace, project: string): SearchIndex {
  if (writing !== null && isSame(writing)) return writing.index;
  dropWriting();
  const index = SearchIndex.open(cache, project);
  writing = { file: cache, inode: inodeOf(cache), index };
  return index;
}

/** The index for reading; null if there is none yet. */
export function indexForReading({ cache }: SearchPlace, project: string): SearchIndex | null {
  if (reading !== null && isSame(reading)) return reading.index;
  reading?.index.close();
  reading = null;
  const index = SearchIndex.read(cache, project);
  if (index !== null) reading = { file: cache, inode: inodeOf(cache), index };
  return index;
}

/** Closes and deletes a damaged index. */
export function discardIndex({ cache }: SearchPlace): void {
  dropWriting();
  reading?.index.close();
  reading = null;
  SearchIndex.remove(cache);
}

function dropWriting(): void {
  writing?.index.close();
  writing = null;
}

const inodeOf = (file: string): bigint => statSync(file, { bigint: true }).ino;
/** The cache may be deleted at any time. */
const isSame = ({ file, inode }: OpenIndex): boolean => existsSync(file) && inodeOf(file) === inode;

/** Whether a thrown value says that a database is damaged. */
export function isDamage(thrown: unknown): boolean {
  const fault = asFault(thrown);
  return fault instanceof Fault && fault.data.code === 'DAMAGED';
}

/** Runs a job of the search. An error in it is a program error, not the fault of an imported file as in other jobs. */
export function asSearchJob<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const known = asFault(thrown);
    if (known instanceof Fault) throw known;
    throw new Fault('INTERNAL', 'The search stopped unexpectedly. Your project is unaffected; search again.', {
      detail: detailOf(thrown),
    });
  }
}
