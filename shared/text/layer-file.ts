import { z } from 'zod';
import { Fault } from '../errors.ts';
import { area, layerEngine, sha256, type Area, type LayerEngine, type LayerPage, type Sha256 } from '../model/index.ts';
import { decodeGeometry, encodeGeometry, join, type PageGeometry } from './page-geometry.ts';

/**
 * The file a text layer is stored in, `layers/ab/<sha256>`:
 *
 *     SBL1 | length of the header, 4 bytes, little-endian | header, JSON in UTF-8 | blobs
 *
 * The blobs follow in the order of the pages, each page's text (UTF-8) and then its geometry (page-geometry.ts), without
 * gaps; the header holds their lengths. Nothing is compressed, and one layer has exactly one encoding: its hash is
 * evidence and must not depend on a compressor or on the order of a map.
 *
 * The layer's **whole text** is its pages' texts joined by one line feed: page k + 1 starts one unit after page k ends.
 * A layer without pages has an empty text. All offsets count UTF-16 code units.
 */
const MAGIC = [0x53, 0x42, 0x4c, 0x31] as const;
const PREFIX = 8;

/** One for all: making a decoder takes longer than decoding a header. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const headerDecoder = new TextDecoder('utf-8', { fatal: true });

/** The largest header accepted: 100,000 pages with their boxes take 15 MB. */
const MAX_HEADER = 64 * 2 ** 20;

export interface LayerPageContent {
  readonly text: string;
  /** left, bottom, right, top in PDF points; zeros if the source has no page size. */
  readonly box: Area;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly failed: boolean;
  /** Null if the text has no place on a page (plain text, frozen pages). */
  readonly geometry: PageGeometry | null;
}

export interface LayerContent {
  readonly engine: LayerEngine;
  readonly version: string;
  readonly notes: readonly string[];
  /** The frozen page of this text, and its resources (images, fonts), by hash. */
  readonly frozen: Sha256 | null;
  readonly resources: readonly Sha256[];
  readonly pages: readonly LayerPageContent[];
}

const count = z.number().int().nonnegative();
const headerSchema = z.strictObject({
  engine: layerEngine,
  version: z.string().max(200),
  notes: z.array(z.string()),
  frozen: sha256.nullable(),
  resources: z.array(sha256),
  pages: z.array(
    z.strictObject({
      /** UTF-16 code units, bytes of its UTF-8, bytes of its geometry (null: none). */
      units: count,
      text: count,
      geometry: count.nullable(),
      box: area,
      rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      failed: z.boolean(),
    }),
  ),
});
type Header = z.infer<typeof headerSchema>;

/** A layer without its pages. */
export type LayerHead = Omit<LayerContent, 'pages'>;

/** Encodes a layer for `layers/`. Throws INTERNAL on text that is not well-formed, which cannot be stored exactly. */
export function encodeLayerFile(content: LayerContent): Uint8Array {
  const encoder = new TextEncoder();
  const blobs: Uint8Array[] = [];
  const pages = content.pages.map((page): Header['pages'][number] => {
    if (!page.text.isWellFormed()) {
      throw new Fault('INTERNAL', 'A page’s text has half a surrogate pair, so it can’t be stored exactly.');
    }
    const text = encoder.encode(page.text);
    const geometry = page.geometry === null ? null : encodeGeometry(page.geometry);
    blobs.push(text);
    if (geometry !== null) blobs.push(geometry);
    return {
      units: page.text.length,
      text: text.length,
      geometry: geometry?.length ?? null,
      box: page.box,
      rotation: page.rotation,
      failed: page.failed,
    };
  });
  return assemble(content, pages, blobs);
}

/**
 * Joins the pages of several layers in order, into the same bytes as if encoded together: long documents are read by
 * several workers. Throws DAMAGED for a part that is no layer.
 */
export function joinLayerFiles(head: LayerHead, parts: readonly Uint8Array[]): Uint8Array {
  const opened = parts.map((part) => ({ part, ...readHeader(part) }));
  const pages = opened.flatMap(({ header }) => header.pages);
  return assemble(
    head,
    pages,
    opened.map(({ part, end }) => part.subarray(end)),
  );
}

function assemble(head: LayerHead, pages: Header['pages'], blobs: readonly Uint8Array[]): Uint8Array {
  const { engine, version, notes, frozen, resources } = head;
  const header = new TextEncoder().encode(JSON.stringify({ engine, version, notes, frozen, resources, pages }));
  const prefix = new Uint8Array(PREFIX);
  prefix.set(MAGIC);
  new DataView(prefix.buffer).setUint32(4, header.length, true);
  return join([prefix, header, ...blobs]);
}

