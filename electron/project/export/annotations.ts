import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import { type Anchor, sha256 as sha256Schema, type Sha256 } from '../../../shared/model/index.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import type { Readable } from '../../db/types.ts';
import {
  annotationsJsonLd,
  type ExportedPassage,
  type ExportedPicture,
  type Naming,
} from '../../formats/annotations/jsonld.ts';
import type { WriteContext } from '../context.ts';
import type { Masking } from '../masks/masking.ts';
import { livePassages, memosOf, type PassageRow, settingsOf, tagsOf } from './queries.ts';

/** The project whose log is exported. */
export interface AboutExport {
  readonly read: Readable;
  readonly id: string;
  readonly title: string;
  readonly head: string | null;
}

export interface AnnotationChoice {
  /** The passages that are written as W3C annotations: all live ones, none, or those named. */
  readonly annotations: boolean | ReadonlySet<string>;
  /** The tags, settings and memos of these passages that are written. Absent: all. */
  readonly mayShow?: (entity: 'tag' | 'setting' | 'memo', id: string) => boolean;
}
type MayShow = NonNullable<AnnotationChoice['mayShow']>;

/** The text layers that annotations are made from. */
export type LayerTexts = Pick<WriteContext['files'], 'hasLayer' | 'readLayer'>;
interface WithFiles {
  readonly files: LayerTexts;
}

/** Writes passages as W3C annotations into a new file at `path`, in a project file beside its originals. */
export function writeAnnotations(context: WithFiles, path: string, about: AboutExport, choice: AnnotationChoice): void {
  const { pieces } = annotationPieces(context, about, choice, 'beside');
  const file = openSync(path, 'wx');
  try {
    // Unlike writeSync, this goes on if the system wrote only a part.
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** Passages as W3C annotations, in pieces. `lacking`: those chosen whose place cannot be told, since its files are missing or damaged. */
export function annotationPieces(
  context: WithFiles,
  { read, id, title }: Omit<AboutExport, 'head'>,
  { annotations, mayShow = () => true }: AnnotationChoice,
  naming: Naming,
  maskedBy: ((rows: readonly Placed[]) => Masking) | null = null,
): { readonly rows: readonly PassageRow[]; readonly lacking: number; readonly pieces: Iterable<string> } {
  const isChosen = (row: PassageRow): boolean =>
    typeof annotations === 'boolean' ? annotations : annotations.has(row.id);
  const chosen = read.all(livePassages, {}).filter(isChosen);
  const rows = chosen.filter(hasText(context)).flatMap(placed);
  const masking = maskedBy?.(rows) ?? null;
  const passages = exported(context, read, rows, mayShow);
  const pieces = annotationsJsonLd(
    { id, title: masking?.free(title) ?? title },
    rows.length,
    masking === null ? passages : masked(passages, masking),
    naming,
  );
  return { rows, lacking: chosen.length - rows.length, pieces };
}

/** Passages without what is masked: their words, and what people wrote. Hashes, and places in the text as it is, stay. */
function* masked(passages: Iterable<ExportedPassage>, masking: Masking): Generator<ExportedPassage> {
  for (const passage of passages) {
    const { source, anchor, layer, creator } = passage;
    yield {
      ...passage,
      creator: masking.row(creator),
      source: masking.row(source, ['mediaType', 'language']),
      anchor: masking.anchor(source.id, layer, anchor),
      tags: passage.tags.map((one) => masking.row(one)),
      settings: passage.settings.map((one) => masking.row(one)),
      memos: passage.memos.map((one) => masking.row(one)),
    };
  }
}

/**
 * Whether the files that its place needs are here, and named. If not, the passage is only in the log, and what is missing is listed.
 * A log can come from anyone: its hashes may be none, which the projection has as NULL.
 */
const hasText =
  ({ files }: WithFiles) =>
  (row: PassageRow): row is Named =>
    isHash(row.sha256) &&
    [row.layerSha256, row.content ?? row.layerSha256].every((one) => isHash(one) && files.hasLayer(one));
const isHash = (text: string | null): text is Sha256 => sha256Schema.safeParse(text).success;
type Named = PassageRow & { readonly sha256: Sha256; readonly layerSha256: Sha256 };

type Placed = Named & { readonly place: Anchor };
/** A passage with an unreadable place cannot point to anything: it is only in the log, and verification lists it. */
function placed(row: Named): Placed[] {
  const place = readAnchor(row.anchor);
  return place === null ? [] : [{ ...row, place }];
}

/** Reads a layer's text once for all consecutive passages on it. */
function textReader(context: WithFiles): (layer: Sha256) => string {
  let last: { hash: Sha256; text: string } | undefined;
  return (hash) => {
    if (last?.hash !== hash) last = { hash, text: openLayerFile(context.files.readLayer(hash)).text() };
    return last.text;
  };
}

/** The image that an area lies on: an image source, or a page's screenshot. Each layer is opened once. */
function pictureReader(context: WithFiles): (row: Placed) => ExportedPicture | null {
  let last: { hash: string; file: LayerFile } | undefined;
  return (row) => {
    const hash = row.layerSha256;
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

function* exported(
  context: WithFiles,
  read: Readable,
  rows: readonly Placed[],
  mayShow: MayShow,
): Generator<ExportedPassage> {
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
        title: row.title ?? row.fileName ?? unnamed,
        fileName: row.fileName ?? unnamed,
        sha256: row.sha256,
        mediaType: mediaTypeOf(row),
        url: row.captureUrl,
        language: row.language,
      },
      anchor: place,
      layer: row.layer,
      picture: place.kind === 'area' ? pictureOf(row) : null,
      layerText: place.kind === 'text' ? textOf(row.layerSha256) : null,
      tags: read
        .all(tagsOf, params)
        .filter(({ id }) => mayShow('tag', id))
        .map(({ code, name, person }) => ({ code, name, person: person ?? unnamed })),
      settings: read
        .all(settingsOf, params)
        .filter(({ id }) => mayShow('setting', id))
        .map(({ dimension, value }) => ({ dimension, value })),
      memos: read
        .all(memosOf, params)
        .filter(({ id }) => mayShow('memo', id))
        .map(({ text, person }) => ({ text, person: person ?? unnamed })),
    };
  }
}
