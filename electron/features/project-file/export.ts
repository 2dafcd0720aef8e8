import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Anchor,
  originalPart,
  type OriginalPart,
  sha256 as sha256Schema,
  type Sha256,
} from '../../../shared/model/index.ts';
import type { WriteContext } from '../../engine/feature.ts';
import type { ProjectDb } from '../../db/types.ts';
import { annotationsJsonLd, type ExportedPassage, type ExportedPicture } from '../../formats/annotations/jsonld.ts';
import { ANNOTATIONS_PATH, DATABASE_PATH, originalPath } from '../../formats/bag/layout.ts';
import { type BagEntry, type BagSummary, writeBag } from '../../formats/bag/write.ts';
import {
  allLayers,
  allOriginals,
  belongings,
  livePassages,
  memosOf,
  type PassageRow,
  projectTitle,
  settingsOf,
  tagsOf,
} from './queries.ts';

/**
 * Writes the project file: the database afresh from the log, every original and every layer with what it was frozen
 * from, and the passages as W3C annotations. Files whose bytes no longer have their hash stop it (DAMAGED): what is
 * handed over must be whole.
 */
export async function exportProjectFile(context: WriteContext, path: string, replace: boolean): Promise<BagSummary> {
  if (!replace && existsSync(path)) {
    throw new Fault('EXISTS', `There already is a file “${basename(path)}”. Choose another name, or remove it first.`, {
      name: basename(path),
    });
  }
  const { folder, remove } = workplace(context.project);
  const temporary = join(folder, `${TEMPORARY}${context.newId()}`);
  const database = `${temporary}.sqlite`;
  const annotations = `${temporary}.jsonld`;
  try {
    // Without a pause between them, so that no commit can come between the log, the list of files and the annotations.
    context.project.writeFresh(database);
    writeAnnotations(context, annotations);
    const files = [...entries(context, database, annotations)];
    return await writeBag(path, topFolder(path), info(context), files);
  } finally {
    rmSync(database, { force: true });
    rmSync(annotations, { force: true });
    remove();
  }
}

/**
 * Where the parts of an export are made: in the project's cache, on the disk that has room for the project; a project that
 * may not be written is exported by way of the system's folder for such things.
 */
