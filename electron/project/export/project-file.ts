import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { Fault } from '../../../shared/errors.ts';
import { originalPart, type OriginalPart, sha256 as sha256Schema, type Sha256 } from '../../../shared/model/index.ts';
import { perProject, type ReadContext, type WriteContext } from '../context.ts';
import type { ProjectDb, Readable } from '../../db/types.ts';
import { ANNOTATIONS_PATH, CRATE_PATH, DATABASE_PATH, MISSING_FIELD, originalPath } from '../../formats/bag/layout.ts';
import type { BagOfFiles } from '../../formats/bag/encrypted.ts';
import { type BagSummary, infoLines, writeBag } from '../../formats/bag/write.ts';
import { type AboutExport, type AnnotationChoice, writeAnnotations } from './annotations.ts';
import { crateOf } from './crate.ts';
import { allLayers, belongings, filesOfDrafts, originalsOfSources } from './queries.ts';
import { projectTitles } from '../project-titles.ts';

/** The parts of a project that a project file contains. */
export interface ProjectFileParts extends AnnotationChoice {
  /** Writes the log's database to `target`, which does not exist yet: all of it, a part, an assignment … */
  readonly writeDatabase: (target: string) => void;
  /** The sources whose files are included: originals, folders of saved pages, text layers. Null: all, also those in the trash. */
  readonly sources: ReadonlySet<string> | null;
  /** The text layers of these sources that are included. Absent: all. */
  readonly layers?: ReadonlySet<string>;
  /** Files may be missing: they are listed in the result and in the bag's `Sourcebook-Missing`. Absent: DAMAGED. */
  readonly mayLack?: boolean;
  /** Another project to read the lists and annotations from (a pseudonymous log), with its id. Absent: this one. */
  readonly from?: { readonly read: Readable; readonly id: string; readonly head: string | null };
  /** The bag's top folder. Absent: made from the file's name. */
  readonly top?: string;
  readonly signal?: AbortSignal;
  /** Writes the bag in another form than a zip at `path`: encrypted. */
  readonly write?: (path: string, plan: BagOfFiles) => Promise<BagSummary>;
  /** Called for each file that is put into the bag. */
  readonly onFile?: (done: number, total: number) => void;
}

/** The whole project: the whole log, every original and layer, every live passage. */
export const wholeProject = (project: ProjectDb): ProjectFileParts => ({
  writeDatabase: (target) => project.writeFresh(target),
  sources: null,
  annotations: true,
});

/** A file that the log names and that is missing from the folder. */
export interface Missing {
  /** Its hash; if that cannot be read, the id of the record that names it. */
  readonly id: string;
  /** A sentence. */
  readonly message: string;
}

/**
 * Writes a project file: the database written afresh, originals and layers with what they were frozen from, and passages as
 * W3C annotations. DAMAGED if a file's bytes do not match its hash. Missing files are DAMAGED too, unless `mayLack` is set: then
 * they are listed in the result and in the file. EXISTS if there is a file of that name and `replace` is false.
 */
export async function writeProjectFile(
  context: WriteContext,
  path: string,
  replace: boolean,
  parts: ProjectFileParts,
): Promise<BagSummary & { readonly missing: readonly Missing[] }> {
  if (!replace) assertAbsent(path);
  const { folder, remove } = exportWorkplace(context.project);
  const temporary = join(folder, `${TEMPORARY}${context.newId()}`);
  const database = `${temporary}.sqlite`;
  const annotations = `${temporary}.jsonld`;
  const crate = `${temporary}.crate`;
  try {
    // Without an await, so that no commit can be made between the log, the list of files and the annotations.
    parts.writeDatabase(database);
    const about = describe(context, parts);
    if (parts.annotations !== false) writeAnnotations(context, annotations, about, parts);
    const lacking = new Map<string, string>();
    const files = [...entries(context, parts, database, annotations, lacking)];
    files.push(describedIn(crate, about, files, parts.sources));
    const missing = Array.from(lacking, ([id, message]): Missing => ({ id, message }));
    const plan = { top: parts.top ?? topFolder(path), info: info(about, missing), entries: files };
    if (parts.write !== undefined) return { ...(await parts.write(path, plan)), missing };
    const watch = parts.onFile;
    const written = await writeBag(path, plan, {
      ...(parts.signal === undefined ? {} : { signal: parts.signal }),
      ...(watch === undefined ? {} : { onFile: (done: number) => watch(done, files.length) }),
    });
    return { ...written, missing };
  } finally {
    rmSync(database, { force: true });
    rmSync(annotations, { force: true });
    rmSync(crate, { force: true });
    remove();
  }
}

/** Throws EXISTS if there is a file of that name. */
export function assertAbsent(path: string): void {
  if (!existsSync(path)) return;
  throw new Fault('EXISTS', `“${basename(path)}” already exists. Choose another name, or remove it first.`, {
    name: basename(path),
  });
}

