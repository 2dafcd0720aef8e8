import type { ImportItem } from '../../../../shared/contract/sources.ts';
import { isRemark, layerNoteText } from '../../../../shared/model/layer-notes.ts';
import { sha256, type OriginalPart } from '../../../../shared/model/index.ts';
import { readPageStyles } from '../../../project/sources/page-styles.ts';
import type { Extracted } from '../../../formats/extracted.ts';
import type { JobProgress } from '../../../workers/pool.ts';
import { storeLayer, edit, newSourceEdits, restoreEdits } from '../edits.ts';
import { oneLayer, oneSource, type SourceRow } from '../queries.ts';
import { readWithContent } from '../read-original.ts';
import { toSource } from '../source-rows.ts';
import {
  cancelled,
  type Candidate,
  commitPart,
  done,
  errorOf,
  type Importing,
  itemOf,
  type Made,
  nameOf,
  type Protected,
} from './context.ts';

type OnProgress = (at: JobProgress) => void;

/** Adds a candidate as a source, unless the project has it already. Throws CANCELLED; other errors are the outcome. */
export async function makeSource(
  importing: Importing,
  candidate: Candidate,
  onProgress: OnProgress = (at) => importing.progress.step(candidate.taken.found.path, 'reading', at),
): Promise<Made> {
  const { context, signal, passwords } = importing;
  try {
    const known = knownAlready(importing, candidate);
    if (known !== null) return done(known);
    onProgress({ done: null, total: null });
    const { extraction, content } = await readWithContent(context, originalOf(candidate), {
      signal,
      onProgress,
      charset: null,
      passwords,
    });
    if (extraction.ok) return done(await add(importing, candidate, extraction.value, content));
    const { error } = extraction;
    if (error.code === 'PASSWORD_NEEDED' || error.code === 'PASSWORD_WRONG')
      return { kind: 'protected', candidate, error };
    return done(itemOf(candidate, 'failed', { error }));
  } catch (thrown) {
    return done(itemOf(candidate, 'failed', { error: errorOf(importing, thrown) }));
  }
}

const originalOf = ({ taken, kind, page }: Candidate) => ({
  kind,
  fileName: nameOf(taken),
  sha256: taken.sha256,
  parts: [...taken.parts],
  archive: page === null ? null : { url: page.archive.url, time: page.archive.time, key: page.key },
  content: null,
});

/** An existing source is a duplicate. One in the trash is restored unchanged, with its passages. */
function knownAlready(importing: Importing, candidate: Candidate): ImportItem | null {
  const { db, files } = importing.context;
  const { id } = candidate;
  const row = db.get(oneSource, { id });
  if (row === undefined || row.sha256 === null || row.layer === null) return null;
  if (row.deleted !== 1)
    return itemOf(candidate, 'duplicate', { source: id, notes: addFolder(importing, candidate, row) });
  const layer = sha256.safeParse(db.get(oneLayer, { id: row.layer })?.sha256);
  if (!layer.success || !files.hasLayer(layer.data)) return null;
  commitPart(importing, `Restore ${labelOf(candidate)}`, restoreEdits(db, id, row.layer));
  return itemOf(candidate, 'added', {
    source: id,
    notes: ['This source was in the trash; it has been restored unchanged.', ...addFolder(importing, candidate, row)],
  });
}

/** Stores the folder of a saved page that was imported without it; the text does not change. Returns notes about the folder. */
function addFolder(importing: Importing, { id, taken }: Candidate, row: SourceRow): string[] {
  const kept = toSource(row)?.parts ?? [];
  const filesOf = (parts: readonly OriginalPart[]): string => parts.map(({ path, sha256: hash }) => hash + path).join();
  if (taken.parts.length === 0 || filesOf(kept) === filesOf(taken.parts)) return [];
  if (kept.length > 0)
    return ['Already stored with the folder it first came with. The new folder has different files and was left out.'];
  commitPart(importing, `Add folder of ${nameOf(taken)}`, [edit(id, 'parts', [...taken.parts])]);
  return ['Its folder is now stored with it. Extract its text again to show images and styles.'];
}

const labelOf = ({ taken, page }: Candidate): string => page?.archive.url ?? nameOf(taken);

/** Stores the text layers and their files, then commits once: a kill in between leaves unused files, never half a source. */
async function add(
  importing: Importing,
  candidate: Candidate,
  read: Extracted,
  content: Uint8Array | null,
): Promise<ImportItem> {
  const { context, progress, signal, input } = importing;
  const { files } = context;
  const { taken, id, kind, page } = candidate;
  const styled =
    input.pageStyles && read.engine === 'frozen-page'
      ? await readPageStyles(context, read, signal)
      : { extracted: read, picture: null, remarks: [] };
  if (signal.aborted) throw cancelled();
  const { extracted, picture } = styled;
  progress.step(taken.found.path, 'storing');
  const layer = storeLayer(files, id, extracted);
  const shown = picture === null ? [] : storeLayer(files, id, picture).edits;
  const source = newSourceEdits({
    id,
    kind,
    mediaType: taken.mediaType,
    fileName: nameOf(taken),
    sha256: taken.sha256,
    bytes: taken.bytes,
    layer: layer.id,
    archive: page?.archive ?? null,
    parts: taken.parts,
    content: content === null ? null : files.putLayer(content),
    extracted,
    record: input.record,
  });
  commitPart(importing, `Import ${labelOf(candidate)}`, [...source, ...layer.edits, ...shown]);
  const notes = [...taken.notes, ...styled.remarks, ...extracted.notes.filter(isRemark).map(layerNoteText)];
  if (!extracted.hasText) notes.unshift('No text layer. You can highlight areas of its pages.');
  return itemOf(candidate, 'added', { source: id, notes });
}

/** The name to ask a person about: an archive can have several protected pages. */
const askedName = ({ taken, page }: Candidate): string =>
  page === null ? taken.found.path : `${taken.found.path} · ${page.archive.url}`;

/** Asks for a password until one fits or the person skips the file; null if the import was cancelled. */
export async function askUntilOpen(importing: Importing, first: Protected): Promise<ImportItem | null> {
  const { context, input, running, passwords } = importing;
  const { candidate } = first;
  const path = askedName(candidate);
  // A password entered for an earlier file may fit this one too.
  let made: Made = passwords.length === 0 ? first : await makeSource(importing, candidate);
  let asked = false;
  while (made.kind === 'protected') {
    if (!input.askPassword) return itemOf(candidate, 'failed', { error: made.error });
    const answer = running.askPassword(path, asked);
    context.emit('import.password', { job: input.job, path, wrong: asked });
    const password = await answer;
    if (running.signal.aborted) return null;
    if (password === null) return itemOf(candidate, 'skipped', { error: made.error });
    asked = true;
    passwords.push(password);
    made = await makeSource(importing, candidate);
  }
  return made.item;
}
