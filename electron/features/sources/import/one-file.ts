import { basename } from 'node:path';
import type { OriginalPart, Sha256, SourceId } from '../../../../shared/model/index.ts';
import { sourceIdOf } from '../../../project/ids.ts';
import { openArchive } from './archive.ts';
import { foldersNamedIn, takeParts } from './companions.ts';
import { type Candidate, done, errorOf, type Importing, item, type Outcome, type TakenFile } from './context.ts';
import { type FileKind, type Judged, kindOfFile } from '../../../project/sources/kind.ts';
import { makeSource } from './make-source.ts';
import type { Found } from './walk.ts';
import { perProject, type WriteContext } from '../../../project/context.ts';
import { dropIndex } from '../archives.ts';
import { oneSource } from '../queries.ts';
import { toSource } from '../source-rows.ts';

/**
 * Imports one file as far as possible without asking a person. Throws CANCELLED; other errors are the outcome. If a person
 * must be asked, its originals stay held.
 */
export async function importFile(importing: Importing, found: Found): Promise<Outcome> {
  if (found.error !== null) return done(item(found, 'failed', { error: found.error }));
  try {
    // In turn, so that of two equal files the first one found becomes the source.
    const taken = await importing.inTurn(() => take(importing, found));
    return await taken.outcome();
  } catch (thrown) {
    return done(item(found, 'failed', { error: errorOf(importing, thrown) }));
  }
}

const notImported = (found: Found, judged: Extract<Judged, { kind: null }>): Outcome =>
  done(item(found, judged.status, { error: judged.error }));

/** Copies the file and claims its id, which must be done in turn; the rest need not. */
async function take(importing: Importing, found: Found): Promise<{ outcome: () => Promise<Outcome> }> {
  const { context, progress, signal, claims } = importing;
  const name = basename(found.file);
  const before = await kindOfFile(found.file, name);
  if (before.kind === null) return { outcome: () => Promise.resolve(notImported(found, before)) };
  progress.step(found.path, 'hashing');
  const { sha256: hash, bytes, existed } = await context.files.takeOriginal(found.file, signal);
  hold(context, { sha256: hash, existed });
  const held = [hash];
  const beside = await takeFolder(importing, found, before.kind, held).catch((thrown: unknown) => {
    releaseTaken(context, held, null);
    throw thrown;
  });
  const id = sourceIdOf(hash);
  const make = async (): Promise<Outcome> => {
    // Checked again on the stored bytes: the file may have changed since, and only these bytes are evidence.
    const judged = await kindOfFile(context.files.originalPath(hash), name);
    if (judged.kind === null) return notImported(found, judged);
    const notes = [
      ...beside.notes,
      ...(judged.kind === 'page' ? await folderMissing(importing, hash, beside.parts) : []),
    ];
    const taken: TakenFile = { ...beside, found, ...judged, notes, sha256: hash, bytes };
    return first === undefined ? begin(importing, taken, id) : asDuplicate(importing, await first, taken, id);
  };
  const first = claims.get(id);
  const outcome = untilDecided(importing, held, make);
  if (first === undefined) claims.set(id, outcome);
  // Returned inside a function: a promise would be awaited here, in turn.
  return { outcome: () => outcome };
}

/** Copies the folder that was saved with a page; its originals are added to `held`. */
async function takeFolder(
  { context, signal }: Importing,
  { companion }: Found,
  kind: FileKind,
  held: Sha256[],
): Promise<{ parts: OriginalPart[]; notes: string[] }> {
  if (companion === null || kind !== 'page') return { parts: [], notes: [] };
  return takeParts(companion, async (file) => {
    const taken = await context.files.takeOriginal(file, signal);
    // A file that is in the folder twice is held once, since it is released once.
    if (!held.includes(taken.sha256)) {
      hold(context, taken);
      held.push(taken.sha256);
    }
    return { sha256: taken.sha256, bytes: taken.bytes };
  });
}

