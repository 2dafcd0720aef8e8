import { renameSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { sourceId } from '../../../shared/model/index.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { assertLongEnough, encryptBag, ENCRYPTED_SUFFIX, type EncryptFor } from '../../project/export/encryption.ts';
import { SIGNATURE_SUFFIX, signFile } from '../../project/export/signature.ts';
import {
  type ProjectFileParts,
  assertAbsent,
  topFolder,
  wholeProject,
  writeProjectFile,
} from '../../project/export/project-file.ts';
import { besideOf, tell } from '../../project/export/partial-file.ts';
import { type Part, partOf } from '../../project/export/part.ts';
import { showingMasked } from '../../project/export/part-queries.ts';
import { withPseudonyms } from '../../project/export/pseudonymous.ts';
import { type FileSources, maskedForWords, maskedInFile } from '../../project/masks/outgoing.ts';

type Input = CallArgs<'projectFile.export'>;
type Options = Input['options'];
type Exported = CallOutput<'projectFile.export'>;

/**
 * Writes the project, a part of it, or the project under pseudonyms as a project file, encrypted and signed if asked. It is written
 * to a temporary file and renamed once it is complete, with its signature: if stopped or killed, a former file stays as it was.
 * Faults: EXISTS; NOT_FOUND if nothing fits the selection; BAD_INPUT for a passphrase together with recipients, one that is
 * too short, or an invalid recipient; NOT_ALLOWED for a signature over pseudonyms; UNMASKED; CANCELLED.
 */
export async function exportProject(
  context: WriteContext,
  { path: asked, replace, options }: Input,
): Promise<Exported> {
  const key = await keyOf(options);
  refuseSignedPseudonyms(options);
  const path = key !== null && !asked.toLowerCase().endsWith(ENCRYPTED_SUFFIX) ? asked + ENCRYPTED_SUFFIX : asked;
  const signature = options.protection.sign ? path + SIGNATURE_SUFFIX : null;
  if (!replace) for (const one of [path, ...(signature === null ? [] : [signature])]) assertAbsent(one);
  const beside = besideOf(path);
  const { signal } = context;
  try {
    tell(context, 'collecting', 0, 0);
    const { leftOut, written } = await withParts(context, options, (parts) =>
      write(context, beside, { top: topFolder(path), mayLack: true, ...parts, signal }, key),
    );
    const { files, missing } = written;
    if (signature !== null) await sign(context, beside, basename(path), signal);
    // A former signature is over other bytes.
    rmSync(path + SIGNATURE_SUFFIX, { force: true });
    renameSync(beside, path);
    if (signature !== null) renameSync(beside + SIGNATURE_SUFFIX, signature);
    const { size } = statSync(path);
    tell(context, 'done', size, size);
    return { path, bytes: size, files, signature, leftOut, missing: [...missing] };
  } finally {
    for (const left of [beside, beside + SIGNATURE_SUFFIX]) rmSync(left, { force: true });
  }
}

/** Writes the project file. If it is encrypted, no unencrypted copy is ever written. */
function write(
  context: WriteContext,
  to: string,
  parts: ProjectFileParts,
  key: EncryptFor | null,
): ReturnType<typeof writeProjectFile> {
  if (key === null)
    return writeProjectFile(context, to, true, {
      ...parts,
      onFile: (done, total) => tell(context, 'writing', done, total),
    });
  return writeProjectFile(context, to, true, {
    ...parts,
    write: (path, plan) =>
      encryptBag(plan, path, key, {
        ...(parts.signal === undefined ? {} : { signal: parts.signal }),
        onProgress: (done, total) => tell(context, 'encrypting', done, total),
      }),
  });
}

async function sign(context: WriteContext, file: string, called: string, signal: AbortSignal): Promise<void> {
  const { size } = statSync(file);
  const onProgress = (done: number): void => tell(context, 'signing', done, size);
  await signFile(file, context.person, { called, at: context.now(), signal, onProgress });
}

async function withParts<T>(
  context: WriteContext,
  options: Options,
  work: (parts: ProjectFileParts) => Promise<T>,
): Promise<{ readonly leftOut: number; readonly written: T }> {
  const { only, pseudonyms } = options;
  const asked = partOf(context, only);
  if (asked !== null && asked.sources?.size === 0)
    throw new Fault('NOT_FOUND', 'No passages match these filters, so no file was written.');
  if (pseudonyms) {
    // For others, who can’t merge it back: nobody would mask there what isn’t masked here.
    const { free } = maskedForWords(context, asked?.sources ?? null);
    const { part, leftOut } = withoutMasked(context, only, asked);
    return { leftOut, written: await withPseudonyms(context, part, work, free) };
  }
  const { refused } = maskedInFile(context, fileSources(asked, pseudonyms));
  if (refused !== null && !options.unmasked && !isBlind(context)) throw refused;
  if (asked === null) return { leftOut: 0, written: await work(wholeProject(context.project)) };
  const { show, ...files } = asked;
  const writeDatabase = (target: string): void => context.project.exports.writePart(target, show);
  return { leftOut: 0, written: await work({ ...files, writeDatabase }) };
}

const fileSources = (part: Part | null, pseudonyms: boolean): FileSources => ({
  sources: part?.sources ?? null,
  trash: part === null && !pseudonyms,
});

/**
 * The part without sources of which something is masked: a project file has originals and texts whole, since they are checked by their
 * hashes. NOT_FOUND if no other source is in it.
 */
function withoutMasked(
  context: ReadContext | WriteContext,
  only: Options['only'],
  part: Part | null,
): { readonly part: Part | null; readonly leftOut: number } {
  const rows = context.db.all(showingMasked, {}).filter(({ id }) => part?.sources?.has(id) ?? true);
  const shown = rows.filter(({ masked }) => masked === 0);
  const leftOut = rows.length - shown.length;
  if (leftOut === 0) return { part, leftOut };
  if (shown.length === 0)
    throw new Fault(
      'NOT_FOUND',
      'Something is masked in each of these sources, so a file under pseudonyms would have none, and none was written. Export a dossier: it has their words without what is masked.',
    );
  return { part: partOf(context, { ...only, sources: shown.map(({ id }) => sourceId.parse(id)) }), leftOut };
}

/** What the contract says of `projectFile.masks`. */
export function masksOfFile(
  context: ReadContext,
  { only, pseudonyms }: CallArgs<'projectFile.masks'>,
): CallOutput<'projectFile.masks'> {
  const part = partOf(context, only);
  const { masks, unmasked } = maskedInFile(context, fileSources(part, pseudonyms));
  // What a coder submits goes back to whoever has the originals, so it isn’t refused.
  const goesBack = !pseudonyms && isBlind(context);
  const sources = pseudonyms ? context.db.all(showingMasked, {}) : [];
  const leftOut = sources.filter(({ id, masked }) => masked === 1 && (part?.sources?.has(id) ?? true)).length;
  return { masks: pseudonyms ? 0 : masks, leftOut, unmasked: goesBack ? 0 : unmasked };
}

async function keyOf({ protection: { passphrase, recipients } }: Options): Promise<EncryptFor | null> {
  if (passphrase !== undefined && recipients.length > 0)
    throw new Fault('BAD_INPUT', 'Encrypt with a passphrase or for recipients, not both.');
  if (passphrase !== undefined) {
    assertLongEnough(passphrase);
    return { passphrase };
  }
  if (recipients.length === 0) return null;
  // Loading it takes 90 ms, so it is loaded only when it is needed.
  const { checkRecipients } = await import('../../formats/age/index.ts');
  checkRecipients(recipients);
  return { recipients };
}

function refuseSignedPseudonyms({ pseudonyms, protection: { sign: signs } }: Options): void {
  if (!pseudonyms || !signs) return;
  throw new Fault(
    'NOT_ALLOWED',
    'A signature reveals who you are, so a pseudonymous file can’t be signed. Export it without one.',
  );
}