/**
 * The folder for temporary files of an export: the project's cache, on the disk that has room for the project; for a read-only
 * project a folder in the system's temporary folder.
 */
export function exportWorkplace(project: ProjectDb): { readonly folder: string; readonly remove: () => void } {
  if (project.readOnly) {
    const folder = mkdtempSync(join(tmpdir(), 'sourcebook-export-'));
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
  const folder = join(project.folder, 'cache');
  mkdirSync(folder, { recursive: true });
  sweepOnce({ project });
  return { folder, remove: () => undefined };
}

/** The beginning of the name of each temporary file of an export. */
export const TEMPORARY = 'export-';

/** Removes the temporary files of killed exports, before the first export since the project was opened and its lock taken. */
const sweepOnce = perProject(({ project }: { readonly project: ProjectDb }): void => {
  const cache = join(project.folder, 'cache');
  for (const name of readdirSync(cache))
    if (name.startsWith(TEMPORARY) || name.startsWith(`.${TEMPORARY}`))
      rmSync(join(cache, name), { recursive: true, force: true });
});

/** The bag's top folder: the file's name, with only those characters that every system can unpack. */
export function topFolder(path: string): string {
  const name = basename(path)
    .replace(/(?:\.sbk)?(?:\.age)?$|\.[^.]*$/i, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  return name === '' ? 'project' : name.slice(0, 80);
}

function describe({ db, project }: WriteContext, { from }: ProjectFileParts): AboutExport {
  const { read, id, head } = from ?? { read: db, id: project.id, head: project.head() };
  return { read, id, head, title: read.get(projectTitles, { id })?.title ?? '' };
}

export const HEAD_FIELD = 'Sourcebook-Head';

const info = ({ id, title, head }: Omit<AboutExport, 'read'>, missing: readonly Missing[]): Record<string, string> => ({
  'External-Identifier': `urn:uuid:${id}`,
  'External-Description': title,
  [HEAD_FIELD]: head ?? 'none',
  ...(missing.length === 0 ? {} : { [MISSING_FIELD]: missing.map((one) => one.id).join(' ') }),
});

/** The lines that bag-info.txt of such a file must have, but for what it lacks. */
export const bagInfo = (
  about: Omit<AboutExport, 'read'>,
  bag: Parameters<typeof infoLines>[1],
): Record<string, string> => infoLines(info(about, []), bag);

/** The paths of the originals and layers that a file of this whole project has. `lacking` gets what is missing. */
export const expectedFiles = (context: FileContext, lacking: Map<string, string>): string[] => {
  const parts = { sources: null, annotations: false, mayLack: true };
  return [...entries(context, parts, '', '', lacking)].map(({ path }) => path);
};

/** Writes the description of these files to `crate`. */
function describedIn(
  crate: string,
  about: AboutExport,
  files: readonly FileEntry[],
  sources: ProjectFileParts['sources'],
): FileEntry {
  const at = new Map(files.map(({ path, content }) => [path, content.file]));
  const bytesOf = (path: string): number | null => {
    const file = at.get(path);
    return file === undefined ? null : statSync(file).size;
  };
  writeFileSync(
    crate,
    crateOf(about, (source) => sources === null || sources.has(source), bytesOf),
    { mode: 0o600 },
  );
  return { path: CRATE_PATH, content: { file: crate }, deflate: true, expect: null };
}

type FileContext = Pick<ReadContext, 'db' | 'files'>;
type FileEntry = BagOfFiles['entries'][number];

function* entries(
  context: FileContext,
  parts: Omit<ProjectFileParts, 'writeDatabase'>,
  database: string,
  annotations: string,
  lacking: Map<string, string>,
): Generator<FileEntry> {
  const { files } = context;
  /** Whether the file is missing and may be; it is then listed. */
  const lacks = (isThere: boolean, id: string, message: string): boolean => {
    if (isThere || parts.mayLack !== true) return false;
    lacking.set(id, message);
    return true;
  };
  const isGone = (isThere: boolean, id: string, what: string): boolean =>
    lacks(isThere, id, `${what} is missing. Restore it from a backup or a colleague’s project file.`);
  const read = parts.from?.read ?? context.db;
  const goes = (source: string): boolean => parts.sources === null || parts.sources.has(source);
  yield { path: DATABASE_PATH, content: { file: database }, deflate: true, expect: null };
  const originals = new Set<Sha256>();
  for (const row of read.all(originalsOfSources, {})) {
    if (!goes(row.id)) continue;
    const name = `“${row.title ?? row.fileName ?? row.id}”${row.deleted === 1 ? ' (removed)' : ''}`;
    if (lacks(isHash(row.sha256), row.id, `Can’t read the hash of ${name}.`) || row.sha256 === null) continue;
    const hash = hashOf(row.sha256, 'source', row.id);
    if (originals.has(hash)) continue;
    originals.add(hash);
    if (isGone(files.hasOriginal(hash), hash, `The original of ${name}`)) continue;
    yield storedOriginal(context, hash, (row.mediaType ?? '').startsWith('text/'));
  }
  const done = new Set<Sha256>();
  for (const row of read.all(belongings, {})) {
    if (!goes(row.id)) continue;
    for (const part of partsOf(row.parts)) {
      if (originals.has(part.sha256)) continue;
      originals.add(part.sha256);
      if (isGone(files.hasOriginal(part.sha256), part.sha256, `The file “${part.path}” of a saved page`)) continue;
      yield storedOriginal(context, part.sha256, /\.(?:css|js|html?|svg|txt|download)$/i.test(part.path));
    }
    const shown = sha256Schema.safeParse(row.content).data;
    if (shown === undefined || done.has(shown)) continue;
    done.add(shown);
    if (isGone(files.hasLayer(shown), shown, 'Content extracted from an archive for a source')) continue;
    yield storedLayer(context, shown);
  }
  for (const row of read.all(allLayers, {})) {
    if (!goes(row.source) || parts.layers?.has(row.id) === false) continue;
    const lacksHash = lacks(isHash(row.sha256), row.id, `Can’t read the hash of text layer ${row.id}.`);
    if (lacksHash || row.sha256 === null) continue;
    const layer = hashOf(row.sha256, 'text layer', row.id);
    if (isGone(files.hasLayer(layer), layer, `Text layer ${row.id}`)) continue;
    for (const hash of [layer, ...filesOfLayer(context, layer)]) {
      if (done.has(hash)) continue;
      done.add(hash);
      if (isGone(files.hasLayer(hash), hash, `A page, image, font or style of text layer ${row.id}`)) continue;
      yield storedLayer(context, hash);
    }
  }
  // Drafts are no sources: they are included only with the whole project.
  for (const row of parts.sources === null ? read.all(filesOfDrafts, {}) : []) {
    const [original, text] = [sha256Schema.safeParse(row.sha256).data, sha256Schema.safeParse(row.text).data];
    const name = `“${row.title ?? row.id}”`;
    if (original !== undefined && !originals.has(original)) {
      originals.add(original);
      if (!isGone(files.hasOriginal(original), original, `The original of the draft ${name}`))
        yield storedOriginal(context, original, true);
    }
    if (text === undefined || done.has(text)) continue;
    done.add(text);
    if (!isGone(files.hasLayer(text), text, `The text of the draft ${name}`)) yield storedLayer(context, text);
  }
  if (parts.annotations !== false)
    yield { path: ANNOTATIONS_PATH, content: { file: annotations }, deflate: true, expect: null };
}

const isHash = (text: string | null): boolean => sha256Schema.safeParse(text).success;

/** A file's hash from the log, which anyone may have written: checked, DAMAGED. */
function hashOf(text: string, what: string, id: string): Sha256 {
  const hash = sha256Schema.safeParse(text).data;
  if (hash !== undefined) return hash;
  throw new Fault(
    'DAMAGED',
    `Can’t read the hash of the ${what} ${id}, so the whole project can’t be exported. Export a part without it: choose which sources to include.`,
    { id },
  );
}

/** The files of a saved page's folder. If the log's list cannot be read, there are none; verification reports it. */
const partsOf = (json: string | null): readonly OriginalPart[] =>
  json === null ? [] : (z.array(originalPart).safeParse(JSON.parse(json)).data ?? []);

const storedOriginal = (context: FileContext, hash: Sha256, deflate: boolean): FileEntry =>
  present({
    path: originalPath(hash),
    content: { file: context.files.originalPath(hash) },
    deflate,
    expect: hash,
  });

/** The frozen page and resources a layer names. */
function filesOfLayer(context: FileContext, layer: Sha256): Sha256[] {
  const { frozen, resources } = openLayerFile(context.files.readLayer(layer));
  return frozen === null ? [...resources] : [frozen, ...resources];
}

/** A layer as it is stored, compressed or not. Its hash covers the uncompressed bytes, so it is checked by reading it. */
function storedLayer(context: FileContext, hash: Sha256): FileEntry {
  context.files.readLayer(hash);
  const file = context.files.layerPath(hash);
  const name = basename(file);
  return present({ path: `data/layers/${hash.slice(0, 2)}/${name}`, content: { file }, deflate: false, expect: null });
}

function present(entry: FileEntry): FileEntry {
  if (!statSync(entry.content.file, { throwIfNoEntry: false })?.isFile()) {
    throw new Fault(
      'DAMAGED',
      `“${entry.path}” is missing from the project’s folder. Verify the project to see what’s damaged, then restore the file from a copy.`,
      { path: entry.path },
    );
  }
  return entry;
}
