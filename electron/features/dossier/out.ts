import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { DossierAsked } from '../../../shared/contract/dossier.ts';
import { Fault } from '../../../shared/errors.ts';
import { type DossierFormat, sha256 } from '../../../shared/model/index.ts';
import { dossierBlocks, oneExhibit } from '../../formats/dossier/content.ts';
import { htmlOf } from '../../formats/dossier/html.ts';
import type { Document, Dossier } from '../../formats/dossier/model.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { goOn, tell, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { chosenFor } from './chosen.ts';
import { compose, type Composed, type Knows } from './compose.ts';
import { refuseUnmasked, writeFolder, writeFolderZipped } from './folder.ts';
import { showing, showingOne } from './shown.ts';
import type { Keys } from './signers.ts';
import type { Written } from '../../formats/dossier/blocks.ts';
import { fillDocx } from '../../formats/dossier/docx.ts';
import { writeZip } from '../../formats/zip/write.ts';

const SAMPLES = 1000;

/** The content of a dossier for export. Throws USAGE for a query with faults, NOT_FOUND if no passage matches, UNMASKED, TOO_LARGE. */
async function composed(
  context: ReadContext,
  knows: Knows,
  asked: DossierAsked,
  {
    keys,
    samples,
    watch,
  }: { readonly keys: Keys; readonly samples: number; readonly watch?: (done: number, total: number) => void },
): Promise<Composed> {
  const chosen = await chosenFor(context, asked.from);
  if (chosen.faults.length > 0)
    throw new Fault('USAGE', chosen.faults.map(({ sentence }) => sentence).join(' '), {
      faults: chosen.faults.map(({ code }) => code),
    });
  const made = await compose(context, knows, {
    asked,
    chosen,
    keys,
    samples,
    ...(watch === undefined ? {} : { watch }),
  });
  if (made.dossier.exhibits.length === 0)
    throw new Fault(
      'NOT_FOUND',
      'No passages fit, so there is no dossier. Choose claims with passages, or other filters.',
    );
  return made;
}

/** See `dossier.show`, shared/contract/dossier-out.ts. */
export async function show(
  context: ReadContext,
  knows: Knows,
  { exhibit, keys, passwords, ...asked }: CallArgs<'dossier.show'>,
): Promise<CallOutput<'dossier.show'>> {
  const { dossier, masking } = await composed(context, knows, asked, { keys, samples: exhibit === null ? SAMPLES : 0 });
  if (exhibit !== null && dossier.exhibits[exhibit - 1] === undefined)
    throw new Fault('NOT_FOUND', `This dossier has no exhibit ${exhibit}.`, { exhibit });
  const given = { context, dossier, masking, passwords };
  const blocks =
    exhibit === null ? dossierBlocks(dossier, showing(given)) : oneExhibit(dossier, exhibit, showingOne(given));
  let html = '';
  for await (const { text } of htmlOf(dossier, blocks)) html += text;
  return { html };
}

/** See `dossier.export`, shared/contract/dossier-out.ts. */
export async function exportDossier(
  context: WriteContext,
  knows: Knows,
  { path, format, replace, keys, passwords, ...asked }: CallArgs<'dossier.export'>,
): Promise<CallOutput<'dossier.export'>> {
  // A folder is never replaced: other files that a person keeps in it would be lost.
  if (!replace || format === 'folder') assertAbsent(path);
  const { signal } = context;
  try {
    const watch = (done: number, total: number): void => {
      goOn(context);
      tell(context, 'collecting', done, total);
    };
    const { dossier: plain, masking } = await composed(context, knows, asked, { keys, samples: SAMPLES, watch });
    if (format === 'folder' || format === 'zip') refuseUnmasked(context, plain);
    const dossier = { ...plain, documents: await read(context, plain.documents) };
    const blocks = dossierBlocks(dossier, showing({ context, dossier, masking, passwords }, signal));
    const count = dossier.exhibits.length;
    const bytes = await written(context, path, format, { dossier, masking, blocks, signal });
    tell(context, 'done', count, count);
    return { path, bytes, exhibits: count, documents: dossier.documents.length };
  } catch (thrown) {
    throw signal.aborted ? new Fault('CANCELLED', 'Stopped. No file was written.') : thrown;
  }
}

async function written(
  context: WriteContext,
  path: string,
  format: DossierFormat,
  made: Parameters<typeof writeFolder>[2],
): Promise<number> {
  const { dossier, blocks } = made;
  switch (format) {
    case 'html':
      return writeText(context, path, htmlOf(dossier, blocks), dossier.exhibits.length);
    case 'docx':
      return writeDocx(context, path, dossier, blocks);
    case 'folder':
      return writeFolder(context, path, made);
    case 'zip':
      return writeFolderZipped(context, path, made);
  }
}

/** Reads each original. Throws DAMAGED if its bytes changed: a dossier must not claim to be checkable when it is not. */
async function read(context: WriteContext, documents: readonly Document[]): Promise<Document[]> {
  const all: Document[] = [];
  for (const document of documents) {
    goOn(context);
    const hash = sha256.safeParse(document.sha256).data;
    const found = hash === undefined ? null : await context.files.hashOriginal(hash);
    if (found !== null && found !== hash)
      throw new Fault(
        'DAMAGED',
        `The original of “${document.title}” was altered, so no dossier was made. Verify the project, and restore the file from a copy.`,
        { source: document.id },
      );
    all.push({ ...document, original: found === null ? 'missing' : 'same' });
  }
  return all;
}

/** Writes a dossier as a Word document, which is renamed when it is complete. Returns its size in bytes. Throws NOT_FOUND, NOT_ALLOWED, DISK_FULL, CANCELLED. */
async function writeDocx(
  context: WriteContext,
  path: string,
  dossier: Dossier,
  blocks: AsyncIterable<Written>,
): Promise<number> {
  let told = -1;
  const { bytes } = await writeZip(path, (zip) =>
    fillDocx(zip, dossier, blocks, (done) => {
      goOn(context);
      if (done === told) return;
      told = done;
      tell(context, 'writing', done, dossier.exhibits.length);
    }),
  );
  return bytes;
}