/** An open layer file: its header is checked, and pages are decoded on demand. Pages count from 1. */
export interface LayerFile {
  readonly engine: LayerEngine;
  readonly version: string;
  readonly notes: readonly string[];
  readonly frozen: Sha256 | null;
  readonly resources: readonly Sha256[];
  readonly pages: readonly LayerPage[];
  /** UTF-16 code units of the whole text. */
  readonly length: number;
  /** The whole text. */
  text(): string;
  /** One page’s text; throws NOT_FOUND if there is no such page. */
  pageText(page: number): string;
  /** One page's text as it is stored, in UTF-8. */
  textBytes(page: number): Uint8Array;
  /** One page's geometry, offsets within that page's text; null where it has none. */
  geometry(page: number): PageGeometry | null;
}

/**
 * Opens a layer file. Its bytes are not trusted (a project file may come from anyone): lengths, offsets and encodings are
 * checked here and for each page. Throws DAMAGED.
 */
export function openLayerFile(bytes: Uint8Array): LayerFile {
  const { header, end: blobs } = readHeader(bytes);
  const places = layOut(header, blobs, bytes.length);
  const pageText = (page: number): string => {
    const place = at(places, page);
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(place.textAt, place.textEnd));
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      throw damaged(`the text of page ${page} isn’t UTF-8`);
    }
    if (text.length !== place.page.end - place.page.start)
      throw damaged(`the text of page ${page} has the wrong length`);
    return text;
  };
  return {
    engine: header.engine,
    version: header.version,
    notes: header.notes,
    frozen: header.frozen,
    resources: header.resources,
    pages: places.map((place) => place.page),
    length: places.at(-1)?.page.end ?? 0,
    text: () => places.map((place) => pageText(place.page.page)).join('\n'),
    pageText,
    textBytes: (page) => {
      const place = at(places, page);
      return bytes.subarray(place.textAt, place.textEnd);
    },
    geometry: (page) => {
      const place = at(places, page);
      if (place.geometryEnd === null) return null;
      return decodeGeometry(bytes.subarray(place.textEnd, place.geometryEnd), place.page.end - place.page.start);
    },
  };
}

/** Decodes a whole layer file, for verification and tests. Throws DAMAGED. */
export function decodeLayerFile(bytes: Uint8Array): LayerContent {
  const file = openLayerFile(bytes);
  return {
    engine: file.engine,
    version: file.version,
    notes: file.notes,
    frozen: file.frozen,
    resources: file.resources,
    pages: file.pages.map(({ page, box, rotation, failed }) => ({
      text: file.pageText(page),
      box,
      rotation: quarterTurn(rotation),
      failed,
      geometry: file.geometry(page),
    })),
  };
}

/** The nearest quarter turn. */
export function quarterTurn(degrees: number): 0 | 90 | 180 | 270 {
  return QUARTERS[((Math.round(degrees / 90) % 4) + 4) % 4] ?? 0;
}
const QUARTERS = [0, 90, 180, 270] as const;

interface Place {
  readonly page: LayerPage;
  readonly textAt: number;
  readonly textEnd: number;
  readonly geometryEnd: number | null;
}

function at(places: readonly Place[], page: number): Place {
  const place = places[page - 1];
  if (place === undefined) throw new Fault('NOT_FOUND', `No page ${page}; this source has ${places.length}.`, { page });
  return place;
}

function readHeader(bytes: Uint8Array): { header: Header; end: number } {
  if (bytes.length < PREFIX || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw damaged('it doesn’t start like a text layer');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
  if (length > MAX_HEADER || PREFIX + length > bytes.length) throw damaged('it’s cut off');
  let json: unknown;
  try {
    json = JSON.parse(headerDecoder.decode(bytes.subarray(PREFIX, PREFIX + length)));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError || thrown instanceof TypeError)) throw thrown;
    throw damaged('its header can’t be read');
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) throw damaged(`its header is wrong (${header.error.issues[0]?.path.join('.') ?? ''})`);
  return { header: header.data, end: PREFIX + length };
}

/** The place of each blob; the last must end at the end of the file. */
function layOut(header: Header, blobs: number, size: number): Place[] {
  const claimed = header.pages.reduce((sum, page) => sum + page.text + (page.geometry ?? 0), 0);
  if (blobs + claimed !== size) throw damaged('its pages are longer or shorter than the file');
  let offset = blobs;
  let start = 0;
  return header.pages.map(({ units, text, geometry, box, rotation, failed }, index) => {
    // A UTF-8 byte is at most one UTF-16 unit, so a larger length would only allocate memory.
    if (units > text) throw damaged(`page ${index + 1} is listed with more characters than it has bytes`);
    const textEnd = offset + text;
    const geometryEnd = geometry === null ? null : textEnd + geometry;
    const place: Place = {
      page: { page: index + 1, start, end: start + units, box, rotation, failed },
      textAt: offset,
      textEnd,
      geometryEnd,
    };
    offset = geometryEnd ?? textEnd;
    start += units + 1;
    return place;
  });
}

const damaged = (what: string): Fault =>
  new Fault('DAMAGED', `A stored text layer can’t be read: ${what}. Verify the project to see what’s damaged.`);
