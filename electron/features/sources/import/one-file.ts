import { basename } from 'node:path';
import { type ErrorData, Fault, toErrorData } from '../../../../shared/errors.ts';
import type { ImportItem, RecordPatch } from '../../../../shared/contract/sources.ts';
import { isRemark } from '../../../../shared/model/layer-notes.ts';
import { sha256, type Sha256, type SourceId, type SourceKind } from '../../../../shared/model/index.ts';
import { layerIdOf, sourceIdOf } from '../../../engine/derived-ids.ts';
import type { WriteContext } from '../../../engine/feature.ts';
import type { Extracted, Extraction } from '../../../workers/jobs.ts';
import type { JobProgress } from '../../../workers/pool.ts';
import { readPdf } from '../../../workers/read-pdf.ts';
import { oneLayer, oneSource } from '../queries.ts';
import { hold, release } from './holds.ts';
import { kindOfFile } from './kind.ts';
import type { Progress } from './progress.ts';
import { newSourceEdits, restoreEdits } from './source-edits.ts';
import type { Found } from './walk.ts';

/** What the files of one import share. */
export interface Importing {
  readonly context: WriteContext;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly record: RecordPatch;
  /** Passwords to try; those a person answers are added, for the files that follow. Never stored. */
  readonly passwords: string[];
  /** What is being made of an original by now: one file, twice in one import, is one source. */
  readonly claims: Map<SourceId, Promise<Outcome>>;
  /** Runs one piece of work after the other, in the order in which they are asked for. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** An original in the project's folder that is not a source yet, and is held (holds.ts) until that is decided. */
export interface Taken {
  readonly found: Found;
  readonly kind: SourceKind;
  readonly mediaType: string;
  readonly id: SourceId;
  readonly sha256: Sha256;
  readonly bytes: number;
}

export type Outcome =
  | { readonly kind: 'done'; readonly item: ImportItem }
  /** Protected: somebody must be asked. */
  | { readonly kind: 'protected'; readonly taken: Taken; readonly error: ErrorData };

export const item = (
  found: Found,
  status: ImportItem['status'],
  rest: Partial<Omit<ImportItem, 'path' | 'status'>> = {},
): ImportItem => ({ path: found.path, page: null, status, source: null, error: null, notes: [], ...rest });
const done = (...args: Parameters<typeof item>): Outcome => ({ kind: 'done', item: item(...args) });

const notOurs: ErrorData = {
  code: 'UNSUPPORTED',
  message: 'Not a kind of file Sourcebook reads. It reads PDF, saved web pages (one HTML file) and plain text.',
};

/**
 * Takes one file as far as it goes without asking anybody. Throws CANCELLED; everything else is its outcome. The original of
 * a protected one stays held.
 */
export async function importFile(importing: Importing, found: Found): Promise<Outcome> {
  if (found.error !== null) return done(found, 'failed', { error: found.error });
  try {
    // In turn, so that of two equal files it is always the first found that becomes the source.
    const taken = await importing.inTurn(() => take(importing, found));
    return taken === null ? done(found, 'skipped', { error: notOurs }) : await taken.outcome();
  } catch (thrown) {
    return failed(importing, found, thrown);
  }
}

/** Copies and claims the file; what is then made of it need not be in turn. Null for a kind we do not read. */
async function take(importing: Importing, found: Found): Promise<{ outcome: () => Promise<Outcome> } | null> {
  const { context, progress, signal, claims } = importing;
  const name = basename(found.file);
  if ((await kindOfFile(found.file, name)).kind === null) return null;
  progress.step(found.path, 'hashing');
  const { sha256: hash, bytes, existed } = await context.files.takeOriginal(found.file, signal);
  hold(context, { sha256: hash, existed });
  const id = sourceIdOf(hash);
  const make = async (): Promise<Outcome> => {
    // Judged again on what was stored: the file may have changed since, and only these bytes are evidence.
    const { kind, ...judged } = await kindOfFile(context.files.originalPath(hash), name);
    if (kind === null || kind === 'mhtml' || kind === 'warc' || kind === 'wacz')
      return done(found, 'skipped', { error: notOurs });
    const mediaType = 'mediaType' in judged ? judged.mediaType : '';
    const taken: Taken = { found, kind, mediaType, id, sha256: hash, bytes };
    return first === undefined ? settle(importing, taken) : asDuplicate(await first, taken);
  };
  const first = claims.get(id);
  const outcome = untilDecided(context, hash, make);
  if (first === undefined) claims.set(id, outcome);
  // A function, for a promise would be waited for here, in turn.
  return { outcome: () => outcome };
}

/** Holds an original for the time of `work`, and longer where somebody must be asked first. */
async function untilDecided(context: WriteContext, hash: Sha256, work: () => Promise<Outcome>): Promise<Outcome> {
  let outcome: Outcome | null = null;
  try {
    outcome = await work();
    return outcome;
  } finally {
    if (outcome?.kind !== 'protected') release(context, hash, (outcome?.item.source ?? null) !== null);
  }
}

/** The same bytes once more in one import: whatever became of the first holds for the second. */
function asDuplicate(first: Outcome, taken: Taken): Outcome {
  if (first.kind === 'protected') return { ...first, taken };
  const { status, source, error } = first.item;
  return done(taken.found, status === 'added' ? 'duplicate' : status, { source, error });
}

/** Makes a source of an original, unless the project has it already. */
export async function settle(importing: Importing, taken: Taken): Promise<Outcome> {
  try {
    const known = knownAlready(importing.context, taken);
    if (known !== null) return { kind: 'done', item: known };
    const extraction = await extract(importing, taken);
    if (extraction.ok) return { kind: 'done', item: add(importing, taken, extraction.value) };
    const { error } = extraction;
    if (error.code === 'PASSWORD_NEEDED' || error.code === 'PASSWORD_WRONG') return { kind: 'protected', taken, error };
    return done(taken.found, 'failed', { error });
  } catch (thrown) {
    return failed(importing, taken.found, thrown);
  }
}

function failed({ signal }: Importing, found: Found, thrown: unknown): Outcome {
  if (signal.aborted) throw thrown instanceof Fault ? thrown : new Fault('CANCELLED', 'The import was stopped.');
  return done(found, 'failed', { error: toErrorData(thrown) });
}

/**
 * A source that is there is a duplicate. One that was removed comes back, as it was left: whoever adds a file wants to
 * have it, and its passages are still the evidence they were.
 */
function knownAlready({ db, files }: WriteContext, { found, id }: Taken): ImportItem | null {
  const row = db.get(oneSource, { id });
  if (row === undefined || row.sha256 === null || row.layer === null) return null;
  if (row.deleted !== 1) return item(found, 'duplicate', { source: id });
  const layer = sha256.safeParse(db.get(oneLayer, { id: row.layer })?.sha256);
  if (!layer.success || !files.hasLayer(layer.data)) return null;
  db.commit(`Restore ${basename(found.file)}`, restoreEdits(id, row.layer));
  return item(found, 'added', {
    source: id,
    notes: ['It had been removed from this project, and was restored as it was.'],
  });
}

function extract({ context, signal, progress, passwords }: Importing, taken: Taken): Promise<Extraction> {
  const { found, kind } = taken;
  const path = context.files.originalPath(taken.sha256);
  const onProgress = (at: JobProgress): void => progress.step(found.path, 'reading', at);
  progress.step(found.path, 'reading');
  const options = { signal, onProgress };
  switch (kind) {
    case 'pdf':
      return readPdf(context.pool, { path, passwords: [...passwords] }, options);
    case 'page':
      return context.pool.run('page', { path, fileName: basename(found.file), charset: null, parts: [] }, options);
    case 'text':
      return context.pool.run('text', { path }, options);
    case 'image':
      return context.pool.run('image', { path }, options);
  }
}

/** Stores the layer and what belongs to it, then says so in one commit: a kill in between leaves files, never half a source. */
function add({ context, progress, record, signal }: Importing, taken: Taken, extracted: Extracted): ImportItem {
  if (signal.aborted) throw new Fault('CANCELLED', 'The import was stopped.');
  const { found, kind, mediaType, id, sha256: hash, bytes } = taken;
  const { files, db } = context;
  progress.step(found.path, 'storing');
  for (const resource of extracted.resources) files.putLayer(resource);
  const frozen = extracted.frozen === null ? null : files.putLayer(extracted.frozen);
  const layerSha256 = files.putLayer(extracted.layerFile);
  const layer = layerIdOf(id, extracted.engine, extracted.version, extracted.textSha256);
  const fileName = basename(found.file).toWellFormed();
  db.commit(
    `Import ${fileName}`,
    newSourceEdits({
      id,
      kind,
      mediaType,
      fileName,
      sha256: hash,
      bytes,
      layer,
      layerSha256,
      frozen,
      extracted,
      record,
    }),
  );
  const notes = extracted.notes.filter(isRemark);
  if (!extracted.hasText) notes.unshift('No text layer: areas of its pages can be marked.');
  return item(found, 'added', { source: id, notes });
}