async function folderMissing(
  { context }: Importing,
  page: Sha256,
  parts: readonly OriginalPart[],
): Promise<readonly string[]> {
  if (parts.length > 0) return [];
  const [name] = await foldersNamedIn(context.files.originalPath(page));
  if (name === undefined) return [];
  return [
    `This page was saved with a folder “${name}”, which wasn’t included, so its images and styles are missing. Add the page and folder together.`,
  ];
}

/** Releases originals when `work` ends, unless a person must be asked first. */
async function untilDecided(
  { context }: Importing,
  held: readonly Sha256[],
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  let outcome: Outcome | null = null;
  try {
    outcome = await work();
    return outcome;
  } finally {
    if (outcome === null || outcome.kind === 'done' || outcome.kind === 'pages')
      releaseTaken(context, held, outcome === null ? null : sourceOf(outcome));
  }
}

/** The source that a file became, or null. */
export function sourceOf(outcome: Extract<Outcome, { kind: 'done' | 'pages' }>): SourceId | null {
  const items = outcome.kind === 'done' ? [outcome.item] : outcome.items;
  return items.find(({ source }) => source !== null)?.source ?? null;
}

async function begin(importing: Importing, taken: TakenFile, id: SourceId): Promise<Outcome> {
  const { kind } = taken;
  if (kind === 'warc' || kind === 'wacz') return openArchive(importing, taken);
  return makeSource(importing, { taken, id, kind: kind === 'mhtml' ? 'page' : kind, page: null });
}

/** The outcome for a second file with the same bytes in one import follows that of the first. */
function asDuplicate(importing: Importing, first: Outcome, taken: TakenFile, id: SourceId): Outcome | Promise<Outcome> {
  const { progress } = importing;
  const { found } = taken;
  switch (first.kind) {
    case 'done': {
      const { status, source, error } = first.item;
      // It may have a folder that the first file lacked.
      if (status === 'added' && taken.parts.length > 0) return begin(importing, taken, id);
      return done(item(found, status === 'added' ? 'duplicate' : status, { source, error }));
    }
    case 'protected': {
      const candidate: Candidate = { ...first.candidate, taken, id };
      return { ...first, candidate };
    }
    case 'pages': {
      const items = first.items.map(({ status, page, source, error }) =>
        item(found, status === 'added' ? 'duplicate' : status, { page, source, error }),
      );
      for (const [index, one] of items.entries()) {
        if (index > 0) progress.found();
        progress.finished(one);
      }
      return { kind: 'pages', items };
    }
    case 'choose':
      return done(item(found, 'duplicate', { notes: ['This import already includes the same archive.'] }));
  }
}

interface Hold {
  users: number;
  /** It was stored before these imports, or one of them made a source of it. */
  stays: boolean;
}

/** Originals that imports are using: two imports can have the same file at the same time. */
const heldOriginals = perProject(() => new Map<Sha256, Hold>());

type Context = Pick<WriteContext, 'project' | 'files'>;

/** Marks a stored original as in use. */
export function hold({ project }: Context, original: { readonly sha256: Sha256; readonly existed: boolean }): void {
  const held = heldOriginals({ project });
  const known = held.get(original.sha256);
  if (known === undefined) held.set(original.sha256, { users: 1, stays: original.existed });
  else known.users++;
}

/** Ends the use of an original. The last user removes it if no source needs it; true if it was removed. */
export function release({ project, files }: Context, hash: Sha256, isSource: boolean): boolean {
  const held = heldOriginals({ project });
  const known = held.get(hash);
  if (known === undefined) return false;
  known.users--;
  known.stays ||= isSource;
  if (known.users > 0) return false;
  held.delete(hash);
  if (known.stays) return false;
  files.dropOriginal(hash);
  return true;
}

/** Releases what was held for one file. The original and parts of `source`, if the file became one, stay. */
export function releaseTaken(context: WriteContext, held: readonly Sha256[], source: SourceId | null): void {
  const row = source === null ? undefined : context.db.get(oneSource, { id: source });
  const made = row === undefined ? null : toSource(row);
  const needed = new Set(made === null ? [] : [made.sha256, ...made.parts.map((part) => part.sha256)]);
  for (const hash of held) if (release(context, hash, needed.has(hash))) dropIndex(context, hash);
}
