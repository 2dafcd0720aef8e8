import { basename } from 'node:path';
import { type ErrorData, Fault, toErrorData } from '../../../../shared/errors.ts';
import type { CallArgs } from '../../../../shared/contract/index.ts';
import type { ImportItem, PageOfArchive } from '../../../../shared/contract/sources.ts';
import type {
  ArchivePage,
  CommitHash,
  OriginalPart,
  Sha256,
  SourceId,
  SourceKind,
} from '../../../../shared/model/index.ts';
import type { Edit } from '../../../db/types.ts';
import type { WriteContext } from '../../../project/context.ts';
import type { ArchiveContents } from '../archives.ts';
import type { FileKind } from '../../../project/sources/kind.ts';
import type { Progress, Running } from './jobs.ts';
import type { Found } from './walk.ts';

/** What the files of one import share. */
export interface Importing {
  readonly context: WriteContext;
  readonly input: CallArgs<'import.run'>;
  readonly running: Running;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Passwords to try. Those a person enters are added, to be tried on later files. Never stored. */
  readonly passwords: string[];
  /** The outcome for each original: a file that is in the import twice becomes one source. */
  readonly claims: Map<SourceId, Promise<Outcome>>;
  /** The pages asked for by address, and which of them were found. */
  readonly addresses: Addresses;
  /** The import's first commit; with `collect`, the edits are handed over instead of being committed. */
  readonly act: { first: CommitHash | null; readonly collect?: (edits: readonly Edit[]) => void };
  /** Runs pieces of work one after the other, in order. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** Writes a commit of the import, or hands its edits over. All of them are undone together. */
export function commitPart(
  { context, act }: Pick<Importing, 'context' | 'act'>,
  label: string,
  edits: readonly Edit[],
): void {
  if (act.collect !== undefined) {
    act.collect(edits);
    return;
  }
  const committed = context.db.commit(label, edits, act.first);
  act.first ??= committed?.hash ?? null;
}

/** An original in the project's folder that is not a source yet. It and its parts are held until that is decided (see `hold`). */
export interface TakenFile {
  readonly found: Found;
  readonly kind: FileKind;
  readonly mediaType: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** The files of a saved page's folder. */
  readonly parts: readonly OriginalPart[];
  /** Notes for the import report. */
  readonly notes: readonly string[];
}

/** A file, or one page of an archive, that is to become a source. */
export interface Candidate {
  readonly taken: TakenFile;
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly page: { readonly key: string; readonly archive: ArchivePage } | null;
}

/** A protected file: its password must be asked for. */
export interface Protected {
  readonly kind: 'protected';
  readonly candidate: Candidate;
  readonly error: ErrorData;
}

/** The outcome for a candidate. */
export type Made = { readonly kind: 'done'; readonly item: ImportItem } | Protected;

/** The outcome for a file. Its original stays held while a person must be asked. */
export type Outcome =
  | Made
  /** The pages of an archive, each reported when it was finished. */
  | { readonly kind: 'pages'; readonly items: readonly ImportItem[] }
  /** An archive with several pages, of which a person must choose. */
  | { readonly kind: 'choose'; readonly taken: TakenFile; readonly contents: ArchiveContents };

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
export const nameOf = ({ found }: TakenFile): string => basename(found.file).toWellFormed();

export const cancelled = (): Fault => new Fault('CANCELLED', 'Import stopped.');

/** A thrown value as the file's error. Throws CANCELLED if the import was stopped. */
export function errorOf({ signal }: Pick<Importing, 'signal'>, thrown: unknown): ErrorData {
  if (signal.aborted) throw thrown instanceof Fault ? thrown : cancelled();
  return toErrorData(thrown);
}

/** The addresses to take from an import's archives. Each needs to be in only one of them. */
interface Addresses {
  /** The pages of the archive `path` with one of the addresses, every capture of each. Remembers which addresses were found. */
  among(path: string, pages: readonly PageOfArchive[]): PageOfArchive[];
  /** The addresses not found so far, with the first archive that was searched. */
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

/** The address as browsers write it, without the fragment, which is not captured: `HTTP://Example.org` equals `http://example.org/`. */
function hrefOf(address: string): string {
  const url = URL.parse(address.trim());
  if (url === null) return address.trim();
  url.hash = '';
  return url.href;
}
