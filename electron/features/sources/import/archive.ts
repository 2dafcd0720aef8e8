import type { ImportItem, PageOfArchive } from '../../../../shared/contract/sources.ts';
import type { ErrorData } from '../../../../shared/errors.ts';
import { archivePage, type SourceId } from '../../../../shared/model/index.ts';
import { sourceIdOf } from '../../../project/ids.ts';
import { type ArchiveContents, contentsOf } from '../archives.ts';
import { askUntilOpen, makeSource } from './make-source.ts';
import {
  type Candidate,
  done,
  type Importing,
  item,
  itemOf,
  type Made,
  type Outcome,
  type Protected,
  type TakenFile,
} from './context.ts';
import { counted } from '../../../../shared/text/counted.ts';

/** Pages of one archive processed at a time: as many as the pool has workers. */
const AT_A_TIME = 2;

/** Imports the requested pages of a stored archive, or returns that a person must choose. Throws Faults if it cannot be read. */
export async function openArchive(importing: Importing, taken: TakenFile): Promise<Outcome> {
  const { context, input, signal, progress, addresses } = importing;
  const { found } = taken;
  progress.step(found.path, 'reading');
  const contents = await contentsOf(context, taken.sha256, {
    signal,
    onProgress: (at) => progress.step(found.path, 'reading', at),
  });
  const { pages, archive } = contents;
  const none = (error: ErrorData): Outcome => done(item(found, 'failed', { error, notes: [...archive.notes] }));
  if (pages.length === 0)
    return none({
      code: 'UNSUPPORTED',
      message: 'This archive has no page, PDF, image or text to import.',
    });
  if (input.pages.length > 0) {
    const chosen = addresses.among(found.path, pages);
    if (chosen.length > 0) return takePages(importing, taken, contents, chosen);
    // Addresses that are in no archive are reported at the end of the import.
    const error = { code: 'NOT_FOUND', message: 'None of those addresses is in this archive.' } as const;
    return done(item(found, 'skipped', { error }));
  }
  if (input.allPages || pages.length === 1) return takePages(importing, taken, contents, pages);
  if (input.askPages) return { kind: 'choose', taken, contents };
  return none({
    code: 'AMBIGUOUS',
    message: `This archive has ${counted(pages.length, 'page')}. Choose some with “--page URL” (repeatable) or take them all with “--all-pages”; “sourcebook pages FILE” lists them.`,
    context: { pages: pages.length },
  });
}

/**
 * Adds each of these pages as a source. Each is reported when it is finished, since there can be thousands. If the import is
 * stopped, finished pages stay.
 */
export async function takePages(
  importing: Importing,
  taken: TakenFile,
  contents: ArchiveContents,
  chosen: readonly PageOfArchive[],
): Promise<Extract<Outcome, { kind: 'pages' }>> {
  const { progress, signal } = importing;
  const { path } = taken.found;
  for (let more = 1; more < chosen.length; more++) progress.found();
  const items: (ImportItem | null)[] = chosen.map(() => null);
  const locked: { index: number; outcome: Protected }[] = [];
  const finish = (index: number, finished: ImportItem): void => {
    const notes = index === 0 ? [...contents.archive.notes, ...finished.notes] : finished.notes;
    items[index] = { ...finished, notes };
    progress.finished({ ...finished, notes });
  };
  const claims = new Map<SourceId, Promise<Made>>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < chosen.length && !signal.aborted; index = next++) {
      const page = chosen[index];
      if (page === undefined) break;
      progress.step(path, 'reading', { done: index + 1, total: chosen.length });
      const made = await makePage(importing, taken, contents, page, claims);
      if (made === null) break;
      if (made.kind === 'done') finish(index, made.item);
      else locked.push({ index, outcome: made });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  locked.sort((a, b) => a.index - b.index);
  for (const { index, outcome } of locked) {
    if (!signal.aborted) progress.waits(path);
    const answered = await untilStopped(importing, () => askUntilOpen(importing, outcome));
    if (answered !== null) finish(index, answered);
  }
  return { kind: 'pages', items: items.filter((one) => one !== null) };
}

/** Null if the import was stopped meanwhile. */
async function untilStopped<T>({ signal }: Importing, work: () => Promise<T | null>): Promise<T | null> {
  try {
    return signal.aborted ? null : await work();
  } catch (thrown) {
    if (signal.aborted) return null;
    throw thrown;
  }
}

async function makePage(
  importing: Importing,
  taken: TakenFile,
  { archive }: ArchiveContents,
  page: PageOfArchive,
  claims: Map<SourceId, Promise<Made>>,
): Promise<Made | null> {
  const { format, digests, signature } = archive;
  const { url, time, digest } = page;
  const parsed = archivePage.safeParse({ format, url, time, digest, digests, signature });
  if (!parsed.success) {
    const error = { code: 'TOO_LARGE', message: 'The archive’s details for this page are too long to store.' } as const;
    return done(item(taken.found, 'failed', { page: url.slice(0, 500), error }));
  }
  const id = sourceIdOf(taken.sha256, { url, time });
  const candidate: Candidate = { taken, id, kind: page.kind, page: { key: page.key, archive: parsed.data } };
  const first = claims.get(id);
  if (first !== undefined) return untilStopped(importing, async () => sameTime(await first, candidate));
  // The person sees how many pages remain, not the progress within a page.
  const making = makeSource(importing, candidate, () => undefined);
  claims.set(id, making);
  return untilStopped(importing, () => making);
}

/** A second capture of the same address at the same time, which would have the same source id. */
function sameTime(first: Made, candidate: Candidate): Made {
  if (first.kind === 'protected') return { ...first, candidate };
  const { status, source, error } = first.item;
  const notes = ['The archive has several captures of this address at this time; the first was used.'];
  return done(itemOf(candidate, status === 'added' ? 'duplicate' : status, { source, error, notes }));
}
