import { basename, extname } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { refuseLongDraft } from '../../../shared/drafts/check-draft.ts';
import { titleOf } from '../../../shared/drafts/sentences.ts';
import { Fault } from '../../../shared/errors.ts';
import { type DraftId, draftId } from '../../../shared/model/index.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import type { WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { readDraftFile } from '../../project/sources/read-draft.ts';
import { editsOf } from './edits.ts';
import { listDrafts } from './list.ts';
import { versionOf, versionsIn } from './versions.ts';

/** Keeps the file as it was received and its text, and records a version. */
export async function openDraft(
  context: WriteContext,
  { path, fileName = basename(path), title, published, author, writer, style, replaces }: CallArgs<'drafts.open'>,
): Promise<CallOutput<'drafts.open'>> {
  const { db, files, pool } = context;
  const before = replaces === null ? null : versionOf(db, replaces);
  const { sha256, bytes, existed } = await files.takeOriginal(path);
  const read = await readDraftFile(pool, files.originalPath(sha256), fileName);
  if (!read.ok || !read.value.hasText) {
    if (!existed) files.dropOriginal(sha256);
    if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
    throw new Fault('UNSUPPORTED', `“${fileName}” has no text. A draft is a Word document, Markdown or plain text.`, {
      file: fileName,
    });
  }
  const text = openLayerFile(read.value.layerFile).text();
  try {
    // Refused before it is kept: a draft that is too long to check would only have to be removed again.
    refuseLongDraft(text);
  } catch (thrown) {
    if (!existed) files.dropOriginal(sha256);
    throw thrown;
  }
  const id = idOf(sha256, before?.id ?? null);
  const there = versionsIn(db).find((one) => one.id === id);
  if (there !== undefined) throw new Fault('EXISTS', `This file is a version of “${there.title}” already.`, { id });
  const name = title ?? before?.title ?? titleOf(text) ?? read.value.record.title ?? titleIn(fileName);
  const fields = {
    title: name,
    fileName,
    sha256,
    bytes,
    mediaType: MEDIA_TYPES[extname(fileName).toLowerCase()] ?? 'text/plain',
    text: files.putLayer(read.value.layerFile),
    published,
    author,
    writer,
    style,
    ...(before === null ? {} : { replaces: before.id }),
    deleted: false,
  } as const;
  db.commit(
    before === null ? `Open draft “${name}”` : `Open version ${before.number + 1} of “${name}”`,
    editsOf('draft', id, fields),
  );
  const found = listDrafts(context).find((one) => one.id === id);
  if (found === undefined) throw new Fault('DAMAGED', 'Can’t read the draft back. Verify the project.', { id });
  return found;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The id of a version: the same for everybody who opens the same bytes after the same version. */
const idOf = (sha256: string, before: DraftId | null): DraftId =>
  draftId.parse(derivedId('sourcebook draft', sha256, before ?? ''));

const titleIn = (fileName: string): string => fileName.replace(/\.[^.]*$/, '') || fileName;
