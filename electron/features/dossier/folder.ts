import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';
import { archivePage, layerId, originalPart, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import { BagFolder } from '../../formats/bag/folder-write.ts';
import type { Written } from '../../formats/dossier/blocks.ts';
import {
  EXHIBITS_PATH,
  type ExhibitsFile,
  FOLDER_FIELD,
  FOLDER_VERSION,
  type FolderDocument,
  folderExhibitOf,
  type FolderText,
  ORIGINALS,
  PAGE_PATH,
  safeName,
  TEXTS,
} from '../../formats/dossier/folder.ts';
import { htmlOf } from '../../formats/dossier/html.ts';
import type { Document, Dossier, Exhibit } from '../../formats/dossier/model.ts';
import { recordOf } from '../../formats/dossier/record.ts';
import { SIGNED_PATH } from '../../formats/dossier/signed-file.ts';
import { addEntry, writeZip } from '../../formats/zip/write.ts';
import type { WriteContext } from '../../project/context.ts';
import { besideOf, goOn, tell, writeText } from '../../project/export/partial-file.ts';
import { maskedFor } from '../../project/masks/outgoing.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { charsetOf, openLayer } from '../../project/sources/layers.ts';
import { claimsInFolder, signedOf } from './signed.ts';

interface SourceRow {
  readonly id: string;
  readonly archive: string | null;
  readonly parts: string | null;
}
const sourcesOfFolder = query<{ ids: string }, SourceRow>(
  'dossier.sources',
  `SELECT s.id, s.archive, s.parts FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value`,
);

interface LayerRow {
  readonly passage: string;
  readonly layer: string | null;
  readonly engine: string | null;
  readonly version: string | null;
  readonly options: string | null;
}
const layersOfFolder = query<{ ids: string }, LayerRow>(
  'dossier.layers',
  `SELECT p.id AS passage, l.id AS layer, l.engine, l.version, l.options
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value LEFT JOIN p_layer l ON l.id = p.onLayer`,
);

/** All sources with the hashes of their originals, also those in the trash: several sources can be pages of one web archive. */
const filesOfSources = query<Record<string, never>, { id: string; sha256: string | null; masked: number }>(
  'dossier.files',
  `SELECT s.id, s.sha256, EXISTS (SELECT 1 FROM p_mask m WHERE m.source = s.id AND m.deleted IS NOT 1) AS masked FROM p_source s`,
);

interface Writing {
  readonly context: WriteContext;
  readonly dossier: Dossier;
  readonly masking: Masking;
  readonly bag: BagFolder;
  readonly signal: AbortSignal;
  /** Hashes of originals in which something is masked, in whatever source. */
  readonly masked: ReadonlySet<string>;
}

/**
 * Throws UNMASKED if an original of the dossier has an unmasked passage that names a private person, even one that is no exhibit: a
 * folder has whole documents.
 */
export function refuseUnmasked(context: WriteContext, dossier: Dossier): void {
  const hashes = new Set(dossier.documents.map((document) => document.sha256));
  const all = context.db.all(filesOfSources, {}).filter((one) => hashes.has(one.sha256 ?? ''));
  maskedFor(context, { sources: new Set(all.map(({ id }) => id)) });
}

interface ToWrite {
  readonly dossier: Dossier;
  readonly masking: Masking;
  readonly blocks: AsyncIterable<Written>;
  readonly signal: AbortSignal;
}

/**
 * Writes a dossier as a folder (formats/dossier/folder.ts), which is renamed when it is complete. Returns the total size of its files in
 * bytes. Throws DAMAGED if the bytes of an original or text have changed; NOT_FOUND, NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeFolder(
  context: WriteContext,
  path: string,
  { dossier, masking, blocks, signal }: ToWrite,
): Promise<number> {
  const part = besideOf(path);
  const masked = new Set(
    context.db.all(filesOfSources, {}).flatMap((one) => (one.masked === 1 ? (one.sha256 ?? []) : [])),
  );
  try {
    mkdirSync(part);
    const bag = new BagFolder(part);
    const { documents, exhibits } = await documentsIn({ context, dossier, masking, bag, signal, masked });
    const file: ExhibitsFile = {
      [FOLDER_FIELD]: FOLDER_VERSION,
      title: dossier.title,
      template: dossier.template,
      madeAt: dossier.madeAt,
      head: dossier.head,
      offsets: 'UTF-16 code units of the text that the exhibit names',
      claims: claimsInFolder(context, dossier, masking),
      ...(dossier.figures === null ? {} : { figures: dossier.figures }),
      documents,
      exhibits,
    };
    const signed = signedOf(context, dossier, masking);
    if (signed !== null) bag.text(SIGNED_PATH, `${JSON.stringify(signed)}\n`);
    bag.text(EXHIBITS_PATH, `${JSON.stringify(file, null, 1)}\n`);
    await writeText(context, bag.place(PAGE_PATH), htmlOf(dossier, blocks), dossier.exhibits.length);
    await bag.list(PAGE_PATH, signal);
    const { bytes } = bag.end({
      'Bag-Software-Agent': 'Sourcebook',
      'Bagging-Date': dossier.madeAt.slice(0, 10),
      'External-Description': dossier.title,
      [FOLDER_FIELD]: String(FOLDER_VERSION),
    });
    goOn(context);
    renameSync(part, path);
    return bytes;
  } catch (thrown) {
    rmSync(part, { recursive: true, force: true });
    throw exportFault(thrown);
  }
}

/** Writes the folder into a zip that has nothing else. Returns the size of the zip in bytes. Throws the faults of {@link writeFolder}. */
export async function writeFolderZipped(context: WriteContext, path: string, written: ToWrite): Promise<number> {
  const place = besideOf(path);
  const name = basename(path, extname(path));
  try {
    mkdirSync(place);
    await writeFolder(context, join(place, name), written);
    const files = readdirSync(join(place, name), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .toSorted();
    const { bytes } = await writeZip(path, async (zip) => {
      for (const [at, file] of files.entries()) {
        goOn(context);
        tell(context, 'writing', at, files.length);
        const entry = relative(place, file).split(sep).join('/');
        await addEntry(zip, { path: entry, content: { file }, deflate: !entry.includes(`/${ORIGINALS}`) });
      }
    });
    return bytes;
  } catch (thrown) {
    throw exportFault(thrown);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Writes originals and texts. Returns the entries of exhibits.json for documents and exhibits. */
async function documentsIn(writing: Writing): Promise<Pick<ExhibitsFile, 'documents' | 'exhibits'>> {
  const { context, dossier } = writing;
  const ids = JSON.stringify(dossier.documents.map(({ id }) => id));
  const rows = new Map(context.db.all(sourcesOfFolder, { ids }).map((row) => [row.id, row]));
  const passages = JSON.stringify(dossier.exhibits.map(({ passage }) => passage.id));
  const layers = new Map(context.db.all(layersOfFolder, { ids: passages }).map((row) => [row.passage, row]));
  const documents: FolderDocument[] = [];
  const numbers = new Map<string, number>();
  const textOf = new Map<string, string>();
  for (const [at, document] of dossier.documents.entries()) {
    goOn(context);
    tell(context, 'collecting', at, dossier.documents.length);
    const number = at + 1;
    numbers.set(document.id, number);
    const own = dossier.exhibits.filter((one) => one.document === document.id && one.place.exact !== null);
    const read = new Map(
      own.flatMap(({ passage }) => layers.get(passage.id) ?? []).map((row) => [row.layer ?? '', row]),
    );
    const isMasked = own.some((exhibit) => isMaskedElsewhere(writing, exhibit, layers.get(exhibit.passage.id)));
    const texts: FolderText[] = [];
    for (const row of isMasked ? [] : read.values()) {
      const text = writeLayer(
        writing,
        document,
        row,
        `${TEXTS}${String(number).padStart(3, '0')}-${texts.length + 1}.txt`,
      );
      textOf.set(row.layer ?? '', text.path);
      texts.push(text);
    }
    const { id, title, fileName, kind, bytes } = document;
    const record = recordOf(document);
    const known = { number, id, title, fileName, kind, sha256: sha256.parse(document.sha256), bytes, record };
    const stored = isMasked ? nothing(MASKED_ELSEWHERE) : await originalOf(writing, document, number, rows.get(id));
    documents.push({ ...known, ...stored, texts });
  }
  const exhibits = dossier.exhibits.map((exhibit) =>
    folderExhibitOf(dossier, exhibit, {
      document: numbers.get(exhibit.document) ?? 0,
      text: textOf.get(layers.get(exhibit.passage.id)?.layer ?? '') ?? null,
    }),
  );
  return { documents, exhibits };
}

/** Whether the document's masked text differs from the exhibit's quotation at its place. */
function isMaskedElsewhere(
  { context, masking }: Writing,
  { document, place: { start, end, exact } }: Exhibit,
  row: LayerRow | undefined,
): boolean {
  if (start === null || end === null || row === undefined || row.layer === null) return false;
  const { id, file } = openLayer(context, layerId.parse(row.layer));
  return masking.layerText(document, id, file.text()).slice(start, end) !== exact;
}

function writeLayer(
  { context, masking, bag }: Writing,
  { id }: Document,
  { layer, engine, version, options }: LayerRow,
  path: string,
): FolderText {
  const opened = openLayer(context, layerId.parse(layer));
  bag.text(path, masking.layerText(id, opened.id, opened.file.text()));
  return { path, engine: engine ?? '', version: version ?? '', charset: charsetOf(options) };
}

type Stored = Pick<FolderDocument, 'original' | 'redacted' | 'notHere' | 'parts' | 'archive'>;
const nothing = (notHere: string): Stored => ({ original: null, redacted: null, notHere, parts: [], archive: null });

/** Exports a document: as received if nothing in it is masked; else a PDF as pictures without the masked parts, and other kinds not at all. */
async function originalOf(
  writing: Writing,
  document: Document,
  number: number,
  row: SourceRow | undefined,
): Promise<Stored> {
  const { context, masked } = writing;
  const hash = sha256.parse(document.sha256);
  const name = `${ORIGINALS}${safeName(number, document.fileName)}`;
  if (!context.files.hasOriginal(hash)) return nothing('Its original isn’t in the project any more.');
  if (masked.has(hash)) return redactedOf(writing, document, name);
  const archive = archivePage.pick({ url: true, time: true }).safeParse(jsonOf(row?.archive)).data ?? null;
  const original = { path: name, sha256: hash };
  await copied(writing, { hash, path: name, title: document.title });
  const parts: FolderDocument['parts'] = [];
  for (const [at, part] of (z.array(originalPart).safeParse(jsonOf(row?.parts)).data ?? []).entries()) {
    // A part that is masked as a source of its own, or missing, is left out: the page's text is read without it.
    if (masked.has(part.sha256) || !context.files.hasOriginal(part.sha256)) continue;
    const path = `${ORIGINALS}${String(number).padStart(3, '0')}-parts/${safeName(at + 1, part.path.replace(/^.*\//, ''))}`;
    await copied(writing, { hash: part.sha256, path, title: document.title });
    parts.push({ path, sha256: part.sha256, name: part.path });
  }
  return { original, redacted: null, notHere: null, parts, archive };
}

const jsonOf = (json: string | null | undefined): unknown =>
  json === null || json === undefined ? null : parsed(json);

async function copied(
  { context, bag, signal }: Writing,
  { hash, path, title }: { readonly hash: Sha256; readonly path: string; readonly title: string },
): Promise<void> {
  if ((await bag.copy(context.files.originalPath(hash), path, signal)) === hash) return;
  throw new Fault(
    'DAMAGED',
    `A file of “${title}” was altered, so no dossier was made. Verify the project, and restore the file from a copy.`,
    { sha256: hash },
  );
}

const MASKED_ELSEWHERE = 'Words that it is quoted with are masked in another document, so its original isn’t here.';
const MASKED = 'Something in it is masked, so its original isn’t here.';

async function redactedOf(
  { context, masking, bag, signal }: Writing,
  document: Document,
  name: string,
): Promise<Stored> {
  const { areas, isComplete } = masking.areasOf(document.id);
  if (document.kind !== 'pdf' || !isComplete || areas.length === 0) return nothing(MASKED);
  const path = name.replace(/(\.[a-z0-9]+)?$/, '-redacted.pdf');
  const input = {
    path: context.files.originalPath(sha256.parse(document.sha256)),
    to: bag.place(path),
    masks: areas.map(({ page, area }) => ({ page, areas: [area] })),
    passwords: [],
  };
  const made = await context.pool.run('redactPdf', input, { signal });
  if (!made.ok) return nothing(`${MASKED} No copy without it could be made.`);
  const redacted = { path, sha256: sha256.parse(await bag.list(path, signal)) };
  return { ...nothing(`${MASKED} The copy has pictures of its pages, without text.`), redacted };
}
