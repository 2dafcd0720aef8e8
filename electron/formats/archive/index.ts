import { writeFileSync } from 'node:fs';
import type { ArchiveFacts, PageOfArchive } from '../../../shared/contract/sources.ts';
import { Fault, fail, ok, type Result } from '../../../shared/errors.ts';
import { diskFull, isDiskFull, readFault, systemCode } from '../../../shared/file-faults.ts';
import type { Redirect } from '../../../shared/model/index.ts';
import { canDecode } from '../charset.ts';
import type { Extraction } from '../extracted.ts';
import type { FileDetails } from '../layer.ts';
import { freezeCapture } from '../page/index.ts';
import { plainTextOf } from '../text/index.ts';
import type { OnBytes } from './build-warc.ts';
import { captureOf, pageByKey, pageContent, captureDetails } from './capture.ts';
import { withArchive, type Archive } from './open.ts';
import type { ArchivedPage } from './pages.ts';

export { captureOf, pageByKey } from './capture.ts';
export { LIMITS } from './limits.ts';
export { withArchive, type Archive } from './open.ts';
export type { ArchivedPage } from './pages.ts';

/** Paths of an archive and of its index. */
export interface ArchivePlace {
  readonly path: string;
  readonly index: string;
}

export interface ArchiveList {
  readonly archive: ArchiveFacts;
  readonly pages: readonly PageOfArchive[];
}

/** Details of a PDF or image in an archive. */
export interface ArchivedContent extends FileDetails {
  readonly bytes: number;
  readonly status: number | null;
  readonly redirects: readonly Redirect[];
  readonly notes: readonly string[];
}

/**
 * The pages of a WARC 1.0 or 1.1 (plain or compressed) or WACZ 1.1.1, and whether its digests match. Errors: BAD_INPUT,
 * DAMAGED, TOO_LARGE, UNSUPPORTED, NOT_FOUND, NOT_ALLOWED.
 */
export const listArchive = (place: ArchivePlace, onBytes?: OnBytes): Promise<Result<ArchiveList>> =>
  caught(() =>
    withArchive(place, (archive) => ({ archive: factsOf(archive), pages: archive.pages.map(offered) }), onBytes),
  );

/**
 * Writes the body of a page, without transfer and content encodings, to the new file `to`. Errors: NOT_FOUND for an unknown
 * key, and those of `listArchive`.
 */
export const writeContent = (place: ArchivePlace, key: string, to: string): Promise<Result<ArchivedContent>> =>
  caught(() =>
    withArchive(place, (archive) => {
      const page = pageByKey(archive, key);
      const { bytes, notes } = pageContent(archive, page);
      writeFileSync(to, bytes, { flag: 'wx', mode: 0o600 });
      return {
        ...captureDetails(archive, page),
        bytes: bytes.length,
        status: page.status,
        redirects: page.redirects,
        notes,
      };
    }),
  );

/**
 * Freezes a web page of an archive with the files captured for it, or reads a plain text. `fileName` names the archive in
 * messages; `charset` is what a person set. Can take seconds, as freezing does. Errors: those of `listArchive` and
 * `freezeCapture`; NOT_FOUND for an unknown key, UNSUPPORTED for a page of another kind.
 */
export async function readPage(
  place: ArchivePlace,
  { key, fileName, charset }: { readonly key: string; readonly fileName: string; readonly charset: string | null },
): Promise<Extraction> {
  const read = await caught(() =>
    withArchive(place, (archive) => {
      const page = pageByKey(archive, key);
      switch (page.kind) {
        case 'page':
          return freezeCapture(captureOf(archive, page), { fileName, charset });
        case 'text':
          return readText(archive, page, charset);
        case 'pdf':
        case 'image':
          return fail('UNSUPPORTED', `This page is a ${page.kind}, not text.`, { key });
      }
    }),
  );
  return read.ok ? read.value : read;
}

function readText(archive: Archive, page: ArchivedPage, set: string | null): Extraction {
  const { bytes, charset, notes } = pageContent(archive, page);
  const declared = charset !== null && canDecode(charset) ? charset : null;
  const read = plainTextOf(bytes, set ?? declared, notes);
  if (!read.ok) return read;
  const { status, redirects } = page;
  return ok({ ...read.value, ...captureDetails(archive, page), status, redirects });
}

export function factsOf({ index, notes }: Archive): ArchiveFacts {
  const { format, software, records, digests, signature } = index;
  return { format, software, records, digests, signature, notes: [...notes] };
}

function offered({ key, url, title, time, status, bytes, kind, listed, digest }: ArchivedPage): PageOfArchive {
  return { key, url, title, time, status, bytes, kind, listed, digest };
}

/** Turns faults and the system's errors about the file into a Result. */
export async function caught<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (thrown) {
    if (thrown instanceof Fault) return { ok: false, error: thrown.data };
    if (systemCode(thrown) === 'EISDIR') return fail('BAD_INPUT', 'This is a folder, not a web archive.');
    const fault = isDiskFull(thrown) ? diskFull() : readFault(thrown);
    if (fault instanceof Fault) return { ok: false, error: fault.data };
    throw thrown;
  }
}
