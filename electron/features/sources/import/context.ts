import { basename } from 'node:path';
import { type ErrorData, Fault, toErrorData } from '../../../../shared/errors.ts';
import type { CallArgs } from '../../../../shared/contract/index.ts';
import type { ImportItem, PageOfArchive } from '../../../../shared/contract/sources.ts';
import type { ArchivePage, OriginalPart, Sha256, SourceId, SourceKind } from '../../../../shared/model/index.ts';
import type { WriteContext } from '../../../project/context.ts';
import type { ArchiveContents } from '../archives.ts';
import type { FileKind } from './kind.ts';
import type { Progress, Running } from './jobs.ts';
import type { Found } from './walk.ts';

/** What the files of one import share. */
export interface Importing {
  readonly context: WriteContext;
  readonly input: CallArgs<'import.run'>;
  readonly running: Running;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Passwords to try; those a person answers are added, for the files that follow. Never stored. */
  readonly passwords: string[];
  /** What is being made of an original by now: one file, twice in one import, is one source. */
  readonly claims: Map<SourceId, Promise<Outcome>>;
  /** Pages of archives that were asked for by address, and which of them turned up. */
  readonly addresses: Addresses;
  /** Runs one piece of work after the other, in the order in which they are asked for. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** An original in the project's folder that is not a source yet; it and its parts are held (holds.ts) until that is decided. */
export interface Taken {
  readonly found: Found;
  readonly kind: FileKind;
  readonly mediaType: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** The files of a saved page's folder. */
  readonly parts: readonly OriginalPart[];
  /** What was noticed while it was taken. */
  readonly notes: readonly string[];
}

/** What is to become a source: a file, or one page of an archive. */
export interface Candidate {
  readonly taken: Taken;
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly page: { readonly key: string; readonly archive: ArchivePage } | null;
}

/** Protected: somebody must be asked. */
export interface Protected {
  readonly kind: 'protected';
  readonly candidate: Candidate;
  readonly error: ErrorData;
}

/** What became of a candidate. */
export type Made = { readonly kind: 'done'; readonly item: ImportItem } | Protected;

/** What became of a file. Originals of what must be asked about stay held. */
export type Outcome =
  | Made
  /** The pages of an archive, which were told as they were finished. */
  | { readonly kind: 'pages'; readonly items: readonly ImportItem[] }
  /** An archive with several pages: somebody must choose. */
  | { readonly kind: 'choose'; readonly taken: Taken; readonly contents: ArchiveContents };

type Rest = Partial<Omit<ImportItem, 'path' | 'status'>>;

export const item = (found: Found, status: ImportItem['status'], rest: Rest = {}): ImportItem => ({
  path: found.path,
  page: null,
  status,
  source: null,
  error: null,
  notes: [],
  ...rest,
});
export const itemOf = ({ taken, page }: Candidate, status: ImportItem['status'], rest: Rest = {}): ImportItem =>
  item(taken.found, status, { page: page?.archive.url ?? null, ...rest });

export const done = (finished: ImportItem): Extract<Made, { kind: 'done' }> => ({ kind: 'done', item: finished });

/** The file's own name, as the project keeps it. */
export const nameOf = ({ found }: Taken): string => basename(found.file).toWellFormed();

export const cancelled = (): Fault => new Fault('CANCELLED', 'Import stopped.');

/** What was thrown, as what is wrong with the file. Throws CANCELLED where the import was stopped. */
export function errorOf({ signal }: Pick<Importing, 'signal'>, thrown: unknown): ErrorData {
  if (signal.aborted) throw thrown instanceof Fault ? thrown : cancelled();
  return toErrorData(thrown);
}

/** The addresses that an import was asked to take out of its archives; one need be in any of them only. */
interface Addresses {
  /** The pages of the archive `path` with one of the addresses: every capture of it. Remembers which addresses were found. */
  among(path: string, pages: readonly PageOfArchive[]): PageOfArchive[];
  /** Those that were in no archive so far, with the first archive that was looked through. */
  missing(): { readonly address: string; readonly archive: string | null }[];
}

export function createAddresses(asked: readonly string[]): Addresses {
  const found = new Set<string>();
  let archive: string | null = null;
  const byHref = new Map(asked.map((address) => [hrefOf(address), address]));
  return {
    among: (path, pages) => {
      archive ??= path;
      return pages.filter((page) => {
        const address = byHref.get(hrefOf(page.url));
        if (address !== undefined) found.add(address);
        return address !== undefined;
      });
    },
    missing: () =>
      [...byHref.values()].filter((address) => !found.has(address)).map((address) => ({ address, archive })),
  };
}

/** As browsers write it, without a fragment, which is no part of what is captured: `HTTP://Example.org` is one with `http://example.org/`. */
function hrefOf(address: string): string {
  const url = URL.parse(address.trim());
  if (url === null) return address.trim();
  url.hash = '';
  return url.href;
}