function workplace(project: ProjectDb): { readonly folder: string; readonly remove: () => void } {
  if (project.readOnly) {
    const folder = mkdtempSync(join(tmpdir(), 'sourcebook-export-'));
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
  const folder = join(project.folder, 'cache');
  mkdirSync(folder, { recursive: true });
  sweep(project, folder);
  return { folder, remove: () => undefined };
}

const TEMPORARY = 'export-';
const swept = new WeakSet<ProjectDb>();

/** Removes what a kill left of an export. Before the first of this opening, which holds the project's lock, there is no other. */
function sweep(project: ProjectDb, cache: string): void {
  if (swept.has(project)) return;
  swept.add(project);
  for (const name of readdirSync(cache)) if (name.startsWith(TEMPORARY)) rmSync(join(cache, name), { force: true });
}

/** The bag's top folder: the file's own name, kept to characters that every system can unpack. */
function topFolder(path: string): string {
  const name = basename(path, extname(path))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  return name === '' ? 'project' : name.slice(0, 80);
}

function info(context: WriteContext): Record<string, string> {
  const title = context.db.get(projectTitle, { id: context.project.id })?.title ?? '';
  return {
    'External-Identifier': `urn:uuid:${context.project.id}`,
    'External-Description': title,
    'Sourcebook-Head': context.project.head() ?? 'none',
  };
}

function* entries(context: WriteContext, database: string, annotations: string): Generator<BagEntry> {
  yield { path: DATABASE_PATH, content: { file: database }, deflate: true, expect: null };
  const originals = new Set<Sha256>();
  for (const row of context.db.all(allOriginals, {})) {
    const hash = sha256Schema.parse(row.sha256);
    originals.add(hash);
    yield storedOriginal(context, hash, (row.mediaType ?? '').startsWith('text/'));
  }
  const done = new Set<Sha256>();
  for (const { parts, content } of context.db.all(belongings, {})) {
    for (const part of partsOf(parts)) {
      if (originals.has(part.sha256)) continue;
      originals.add(part.sha256);
      yield storedOriginal(context, part.sha256, /\.(?:css|js|html?|svg|txt|download)$/i.test(part.path));
    }
    const shown = sha256Schema.safeParse(content).data;
    if (shown === undefined || done.has(shown)) continue;
    done.add(shown);
    yield storedLayer(context, shown);
  }
  for (const row of context.db.all(allLayers, {})) {
    const layer = sha256Schema.parse(row.sha256);
    for (const hash of [layer, ...filesOfLayer(context, layer)]) {
      if (done.has(hash)) continue;
      done.add(hash);
      yield storedLayer(context, hash);
    }
  }
  yield { path: ANNOTATIONS_PATH, content: { file: annotations }, deflate: true, expect: null };
}

/** The files of a saved page's folder, as far as the log's list of them can be read; verification names one that cannot, as it does `content`. */
const partsOf = (json: string | null): readonly OriginalPart[] =>
  json === null ? [] : (z.array(originalPart).safeParse(JSON.parse(json)).data ?? []);

const storedOriginal = (context: WriteContext, hash: Sha256, deflate: boolean): BagEntry =>
  present({
    path: originalPath(hash),
    content: { file: context.files.originalPath(hash) },
    deflate,
    expect: hash,
  });

/** The frozen page and resources a layer names. */
function filesOfLayer(context: WriteContext, layer: Sha256): Sha256[] {
  const { frozen, resources } = openLayerFile(context.files.readLayer(layer));
  return frozen === null ? [...resources] : [frozen, ...resources];
}

/** A layer as it lies in the project, compressed or not; its hash covers the bytes before compression, so it is checked by reading. */
function storedLayer(context: WriteContext, hash: Sha256): BagEntry {
  context.files.readLayer(hash);
  const file = context.files.layerPath(hash);
  const name = basename(file);
  return present({ path: `data/layers/${hash.slice(0, 2)}/${name}`, content: { file }, deflate: false, expect: null });
}

function present(entry: BagEntry): BagEntry {
  if ('file' in entry.content && !statSync(entry.content.file, { throwIfNoEntry: false })?.isFile()) {
    throw new Fault(
      'DAMAGED',
      `“${entry.path}” is missing from the project’s folder. Verify the project to see what is damaged, and put the file back from a copy.`,
      { path: entry.path },
    );
  }
  return entry;
}

function writeAnnotations(context: WriteContext, path: string): void {
  const rows = context.db.all(livePassages, {}).flatMap(placed);
  const title = context.db.get(projectTitle, { id: context.project.id })?.title ?? '';
  const file = openSync(path, 'wx');
  try {
    for (const piece of annotationsJsonLd({ id: context.project.id, title }, rows.length, exported(context, rows)))
      // Unlike writeSync, it writes on where the system took only a part.
      writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

type Placed = PassageRow & { readonly place: Anchor };
/** One whose place cannot be read has nowhere to point to: it goes along in the log, and verification names it. */
function placed(row: PassageRow): Placed[] {
  const place = readAnchor(row.anchor);
  return place === null ? [] : [{ ...row, place }];
}

/** Reads a layer's text once for all the passages that follow each other on it. */
function textReader(context: WriteContext): (layer: Sha256) => string {
  let last: { hash: Sha256; text: string } | undefined;
  return (hash) => {
    if (last?.hash !== hash) last = { hash, text: openLayerFile(context.files.readLayer(hash)).text() };
    return last.text;
  };
}

/** What an area lies on, where that is a picture: an image, or a page as it looked at import. Each layer is opened once. */
function pictureReader(context: WriteContext): (row: Placed) => ExportedPicture | null {
  let last: { hash: string; file: LayerFile } | undefined;
  return (row) => {
    const hash = sha256Schema.parse(row.layerSha256);
    if (last?.hash !== hash) last = { hash, file: openLayerFile(context.files.readLayer(hash)) };
    const { engine, pages, resources } = last.file;
    const height = pages[0]?.box[3];
    const shown = engine === 'picture' ? resources[0] : engine === 'image' ? row.content : undefined;
    if ((engine !== 'picture' && engine !== 'image') || height === undefined || shown === undefined) return null;
    if (shown === null) return { stored: 'originals', sha256: row.sha256, mediaType: mediaTypeOf(row), height };
    const kept = sha256Schema.parse(shown);
    const mediaType = frozenResourceType(context.files.readLayer(kept)) ?? UNKNOWN_TYPE;
    return { stored: 'layers', sha256: kept, mediaType, height };
  };
}

const UNKNOWN_TYPE = 'application/octet-stream';
const mediaTypeOf = ({ mediaType }: PassageRow): string => mediaType ?? UNKNOWN_TYPE;

function* exported(context: WriteContext, rows: readonly Placed[]): Generator<ExportedPassage> {
  const textOf = textReader(context);
  const pictureOf = pictureReader(context);
  for (const row of rows) {
    const { place } = row;
    const params = { passage: row.id };
    const unnamed = 'unknown';
    yield {
      id: row.id,
      created: row.createdAt,
      creator: { id: row.person, name: row.personName ?? unnamed },
      source: {
        id: row.source,
        title: row.title ?? row.fileName,
        fileName: row.fileName,
        sha256: row.sha256,
        mediaType: mediaTypeOf(row),
        url: row.captureUrl,
        language: row.language,
      },
      anchor: place,
      picture: place.kind === 'area' ? pictureOf(row) : null,
      layerText: place.kind === 'text' ? textOf(sha256Schema.parse(row.layerSha256)) : null,
      tags: context.db.all(tagsOf, params).map((tag) => ({ ...tag, person: tag.person ?? unnamed })),
      settings: context.db.all(settingsOf, params),
      memos: context.db.all(memosOf, params).map((memo) => ({ ...memo, person: memo.person ?? unnamed })),
    };
  }
}
