import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import { type Anchor, sha256 as sha256Schema, type Sha256 } from '../../../shared/model/index.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import type { Readable } from '../../db/types.ts';
import { annotationsJsonLd, type ExportedPassage, type ExportedPicture } from '../../formats/annotations/jsonld.ts';
import type { WriteContext } from '../context.ts';
import { livePassages, memosOf, type PassageRow, settingsOf, tagsOf } from './queries.ts';

/** Whose log it is that goes out. */
export interface AboutExport {
  readonly read: Readable;
  readonly id: string;
  readonly title: string;
  readonly head: string | null;
}

export interface AnnotationChoice {
  /** Which passages go out as W3C annotations: all live ones, none, or those of them that are named. */
  readonly annotations: boolean | ReadonlySet<string>;
  /** Which tags, settings and memos of those passages do. Absent: all. */
  readonly mayShow?: (entity: 'tag' | 'setting' | 'memo', id: string) => boolean;
}
type MayShow = NonNullable<AnnotationChoice['mayShow']>;

/** Writes the passages that go out as W3C annotations into a new file at `path`. */
export function writeAnnotations(
  context: WriteContext,
  path: string,
  { read, id, title }: AboutExport,
  { annotations, mayShow = () => true }: AnnotationChoice,
): void {
  const chosen = (row: PassageRow): boolean =>
    typeof annotations === 'boolean' ? annotations : annotations.has(row.id);
  const rows = read
    .all(livePassages, {})
    .filter((row) => chosen(row) && hasText(context, row))
    .flatMap(placed);
  const file = openSync(path, 'wx');
  try {
    for (const piece of annotationsJsonLd({ id, title }, rows.length, exported(context, read, rows, mayShow)))
      // Unlike writeSync, it writes on where the system took only a part.
      writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** Whether what its place is on is here: else it goes along in the log alone, and what is missing is named. */
function hasText({ files }: WriteContext, { layerSha256, content }: PassageRow): boolean {
  return [layerSha256, content].every((text) => {
    const hash = sha256Schema.safeParse(text).data;
    return text === null || (hash !== undefined && files.hasLayer(hash));
  });
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

function* exported(
  context: WriteContext,
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
